//! Where two plans contradict each other (多规合一, 两规差异).

mod answer;
mod builder;
mod kind;
mod matrix;
mod patch;
mod report;

pub use answer::Answer;
pub use builder::Conflicts;
pub use kind::ConflictKind;
pub use matrix::{Cell, Uncovered};
pub use patch::DifferencePatch;
pub use report::ConflictReport;
