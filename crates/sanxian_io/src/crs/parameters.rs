//! Whether two definitions have the same parameters, under whatever names.

use gdal::spatial_ref::SpatialRef;

use crate::crs::datum::{datum_word, is_cgcs2000};

const PARAMETERS: [&str; 12] = [
    "central_meridian",
    "latitude_of_origin",
    "false_easting",
    "false_northing",
    "scale_factor",
    "standard_parallel_1",
    "standard_parallel_2",
    "latitude_of_center",
    "longitude_of_center",
    "azimuth",
    "rectified_grid_angle",
    "pseudo_standard_parallel_1",
];

/// Whether projection, parameters, units, ellipsoid and datum are alike.
pub(crate) fn same_parameters(a: &SpatialRef, b: &SpatialRef) -> bool {
    let close = |x: f64, y: f64| (x - y).abs() <= 1e-9 * x.abs().max(1.0);
    let attribute =
        |srs: &SpatialRef, path: &str, child: usize| srs.get_attr_value(path, child).ok().flatten();
    let same_figure = matches!((a.semi_major(), b.semi_major()), (Ok(x), Ok(y)) if close(x, y))
        && matches!((a.semi_minor(), b.semi_minor()), (Ok(x), Ok(y)) if close(x, y));
    if !same_figure || a.is_projected() != b.is_projected() {
        return false;
    }
    let datum = |srs: &SpatialRef| attribute(srs, "DATUM", 0).map(|name| datum_word(&name));
    let same_datum = datum(a) == datum(b) || is_cgcs2000(a) && is_cgcs2000(b);
    let prime = |srs: &SpatialRef| attribute(srs, "PRIMEM", 1).and_then(|text| text.parse::<f64>().ok());
    let same_prime = close(prime(a).unwrap_or(0.0), prime(b).unwrap_or(0.0));
    if !(same_datum && same_prime && close(a.angular_units(), b.angular_units())) {
        return false;
    }
    if !a.is_projected() {
        return true;
    }
    let parameter = |srs: &SpatialRef, name: &str| {
        let missing = if name == "scale_factor" { 1.0 } else { 0.0 };
        srs.get_proj_param(name).ok().flatten().unwrap_or(missing)
    };
    attribute(a, "PROJECTION", 0) == attribute(b, "PROJECTION", 0)
        && close(a.linear_units(), b.linear_units())
        && PARAMETERS.iter().all(|name| close(parameter(a, name), parameter(b, name)))
}
