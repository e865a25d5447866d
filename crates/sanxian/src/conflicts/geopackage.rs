//! A comparison as a GeoPackage that opens coloured in QGIS.

use std::path::Path;

use sanxian_io::Existing;
use sanxian_model::Lang;
use sanxian_report::conflicts::{Comparison, map_layers};

use crate::error::Error;
use crate::geopackage::write_map;

/// Writes the difference patches, the lines under them and the matrices into one file with their styles.
///
/// The file appears whole or not at all. One of an earlier run is replaced under [`Existing::KeepOthers`], any other
/// file is then an error.
///
/// # Errors
/// [`Error::Write`] names the file.
pub fn write_geopackage(
    comparison: &Comparison<'_>,
    lang: Lang,
    path: &Path,
    existing: Existing,
) -> Result<(), Error> {
    write_map(&map_layers(comparison, lang), comparison.crs, path, existing)
}
