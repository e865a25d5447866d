//! A package as a file.

use std::path::Path;

use sanxian_io::{Existing, OutputLayer, WriteOptions, Written, write_layers};

use super::error::PackageError;
use super::geodatabase_names::refuse_changed;
use super::layer_names::{AFTER, BEFORE, CHANGE};
use super::package::Package;
use crate::error::Error;
use crate::layer::Layer;

impl Package {
    /// Refuses a file that cannot hold a package, before there is one: by its extension.
    ///
    /// # Errors
    /// [`PackageError::NotADatabase`].
    pub fn refuse_format(path: &Path) -> Result<(), PackageError> {
        is_geodatabase(path).map(|_| ())
    }

    /// Writes the package into a new file: a `GeoPackage` (`.gpkg`), or a File Geodatabase (`.gdb`), in which maintained plans are
    /// handed in. The file appears whole or not at all; none is added to.
    ///
    /// A `GeoPackage` keeps coordinates as they are. A File Geodatabase keeps them on a grid, for which the finest is taken that holds
    /// them: a vertex moves by five thousandths of a micrometre at most, or 5e-14 degrees, where noise of coordinates is a millimetre.
    ///
    /// # Errors
    /// [`PackageError::NotADatabase`] and [`PackageError::NameInGeodatabase`] in [`Error::Package`]; [`Error::Write`].
    pub fn write(&self, path: &Path, existing: Existing) -> Result<Written, Error> {
        let parts = [(BEFORE, &self.before), (CHANGE, &self.change), (AFTER, &self.after)];
        let names = parts.map(|(prefix, _)| format!("{prefix}{}", self.name));
        if is_geodatabase(path)? {
            let of_columns =
                parts.iter().flat_map(|(_, layer)| layer.attributes.schema_ref().fields().iter());
            refuse_changed(of_columns.map(|field| field.name().as_str()), &names[0])?;
        }
        let outputs: Vec<OutputLayer<'_>> = names
            .iter()
            .zip(parts)
            .map(|(name, (_, layer))| OutputLayer {
                name,
                crs: &layer.crs,
                polygons: &layer.polygons,
                attributes: &layer.attributes,
                style: None,
            })
            .collect();
        let options = WriteOptions { existing, fine_grid: true, ..WriteOptions::default() };
        Ok(write_layers(path, &outputs, &options)?)
    }
}

/// Writes a plan layer that was made with a package into a new `GeoPackage` or File Geodatabase, as [`Package::write`] does.
///
/// # Errors
/// [`PackageError::NotADatabase`] and [`PackageError::NameInGeodatabase`] in [`Error::Package`]; [`Error::Write`].
pub fn write_revision(layer: &Layer, path: &Path, existing: Existing) -> Result<Written, Error> {
    if is_geodatabase(path)? {
        refuse_changed(layer.columns().iter().map(|field| field.name().as_str()), layer.name())?;
    }
    layer.write(path, &WriteOptions { existing, fine_grid: true, ..WriteOptions::default() })
}

/// Whether a path is that of a File Geodatabase, and not of a `GeoPackage`.
fn is_geodatabase(path: &Path) -> Result<bool, PackageError> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match extension.to_ascii_lowercase().as_str() {
        "gdb" => Ok(true),
        "gpkg" => Ok(false),
        _ => Err(PackageError::NotADatabase { path: path.to_owned() }),
    }
}
