//! Is everything finished that is there?

use super::tree::{Fault, Tree};

/// Words of unfinished work. They are put together here so that this file does not hold them.
const WORDS: [&str; 5] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("unimplemented", "!"),
    concat!("todo", "!"),
    concat!("dbg", "!"),
];

/// Faults of lines that hold a word of unfinished work.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.texts("") {
        for (number, line) in text.lines().enumerate() {
            for word in WORDS.iter().filter(|word| holds(line, word)) {
                faults.push(Fault::at(path, number + 1, format!("`{word}`; finish it, or open an issue")));
            }
        }
    }
    faults
}

/// Whether the line holds the word by itself, not as a part of a longer one.
fn holds(line: &str, word: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(joins) && (word.ends_with('!') || !after.is_some_and(joins))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_found_with_its_line() {
        for word in WORDS {
            let text = format!("//! Rings.\n// {word}(\n");
            let faults = check(&Tree::of(&[("a.rs", &text)]));
            assert_eq!(faults.len(), 1, "{word}");
            assert!(faults[0].to_string().starts_with("a.rs:2: "), "{}", faults[0]);
        }
    }

    #[test]
    fn parts_of_longer_words_pass() {
        let longer = format!("MAS{0}N {0}S x_{0} my_{1}", WORDS[0], WORDS[4]);
        assert_eq!(check(&Tree::of(&[("a.md", &longer)])), []);
    }
}
