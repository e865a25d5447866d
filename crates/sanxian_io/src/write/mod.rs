//! From columns to a file: any format by its extension, whole or not at all.

mod atomic;
mod boundary_txt;
mod cell;
mod csv;
mod error;
mod existing;
mod gdal_file;
mod geojson;
mod inputs;
mod memory_folder;
mod shapefile_names;
mod styles;

use std::path::Path;

use arrow_array::RecordBatch;
use sanxian_model::{Crs, PolygonColumn};

pub use atomic::{remove_unfinished, write_atomically};
pub use error::WriteError;
pub use existing::{Existing, refuse_replacing};
pub use inputs::refuse_overwriting_inputs;
pub use styles::LayerStyle;

/// A layer on its way out.
#[derive(Debug, Clone, Copy)]
pub struct OutputLayer<'a> {
    /// Name of the layer inside the file.
    pub name: &'a str,
    /// CRS of the polygons.
    pub crs: &'a Crs,
    /// One feature a row.
    pub polygons: &'a PolygonColumn,
    /// One row a feature.
    pub attributes: &'a RecordBatch,
    /// How the layer is drawn; kept by GeoPackage only.
    pub style: Option<&'a LayerStyle>,
}

/// How a file is to be written.
#[derive(Debug, Clone, Default)]
pub struct WriteOptions {
    /// Text encoding of a Shapefile (UTF-8 when none; a `.cpg` is written beside it either way) or of a boundary
    /// TXT (GBK when none, which is what land offices read). Other formats are always in UTF-8.
    pub encoding: Option<String>,
    /// GeoJSON in the layer's own CRS with the `crs` member that GIS programs understand, in place of longitude
    /// and latitude on WGS 84 as RFC 7946 wants it.
    pub keep_crs: bool,
    /// What may happen to a file that is already there.
    pub existing: Existing,
    /// The layers are results of a check: a `GeoPackage` of them is marked, and may be replaced by the next one under
    /// [`Existing::KeepDatabases`].
    pub results: bool,
}

/// What the format made the writer change; empty for formats that keep everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    /// Columns that had to be renamed: layer, name as it was, name in the file.
    pub renamed: Vec<(String, String, String)>,
    /// Texts that were too long for the format and were cut: layer, column as it was, number of texts.
    pub cut: Vec<(String, String, usize)>,
    /// A Shapefile is in UTF-8 because the encoding asked for does not have all characters.
    pub unwritable: Option<Unwritable>,
    /// CRS of the coordinates in the file, when the format wants another than the layer's.
    pub crs: Option<Crs>,
}

/// Texts that an encoding cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwritable {
    /// The encoding that was asked for.
    pub encoding: String,
    /// Number of texts with such characters.
    pub texts: usize,
    /// The first of them.
    pub first: String,
}

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
