//! A CRS from an EPSG code.

use sanxian_model::Crs;

use crate::crs::error::DefinitionError;
use crate::crs::registry::definition;

/// The CRS of an EPSG code: CGCS2000 in longitude and latitude (4490) and in Gauss-Kruger zones of 3 and 6 degrees (4491 to
/// 4554), WGS 84 in longitude and latitude (4326) and in UTM zones (326nn north, 327nn south).
///
/// ```
/// let crs = sanxian_layer::crs::from_epsg(4546)?;
/// assert_eq!(crs.name, "EPSG:4546 CGCS2000 / 3-degree Gauss-Kruger CM 111E");
/// assert!(sanxian_layer::crs::from_epsg(2000).is_err());
/// # Ok::<(), sanxian_layer::crs::DefinitionError>(())
/// ```
///
/// # Errors
/// [`DefinitionError::UnknownCode`] for any other.
pub fn from_epsg(code: u32) -> Result<Crs, DefinitionError> {
    Ok(definition(code).ok_or(DefinitionError::UnknownCode { code })?.bare_crs(None))
}
