//! Names that a File Geodatabase keeps as they are.

use super::error::PackageError;

/// The longest name of a column.
const LONGEST: usize = 64;

/// Names of columns that stand for something else there: GDAL adds an underscore to them.
const RESERVED: [&str; 33] = [
    "ADD", "ALTER", "AND", "AS", "ASC", "BETWEEN", "BY", "COLUMN", "CREATE", "DATE", "DELETE", "DESC",
    "DROP", "EXISTS", "FOR", "FROM", "IN", "INSERT", "INTO", "IS", "LIKE", "NOT", "NULL", "OBJECTID", "OR",
    "ORDER", "SELECT", "SET", "SHAPE", "TABLE", "UPDATE", "VALUES", "WHERE",
];

/// What names of its own tables begin with.
const OWN_TABLES: [&str; 3] = ["GDB_", "SDE_", "DELTA_"];

/// Refuses columns and layers whose names a File Geodatabase would change.
///
/// # Errors
/// [`PackageError::NameInGeodatabase`] with the first of them.
pub(super) fn refuse_changed<'n>(
    columns: impl IntoIterator<Item = &'n str>,
    layer: &str,
) -> Result<(), PackageError> {
    let failed = |name: &str| Err(PackageError::NameInGeodatabase { name: name.to_owned() });
    let upper = layer.to_ascii_uppercase();
    if !is_plain(layer) || OWN_TABLES.iter().any(|own| upper.starts_with(own)) {
        return failed(layer);
    }
    let is_kept = |name: &str| is_plain(name) && !RESERVED.iter().any(|word| word.eq_ignore_ascii_case(name));
    match columns.into_iter().find(|name| !is_kept(name)) {
        Some(name) => failed(name),
        None => Ok(()),
    }
}

/// Whether a name is of letters, digits and underscores, and begins with no digit.
fn is_plain(name: &str) -> bool {
    let may_be = |c: char| c == '_' || c.is_ascii_alphanumeric() || !c.is_ascii();
    name.chars().all(may_be)
        && name.chars().next().is_some_and(|first| !first.is_ascii_digit())
        && name.chars().count() <= LONGEST
}
