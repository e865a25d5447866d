//! From what a file or a user says to a [`Crs`].

use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use sanxian_model::{Crs, CrsKind, Ellipsoid};

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
    Ok(Crs { name, epsg, wkt, kind, ellipsoid })
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
