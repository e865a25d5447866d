//! The areal scale of longitude and latitude: a closed form.

use sanxian_model::{Ellipsoid, Position, Text};

use crate::extent::Extent;
use crate::index::LayerIndex;
use crate::scale::error::ScaleError;
use crate::scale::gauss_legendre::GAUSS;
use crate::scale::local::Local;

/// Refuses longitudes and latitudes that there are not; without that a slip of the pen would cost tiles around the globe.
pub(super) fn on_the_globe(degrees: f64, (number, layer): (usize, &LayerIndex)) -> Result<(), ScaleError> {
    let globe = Extent { min: [-360.5, -90.5].map(|v| v / degrees), max: [360.5, 90.5].map(|v| v / degrees) };
    let outside = |p: &Position| !Extent::of(&[*p]).touches(&globe);
    for row in 0..layer.polygons().len() {
        let extent = layer.extent(row);
        if outside(&extent.min) || outside(&extent.max) {
            let place = layer.polygons().feature(row).rings().flatten().find(|p| outside(p));
            let [x, y] = place.copied().unwrap_or(extent.min);
            let cause = Text::new(
                "纬度不超过 90 度，经度不超过 360 度",
                "latitudes end at 90 degrees, longitudes at 360",
            );
            return Err(ScaleError { x, y, layer: number, row, cause });
        }
    }
    Ok(())
}

/// Area element of the ellipsoid in square metres for one square unit of longitude and latitude.
pub(super) fn geographic(ellipsoid: Ellipsoid, degrees: f64, latitude: f64) -> Local {
    let unit = degrees.to_radians();
    let e2 = ellipsoid.eccentricity_squared();
    let (s, c) = libm::sincos(latitude * unit);
    let d = 1.0 / (1.0 - e2 * s * s);
    let k = ellipsoid.semi_major * ellipsoid.semi_major * (1.0 - e2) * unit * unit;
    let value = k * c * d * d;
    let first = k * d * d * (-s + 4.0 * e2 * s * c * c * d);
    let second = k
        * d
        * d
        * (-c - 4.0 * e2 * s * s * c * d
            + 4.0 * e2 * (c * c * c - 2.0 * s * s * c) * d
            + 24.0 * e2 * e2 * s * s * c * c * c * d * d);
    Local { value, x: 0.0, y: first * unit, xx: 0.0, xy: 0.0, yy: second * unit * unit }
}

/// Integral of the scale over a box of any size.
pub(super) fn over_box(ellipsoid: Ellipsoid, degrees: f64, extent: &Extent) -> f64 {
    let bands = (extent.height() * degrees).ceil().clamp(1.0, 360.0);
    let step = extent.height() / bands;
    let band = |k: f64| {
        let middle = extent.min[1] + (k + 0.5) * step;
        GAUSS
            .iter()
            .map(|[at, weight]| weight * geographic(ellipsoid, degrees, middle + at * step * 0.5).value)
            .sum::<f64>()
    };
    let sum: f64 = (0..bands as u32).map(|k| band(f64::from(k))).sum();
    sum * 0.5 * step * extent.width()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closed_form_has_the_derivatives_it_claims() {
        let at = |latitude: f64| geographic(Ellipsoid::CGCS2000, 1.0, latitude);
        for latitude in [-60.0, 3.0, 31.8, 53.0] {
            let h = 1e-3;
            let (before, here, after) = (at(latitude - h), at(latitude), at(latitude + h));
            let first = (after.value - before.value) / (2.0 * h);
            let second = (after.y - before.y) / (2.0 * h);
            assert!((first / here.y - 1.0).abs() < 1e-7, "{latitude}: {first} {}", here.y);
            assert!((second / here.yy - 1.0).abs() < 1e-7, "{latitude}: {second} {}", here.yy);
        }
    }
}
