//! Would every file mean the same on another machine?

use super::tree::{Fault, Tree};

/// Where people and machines keep their checkouts. Put together so that this file does not hold them.
const PLACES: [&str; 4] =
    [concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/wo", "rk/"), concat!("/Us", "ers/")];

/// Faults of lines that hold an absolute path of one machine.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.texts("") {
        for (number, line) in text.lines().enumerate() {
            for place in PLACES.iter().filter(|place| holds(line, place)) {
                faults.push(Fault::at(
                    path,
                    number + 1,
                    format!("a path below {place} is there on one machine only"),
                ));
            }
        }
    }
    faults
}

/// Whether a path begins there. In `../x/` and `site.org/x/` the path began earlier.
fn holds(line: &str, place: &str) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || "._-~/}".contains(c);
    line.match_indices(place).any(|(at, _)| !line[..at].chars().next_back().is_some_and(goes_on))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_paths_are_found_and_others_pass() {
        for place in PLACES {
            let found = format!("plan = \"{place}me/plan.gpkg\"");
            assert_eq!(check(&Tree::of(&[("a.toml", &found)])).len(), 1, "{place}");
            let passes = format!("https://site.org{place}a ..{place}b ~{place}c $TOP}}{place}d");
            assert_eq!(check(&Tree::of(&[("a.md", &passes)])), [], "{place}");
        }
    }
}
