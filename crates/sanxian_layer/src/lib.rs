//! What a layer is before it is checked: its CRS by definition alone, its rings, which column is what.
//!
//! # Invariant
//! No file is opened here, and no C library is linked: whoever has polygons in memory needs no more than this.

#![deny(missing_docs)]

pub mod crs;
pub mod delivered;
mod error;
pub mod memory;
mod normalise;
mod options;
mod role_guess;
mod widen;
pub mod wkb;

pub use delivered::{Delivered, OtherMembers, SeenOnReading};
pub use error::LayerError;
pub use normalise::{canonical_name_of_column, normalise};
pub use options::{LayerOptions, NormalisedLayer};
pub use role_guess::{role_of_columns, role_of_name};
pub use widen::widened;

pub use sanxian_geom::OnInvalid;
