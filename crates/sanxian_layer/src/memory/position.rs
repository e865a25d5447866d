//! Whether coordinates from memory can lie in the CRS that they are said to be in.
//!
//! Axes in the wrong order do not fail by themselves: they put a layer elsewhere, and then nothing overlaps and everything
//! passes.

use sanxian_geom::KruegerSeries;
use sanxian_model::{Crs, CrsKind, PolygonColumn, Projection};

use crate::LayerError;

/// Degrees from the central meridian that are let pass. A county on the wrong side of its zone is ordinary; swapped axes
/// land more than 15 degrees off everywhere in China.
const FARTHEST: f64 = 15.0;

/// Refuses coordinates that cannot lie in their CRS: longitudes and latitudes that there are not, and places far from the
/// central meridian of a transverse Mercator. Other projections are not looked at.
///
/// # Errors
/// [`LayerError::OutOfPlace`] names the first such position.
pub fn check_position(name: &str, polygons: &PolygonColumn, crs: &Crs) -> Result<(), LayerError> {
    // What is no number is a fault of its feature.
    let mut places = polygons.coords().iter().filter(|place| place.iter().all(|value| value.is_finite()));
    let elsewhere = match (crs.kind, &crs.projection, KruegerSeries::of(crs)) {
        (CrsKind::Geographic { degrees }, _, _) => places.find(|[longitude, latitude]| {
            (longitude * degrees).abs() > 360.0 || (latitude * degrees).abs() > 90.0
        }),
        (_, Projection::TransverseMercator(parameters), Some(series)) => places.find(|&&place| {
            !series.lon_lat(place).is_ok_and(|[longitude, _]| {
                let off = (longitude - parameters.central_meridian).rem_euclid(360.0);
                off.min(360.0 - off) <= FARTHEST
            })
        }),
        _ => None,
    };
    match elsewhere {
        Some(&[x, y]) => Err(LayerError::OutOfPlace { layer: name.to_owned(), crs: crs.name.clone(), x, y }),
        None => Ok(()),
    }
}
