//! Geometry of sanxian (三线): rings, index, overlap measure, overlay pieces and ellipsoidal area.
//!
//! # Invariant
//! Nothing here knows a law, a role, a file or a projection library.

#![deny(missing_docs)]

mod boolean;
mod claims;
mod clip;
mod common_ground;
mod crossings;
mod earlier_ground;
mod edge;
mod extent;
mod index;
mod lattice;
mod measure;
mod moments;
mod national;
mod noded_overlay;
mod noding;
mod overlap;
mod piece;
mod precedence;
mod ring_nesting;
mod rings;
mod scale;
mod segment;
mod segment_sweep;
mod shapes;
mod stop;
mod sweep;
mod sweep_status;
mod tiling;
mod window;
mod zone_overlaps;

pub use claims::{Claim, Claims, claims};
pub use common_ground::{Combinations, CommonGround, common_ground};
pub use crossings::Crossings;
pub use extent::Extent;
pub use index::LayerIndex;
pub use measure::{Area, Measurer};
pub use moments::Moments;
pub use national::NationalFormula;
pub use overlap::{MeasuredLayer, overlaps, self_overlaps, total};
pub use piece::{outside_piece, overlay_piece, union_of};
pub use precedence::{Candidate, any_meet, net_areas};
pub use rings::{NormalisedRings, OnInvalid, RingFault, RingOutcome, normalise_rings};
pub use scale::{ArealScale, KruegerSeries, OutOfReach, ScaleError};
pub use shapes::Shapes;
pub use stop::Stop;
pub use zone_overlaps::ZoneOverlaps;
