//! Which datum a definition is on, by any of the names it goes under.

use gdal::spatial_ref::SpatialRef;
use sanxian_model::Ellipsoid;

/// Whether the datum is CGCS2000 by any of the names it goes under, on its own ellipsoid.
pub(crate) fn is_cgcs2000(srs: &SpatialRef) -> bool {
    let named = srs.get_attr_value("DATUM", 0).ok().flatten().is_some_and(|name| {
        matches!(datum_word(&name).as_str(), "china2000" | "cgcs2000" | "chinageodeticcoordinatesystem2000")
    });
    let own = Ellipsoid::CGCS2000;
    let same = |value: Option<f64>, wanted: f64| value.is_some_and(|value| (value - wanted).abs() < 1e-4);
    let minor = own.semi_major * (1.0 - own.flattening());
    named && same(srs.semi_major().ok(), own.semi_major) && same(srs.semi_minor().ok(), minor)
}

/// The name of a datum without what differs between dialects: `D_China_2000` and `China 2000` are one.
pub(crate) fn datum_word(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let bare = lower.strip_prefix("d_").unwrap_or(&lower);
    bare.chars().filter(char::is_ascii_alphanumeric).collect()
}
