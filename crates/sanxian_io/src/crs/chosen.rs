//! Which CRS a layer is in: the file's own word and the user's, held against each other.

use sanxian_model::{Crs, CrsOrigin, PolygonColumn, Role, Text};

use crate::crs::{CrsError, crs_from_user, same_crs, zone_hint};
use crate::read::{CrsChoice, ReadError};

/// What a file says about its CRS.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum OwnCrs {
    /// Nothing.
    Missing,
    /// What the format takes for granted when nothing is said, as GeoJSON does; a user may know better.
    Assumed(Crs),
    /// A definition.
    Stated(Crs),
}

/// The CRS of a layer, and how it was known.
///
/// # Errors
/// [`ReadError::CrsMissing`], [`ReadError::CrsContradicted`], or an unknown name in [`ReadError::Crs`].
pub(crate) fn choose(
    own: OwnCrs,
    choice: Option<&CrsChoice>,
    role: Option<&Role>,
    path: &str,
    layer: &str,
    polygons: &PolygonColumn,
) -> Result<(Crs, CrsOrigin), ReadError> {
    let wrong = |source: CrsError| ReadError::Crs {
        path: path.to_owned(),
        layer: layer.to_owned(),
        source: source.into(),
    };
    let declared = match choice {
        None => {
            return match own {
                OwnCrs::Stated(crs) => Ok((crs, CrsOrigin::Stated)),
                OwnCrs::Assumed(crs) => Ok((crs, CrsOrigin::Assumed)),
                OwnCrs::Missing => Err(ReadError::CrsMissing {
                    path: path.to_owned(),
                    layer: layer.to_owned(),
                    role: role.map_or_else(|| "ROLE".to_owned(), |role| role.name().to_owned()),
                    hint: eastings_tell(polygons).map(Box::new),
                }),
            };
        }
        Some(CrsChoice::Plane) => Crs::plane(),
        Some(CrsChoice::Named(text)) => crs_from_user(text).map_err(wrong)?,
    };
    match own {
        OwnCrs::Missing | OwnCrs::Assumed(_) => Ok((declared, CrsOrigin::Given)),
        OwnCrs::Stated(own) if same_crs(&own, &declared) => Ok((own, CrsOrigin::Stated)),
        OwnCrs::Stated(own) => Err(ReadError::CrsContradicted {
            path: path.to_owned(),
            layer: layer.to_owned(),
            own: own.name,
            declared: declared.name,
        }),
    }
}

fn eastings_tell(polygons: &PolygonColumn) -> Option<Text> {
    let mut low = [f64::INFINITY; 2];
    let mut high = [f64::NEG_INFINITY; 2];
    for position in polygons.coords() {
        for axis in 0..2 {
            low[axis] = low[axis].min(position[axis]);
            high[axis] = high[axis].max(position[axis]);
        }
    }
    zone_hint(low, high)
}
