//! The files of a crate as modules: which file defines what a path names, and which file uses which.

use std::collections::BTreeMap;

use super::imports::{Imports, Path, Use};
use super::tree::Tree;

/// Re-exports of re-exports that are followed.
const MOST_RE_EXPORTS: usize = 16;

/// The modules of one crate that have files, the root first.
pub(crate) struct Modules {
    modules: Vec<Module>,
}

struct Module {
    /// The path of its file.
    file: String,
    parent: usize,
    children: BTreeMap<String, usize>,
    imports: Imports,
}

/// A file that uses what another defines.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Arrow {
    /// The file that uses something, and the one that defines it.
    pub(crate) from: String,
    pub(crate) to: String,
    /// Where the first use is, and what it names.
    pub(crate) line: usize,
    pub(crate) name: String,
}

/// What a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Module(usize),
    /// Something that the file of a module defines.
    ItemOf(usize),
}

impl Modules {
    /// The modules below the root file of a crate, as far as they are in the tree and are no tests.
    pub(crate) fn of(tree: &Tree, root: &str) -> Self {
        let texts: BTreeMap<&str, &str> = tree.texts(".rs").collect();
        let mut all = Self { modules: Vec::new() };
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
        all.add(&texts, root, folder, 0);
        all
    }

    /// Adds a module and those below it; `folder` is where their files are.
    fn add(
        &mut self,
        texts: &BTreeMap<&str, &str>,
        file: &str,
        folder: &str,
        parent: usize,
    ) -> Option<usize> {
        let imports = Imports::of(texts.get(file)?)?;
        let number = self.modules.len();
        let names = imports.children.clone();
        self.modules.push(Module { file: file.to_owned(), parent, children: BTreeMap::new(), imports });
        for name in names {
            let below = format!("{folder}/{name}");
            let child = [format!("{below}.rs"), format!("{below}/mod.rs")]
                .into_iter()
                .find_map(|file| self.add(texts, &file, &below, number));
            self.modules[number].children.extend(child.map(|child| (name, child)));
        }
        Some(number)
    }

    /// Which file uses which, each pair once.
    pub(crate) fn arrows(&self) -> Vec<Arrow> {
        let mut arrows: BTreeMap<(usize, usize), Arrow> = BTreeMap::new();
        for (from, module) in self.modules.iter().enumerate() {
            for (path, line) in module.used() {
                let Some(Named::ItemOf(to)) = self.named(from, &path, 0) else { continue };
                if from == to {
                    continue;
                }
                let name = path.last().cloned().unwrap_or_default();
                let arrow =
                    Arrow { from: module.file.clone(), to: self.modules[to].file.clone(), line, name };
                let first = arrows.entry((from, to)).or_insert_with(|| arrow.clone());
                if arrow.line < first.line {
                    *first = arrow;
                }
            }
        }
        arrows.into_values().collect()
    }

    /// What a path in a module names; none for what is of another crate, or of no file that is known.
    fn named(&self, module: usize, path: &[String], depth: usize) -> Option<Named> {
        let (first, rest) = path.split_first()?;
        let start = match first.as_str() {
            "crate" => 0,
            "self" => module,
            "super" => self.modules[module].parent,
            name => *self.modules[module].children.get(name)?,
        };
        self.below(start, rest, depth)
    }

    /// What a path from within a module names.
    fn below(&self, module: usize, path: &[String], depth: usize) -> Option<Named> {
        let here = &self.modules[module];
        let Some((name, rest)) = path.split_first() else { return Some(Named::Module(module)) };
        if name == "super" {
            return self.below(here.parent, rest, depth);
        }
        if let Some(&child) = here.children.get(name) {
            return self.below(child, rest, depth);
        }
        match here.imports.uses.iter().find(|one| one.name == *name) {
            Some(_) if depth >= MOST_RE_EXPORTS => None,
            Some(one) => self.named(module, &[&one.path, rest].concat(), depth + 1),
            None => Some(Named::ItemOf(module)),
        }
    }
}

impl Module {
    /// What the code of the file uses, with lines: not what it only hands on.
    fn used(&self) -> Vec<(Path, usize)> {
        let Imports { uses, paths, names, .. } = &self.imports;
        let is_used = |one: &&Use| !one.re_exported || names.contains(&one.name);
        // The module is not used itself, but what paths find in it, or all of it.
        let imported = uses.iter().filter(is_used).map(|one| {
            let all = (one.name == "*").then(|| one.name.clone());
            (one.path.iter().cloned().chain(all).collect(), one.line)
        });
        let through = paths.iter().map(|(path, line)| {
            let module = uses.iter().find(|one| one.name == path[0]);
            (module.map_or(path.clone(), |one| [&one.path, &path[1..]].concat()), *line)
        });
        imported.chain(through).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrows(files: &[(&str, &str)]) -> Vec<String> {
        let arrows = Modules::of(&Tree::of(files), "src/lib.rs").arrows();
        arrows.iter().map(|one| format!("{}:{} {} {}", one.from, one.line, one.to, one.name)).collect()
    }

    #[test]
    fn imports_and_paths_lead_to_files() {
        let found = arrows(&[
            ("src/lib.rs", "mod a;\nmod b;\npub fn f() { b::g(); }"),
            ("src/a.rs", "use crate::b::B;"),
            ("src/b.rs", "fn g() -> crate::a::A { super::f() }"),
        ]);
        assert_eq!(
            found,
            [
                "src/lib.rs:3 src/b.rs g",
                "src/a.rs:1 src/b.rs B",
                "src/b.rs:1 src/lib.rs f",
                "src/b.rs:1 src/a.rs A"
            ]
        );
    }

    #[test]
    fn re_exports_lead_on_and_are_no_use() {
        let found = arrows(&[
            ("src/lib.rs", "mod a; mod c; pub use a::A;"),
            ("src/a/mod.rs", "mod b; pub use b::{B as A, D};"),
            ("src/a/b.rs", "pub struct B;"),
            ("src/c.rs", "use crate::A;\nuse crate::a;\nfn f() { a::D::new() }"),
        ]);
        assert_eq!(found, ["src/c.rs:1 src/a/b.rs A"]);
    }

    #[test]
    fn a_re_export_that_the_file_itself_needs_is_a_use() {
        let found = arrows(&[("src/lib.rs", "mod a; pub use a::A; fn f() -> A { A }"), ("src/a.rs", "")]);
        assert_eq!(found, ["src/lib.rs:1 src/a.rs A"]);
    }

    #[test]
    fn all_of_a_module_is_a_use_of_its_file() {
        let found =
            arrows(&[("src/lib.rs", "mod a; mod b;"), ("src/a.rs", ""), ("src/b.rs", "use crate::a::*;")]);
        assert_eq!(found, ["src/b.rs:1 src/a.rs *"]);
    }

    #[test]
    fn re_exports_in_a_ring_end() {
        let found = arrows(&[
            ("src/lib.rs", "mod a; mod b;"),
            ("src/a.rs", "pub use crate::b::X; fn f(x: X) {}"),
            ("src/b.rs", "pub use crate::a::X;"),
        ]);
        assert!(found.is_empty(), "{found:?}");
    }
}
