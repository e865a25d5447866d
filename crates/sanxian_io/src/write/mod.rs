//! From columns to a file: any format by its extension, whole or not at all.

mod atomic;
mod boundary_txt;
mod column_kind;
mod csv;
mod error;
mod existing;
mod gdal_file;
mod geodatabase_grid;
mod geojson;
mod inputs;
mod memory_folder;
mod options;
mod output_layer;
mod result_marks;
mod shapefile_names;
mod styles;
mod written;

use std::path::Path;

pub use crate::temporary_folder::remove_unfinished;
pub use atomic::write_atomically;
pub use error::WriteError;
pub use existing::{Existing, refuse_replacing};
pub use inputs::refuse_overwriting_inputs;
pub use options::WriteOptions;
pub use output_layer::{OutputLayer, TEXT_WIDTH};
pub use styles::LayerStyle;
pub use written::{Unwritable, Written};

/// Writes layers into a new file, in place of an old one when there is one and [`WriteOptions::existing`] lets it be
/// replaced.
///
/// The driver follows from the extension: `gpkg`, `shp`, `geojson`, `json`, `geojsonl`, `geojsons`, `fgb`, `gdb`,
/// `kml`, `csv` (geometry as WKT), `txt` (boundary points). Formats of one layer refuse several.
///
/// # Promises
/// The file is there whole, or what was there before is. GeoJSON, CSV and TXT have the same bytes each time.
///
/// # Errors
/// Each variant of [`WriteError`] says what happened, where, and what to do.
pub fn write_layers(
    path: &Path,
    layers: &[OutputLayer<'_>],
    options: &WriteOptions,
) -> Result<Written, WriteError> {
    let format = Format::of(path)?;
    if format.holds_one_layer() && layers.len() != 1 {
        return Err(WriteError::OneLayerOnly { path: path.to_owned(), layers: layers.len() });
    }
    refuse_replacing(path, options.existing)?;
    write_atomically(path, |unfinished| match format {
        Format::Gdal(driver) => gdal_file::write(unfinished, path, driver, layers, options),
        Format::GeoJson { lines } => geojson::write(unfinished, path, &layers[0], lines, options.keep_crs),
        Format::Csv => csv::write(unfinished, path, &layers[0]),
        Format::BoundaryTxt => boundary_txt::write(unfinished, path, &layers[0], options),
    })
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Format {
    Gdal(&'static str),
    GeoJson { lines: bool },
    Csv,
    BoundaryTxt,
}

impl Format {
    fn of(path: &Path) -> Result<Self, WriteError> {
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        Ok(match extension.as_str() {
            "gpkg" => Self::Gdal("GPKG"),
            "shp" => Self::Gdal("ESRI Shapefile"),
            "fgb" => Self::Gdal("FlatGeobuf"),
            "gdb" => Self::Gdal("OpenFileGDB"),
            "kml" => Self::Gdal("KML"),
            "geojson" | "json" => Self::GeoJson { lines: false },
            "geojsonl" | "geojsons" | "geojsonseq" | "ndjson" => Self::GeoJson { lines: true },
            "csv" => Self::Csv,
            "txt" => Self::BoundaryTxt,
            _ => return Err(WriteError::UnknownFormat { path: path.to_owned() }),
        })
    }

    fn holds_one_layer(self) -> bool {
        !matches!(self, Self::Gdal("GPKG" | "OpenFileGDB" | "KML"))
    }
}
