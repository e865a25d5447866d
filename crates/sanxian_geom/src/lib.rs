//! Geometry of sanxian (三线): rings, index, overlap measure, overlay pieces and ellipsoidal area.
//!
//! # Invariant
//! Nothing here knows a law, a role, a file or a projection library.

pub mod rings;

pub use rings::{OnInvalid, RingFault, RingOutcome, Settled, settle};
