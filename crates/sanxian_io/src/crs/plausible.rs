//! Whether coordinates can be in the CRS they are said to be in.
//!
//! A wrong CRS does not fail: it puts the layer into the sea, and then nothing overlaps and everything
//! passes. So what lies clearly outside is an error, with the likely reason in it.

use gdal::spatial_ref::SpatialRef;
use sanxian_model::{Crs, CrsKind, PolygonColumn, Position, Text};

use crate::crs::gauss_kruger::GaussKruger;
use crate::crs::geodetic::lon_lat_of;
use crate::crs::{CrsError, Geodetic, spatial_ref, zone};

/// Degrees around the area of use that are still let pass. A county on the wrong side of its 3-degree zone is
/// ordinary; swapped axes land more than 15 degrees off everywhere in China.
const MARGIN: f64 = 10.0;

/// Holds the coordinates of a layer against its CRS.
///
/// # Errors
/// The variant of [`CrsError`] that says what is likely wrong.
pub(crate) fn check_position(crs: &Crs, polygons: &PolygonColumn) -> Result<(), CrsError> {
    if matches!(crs.kind, CrsKind::Plane) {
        return Ok(());
    }
    let Some(srs) = spatial_ref(crs) else { return Ok(()) };
    let check = |extremes: &Extremes| match crs.kind {
        CrsKind::Geographic { degrees } => check_degrees(crs, &srs, extremes, degrees),
        _ => check_metres(crs, &srs, extremes),
    };
    // The corners of the layer's box are quick to find and nearly always fine. Only when they are not are the
    // positions themselves asked, which a message can then name.
    match Extremes::corners(polygons) {
        Some(corners) if check(&corners).is_ok() => Ok(()),
        _ => Extremes::of(polygons).map_or(Ok(()), |extremes| check(&extremes)),
    }
}

/// Where a CRS is used, in degrees.
struct Area {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Area {
    fn of(srs: &SpatialRef) -> Option<Self> {
        let area = srs.area_of_use()?;
        Some(Self {
            west: area.west_lon_degree,
            south: area.south_lat_degree,
            east: area.east_lon_degree,
            north: area.north_lat_degree,
        })
    }
}

/// The positions of a layer that lie farthest west, south, east and north.
struct Extremes([Position; 4]);

impl Extremes {
    /// The corners of the box, when all positions are finite.
    fn corners(polygons: &PolygonColumn) -> Option<Self> {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        let mut sum = 0.0;
        for &[x, y] in polygons.coords() {
            low = [low[0].min(x), low[1].min(y)];
            high = [high[0].max(x), high[1].max(y)];
            // NaN does not show in a minimum, but it does in a sum.
            sum += x + y;
        }
        let all = f64::is_finite(sum) && low[0] <= high[0];
        all.then_some(Self([low, [high[0], low[1]], high, [low[0], high[1]]]))
    }

    fn of(polygons: &PolygonColumn) -> Option<Self> {
        let finite = |p: &&Position| p[0].is_finite() && p[1].is_finite();
        let first = *polygons.coords().iter().find(finite)?;
        let mut found = [first; 4];
        for &position in polygons.coords() {
            // Comparisons with NaN are false, so such positions fall through.
            if position[0] < found[0][0] && position[1].is_finite() {
                found[0] = position;
            }
            if position[1] < found[1][1] && position[0].is_finite() {
                found[1] = position;
            }
            if position[0] > found[2][0] && position[1].is_finite() {
                found[2] = position;
            }
            if position[1] > found[3][1] && position[0].is_finite() {
                found[3] = position;
            }
        }
        found.iter().flatten().all(|number| number.is_finite()).then_some(Self(found))
    }

    fn low(&self) -> Position {
        [self.0[0][0], self.0[1][1]]
    }

    fn high(&self) -> Position {
        [self.0[2][0], self.0[3][1]]
    }
}

fn check_degrees(crs: &Crs, srs: &SpatialRef, extremes: &Extremes, unit: f64) -> Result<(), CrsError> {
    let area = Area::of(srs);
    let swapped = |p: Position| [p[1], p[0]];
    let in_degrees = |p: Position| p.map(|angle| angle * unit);
    let on_earth = |p: Position| p[0].abs() <= 360.0 && p[1].abs() <= 90.0;
    for position in extremes.0 {
        let here = in_degrees(position);
        if on_earth(here) && area.as_ref().is_none_or(|area| inside(area, here)) {
            continue;
        }
        let (near, declared) = (position, crs.name.clone());
        let all_fit_swapped = extremes.0.iter().all(|&p| {
            let p = swapped(in_degrees(p));
            on_earth(p) && area.as_ref().is_none_or(|area| inside(area, p))
        });
        if all_fit_swapped {
            return Err(CrsError::Swapped { near, declared });
        }
        if here[0].abs() > 1000.0 || here[1].abs() > 1000.0 {
            let hint = zone::hint(extremes.low(), extremes.high());
            return Err(CrsError::MetresAsDegrees { near, declared, hint });
        }
        return Err(far_outside(near, declared, area.as_ref()));
    }
    Ok(())
}

fn check_metres(crs: &Crs, srs: &SpatialRef, extremes: &Extremes) -> Result<(), CrsError> {
    zone::check(crs, srs, extremes.low(), extremes.high())?;
    let (low, high) = (extremes.low(), extremes.high());
    let like_degrees = low[0] >= -180.0 && low[1] >= -90.0 && high[0] <= 180.0 && high[1] <= 90.0;
    let area = Area::of(srs);
    let Some(area) = area else {
        // Without an area of use only a zone tells that its false origin is no place for a plan.
        if like_degrees && GaussKruger::of(srs).is_some() {
            return Err(CrsError::DegreesAsMetres { near: extremes.0[0], declared: crs.name.clone() });
        }
        return Ok(());
    };
    let geodetic = Geodetic::of(crs)?;
    let fits = |p: Position| lon_lat_of(&geodetic, p).is_some_and(|p| inside(&area, p));
    let Some(near) = extremes.0.into_iter().find(|&p| !fits(p)) else { return Ok(()) };
    let declared = crs.name.clone();
    if like_degrees {
        return Err(CrsError::DegreesAsMetres { near, declared });
    }
    if extremes.0.iter().all(|&[x, y]| fits([y, x])) {
        return Err(CrsError::Swapped { near, declared });
    }
    Err(far_outside(near, declared, Some(&area)))
}

fn inside(area: &Area, [lon, lat]: Position) -> bool {
    let across = area.west > area.east;
    let east = if across { area.east + 360.0 } else { area.east };
    let (west, east) = (area.west - MARGIN, east + MARGIN);
    let fits = |lon: f64| (west..=east).contains(&lon);
    (fits(lon) || fits(lon + 360.0) || fits(lon - 360.0))
        && (area.south - MARGIN..=area.north + MARGIN).contains(&lat)
}

fn far_outside(near: Position, declared: String, area: Option<&Area>) -> CrsError {
    let area = area.map_or_else(
        || Text::new("地球的其他部分", "another part of the earth"),
        |Area { west, south, east, north }| {
            Text::new(
                format!("经度 {west} 至 {east}，纬度 {south} 至 {north}"),
                format!("longitude {west} to {east}, latitude {south} to {north}"),
            )
        },
    );
    CrsError::FarOutside { near, declared, area }
}

#[cfg(test)]
mod tests {
    use sanxian_model::PolygonColumnBuilder;

    use super::*;
    use crate::crs::crs_from_user;

    fn check(crs: &str, [x, y]: Position, size: f64) -> Result<(), CrsError> {
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([[[[x, y], [x + size, y], [x + size, y + size], [x, y]]]]);
        check_position(&crs_from_user(crs).expect("a CRS"), &builder.finish())
    }

    #[test]
    fn a_county_is_let_pass_in_its_zone_and_in_the_next() {
        assert_eq!(check("EPSG:4546", [500_000.0, 3_500_000.0], 5e4), Ok(()));
        assert_eq!(check("EPSG:4546", [780_000.0, 3_500_000.0], 5e4), Ok(()));
        assert_eq!(check("EPSG:4490", [111.0, 34.0], 0.5), Ok(()));
        assert_eq!(check("EPSG:2154", [770_000.0, 6_280_000.0], 5e3), Ok(()));
        assert_eq!(check("none", [0.0, 0.0], 100.0), Ok(()));
    }

    #[test]
    fn each_mistake_gets_its_own_name() {
        assert!(matches!(check("EPSG:4546", [111.0, 34.0], 0.5), Err(CrsError::DegreesAsMetres { .. })));
        let hint = |result| match result {
            Err(CrsError::MetresAsDegrees { hint, .. }) => hint,
            other => panic!("{other:?}"),
        };
        assert_eq!(hint(check("EPSG:4490", [500_000.0, 3_500_000.0], 1e4)), None);
        assert!(
            hint(check("EPSG:4490", [38_500_000.0, 3_500_000.0], 1e4)).is_some_and(|h| h.en.contains("4526"))
        );
        assert!(matches!(check("EPSG:4490", [34.0, 111.0], 0.5), Err(CrsError::Swapped { .. })));
        for northing in [2.0e6, 3.5e6, 5.5e6] {
            let result = check("EPSG:4546", [northing, 500_000.0], 1e4);
            assert!(matches!(result, Err(CrsError::Swapped { .. })), "{northing}: {result:?}");
        }
        assert!(matches!(check("EPSG:4525", [3.5e6, 37.5e6], 1e4), Err(CrsError::Swapped { .. })));
        assert!(matches!(check("EPSG:2154", [38.5e6, 3.5e6], 1e4), Err(CrsError::FarOutside { .. })));
    }
}
