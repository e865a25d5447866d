//! How a file is to be written.

use crate::write::existing::Existing;

/// How a file is to be written.
#[derive(Debug, Clone, Default)]
pub struct WriteOptions {
    /// Text encoding of a Shapefile (UTF-8 when none; a `.cpg` is written beside it either way) or of a boundary
    /// TXT (GBK when none, which is what land offices read). Other formats are always in UTF-8.
    pub encoding: Option<String>,
    /// GeoJSON in the layer's own CRS with the `crs` member that GIS programs understand, in place of longitude
    /// and latitude on WGS 84 as RFC 7946 wants it.
    pub keep_crs: bool,
    /// What may happen to a file that is already there.
    pub existing: Existing,
    /// The layers are results of a check: a `GeoPackage` of them is marked, and may be replaced by the next one under
    /// [`Existing::KeepOthers`].
    pub results: bool,
    /// A File Geodatabase keeps coordinates on a grid: on one of a hundredth of a micrometre, or of 1e-13 degrees, in place of the grid
    /// of 0.1 mm that is the default of GDAL. Other formats keep coordinates as they are.
    pub fine_grid: bool,
}
