//! A layer on its way out.

use arrow_array::RecordBatch;
use sanxian_model::{Crs, PolygonColumn};

use crate::write::styles::LayerStyle;

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
