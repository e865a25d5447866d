//! Folders that are gone at the end of a run, also when Ctrl-C ends it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Folders that are in use, for [`remove_unfinished`].
static IN_USE: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A folder that is removed when this is dropped.
#[derive(Debug)]
pub(crate) struct TemporaryFolder {
    folder: tempfile::TempDir,
}

impl TemporaryFolder {
    /// A folder where the system keeps such ones.
    pub(crate) fn of_system() -> io::Result<Self> {
        Ok(Self::registered(tempfile::Builder::new().prefix("sanxian-").tempdir()?))
    }

    /// A hidden folder in another one.
    pub(crate) fn hidden_in(place: &Path) -> io::Result<Self> {
        Ok(Self::registered(tempfile::Builder::new().prefix(".sanxian-").tempdir_in(place)?))
    }

    fn registered(folder: tempfile::TempDir) -> Self {
        IN_USE.lock().unwrap_or_else(PoisonError::into_inner).push(folder.path().to_owned());
        Self { folder }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let own = self.folder.path();
        IN_USE.lock().unwrap_or_else(PoisonError::into_inner).retain(|folder| folder != own);
    }
}

/// Removes what unfinished outputs and copies of inputs have left; for a handler of Ctrl-C, after which no destructor runs.
pub fn remove_unfinished() {
    let folders = std::mem::take(&mut *IN_USE.lock().unwrap_or_else(PoisonError::into_inner));
    for folder in folders {
        let _ = fs::remove_dir_all(folder);
    }
}
