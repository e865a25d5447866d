//! The tracked files of the repository, and what is wrong at a place in them.

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Files by path.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    /// In the order of their paths.
    pub(crate) files: Vec<File>,
}

/// A tracked file.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// Path from the root, with slashes.
    pub(crate) path: String,
    /// What it holds, when that is text in UTF-8.
    pub(crate) text: Option<String>,
}

/// Something against the house rules.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    path: String,
    line: Option<usize>,
    what: String,
}

impl Tree {
    /// The files that git tracks below `root`, as they are on the disk.
    ///
    /// # Errors
    /// When git does not answer or a file cannot be read.
    pub(crate) fn tracked(root: &Path) -> Result<Self> {
        let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(root).output();
        let listed = listed.context("cannot start git, which says which files are tracked")?;
        ensure!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr).trim());
        let mut files = Vec::new();
        for path in String::from_utf8(listed.stdout)?.split_terminator('\0') {
            match fs::read(root.join(path)) {
                Ok(bytes) => {
                    files.push(File { path: path.to_owned(), text: String::from_utf8(bytes).ok() });
                }
                // Removed on the disk, and not yet from the index.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error).with_context(|| format!("cannot read {path}")),
            }
        }
        Ok(Self { files })
    }

    /// Files with text whose path ends like this, with their text.
    pub(crate) fn texts<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |file| file.path.ends_with(ending))
            .filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)))
    }

    /// A tree made up for a test.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let file = |&(path, text): &(&str, &str)| File { path: path.to_owned(), text: Some(text.to_owned()) };
        Self { files: files.iter().map(file).collect() }
    }
}

impl Fault {
    /// A fault of a whole file or folder.
    pub(crate) fn of(path: &str, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: None, what: what.into() }
    }

    /// A fault in one line, counted from 1.
    pub(crate) fn at(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: Some(line), what: what.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.what),
            None => write!(f, "{}: {}", self.path, self.what),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tracked_files_hold_this_one() {
        let tree = Tree::tracked(&crate::root::root().expect("run by cargo")).expect("git answers");
        assert!(tree.texts("xtask/src/main.rs").next().is_some());
    }

    #[test]
    fn a_fault_names_file_and_line() {
        assert_eq!(Fault::at("a.rs", 7, "odd").to_string(), "a.rs:7: odd");
        assert_eq!(Fault::of("a.rs", "odd").to_string(), "a.rs: odd");
    }
}
