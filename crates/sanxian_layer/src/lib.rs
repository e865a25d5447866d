//! What a layer is before it is checked: its CRS by definition alone, its rings, which column is what.
//!
//! # Invariant
//! No file is opened here, and no C library is linked: whoever has polygons in memory needs no more than this.

#![deny(missing_docs)]

pub mod crs;
