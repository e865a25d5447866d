//! Is every file and folder named after its job?

use super::tree::{Fault, Tree};

/// Names that fit anything, so that anything ends up there.
const NAMELESS: [&str; 3] = ["utils", "helpers", "common"];

/// Faults of paths with a name that names no job, singular or plural.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    tree.files
        .iter()
        .filter_map(|file| {
            let part = file.path.split('/').find(|part| is_nameless(part))?;
            Some(Fault::of(&file.path, format!("`{part}` names no job; name the file after what it does")))
        })
        .collect()
}

fn is_nameless(part: &str) -> bool {
    let stem = part.split_once('.').map_or(part, |(stem, _)| stem);
    NAMELESS.iter().any(|name| stem == *name || Some(stem) == name.strip_suffix('s'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_files_of_any_kind_are_looked_at() {
        let tree = Tree::of(&[
            ("crates/a/src/utils.rs", ""),
            ("crates/common/src/lib.rs", ""),
            ("scripts/helper.sh", ""),
            ("crates/a/src/common_edge.rs", ""),
            ("crates/a/src/utilisation.rs", ""),
        ]);
        assert_eq!(check(&tree).len(), 3);
    }
}
