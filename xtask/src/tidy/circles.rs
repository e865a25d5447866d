//! Do the files of a crate use each other one way only?
//!
//! Where two files use each other, neither can be read or changed without the other: what both need belongs into a file of
//! its own. Paths lead through re-exports to the file that defines what they name; tests may use what they like.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::modules::{Arrow, Modules};
use super::tree::{Fault, Tree};

/// Faults of files that use each other, directly or around.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for root in roots(tree) {
        let arrows = Modules::of(tree, root).arrows();
        faults.extend(circles(&arrows).iter().filter_map(|circle| told(circle)));
    }
    faults
}

/// The root files of all packages.
fn roots(tree: &Tree) -> Vec<&str> {
    let is_there = |path: &str| tree.files.iter().any(|file| file.path == path);
    let manifests = tree.files.iter().filter_map(|file| file.path.strip_suffix("/Cargo.toml"));
    manifests
        .flat_map(|package| ["lib.rs", "main.rs"].map(|root| format!("{package}/src/{root}")))
        .filter_map(|root| tree.files.iter().map(|file| file.path.as_str()).find(|path| *path == root))
        .filter(|root| !root.ends_with("main.rs") || !is_there(&root.replace("main.rs", "lib.rs")))
        .collect()
}

/// One shortest circle of each group of files that use each other.
fn circles(arrows: &[Arrow]) -> Vec<Vec<&Arrow>> {
    let mut leaving: BTreeMap<&str, Vec<&Arrow>> = BTreeMap::new();
    for arrow in arrows {
        leaving.entry(&arrow.from).or_default().push(arrow);
    }
    let mut told = BTreeSet::new();
    let mut circles = Vec::new();
    for &file in leaving.keys() {
        if told.contains(file) {
            continue;
        }
        circles.extend(shortest(&leaving, file));
        // Whatever uses the file and is used by it is of the same group.
        told.extend(
            reached(&leaving, file).filter(|other| reached(&leaving, other).any(|back| back == file)),
        );
    }
    circles
}

/// The files that one uses, directly or through others.
fn reached<'a>(leaving: &BTreeMap<&'a str, Vec<&'a Arrow>>, from: &str) -> impl Iterator<Item = &'a str> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&Arrow> = leaving.get(from).cloned().unwrap_or_default();
    while let Some(arrow) = open.pop() {
        if seen.insert(arrow.to.as_str()) {
            open.extend(leaving.get(arrow.to.as_str()).into_iter().flatten());
        }
    }
    seen.into_iter()
}

/// The shortest way from a file back to it.
fn shortest<'a>(leaving: &BTreeMap<&'a str, Vec<&'a Arrow>>, file: &str) -> Option<Vec<&'a Arrow>> {
    let mut seen = BTreeSet::new();
    let mut open = VecDeque::from([Vec::new()]);
    while let Some(way) = open.pop_front() {
        let end = way.last().map_or(file, |arrow: &&Arrow| arrow.to.as_str());
        if end == file && !way.is_empty() {
            return Some(way);
        }
        for &arrow in leaving.get(end).into_iter().flatten() {
            if seen.insert(arrow.to.as_str()) {
                open.push_back([way.as_slice(), &[arrow]].concat());
            }
        }
    }
    None
}

fn told(circle: &[&Arrow]) -> Option<Fault> {
    let (first, _) = circle.split_first()?;
    let steps: Vec<String> = circle
        .iter()
        .map(|arrow| format!("{}:{} takes `{}` from {}", arrow.from, arrow.line, arrow.name, arrow.to))
        .collect();
    let what = format!("files use each other ({}); give what they share a file of its own", steps.join(", "));
    Some(Fault::at(&first.from, first.line, what))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: (&str, &str) = ("crates/x/Cargo.toml", "");

    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<_> = std::iter::once(MANIFEST).chain(files.iter().copied()).collect();
        check(&Tree::of(&files)).iter().map(ToString::to_string).collect()
    }

    const DIRECT: [(&str, &str); 3] = [
        ("crates/x/src/lib.rs", "mod a; mod b;"),
        ("crates/x/src/a.rs", "//! A.\nuse crate::b::B;"),
        ("crates/x/src/b.rs", "//! B.\n\nfn f() { crate::a::g() }"),
    ];

    #[test]
    fn files_that_use_each_other_are_told_with_what_ties_them() {
        assert_eq!(
            told(&DIRECT),
            [
                "crates/x/src/a.rs:2: files use each other (crates/x/src/a.rs:2 takes `B` from crates/x/src/b.rs, \
                 crates/x/src/b.rs:3 takes `g` from crates/x/src/a.rs); give what they share a file of its own"
            ]
        );
    }

    #[test]
    fn around_and_through_re_exports_is_a_circle_too_and_each_group_is_told_once() {
        let told = told(&[
            ("crates/x/src/lib.rs", "mod a; mod b; mod c; pub use a::A;"),
            ("crates/x/src/a.rs", "use crate::b::{B, self};"),
            ("crates/x/src/b/mod.rs", "mod d; pub use d::B;"),
            ("crates/x/src/b/d.rs", "use crate::c;\nfn f() { c::g() }"),
            ("crates/x/src/c.rs", "use crate::{A, b::B};"),
        ]);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("crates/x/src/b/d.rs:2 takes `g` from crates/x/src/c.rs"), "{}", told[0]);
    }

    #[test]
    fn one_way_is_fine_also_for_folders_and_tests() {
        let told = told(&[
            ("crates/x/src/main.rs", "mod a;\nfn main() { a::run() }"),
            ("crates/x/src/a/mod.rs", "mod b;\npub use b::B;\nuse b::C;"),
            ("crates/x/src/a/b.rs", "pub struct B; #[cfg(test)] mod tests { use crate::a::run; }"),
        ]);
        assert!(told.is_empty(), "{told:?}");
    }

    #[test]
    fn a_folder_whose_code_its_files_use_is_in_a_circle_with_them() {
        let told = told(&[
            ("crates/x/src/lib.rs", "mod a;"),
            ("crates/x/src/a/mod.rs", "mod b;\nuse self::b::B;\nfn f() {}"),
            ("crates/x/src/a/b.rs", "use super::f;"),
        ]);
        assert_eq!(told.len(), 1, "{told:?}");
    }
}
