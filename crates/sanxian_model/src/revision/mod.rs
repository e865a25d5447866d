//! Two revisions of a plan: what became of its features, of its ground, and of the findings about it.

mod balance;
mod feature_change;
mod finding_change;
mod ground_change;
mod layer_change;

pub use balance::{Balance, GroundKind};
pub use feature_change::{FeatureChange, FieldChange, MatchedBy, ShapeChange};
pub use finding_change::{FindingChange, FindingPair, PairedBy};
pub use ground_change::{GroundChange, GroundClass, Transition};
pub use layer_change::{Identifiers, LayerChange, LayerRenamed};
