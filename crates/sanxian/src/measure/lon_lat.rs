//! Longitude and latitude of positions of a CRS, on its own datum.

use sanxian_geom::KruegerSeries;
#[cfg(feature = "files")]
use sanxian_io::Geodetic;
use sanxian_model::{Crs, CrsKind, Explain, Position, Projection, Text};

use crate::error::Error;

/// The way from a CRS to longitude and latitude in degrees on its own datum.
pub(crate) enum LonLat {
    /// Angles already; degrees in one unit.
    Angles(f64),
    /// Transverse Mercator by the series of the engine, the same in every build.
    Series(Box<KruegerSeries>),
    /// Any other projection, by PROJ.
    #[cfg(feature = "files")]
    Proj(Geodetic),
}

impl LonLat {
    /// The way from this CRS, which is not the bare plane.
    pub(crate) fn of(crs: &Crs) -> Result<Self, Error> {
        if let CrsKind::Geographic { degrees } = crs.kind {
            return Ok(Self::Angles(degrees));
        }
        match (&crs.projection, KruegerSeries::of(crs)) {
            (Projection::TransverseMercator(_), Some(series)) => Ok(Self::Series(Box::new(series))),
            _ => Self::by_proj(crs),
        }
    }

    #[cfg(feature = "files")]
    fn by_proj(crs: &Crs) -> Result<Self, Error> {
        Ok(Self::Proj(Geodetic::of(crs)?))
    }

    #[cfg(not(feature = "files"))]
    fn by_proj(crs: &Crs) -> Result<Self, Error> {
        Err(Error::OtherProjection { crs: crs.name.clone() })
    }

    /// Turns positions of the CRS into longitude and latitude in degrees, in place. The words of an error say what the
    /// projection has against it.
    pub(crate) fn apply(&self, positions: &mut [Position]) -> Result<(), Text> {
        match self {
            Self::Angles(degrees) => {
                // One degree a unit is the rule, and then nothing is to be rounded.
                if (*degrees - 1.0).abs() > f64::EPSILON {
                    positions.iter_mut().flatten().for_each(|angle| *angle *= degrees);
                }
                Ok(())
            }
            Self::Series(series) => {
                for position in positions {
                    *position = series.lon_lat(*position).map_err(|error| error.explain().what)?;
                }
                Ok(())
            }
            #[cfg(feature = "files")]
            Self::Proj(geodetic) => geodetic.lon_lat(positions).map_err(|error| error.explain().what),
        }
    }
}
