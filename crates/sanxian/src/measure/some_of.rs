//! Some features of a layer as a layer of their own.

use sanxian_geom::{LayerIndex, MeasuredLayer};
use sanxian_model::PolygonColumnBuilder;

/// Some features of a layer, measured, in that order.
pub(crate) fn some_of(layer: &MeasuredLayer, rows: &[u32]) -> MeasuredLayer {
    let mut builder = PolygonColumnBuilder::new();
    for &row in rows {
        builder.push_view(layer.index.polygons().feature(row as usize));
    }
    let areas = rows.iter().map(|&row| layer.areas[row as usize]).collect();
    MeasuredLayer { index: LayerIndex::build(&builder.finish()), areas }
}
