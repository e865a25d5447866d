//! What may happen to a file that is already where an output goes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use gdal::vector::LayerAccess;
use gdal::vector::sql::Dialect;
use gdal::{Dataset, DatasetOptions, GdalOpenFlags};

use crate::gdal_log;
use crate::read::sqlite;
use crate::write::WriteError;
use crate::write::result_marks::{LOOKED_AT, is_result};

/// What may happen to a file that is already where an output goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Existing {
    /// It is replaced.
    #[default]
    Replace,
    /// It is replaced when it is a result of an earlier run with nothing else in it.
    KeepOthers,
    /// It is not replaced.
    Keep,
}

/// Begins the description of each layer of results in a `GeoPackage`, so that a later run knows them.
pub(crate) const RESULT_MARK: &str = "sanxian results";

/// Refuses an output that would replace what has to be kept. An empty file holds nothing to keep; devices and pipes
/// are not replaced.
///
/// # Errors
/// [`WriteError::Exists`]; [`WriteError::HoldsOtherData`] with what the database holds; [`WriteError::NoResult`] with
/// how the file begins.
pub fn refuse_replacing(path: &Path, existing: Existing) -> Result<(), WriteError> {
    let Ok(found) = std::fs::metadata(path) else { return Ok(()) };
    let is_something = found.is_dir() || found.is_file() && found.len() > 0;
    match existing {
        Existing::Keep if is_something => Err(WriteError::Exists { path: path.to_owned() }),
        Existing::KeepOthers if is_something => refuse_others(path),
        _ => Ok(()),
    }
}

/// Refuses what is no result of an earlier run, or has anything beside.
fn refuse_others(path: &Path) -> Result<(), WriteError> {
    if path.is_dir() || sqlite::is_database(path) {
        return match other_data(path) {
            Some(layers) => Err(WriteError::HoldsOtherData { path: path.to_owned(), layers }),
            None => Ok(()),
        };
    }
    let mut beginning = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LOOKED_AT).read_to_end(&mut beginning));
    if read.is_ok() && is_result(&beginning) {
        return Ok(());
    }
    Err(WriteError::NoResult { path: path.to_owned(), line: first_line(&beginning) })
}

/// The first line with anything on it, cut short; none when it is no text.
fn first_line(beginning: &[u8]) -> Option<String> {
    const SHOWN: usize = 60;
    let text = beginning.utf8_chunks().next()?.valid();
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let shown: String = line.chars().take(SHOWN).collect();
    let is_text = !shown.contains(char::is_control);
    is_text.then(|| if shown.len() < line.len() { shown + "…" } else { shown })
}

/// What a database holds beside results of a check; none when it has only these. A folder is a File Geodatabase,
/// whose layers carry no mark.
fn other_data(path: &Path) -> Option<Vec<String>> {
    if path.is_dir() {
        let _heard = gdal_log::listen();
        let dataset = Dataset::open(path).ok();
        return Some(dataset.map_or_else(Vec::new, |open| open.layers().map(|layer| layer.name()).collect()));
    }
    let others = tables_without_mark(path).unwrap_or_else(|| vec!["?".to_owned()]);
    (!others.is_empty()).then_some(others)
}

/// Tables without the mark, whether they are registered as layers or not; none when the database cannot be read.
fn tables_without_mark(path: &Path) -> Option<Vec<String>> {
    let _heard = gdal_log::listen();
    let options = DatasetOptions {
        open_flags: GdalOpenFlags::GDAL_OF_VECTOR,
        open_options: Some(&["IMMUTABLE=YES"]),
        allowed_drivers: Some(&["GPKG", "SQLite"]),
        ..DatasetOptions::default()
    };
    let dataset = Dataset::open_ex(path, options).ok()?;
    let names = |sql: &str| -> Option<Vec<String>> {
        let mut rows = dataset.execute_sql(sql, None, Dialect::DEFAULT).ok()??;
        Some(rows.features().filter_map(|row| row.field_as_string(0).ok()?).collect())
    };
    let is_geopackage = "SELECT name FROM sqlite_master WHERE name = 'gpkg_contents'";
    if names(is_geopackage).is_none_or(|found| found.is_empty()) {
        return names("SELECT name FROM sqlite_master WHERE type = 'table'");
    }
    // Styles belong to the layers that they style; the other tables are the bookkeeping of the format.
    names(&format!(
        "SELECT table_name FROM gpkg_contents WHERE table_name <> 'layer_styles' AND (description IS NULL OR \
         substr(description, 1, {}) <> '{RESULT_MARK}') UNION ALL SELECT name FROM sqlite_master WHERE type = 'table' AND \
         name NOT LIKE 'gpkg\\_%' ESCAPE '\\' AND name NOT LIKE 'rtree\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' \
         ESCAPE '\\' AND name <> 'layer_styles' AND name NOT IN (SELECT table_name FROM gpkg_contents)",
        RESULT_MARK.len()
    ))
}
