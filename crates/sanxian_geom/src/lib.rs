//! Geometry of sanxian (三线): rings, index, overlap measure, overlay pieces and ellipsoidal area.
//!
//! # Invariant
//! Nothing here knows a law, a role, a file or a projection library.

mod extent;
mod index;
mod measure;
mod moments;
mod overlap;
pub mod rings;
mod scale;
mod window;

pub use extent::Extent;
pub use index::LayerIndex;
pub use measure::{Area, Measurer};
pub use moments::Moments;
pub use overlap::{MeasuredLayer, Shared, overlaps, self_overlaps, total};
pub use rings::{OnInvalid, RingFault, RingOutcome, Settled, settle};
pub use scale::{ArealScale, ScaleError};
