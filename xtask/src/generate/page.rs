//! One generated file, and whether what lies on the disk is it.

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context, Result};

/// Folders in which every file is generated, so that a page of a rule that is gone goes too.
const OWN_FOLDERS: [&str; 2] = ["docs/rules", "docs/man"];

/// A generated file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// Path from the root of the repository, with slashes.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) text: String,
}

/// A file that is not what would be generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stale {
    /// A page that is not there yet.
    Missing(String),
    /// A page with other text.
    Changed(String),
    /// A file that no page is written to.
    LeftOver(String),
}

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "{path} (missing)"),
            Self::Changed(path) => write!(f, "{path}"),
            Self::LeftOver(path) => write!(f, "{path} (no longer generated)"),
        }
    }
}

/// What differs between the pages and the files below `root`, by path.
///
/// # Errors
/// When a file or folder cannot be read.
pub(crate) fn stale(root: &Path, pages: &[Page]) -> Result<Vec<Stale>> {
    let mut stale = Vec::new();
    for page in pages {
        match fs::read(root.join(&page.path)) {
            Ok(bytes) if bytes == page.text.as_bytes() => {}
            Ok(_) => stale.push(Stale::Changed(page.path.clone())),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                stale.push(Stale::Missing(page.path.clone()));
            }
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", page.path)),
        }
    }
    for folder in OWN_FOLDERS {
        for name in names(&root.join(folder))? {
            let path = format!("{folder}/{name}");
            if !pages.iter().any(|page| page.path == path) {
                stale.push(Stale::LeftOver(path));
            }
        }
    }
    stale.sort_by(|a, b| a.path().cmp(b.path()));
    Ok(stale)
}

/// Makes the files below `root` what the pages say.
///
/// # Errors
/// When a file cannot be written or removed.
pub(crate) fn write(root: &Path, pages: &[Page], stale: &[Stale]) -> Result<()> {
    for stale in stale {
        let path = root.join(stale.path());
        let done = match pages.iter().find(|page| page.path == stale.path()) {
            Some(page) => {
                path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(&path, &page.text))
            }
            None => fs::remove_file(&path),
        };
        done.with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

impl Stale {
    fn path(&self) -> &str {
        match self {
            Self::Missing(path) | Self::Changed(path) | Self::LeftOver(path) => path,
        }
    }
}

/// Names of what a folder holds; none when there is no folder.
fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(|| format!("cannot list {}", folder.display())),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(path: &str, text: &str) -> Page {
        Page { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn what_was_written_is_fresh_until_it_is_edited() {
        let root = tempfile::tempdir().expect("a folder");
        let pages = [page("docs/rules/a.md", "a\n"), page("docs/cli.md", "flags\n")];
        let first = stale(root.path(), &pages).expect("readable");
        assert_eq!(first.len(), 2);
        assert_eq!(first[0], Stale::Missing("docs/cli.md".to_owned()));
        write(root.path(), &pages, &first).expect("writable");
        assert_eq!(stale(root.path(), &pages).expect("readable"), []);

        fs::write(root.path().join("docs/cli.md"), "flags").expect("writable");
        assert_eq!(stale(root.path(), &pages).expect("readable"), [Stale::Changed("docs/cli.md".to_owned())]);
    }

    #[test]
    fn the_page_of_a_rule_that_is_gone_is_removed() {
        let root = tempfile::tempdir().expect("a folder");
        let old = [page("docs/rules/a.md", "a\n")];
        write(root.path(), &old, &stale(root.path(), &old).expect("readable")).expect("writable");
        let found = stale(root.path(), &[]).expect("readable");
        assert_eq!(found, [Stale::LeftOver("docs/rules/a.md".to_owned())]);
        write(root.path(), &[], &found).expect("writable");
        assert!(!root.path().join("docs/rules/a.md").exists());
    }
}
