//! Whether two systems are one: by code and by parameters, never by text.

use sanxian_model::{Crs, CrsKind};

use crate::crs::definition::Definition;
use crate::crs::{registry, wkt};

/// Whether coordinates of one system are coordinates of the other.
///
/// The same EPSG code says yes. Otherwise datum, ellipsoid, units, projection and its parameters are compared. What is not
/// understood is not the same: a layer that is brought over in vain costs time, one that is not costs a wrong result.
///
/// ```
/// # extern crate sanxian_layer as sanxian;
/// use sanxian::crs::{from_epsg, same_crs};
///
/// let (three, six) = (from_epsg(4546)?, from_epsg(4508)?);
/// // The meridian 111° E belongs to a zone of 3 and one of 6 degrees, with the same coordinates.
/// assert!(same_crs(&three, &six));
/// assert!(!same_crs(&three, &from_epsg(4525)?));
/// # Ok::<(), sanxian::crs::DefinitionError>(())
/// ```
#[must_use]
pub fn same_crs(a: &Crs, b: &Crs) -> bool {
    if matches!(a.kind, CrsKind::Plane) || matches!(b.kind, CrsKind::Plane) {
        return a.kind == b.kind;
    }
    if a.epsg.is_some() && a.epsg == b.epsg || !a.wkt.is_empty() && a.wkt == b.wkt {
        return true;
    }
    match (definition(a), definition(b)) {
        (Some(a), Some(b)) => a.is(&b),
        _ => false,
    }
}

fn definition(crs: &Crs) -> Option<Definition> {
    crs.epsg.and_then(registry::definition).or_else(|| wkt::definition(&crs.wkt).ok())
}
