//! The systems that are known by their EPSG code: CGCS2000 and WGS 84, with their Gauss-Kruger and UTM zones.

use sanxian_model::Ellipsoid;

use crate::crs::definition::{Base, Conversion, Definition, Parameter, Quantity, word};

/// All codes that [`from_epsg`](crate::crs::from_epsg) knows, in the order in which a definition without a code is looked up: zones of 3 degrees
/// before those of 6 degrees on the same meridian.
pub fn codes() -> impl Iterator<Item = u32> {
    [4490, 4326]
        .into_iter()
        .chain(4513..=4554)
        .chain(4491..=4512)
        .chain(32_601..=32_660)
        .chain(32_701..=32_760)
}

/// The system of a code.
pub(super) fn definition(code: u32) -> Option<Definition> {
    let (name, zone) = match code {
        4490 => return Some(geographic(code, cgcs2000())),
        4326 => return Some(geographic(code, wgs84())),
        4491..=4501 => {
            let zone = code - 4478;
            let label = format!("zone {zone}");
            (
                format!("CGCS2000 / Gauss-Kruger {label}"),
                six(zone, &format!("6-degree Gauss-Kruger {label}"), zone),
            )
        }
        4502..=4512 => {
            let zone = code - 4489;
            let label = format!("Gauss-Kruger CM {}E", 6 * zone - 3);
            (format!("CGCS2000 / {label}"), six(zone, &label, 0))
        }
        4513..=4533 => {
            let zone = code - 4488;
            let label = format!("3-degree Gauss-Kruger zone {zone}");
            (format!("CGCS2000 / {label}"), gauss_kruger(&label, 3 * zone, zone))
        }
        4534..=4554 => {
            let meridian = 3 * (code - 4509);
            let label = format!("Gauss-Kruger CM {meridian}E");
            (format!("CGCS2000 / 3-degree {label}"), gauss_kruger(&label, meridian, 0))
        }
        32_601..=32_660 => utm(code - 32_600, 'N', 0.0),
        32_701..=32_760 => utm(code - 32_700, 'S', 10_000_000.0),
        _ => return None,
    };
    let base = if code < 5_000 { cgcs2000() } else { wgs84() };
    Some(Definition { name, epsg: Some(code), base, unit: 1.0, usual_axes: true, conversion: Some(zone) })
}

/// The system of the table whose coordinates are those of a definition. Two have the same parameters on some meridians,
/// zones of 3 and of 6 degrees; there the name decides.
pub(super) fn find(sought: &Definition) -> Option<Definition> {
    let same: Vec<Definition> = codes().filter_map(definition).filter(|listed| sought.is(listed)).collect();
    let name = zone_word(&sought.name);
    same.iter().find(|listed| zone_word(&listed.name) == name).or(same.first()).cloned()
}

/// The name of a zone, in which ESRI writes GK.
fn zone_word(name: &str) -> String {
    word(name).replace("gausskruger", "gk")
}

fn cgcs2000() -> Base {
    Base {
        name: "China Geodetic Coordinate System 2000".to_owned(),
        datum: "China 2000".to_owned(),
        ellipsoid_name: "CGCS2000".to_owned(),
        ellipsoid: Ellipsoid::CGCS2000,
        prime_meridian: ("Greenwich".to_owned(), 0.0),
    }
}

fn wgs84() -> Base {
    Base {
        name: "WGS 84".to_owned(),
        datum: "World Geodetic System 1984".to_owned(),
        ellipsoid_name: "WGS 84".to_owned(),
        ellipsoid: Ellipsoid { semi_major: 6_378_137.0, inverse_flattening: 298.257_223_563 },
        prime_meridian: ("Greenwich".to_owned(), 0.0),
    }
}

fn geographic(code: u32, base: Base) -> Definition {
    let name = base.name.clone();
    Definition { name, epsg: Some(code), base, unit: 1.0, usual_axes: true, conversion: None }
}

fn six(zone: u32, label: &str, number: u32) -> Conversion {
    gauss_kruger(label, 6 * zone - 3, number)
}

/// A Gauss-Kruger zone; `number` stands in front of its eastings, 0 for none.
fn gauss_kruger(label: &str, meridian: u32, number: u32) -> Conversion {
    transverse_mercator(label, f64::from(meridian), 1.0, f64::from(number) * 1e6 + 500_000.0, 0.0)
}

fn utm(zone: u32, hemisphere: char, false_northing: f64) -> (String, Conversion) {
    let label = format!("UTM zone {zone}{hemisphere}");
    let meridian = f64::from(zone) * 6.0 - 183.0;
    (format!("WGS 84 / {label}"), transverse_mercator(&label, meridian, 0.9996, 500_000.0, false_northing))
}

fn transverse_mercator(label: &str, meridian: f64, scale: f64, easting: f64, northing: f64) -> Conversion {
    let parameter = |name: &str, value: f64, quantity| Parameter { name: name.to_owned(), value, quantity };
    Conversion {
        name: label.to_owned(),
        method: "Transverse Mercator".to_owned(),
        parameters: vec![
            parameter("Latitude of natural origin", 0.0, Quantity::Angle),
            parameter("Longitude of natural origin", meridian, Quantity::Angle),
            parameter("Scale factor at natural origin", scale, Quantity::Ratio),
            parameter("False easting", easting, Quantity::Length),
            parameter("False northing", northing, Quantity::Length),
        ],
    }
}
