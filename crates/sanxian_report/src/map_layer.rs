//! A layer of a map: plain columns with shapes. Whoever writes it (the facade, through `sanxian_io`) chooses the file.

use arrow_array::RecordBatch;
use sanxian_model::PolygonColumn;

use crate::map_style::MapStyle;

/// A layer to be written: one row for each feature.
#[derive(Debug, Clone)]
pub struct MapLayer {
    /// Table name, such as `findings`, `patches` or `verdict`.
    pub name: String,
    /// What the layer shows, for the catalogue of the file.
    pub description: String,
    /// One feature for each row of `attributes`, in the CRS of the run; a row without a shape has a feature
    /// without polygons.
    pub shapes: PolygonColumn,
    /// The columns.
    pub attributes: RecordBatch,
    /// How it is drawn.
    pub style: MapStyle,
}
