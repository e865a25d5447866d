//! From what a file or a user says to a [`Crs`].

use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use sanxian_model::{Crs, CrsKind, Ellipsoid, Projection, TransverseMercator};

use crate::crs::{CrsError, identify};
use crate::gdal_log;

/// The CRS that a text names: `EPSG:4546`, a bare `4546`, WKT, PROJJSON or a PROJ string; `none` is the plane.
///
/// # Errors
/// [`CrsError::Unknown`] when the text names none, [`CrsError::NotHorizontal`] when it names heights.
pub fn crs_from_user(text: &str) -> Result<Crs, CrsError> {
    let plain = text.trim();
    if plain.eq_ignore_ascii_case("none") {
        return Ok(Crs::plane());
    }
    let _heard = gdal_log::listen();
    let unknown = || CrsError::Unknown { text: text.to_owned() };
    let definition = if !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit()) {
        format!("EPSG:{plain}")
    } else {
        plain.to_owned()
    };
    // GDAL would also take the name of a file or of a place on the network for a definition.
    let looks_right = definition.contains(['[', '+', '{', ':']) && !definition.contains("://");
    if !looks_right {
        return Err(unknown());
    }
    let srs = SpatialRef::from_definition(&definition).ok().ok_or_else(unknown)?;
    from_spatial_ref(srs).map_err(|error| match error {
        // The user looks for what was written.
        CrsError::NotHorizontal { name } => CrsError::NotHorizontal { name: format!("{plain} ({name})") },
        other => other,
    })
}

/// Whether the definition only says that nothing is known: GeoPackage writes such for a layer without CRS.
pub(crate) fn is_undefined(srs: &SpatialRef) -> bool {
    srs.is_local() || srs.name().is_some_and(|name| name.to_ascii_lowercase().starts_with("undefined"))
}

/// The CRS of a definition that GDAL holds.
pub(crate) fn from_spatial_ref(srs: SpatialRef) -> Result<Crs, CrsError> {
    let mut srs = identify::flat(srs);
    srs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    let name = srs.name().unwrap_or_else(|| "unnamed".to_owned());
    let kind = if srs.is_projected() {
        CrsKind::Projected { metres: srs.linear_units() }
    } else if srs.is_geographic() {
        CrsKind::Geographic { degrees: tidy(srs.angular_units().to_degrees()) }
    } else {
        return Err(CrsError::NotHorizontal { name });
    };
    let not_horizontal = || CrsError::NotHorizontal { name: name.clone() };
    let semi_major = srs.semi_major().ok().ok_or_else(not_horizontal)?;
    let semi_minor = srs.semi_minor().ok().ok_or_else(not_horizontal)?;
    let flat = semi_major - semi_minor;
    let inverse_flattening = if flat == 0.0 { 0.0 } else { tidy(semi_major / flat) };
    let ellipsoid = Ellipsoid { semi_major, inverse_flattening };
    let wkt = srs.to_wkt().ok().ok_or_else(not_horizontal)?;
    let epsg = identify::epsg(&srs);
    let name = match epsg {
        // The registry's name, so that two layers of one system print alike.
        Some(code) => {
            let listed = SpatialRef::from_epsg(code).ok().and_then(|listed| listed.name());
            format!("EPSG:{code} {}", listed.unwrap_or(name))
        }
        None => name,
    };
    let projection = projection(&srs, kind);
    Ok(Crs { name, epsg, wkt, kind, ellipsoid, projection })
}

/// The projection in metres and degrees. GDAL gives lengths and angles in the units of the CRS, and calls UTM and
/// Gauss-Kruger what they are: transverse Mercator.
fn projection(srs: &SpatialRef, kind: CrsKind) -> Projection {
    let CrsKind::Projected { metres } = kind else { return Projection::None };
    let method = srs.get_attr_value("PROJECTION", 0).ok().flatten();
    if !matches!(method.as_deref(), Some("Transverse_Mercator" | "Gauss_Kruger")) {
        return Projection::Other;
    }
    let degrees = tidy(srs.angular_units().to_degrees());
    let number = |name: &str| srs.get_proj_param(name).ok().flatten();
    Projection::TransverseMercator(TransverseMercator {
        latitude_of_origin: number("latitude_of_origin").unwrap_or(0.0) * degrees,
        central_meridian: number("central_meridian").unwrap_or(0.0) * degrees,
        scale_factor: number("scale_factor").unwrap_or(1.0),
        false_easting: number("false_easting").unwrap_or(0.0) * metres,
        false_northing: number("false_northing").unwrap_or(0.0) * metres,
    })
}

/// Registries define these numbers with nine decimals or fewer; the rest is the noise of deriving them.
fn tidy(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}

/// What GDAL needs to write a layer; none for the plane.
pub(crate) fn spatial_ref(crs: &Crs) -> Option<SpatialRef> {
    let from_code = || crs.epsg.and_then(|code| SpatialRef::from_epsg(code).ok());
    let mut srs = from_code()
        .or_else(|| if crs.wkt.is_empty() { None } else { SpatialRef::from_wkt(&crs.wkt).ok() })?;
    srs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    Some(srs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transverse_mercator(text: &str) -> TransverseMercator {
        match crs_from_user(text).expect("a CRS").projection {
            Projection::TransverseMercator(found) => found,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn gauss_kruger_and_utm_are_transverse_mercator() {
        assert_eq!(transverse_mercator("EPSG:4546"), TransverseMercator::gauss_kruger(111.0));
        let numbered =
            TransverseMercator { false_easting: 37_500_000.0, ..TransverseMercator::gauss_kruger(111.0) };
        assert_eq!(transverse_mercator("EPSG:4525"), numbered);
        let north = TransverseMercator { scale_factor: 0.9996, ..TransverseMercator::gauss_kruger(117.0) };
        assert_eq!(transverse_mercator("EPSG:32650"), north);
        assert_eq!(transverse_mercator("+proj=utm +zone=50 +datum=WGS84"), north);
        let south = TransverseMercator { false_northing: 10_000_000.0, ..north };
        assert_eq!(transverse_mercator("EPSG:32750"), south);
        assert_eq!(transverse_mercator("+proj=utm +zone=50 +south +datum=WGS84"), south);
    }

    #[test]
    fn lengths_are_metres_and_angles_degrees() {
        // Florida East in US survey feet: false easting 656 166.667 ft are 200 km.
        let florida = transverse_mercator("EPSG:2236");
        assert!((florida.false_easting - 200_000.0).abs() < 1e-3, "{florida:?}");
        assert!((florida.latitude_of_origin - (24.0 + 1.0 / 3.0)).abs() < 1e-9, "{florida:?}");
        let grads = transverse_mercator(
            r#"PROJCS["grads",GEOGCS["g",DATUM["d",SPHEROID["CGCS2000",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["grad",0.01570796326794897]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",130],PARAMETER["scale_factor",1],PARAMETER["false_easting",500],PARAMETER["false_northing",0],UNIT["kilometre",1000]]"#,
        );
        assert!((grads.central_meridian - 117.0).abs() < 1e-9, "{grads:?}");
        assert_eq!(grads.false_easting, 500_000.0);
    }

    #[test]
    fn what_is_not_transverse_mercator_is_told_apart() {
        let projection = |text: &str| crs_from_user(text).expect("a CRS").projection;
        for other in ["EPSG:2154", "EPSG:3857", "EPSG:2053"] {
            assert_eq!(projection(other), Projection::Other, "{other}");
        }
        assert_eq!(projection("EPSG:4490"), Projection::None);
        assert_eq!(projection("none"), Projection::None);
    }
}
