//! A layer on its way out.

use arrow_array::RecordBatch;
use sanxian_model::{Crs, PolygonColumn};

use crate::write::styles::LayerStyle;

/// Under this key the metadata of a field of attributes hold how many characters a text can have; databases declare it. GDAL's own
/// Arrow streams use the same one.
pub const TEXT_WIDTH: &str = "GDAL:OGR:width";

/// A layer on its way out.
#[derive(Debug, Clone, Copy)]
pub struct OutputLayer<'a> {
    /// Name of the layer inside the file.
    pub name: &'a str,
    /// CRS of the polygons.
    pub crs: &'a Crs,
    /// One feature a row.
    pub polygons: &'a PolygonColumn,
    /// One row a feature. The metadata of a field may say under [`TEXT_WIDTH`] how many characters its texts can have.
    pub attributes: &'a RecordBatch,
    /// How the layer is drawn; kept by GeoPackage only.
    pub style: Option<&'a LayerStyle>,
}
