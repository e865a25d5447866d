//! An output is there whole or not at all: it is made in a hidden folder beside its place, brought to the disk,
//! and then moved in. Whatever ends the run before that leaves the old file as it was.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::read::sqlite;
use crate::temporary_folder::TemporaryFolder;
use crate::write::WriteError;

/// Makes an output by way of a hidden folder beside it.
///
/// `make` gets the path to write to: a file of the same name in that folder. Everything that it leaves there is
/// moved in (a Shapefile is several files, a File Geodatabase a folder). When it fails, nothing has changed. An
/// output that is a device or a pipe gets the bytes at the end.
///
/// # Errors
/// [`WriteError::NoFolder`], [`WriteError::Io`], [`WriteError::PendingChanges`], and whatever `make` says.
pub fn write_atomically<T, E: From<WriteError>>(
    path: &Path,
    make: impl FnOnce(&Path) -> Result<T, E>,
) -> Result<T, E> {
    // A link keeps pointing where it did; what it points at is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = target.file_name().ok_or_else(|| WriteError::Io {
        path: path.to_owned(),
        source: io::Error::from(io::ErrorKind::IsADirectory),
    })?;
    let device = fs::metadata(&target).is_ok_and(|meta| !meta.is_file() && !meta.is_dir());
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let place = if device { std::env::temp_dir() } else { folder.clone() };
    if !place.is_dir() {
        return Err(WriteError::NoFolder { path: path.to_owned() }.into());
    }
    let is_database = target.extension().is_some_and(|e| e.eq_ignore_ascii_case("gdb"));
    if target.is_dir() && !is_database {
        let source = io::Error::from(io::ErrorKind::IsADirectory);
        return Err(WriteError::Io { path: path.to_owned(), source }.into());
    }
    refuse_pending_changes(path, &target)?;
    let workshop = TemporaryFolder::hidden_in(&place).map_err(WriteError::io(path))?;
    let unfinished = workshop.path().join(name);
    let made = make(&unfinished)?;
    // Making it took a while.
    refuse_pending_changes(path, &target)?;
    let moved = if device { pour(&unfinished, &target) } else { move_in(workshop.path(), &folder, &target) };
    moved.map_err(WriteError::io(path))?;
    Ok(made)
}

/// Moves everything from the workshop to the target's folder, the target itself last, so that who sees the new
/// .shp sees its new .dbf.
fn move_in(workshop: &Path, folder: &Path, target: &Path) -> io::Result<()> {
    let mut made: Vec<PathBuf> =
        fs::read_dir(workshop)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    made.sort_by_key(|path| (path.file_name() == target.file_name(), path.clone()));
    if made.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "nothing was written"));
    }
    for path in &made {
        sync(path)?;
    }
    if target.extension().is_some_and(|e| e.eq_ignore_ascii_case("shp")) {
        remove_old_parts(target, &made)?;
    }
    for end in [sqlite::WRITE_AHEAD_LOG, sqlite::SHARED_MEMORY, sqlite::ROLLBACK_JOURNAL] {
        match fs::remove_file(sqlite::beside(target, end)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    for path in made {
        let Some(name) = path.file_name() else { continue };
        let place = folder.join(name);
        if place.is_dir() {
            // A folder cannot be replaced in one step: the old one goes into the workshop and away with it.
            fs::rename(&place, workshop.join(".old"))?;
        }
        fs::rename(&path, &place)?;
    }
    // The renames themselves are in the folder; not every file system lets a folder be synced.
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// A log of the old database would be merged into the new one by the next program that opens it, and both
/// would be lost.
pub(crate) fn refuse_pending_changes(path: &Path, target: &Path) -> Result<(), WriteError> {
    let ends = [sqlite::WRITE_AHEAD_LOG, sqlite::ROLLBACK_JOURNAL];
    match ends.into_iter().map(|end| sqlite::beside(target, end)).find(|file| sqlite::has_content(file)) {
        Some(pending) => Err(WriteError::PendingChanges { path: path.to_owned(), pending }),
        None => Ok(()),
    }
}

/// A spatial index or a code page of the Shapefile that is replaced would be taken for the new one's.
fn remove_old_parts(target: &Path, made: &[PathBuf]) -> io::Result<()> {
    for part in ["cpg", "prj", "qpj", "qix", "sbn", "sbx", "idm", "ind"] {
        let old = target.with_extension(part);
        let replaced = made.iter().any(|path| path.file_name() == old.file_name());
        if old.exists() && !replaced {
            fs::remove_file(old)?;
        }
    }
    Ok(())
}

fn sync(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            sync(&entry?.path())?;
        }
        return Ok(());
    }
    fs::OpenOptions::new().write(true).open(path)?.sync_all()
}

fn pour(made: &Path, device: &Path) -> io::Result<()> {
    let mut from = fs::File::open(made)?;
    let mut to = fs::OpenOptions::new().write(true).open(device)?;
    io::copy(&mut from, &mut to).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_in(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_failure_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("结果.geojson");
        fs::write(&path, "old").expect("a file");
        let failed: Result<(), WriteError> = write_atomically(&path, |unfinished| {
            fs::write(unfinished, "half").expect("half a file");
            Err(WriteError::UnknownFormat { path: path.clone() })
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).expect("the old file"), "old");
        assert_eq!(names_in(folder.path()), ["结果.geojson"]);
        let made: Result<(), WriteError> = write_atomically(&path, |unfinished| {
            fs::write(unfinished, "new").map_err(WriteError::io(unfinished))
        });
        made.expect("a new file");
        assert_eq!(fs::read_to_string(&path).expect("the new file"), "new");
        assert_eq!(names_in(folder.path()), ["结果.geojson"]);
    }

    #[test]
    fn all_parts_and_whole_folders_are_moved_in() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.qix"), "stale index").expect("a file");
        let path = folder.path().join("a.shp");
        let made: Result<(), WriteError> = write_atomically(&path, |unfinished| {
            for part in ["shp", "dbf"] {
                fs::write(unfinished.with_extension(part), "x").map_err(WriteError::io(unfinished))?;
            }
            Ok(())
        });
        made.expect("written");
        assert_eq!(names_in(folder.path()), ["a.dbf", "a.shp"]);
        let database = folder.path().join("b.gdb");
        for text in ["one", "two"] {
            let made: Result<(), WriteError> = write_atomically(&database, |unfinished| {
                fs::create_dir(unfinished).map_err(WriteError::io(unfinished))?;
                fs::write(unfinished.join("gdb"), text).map_err(WriteError::io(unfinished))
            });
            made.expect("written");
            assert_eq!(fs::read_to_string(database.join("gdb")).expect("a file"), text);
        }
        assert_eq!(names_in(folder.path()), ["a.dbf", "a.shp", "b.gdb"]);
    }

    #[test]
    fn no_folder_and_a_folder_in_the_way_are_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let nowhere = folder.path().join("missing").join("a.csv");
        let result: Result<(), WriteError> = write_atomically(&nowhere, |_| Ok(()));
        assert!(matches!(result, Err(WriteError::NoFolder { .. })));
        let in_the_way = folder.path().join("a.csv");
        fs::create_dir(&in_the_way).expect("a folder");
        let result: Result<(), WriteError> = write_atomically(&in_the_way, |_| Ok(()));
        assert!(matches!(result, Err(WriteError::Io { .. })));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_device_is_an_error() {
        let result: Result<(), WriteError> = write_atomically(Path::new("/dev/full"), |unfinished| {
            fs::write(unfinished, "text").map_err(WriteError::io(unfinished))
        });
        assert!(matches!(result, Err(WriteError::Io { .. })));
    }
}
