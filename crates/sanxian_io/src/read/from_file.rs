//! A layer as a file holds it.

use sanxian_layer::Delivered;

use crate::crs::OwnCrs;

/// A layer as a file holds it, and what the file says about its CRS.
pub(crate) struct FromFile {
    pub(crate) delivered: Delivered,
    pub(crate) crs: OwnCrs,
}
