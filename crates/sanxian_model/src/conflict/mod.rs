//! Plans that are compared (多规合一): what each says about a place, how that differs, and on which ground.

mod answer;
mod decision;
mod kind;
mod layer_pair;
mod matrix;
mod patch;
mod placement;
mod plan_figures;

pub use answer::{Answer, PlannedClass};
pub use decision::{Cause, Decision};
pub use kind::ConflictKind;
pub use layer_pair::{LayerPair, PairPatch, PairSide};
pub use matrix::{Cell, Matrix, Uncovered};
pub use patch::{DifferencePatch, DigitisingError, LineShare, SourceShare, UnitShare};
pub use placement::{Placement, PlacementVerdict};
pub use plan_figures::{PlanFigures, UnknownClass};
