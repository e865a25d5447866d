//! A check: which rules, what they say, and what comes of it; whole or in parts.

mod builder;
mod chosen;
mod judge;
mod merged;
mod options;
mod outcome;
mod part_error;
mod parted_check;
mod partial;
mod recording;
mod report;
mod run;
mod shape_key;

pub use builder::Check;
pub(crate) use chosen::Scope;
pub use options::CheckOptions;
pub use outcome::Outcome;
pub use part_error::PartError;
pub use parted_check::PartedCheck;
pub use partial::Partial;
pub use report::CheckReport;
pub use run::{check, check_with};
pub(crate) use run::{run, run_measured};
