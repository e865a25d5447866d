//! Longitude and latitude on a system's own datum, without any shift to another.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use gdal::spatial_ref::SpatialRef;
use sanxian_model::{Crs, CrsKind, Position, Text};

use crate::crs::{CrsError, Pipeline, spatial_ref};

/// The way from a CRS to longitude and latitude in degrees on its own datum.
///
/// The area on the ellipsoid needs the latitude of a place and how much the projection enlarges there; a
/// shift of datum would be wrong for both.
#[derive(Debug, Clone, PartialEq)]
pub struct Geodetic {
    way: Way,
}

/// Pipelines found so far, by the definition of the CRS: each search opens PROJ's database anew, which takes as
/// long as reading a township.
static FOUND: LazyLock<Mutex<HashMap<String, String>>> = LazyLock::new(Mutex::default);

#[derive(Debug, Clone, PartialEq)]
enum Way {
    /// Angles already; degrees in one unit.
    Angles(f64),
    Inverse {
        pipeline: Pipeline,
        name: String,
    },
}

impl Geodetic {
    /// The way from this CRS.
    ///
    /// # Errors
    /// [`CrsError::NotHorizontal`] for the bare plane, which has no place on the earth;
    /// [`CrsError::Failed`] when PROJ cannot invert the projection.
    pub fn of(crs: &Crs) -> Result<Self, CrsError> {
        match crs.kind {
            CrsKind::Plane => Err(CrsError::NotHorizontal { name: crs.name.clone() }),
            CrsKind::Geographic { degrees } => Ok(Self { way: Way::Angles(degrees) }),
            CrsKind::Projected { .. } => Self::inverse_of(crs),
        }
    }

    fn inverse_of(crs: &Crs) -> Result<Self, CrsError> {
        let failed = |reason: Text| CrsError::Failed { from: crs.name.clone(), to: lon_lat_words(), reason };
        let srs =
            spatial_ref(crs).ok_or_else(|| failed(Text::new("坐标系定义为空", "the definition is empty")))?;
        let base =
            srs.geog_cs().and_then(|base| base.to_wkt()).map_err(|error| failed(error.to_string().into()))?;
        // Both ends must come from one definition: a code on one side and its text on the other may differ
        // in datum for PROJ, and then a shift slips in.
        let own = srs.to_wkt().map_err(|error| failed(error.to_string().into()))?;
        let known = FOUND.lock().unwrap_or_else(PoisonError::into_inner).get(&own).cloned();
        let definition = if let Some(definition) = known {
            definition
        } else {
            let at = false_origin(&srs);
            let (definition, _) =
                Pipeline::search(&own, &base, at).map_err(|reason| failed(reason.into()))?;
            let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
            found.insert(own, definition.clone());
            definition
        };
        Ok(Self {
            way: Way::Inverse { pipeline: Pipeline::from_definition(definition), name: crs.name.clone() },
        })
    }

    /// Turns positions of the CRS into longitude and latitude in degrees, in place.
    ///
    /// # Errors
    /// [`CrsError::Failed`] when a position is out of reach of the projection.
    pub fn lon_lat(&self, positions: &mut [Position]) -> Result<(), CrsError> {
        match &self.way {
            Way::Angles(degrees) => {
                // One degree a unit is the rule, and then nothing is to be rounded.
                if (*degrees - 1.0).abs() > f64::EPSILON {
                    for position in positions {
                        *position = position.map(|angle| angle * degrees);
                    }
                }
                Ok(())
            }
            Way::Inverse { pipeline, name } => pipeline.apply(positions).map_err(|reason| CrsError::Failed {
                from: name.clone(),
                to: lon_lat_words(),
                reason: reason.into(),
            }),
        }
    }
}

/// A position that every projection can invert.
fn false_origin(srs: &SpatialRef) -> Position {
    let number = |name: &str| srs.get_proj_param(name).ok().flatten().unwrap_or(0.0);
    [number("false_easting"), number("false_northing") + 1.0]
}

/// Longitude and latitude of one position, for checks; none when it is out of reach.
pub(crate) fn lon_lat_of(geodetic: &Geodetic, position: Position) -> Option<Position> {
    let mut positions = [position];
    geodetic.lon_lat(&mut positions).ok()?;
    Some(positions[0])
}

fn lon_lat_words() -> Text {
    Text::new("经纬度", "longitude and latitude")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::crs_from_user;

    fn lon_lat(code: &str, at: Position) -> Position {
        let crs = crs_from_user(code).expect("a CRS");
        let geodetic = Geodetic::of(&crs).expect("a way");
        lon_lat_of(&geodetic, at).expect("in reach")
    }

    #[test]
    fn the_central_meridian_is_where_it_should_be() {
        for (code, easting) in [("EPSG:4546", 500_000.0), ("EPSG:4525", 37_500_000.0)] {
            let [lon, lat] = lon_lat(code, [easting, 3_500_000.0]);
            assert!((lon - 111.0).abs() < 1e-11, "{lon}");
            assert!((31.0..32.0).contains(&lat), "{lat}");
        }
    }

    #[test]
    fn no_datum_shift_slips_in() {
        // Beijing 1954 is a hundred metres off WGS 84; on its own datum the meridian stays on the meridian.
        let [lon, _] = lon_lat("EPSG:2434", [500_000.0, 3_500_000.0]);
        assert!((lon - 111.0).abs() < 1e-11, "{lon}");
        let amersfoort = lon_lat("EPSG:28992", [155_000.0, 463_000.0]);
        assert!((amersfoort[0] - 5.387_638_888_9).abs() < 1e-9, "{amersfoort:?}");
        assert!((amersfoort[1] - 52.156_160_555_6).abs() < 1e-9, "{amersfoort:?}");
    }

    #[test]
    fn degrees_stay_and_grads_become_degrees() {
        assert_eq!(lon_lat("EPSG:4490", [111.5, 34.25]), [111.5, 34.25]);
        let [lon, lat] = lon_lat("EPSG:4807", [100.0, 50.0]);
        assert!((lon - 90.0).abs() < 1e-9 && (lat - 45.0).abs() < 1e-9, "{lon} {lat}");
    }

    #[test]
    fn the_plane_has_no_longitude() {
        assert!(Geodetic::of(&Crs::plane()).is_err());
    }
}
