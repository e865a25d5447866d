//! Which Gauss-Kruger zone eastings claim to be in, and which code is that zone's.
//!
//! An easting of eight digits carries its zone number in front (39 500 123.4 is zone 39), one of six digits
//! does not. The two look alike to every program and differ by millions of metres.

use gdal::spatial_ref::SpatialRef;
use sanxian_model::{Crs, Position, Text};

use crate::crs::datum::{datum_word, is_cgcs2000};
use crate::crs::define::crs_from_user;
use crate::crs::error::CrsError;
use crate::crs::gauss_kruger::GaussKruger;

/// Codes of the zones of one datum.
struct Family {
    /// 3-degree zone `n` with the number in front is this plus `n`; by meridian; the same for 6 degrees.
    three: u32,
    three_bare: u32,
    six: u32,
    six_bare: u32,
}

const CGCS2000: Family = Family { three: 4488, three_bare: 4509, six: 4478, six_bare: 4489 };
const XIAN_1980: Family = Family { three: 2324, three_bare: 2345, six: 2314, six_bare: 2325 };
const BEIJING_1954: Family = Family { three: 2376, three_bare: 2397, six: 21400, six_bare: 21440 };

impl Family {
    fn of(srs: &SpatialRef) -> Self {
        let datum = srs.get_attr_value("DATUM", 0).ok().flatten().map(|name| datum_word(&name));
        match datum.as_deref() {
            Some("xian1980") => XIAN_1980,
            Some("beijing1954") => BEIJING_1954,
            _ => CGCS2000,
        }
    }

    /// The code of a zone whose number stands in front of the eastings.
    fn prefixed(&self, zone: u32) -> Option<u32> {
        match zone {
            13..=23 => Some(self.six + zone),
            25..=45 => Some(self.three + zone),
            _ => None,
        }
    }

    fn bare(&self, zone: u32) -> Option<u32> {
        match zone {
            13..=23 => Some(self.six_bare + zone),
            25..=45 => Some(self.three_bare + zone),
            _ => None,
        }
    }
}

/// The zone number in front of an easting; none when it has six digits or fewer, or a number of no zone of
/// China.
pub(crate) fn prefix_of(easting: f64) -> Option<u32> {
    if !(13e6..46e6).contains(&easting) {
        return None;
    }
    let number = (easting / 1e6).floor() as u32;
    matches!(number, 13..=23 | 25..=45).then_some(number)
}

/// Holds the eastings of a layer against the zone of its CRS.
///
/// # Errors
/// [`CrsError::ZonePrefix`], [`CrsError::ZonePrefixMissing`], [`CrsError::SeveralZones`]; each names the code
/// that fits.
pub(crate) fn check(crs: &Crs, srs: &SpatialRef, low: Position, high: Position) -> Result<(), CrsError> {
    let Some(zone) = GaussKruger::of(srs) else { return Ok(()) };
    // A northing that fits no place in China means that something else is wrong.
    let plausible = low[1] > 0.0 && high[1] < 7e6;
    if !plausible {
        return Ok(());
    }
    let family = Family::of(srs);
    let declared = crs.name.clone();
    match (zone.prefix(), prefix_of(low[0]), prefix_of(high[0])) {
        (_, Some(from), Some(to)) if from != to => Err(CrsError::SeveralZones { from, to }),
        (Some(expected), Some(prefix), _) if prefix == expected => Ok(()),
        (_, Some(prefix), _) if zone.prefix().is_some() || zone.has_no_prefix() => {
            Err(CrsError::ZonePrefix { easting: low[0], prefix, declared, fits: family.prefixed(prefix) })
        }
        (Some(prefix), None, None) if (0.0..1e6).contains(&low[0]) && high[0] < 1e6 => {
            let fits = family.bare(prefix);
            Err(CrsError::ZonePrefixMissing { easting: low[0], prefix, declared, fits })
        }
        _ => Ok(()),
    }
}

/// What eastings tell about a layer that has no CRS.
pub(crate) fn hint(low: Position, high: Position) -> Option<Text> {
    let prefix = prefix_of(low[0]).filter(|prefix| prefix_of(high[0]) == Some(*prefix))?;
    if !(low[1] > 0.0 && high[1] < 7e6) {
        return None;
    }
    let code = CGCS2000.prefixed(prefix)?;
    Some(Text::new(
        format!("横坐标带有带号 {prefix}，在 CGCS2000 上为 EPSG:{code}"),
        format!("the eastings carry the zone number {prefix}: on CGCS2000 that is EPSG:{code}"),
    ))
}

/// The CRS that the header of a boundary TXT states, checked against the eastings of its points.
///
/// `degrees` is the width of the zones (几度分带), `zone` their number (带号).
pub(crate) fn of_boundary_txt(
    datum: &str,
    degrees: Option<u32>,
    zone: Option<u32>,
    easting: f64,
) -> Option<Result<Crs, CrsError>> {
    let family = if datum.contains("2000") || datum.is_empty() {
        CGCS2000
    } else if datum.contains("80") || datum.contains("西安") {
        XIAN_1980
    } else if datum.contains("54") || datum.contains("北京") {
        BEIJING_1954
    } else {
        return None;
    };
    let in_front = prefix_of(easting);
    let zone = zone.or(in_front)?;
    let fits_width = match degrees {
        Some(3) => (25..=45).contains(&zone),
        Some(6) => (13..=23).contains(&zone),
        Some(_) => false,
        None => true,
    };
    if !fits_width {
        return None;
    }
    let code = if in_front.is_some() { family.prefixed(zone)? } else { family.bare(zone)? };
    Some(crs_from_user(&format!("EPSG:{code}")))
}

/// What the header of a boundary TXT says about a CRS: its datum, the width of the zones and the zone number.
/// None when the CRS is no zone of China.
pub(crate) fn boundary_header(crs: &Crs, srs: &SpatialRef) -> Option<Vec<(&'static str, String)>> {
    let datum = srs.get_attr_value("DATUM", 0).ok().flatten().map(|name| datum_word(&name));
    let name = match datum.as_deref() {
        Some("xian1980") => "1980西安坐标系",
        Some("beijing1954") => "1954北京坐标系",
        _ if is_cgcs2000(srs) => "2000国家大地坐标系",
        _ => return None,
    };
    let datum = ("坐标系", name.to_owned());
    if matches!(crs.kind, sanxian_model::CrsKind::Geographic { .. }) {
        return Some(vec![datum]);
    }
    let zone = GaussKruger::of(srs)?;
    let meridian = zone.meridian.round() as i64;
    // By its meridian a 6-degree zone is also a 3-degree zone; the number in front tells which is meant.
    let (width, number) = match zone.prefix() {
        Some(prefix @ 13..=23) => (6, i64::from(prefix)),
        Some(prefix) => (3, i64::from(prefix)),
        None if (zone.meridian - 3.0 * (zone.meridian / 3.0).round()).abs() < 1e-9 => (3, meridian / 3),
        None => return None,
    };
    Some(vec![datum, ("几度分带", width.to_string()), ("带号", number.to_string())])
}

/// The zone number that eastings of a CRS of China come without, and the CRS that has it in front of them: EPSG:4546
/// gives 37 and EPSG:4525. None for any other CRS.
pub(crate) fn with_number_in_front(crs: &Crs, srs: &SpatialRef) -> Option<(u32, Crs)> {
    if !GaussKruger::of(srs)?.has_no_prefix() {
        return None;
    }
    let header = boundary_header(crs, srs)?;
    let zone = header.iter().find(|(key, _)| *key == "带号")?.1.parse().ok()?;
    let code = Family::of(srs).prefixed(zone)?;
    Some((zone, crs_from_user(&format!("EPSG:{code}")).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone_of(code: u32) -> GaussKruger {
        GaussKruger::of(&SpatialRef::from_epsg(code).expect("a code")).expect("a zone")
    }

    #[test]
    fn the_registry_agrees_with_each_family() {
        for (family, name) in
            [(CGCS2000, "CGCS2000"), (XIAN_1980, "Xian 1980"), (BEIJING_1954, "Beijing 1954")]
        {
            for zone in (13..=23).chain(25..=45) {
                let width = if zone < 24 { 6 } else { 3 };
                let meridian = if zone < 24 { zone * 6 - 3 } else { zone * 3 };
                let prefixed = family.prefixed(zone).expect("a code");
                let bare = family.bare(zone).expect("a code");
                let srs = SpatialRef::from_epsg(prefixed).expect("a code");
                assert!(srs.name().expect("a name").starts_with(name), "{prefixed} {:?}", srs.name());
                assert_eq!(zone_of(prefixed).prefix(), Some(zone), "{prefixed} of {width} degrees");
                for code in [prefixed, bare] {
                    assert!((zone_of(code).meridian - f64::from(meridian)).abs() < 1e-9, "{code}");
                }
                assert!(zone_of(bare).has_no_prefix(), "{bare}");
            }
        }
    }

    #[test]
    fn eastings_and_zone_must_agree() {
        let check_at = |code: u32, easting: f64| {
            let crs = crs_from_user(&format!("EPSG:{code}")).expect("a code");
            let srs = SpatialRef::from_epsg(code).expect("a code");
            check(&crs, &srs, [easting, 3.5e6], [easting + 1000.0, 3.6e6])
        };
        assert_eq!(check_at(4525, 37_500_000.0), Ok(()));
        assert_eq!(check_at(4546, 500_000.0), Ok(()));
        let fits = |result: Result<(), CrsError>| match result {
            Err(CrsError::ZonePrefix { fits, .. } | CrsError::ZonePrefixMissing { fits, .. }) => fits,
            other => panic!("{other:?}"),
        };
        assert_eq!(fits(check_at(4525, 38_500_000.0)), Some(4526));
        assert_eq!(fits(check_at(4546, 38_500_000.0)), Some(4526));
        assert_eq!(fits(check_at(4546, 20_500_000.0)), Some(4498));
        assert_eq!(fits(check_at(4525, 500_000.0)), Some(4546));
        assert_eq!(fits(check_at(4498, 500_000.0)), Some(4509));
        assert_eq!(fits(check_at(2361, 38_500_000.0)), Some(2362));
    }
}
