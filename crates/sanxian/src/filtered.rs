//! The features of a layer that meet a filter of the user.

use arrow_array::UInt32Array;
use arrow_select::take::take_record_batch;
use sanxian_layer::{Delivered, LayerOptions, OnInvalid, SeenOnReading, normalise};
use sanxian_model::layer::RowFilter;
use sanxian_model::{Crs, PolygonColumnBuilder, Role};
use sanxian_rules::{Filter, rows_that_meet};

use crate::error::Error;

/// The features of a delivery that meet a filter, those included that cannot be used; the others are as if they were not
/// there, and so are their faults.
pub(crate) fn only(
    delivered: Delivered,
    filter: &Filter,
    (path, role, crs): (&str, &Role, &Crs),
    options: &LayerOptions,
) -> Result<(Delivered, RowFilter), Error> {
    let rows = rows(&delivered, filter, (path, role, crs), options)?;
    let filter = RowFilter { text: filter.text().into(), left_out: delivered.features - rows.len() };
    Ok((taken(delivered, &rows), filter))
}

/// The rows of all features that meet the filter. What columns mean is found as for a layer, whatever the geometry is.
fn rows(
    delivered: &Delivered,
    filter: &Filter,
    (path, role, crs): (&str, &Role, &Crs),
    options: &LayerOptions,
) -> Result<Vec<u32>, Error> {
    let count = u32::try_from(delivered.attributes.num_rows()).expect("rows of a layer fit 32 bits");
    let mut triangles = PolygonColumnBuilder::new();
    for _ in 0..count {
        triangles.push_feature([[[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]]]]);
    }
    let attributes_alone = Delivered {
        polygons: triangles.finish(),
        rows: (0..count).collect(),
        seen: Vec::new(),
        ..delivered.clone()
    };
    let options = LayerOptions { allow_empty: true, on_invalid: OnInvalid::Repair, ..options.clone() };
    let layer = normalise(attributes_alone, crs.clone(), path, role.clone(), &options)?.layer;
    Ok(rows_that_meet(&layer, filter)?)
}

/// Some features of a delivery, in their order.
fn taken(delivered: Delivered, rows: &[u32]) -> Delivered {
    let place = |row: u32| rows.binary_search(&row).ok().map(|at| at as u32);
    let mut polygons = PolygonColumnBuilder::new();
    let mut rows_of_polygons = Vec::new();
    for (feature, at) in
        delivered.rows.iter().enumerate().filter_map(|(feature, row)| Some((feature, place(*row)?)))
    {
        polygons.push_view(delivered.polygons.feature(feature));
        rows_of_polygons.push(at);
    }
    let attributes = take_record_batch(&delivered.attributes, &UInt32Array::from(rows.to_vec()));
    let seen = delivered.seen.into_iter();
    Delivered {
        features: rows.len(),
        polygons: polygons.finish(),
        rows: rows_of_polygons,
        fids: rows.iter().map(|row| delivered.fids[*row as usize]).collect(),
        attributes: attributes.expect("rows of the layer"),
        seen: seen.filter_map(|seen| Some(SeenOnReading { row: place(seen.row)?, ..seen })).collect(),
        ..delivered
    }
}
