//! A Git repository of a test, through the git of the system.

use std::path::Path;

use crate::in_git::{git, run_in};
use crate::program::Ran;

/// A repository without a commit.
pub(crate) struct Repository {
    pub(crate) folder: tempfile::TempDir,
}

impl Repository {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        git(folder.path(), &["-c", "init.defaultBranch=main", "init", "--quiet"]);
        for [key, value] in [
            ["user.name", "Tester"],
            ["user.email", "tester@example.org"],
            ["commit.gpgsign", "false"],
            ["core.autocrlf", "false"],
        ] {
            git(folder.path(), &["config", key, value]);
        }
        Self { folder }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn git(&self, words: &[&str]) -> String {
        git(self.path(), words)
    }

    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        run_in(self.path(), words)
    }

    /// Writes a file that lies in folders that may not be there yet.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub(crate) fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "x"]);
    }
}
