//! Is every Rust file short enough to be read in one sitting?

use super::tree::{Fault, Tree};

/// A file longer than this has a second noun in it.
const MOST_LINES: usize = 800;

/// Faults of Rust files that are too long.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    tree.texts(".rs")
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|&(_, lines)| lines > MOST_LINES)
        .map(|(path, lines)| {
            Fault::of(path, format!("{lines} lines; look for a second noun to split off before {MOST_LINES}"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_hundred_lines_pass_and_one_more_does_not() {
        let longest = "//! a\n".repeat(MOST_LINES);
        let longer = format!("{longest}\n");
        let faults = check(&Tree::of(&[("a.rs", &longest), ("b.rs", &longer), ("c.csv", &longer)]));
        assert_eq!(faults.len(), 1);
        assert!(faults[0].to_string().starts_with("b.rs: 801 lines"));
    }
}
