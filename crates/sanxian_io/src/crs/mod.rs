//! Where on the earth coordinates are: definitions, comparison, plausibility, transformation.
//!
//! The order of axes is settled here once: x is east (or longitude), y is north (or latitude), whatever order a
//! registry lists. EPSG lists north first for every Gauss-Kruger zone and for EPSG:4490; files never do.

mod chosen;
mod datum;
mod define;
mod densify;
mod error;
mod gauss_kruger;
mod geodetic;
mod identify;
mod parameters;
mod pipeline;
mod plausible;
mod same;
mod transform;
mod zone;

pub use define::crs_from_user;
pub use error::CrsError;
pub use geodetic::Geodetic;
pub use same::same_crs;
pub use transform::transform_layer;

pub(crate) use chosen::{OwnCrs, choose};
pub(crate) use define::{from_spatial_ref, is_undefined, spatial_ref};
pub(crate) use pipeline::Pipeline;
pub(crate) use plausible::check_position;
pub(crate) use transform::transform_polygons;
pub(crate) use zone::{boundary_header, hint as zone_hint, of_boundary_txt, with_number_in_front};
