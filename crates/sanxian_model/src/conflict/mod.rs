//! Plans that are compared (多规合一): what each says about a place, how that differs, and on which ground.

mod answer;
mod decision;
mod kind;
mod matrix;
mod patch;

pub use answer::{Answer, PlannedClass};
pub use decision::{Cause, Decision};
pub use kind::ConflictKind;
pub use matrix::{Cell, ClaimedAgain, Matrix, Uncovered};
pub use patch::{DifferencePatch, DigitisingError, LineShare, SourceShare, UnitShare};
