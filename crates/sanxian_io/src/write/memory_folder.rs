//! A folder in memory for drivers of GDAL that do not notice a full disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use gdal::vsi;

/// A folder of GDAL's memory file system; its files are freed when it is dropped.
pub(crate) struct MemoryFolder {
    root: String,
}

impl MemoryFolder {
    /// A folder of its own for an unfinished output, whose folder has a name of its own.
    pub(crate) fn beside(unfinished: &Path) -> Self {
        let own = unfinished.parent().and_then(Path::file_name).unwrap_or_default();
        Self { root: format!("/vsimem/{}", own.to_string_lossy()) }
    }

    /// The file that stands for the unfinished one.
    pub(crate) fn file(&self, unfinished: &Path) -> PathBuf {
        Path::new(&self.root).join(unfinished.file_name().unwrap_or_default())
    }

    fn files(&self) -> Vec<PathBuf> {
        vsi::read_dir(&self.root, true).unwrap_or_default()
    }

    /// Writes every file to the folder of the unfinished output.
    pub(crate) fn pour(&self, unfinished: &Path) -> io::Result<()> {
        for name in self.files() {
            let bytes = vsi::get_vsi_mem_file_bytes_owned(Path::new(&self.root).join(&name))
                .map_err(io::Error::other)?;
            fs::write(unfinished.with_file_name(name), bytes)?;
        }
        Ok(())
    }
}

impl Drop for MemoryFolder {
    fn drop(&mut self) {
        for name in self.files() {
            let _ = vsi::unlink_mem_file(Path::new(&self.root).join(name));
        }
    }
}
