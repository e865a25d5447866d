//! The ground that each feature of a plan is the first to claim: where a layer claims ground twice, it counts for the earliest
//! feature, and difference patches are cut of that.

use std::collections::BTreeMap;

use sanxian_geom::{ArealScale, LayerIndex, MeasuredLayer, Measurer, outside_piece};
use sanxian_model::{Crs, OverlapPair, PolygonColumnBuilder};

/// The features of a layer without what earlier features of it claim. `own` are the pairs of its features that lie on each other,
/// the earlier one first.
pub(crate) fn first_claims(
    layer: &MeasuredLayer,
    own: &[OverlapPair],
    scale: &ArealScale,
    crs: &Crs,
) -> MeasuredLayer {
    let mut earlier: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for pair in own {
        earlier.entry(pair.zone).or_default().push(pair.subject);
    }
    let polygons = layer.index.polygons();
    let mut builder = PolygonColumnBuilder::with_capacity(polygons.len(), polygons.coords().len());
    for (row, feature) in polygons.iter().enumerate() {
        match earlier.get(&(row as u32)) {
            Some(others) => {
                builder.push_feature(outside_piece((&layer.index, row), (&layer.index, others), crs));
            }
            None => builder.push_view(feature),
        }
    }
    let index = LayerIndex::build(&builder.finish());
    let mut measurer = Measurer::new(scale);
    let mut areas = layer.areas.clone();
    for row in earlier.into_keys() {
        areas[row as usize] = measurer.area(&index, row as usize);
    }
    MeasuredLayer { index, areas }
}
