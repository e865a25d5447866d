//! Does every Rust file say at its top which question it answers?

use super::tree::{Fault, Tree};

/// Faults of Rust files that begin with anything but module docs.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    tree.texts(".rs")
        .filter(|(_, text)| {
            let words = text.lines().next().and_then(|line| line.strip_prefix("//!"));
            words.is_none_or(|words| words.trim().is_empty())
        })
        .map(|(path, _)| Fault::of(path, "begin the file with `//!` and the question it answers"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_must_be_module_docs_with_words() {
        let tree = Tree::of(&[
            ("a.rs", "//! Rings.\n"),
            ("b.rs", "use std::fs;\n//! Late.\n"),
            ("c.rs", "//!\n"),
            ("d.rs", ""),
            ("e.md", "no docs"),
        ]);
        let faulty: Vec<String> =
            check(&tree).iter().map(|fault| fault.to_string()[..4].to_owned()).collect();
        assert_eq!(faulty, ["b.rs", "c.rs", "d.rs"]);
    }
}
