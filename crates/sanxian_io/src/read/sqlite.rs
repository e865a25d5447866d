//! `SQLite` databases, such as a `GeoPackage`, are read without changing them or their folder.
//!
//! `SQLite` merges a write-ahead log (`-wal`) into its database and rolls back an interrupted transaction
//! (`-journal`) as soon as somebody opens it, and GDAL does so even when it only reads, and removes an empty log. A
//! database with such a file beside it is therefore read from a private copy; one in the mode of write-ahead logging
//! without it, as a file that is immutable, since otherwise a `-wal` and a `-shm` would be made.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use gdal::{Dataset, DatasetOptions, GdalOpenFlags};

use crate::read::ReadError;
use crate::temporary_folder::TemporaryFolder;

/// How a database is opened.
pub(crate) enum Access {
    /// By its own name: it is no database of `SQLite`, or opening changes nothing.
    Plain,
    /// By its own name, as a file that nobody changes.
    Immutable,
    /// A copy that is removed when this is dropped.
    Copy { folder: TemporaryFolder, database: PathBuf },
}

/// What may lie beside a database, by the end of its name.
pub(crate) const WRITE_AHEAD_LOG: &str = "-wal";
pub(crate) const SHARED_MEMORY: &str = "-shm";
pub(crate) const ROLLBACK_JOURNAL: &str = "-journal";

/// The file beside a database with this end of its name.
pub(crate) fn beside(database: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(end);
    name.into()
}

/// Whether a log or journal holds changes that are not in the database.
pub(crate) fn has_content(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() > 0)
}

/// Finds how a file can be read without a change; `shown` is what messages call it.
///
/// # Errors
/// [`ReadError::BeingWritten`] when it changes while it is copied, [`ReadError::Io`].
pub(crate) fn access(path: &str, shown: &str) -> Result<Access, ReadError> {
    let failed = |source| ReadError::Io { path: shown.to_owned(), source };
    // SQLite looks for the log beside the file that a link points at.
    let Ok(database) = fs::canonicalize(path) else { return Ok(Access::Plain) };
    let Some(logged) = write_ahead(&database).map_err(failed)? else { return Ok(Access::Plain) };
    let pending: Vec<&str> = [WRITE_AHEAD_LOG, ROLLBACK_JOURNAL]
        .into_iter()
        // GDAL removes an empty log on closing.
        .filter(|end| beside(&database, end).exists())
        .collect();
    if pending.is_empty() {
        return Ok(if logged { Access::Immutable } else { Access::Plain });
    }
    let folder = TemporaryFolder::of_system().map_err(failed)?;
    let copy = folder.path().join(database.file_name().unwrap_or_default());
    let before = states(&database);
    fs::copy(&database, &copy).map_err(failed)?;
    for end in pending {
        fs::copy(beside(&database, end), beside(&copy, end)).map_err(failed)?;
    }
    if states(&database) != before {
        return Err(ReadError::BeingWritten { path: shown.to_owned() });
    }
    if has_content(&beside(&copy, ROLLBACK_JOURNAL)) {
        roll_back(&copy);
    }
    Ok(Access::Copy { folder, database: copy })
}

/// Takes back what an interrupted transaction left in a copy: who only reads it may not. A copy that cannot be put
/// right is told when it is opened.
fn roll_back(copy: &Path) {
    let options = DatasetOptions {
        open_flags: GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_UPDATE,
        ..DatasetOptions::default()
    };
    drop(Dataset::open_ex(copy, options));
}

/// Whether a file is a database of `SQLite`.
pub(crate) fn is_database(path: &Path) -> bool {
    write_ahead(path).is_ok_and(|found| found.is_some())
}

/// Whether a `SQLite` database is in the mode of write-ahead logging; none when the file is no such database.
fn write_ahead(path: &Path) -> io::Result<Option<bool>> {
    let mut head = [0_u8; 20];
    if !path.is_file() || File::open(path)?.read_exact(&mut head).is_err() {
        return Ok(None);
    }
    // https://www.sqlite.org/fileformat.html, bytes 18 and 19: file format versions, 2 for write-ahead logging.
    Ok(head.starts_with(b"SQLite format 3\0").then_some(head[18] == 2 || head[19] == 2))
}

/// Length and time of the database and what belongs to it.
fn states(database: &Path) -> Vec<Option<(u64, Option<SystemTime>)>> {
    ["", WRITE_AHEAD_LOG, ROLLBACK_JOURNAL]
        .into_iter()
        .map(|end| fs::metadata(beside(database, end)).ok().map(|file| (file.len(), file.modified().ok())))
        .collect()
}
