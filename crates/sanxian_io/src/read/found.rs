//! A layer as an input holds it, whatever is the matter with its CRS.

use sanxian_layer::Delivered;
use sanxian_model::{Crs, CrsOrigin};

use crate::read::ReadError;

/// A layer as an input holds it, whatever is the matter with its CRS.
#[derive(Debug)]
pub struct Found {
    /// What messages call the input; passwords are hidden.
    pub path: String,
    /// The columns. Coordinates are as they were delivered, x east and y north where the CRS is known.
    pub delivered: Delivered,
    /// The CRS that the input and the user agree on, and how it was known; else why nobody knows it, or why the coordinates cannot lie
    /// in it.
    pub crs: Result<(Crs, CrsOrigin), ReadError>,
}
