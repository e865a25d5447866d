//! Brings a layer to the run's CRS.

use rayon::prelude::*;
use sanxian_model::{Crs, CrsKind, Layer, PolygonColumn, PolygonColumnBuilder, Position};

use crate::crs::densify::{Bend, densify};
use crate::crs::{CrsError, Pipeline, same_crs};
use crate::gdal_log;

/// Brings a layer to another CRS: long edges get extra points first, so that none moves by more than a
/// millimetre; the pipeline is named in the layer's source. A layer that is there already is left as it is.
///
/// # Errors
/// [`CrsError::PlaneAndEarth`] when only one side has a place on the earth, [`CrsError::NoExactTransform`]
/// when the datums differ and PROJ has no parameters, [`CrsError::Failed`] when PROJ refuses a position.
pub fn transform_layer(mut layer: Layer, to: &Crs) -> Result<Layer, CrsError> {
    let _heard = gdal_log::listen();
    if same_crs(&layer.crs, to) {
        layer.crs = to.clone();
        return Ok(layer);
    }
    let (polygons, pipeline) = transform_polygons(&layer.polygons, &layer.crs, to)?;
    layer.polygons = polygons;
    layer.source.pipeline = pipeline;
    layer.crs = to.clone();
    Ok(layer)
}

/// The polygons in another CRS and the pipeline in PROJ's words; none when there is nothing to move.
pub(crate) fn transform_polygons(
    polygons: &PolygonColumn,
    from: &Crs,
    to: &Crs,
) -> Result<(PolygonColumn, Option<String>), CrsError> {
    if from.kind == CrsKind::Plane || to.kind == CrsKind::Plane {
        return Err(CrsError::PlaneAndEarth { from: from.name.clone(), to: to.name.clone() });
    }
    let Some((low, high)) = bounds(polygons) else { return Ok((polygons.clone(), None)) };
    let failed = |reason: String| CrsError::Failed {
        from: from.name.clone(),
        to: to.name.as_str().into(),
        reason: reason.into(),
    };
    let middle = [low[0].midpoint(high[0]), low[1].midpoint(high[1])];
    let pipeline = Pipeline::between(from, to, middle)?;
    let bend = Bend::within(&pipeline, to, low, high).map_err(failed)?;
    let dense = densify(polygons, &bend).map_err(failed)?;
    let source = dense.as_ref().unwrap_or(polygons);
    let mut coords = source.coords().to_vec();
    // Chunks only share out the work; each position is moved on its own.
    coords.par_chunks_mut(16_384).try_for_each(|chunk| pipeline.apply(chunk)).map_err(failed)?;
    Ok((with_coords(source, &coords), Some(pipeline.told())))
}

fn bounds(polygons: &PolygonColumn) -> Option<(Position, Position)> {
    let first = *polygons.coords().first()?;
    Some(polygons.coords().iter().fold((first, first), |(low, high), p| {
        ([low[0].min(p[0]), low[1].min(p[1])], [high[0].max(p[0]), high[1].max(p[1])])
    }))
}

/// The same features, polygons and rings over other coordinates.
fn with_coords(shape: &PolygonColumn, coords: &[Position]) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::with_capacity(shape.len(), coords.len());
    let mut at = 0;
    for feature in shape.iter() {
        for polygon in feature.polygons() {
            for ring in polygon.rings() {
                builder.extend(&coords[at..at + ring.len()]);
                at += ring.len();
                builder.end_ring();
            }
            builder.end_polygon();
        }
        builder.end_feature();
    }
    builder.finish()
}
