//! Findings that were accepted: which of a run they are, and how the list of them is kept up to date.

mod accept;
mod acceptance;
mod assigned;
mod change;
#[cfg(feature = "files")]
mod files;
mod key;
mod near_ground;
mod today;
mod update;

pub use acceptance::Acceptance;
pub use change::BaselineChange;
#[cfg(feature = "files")]
pub use files::{read_baseline, write_baseline};
pub use sanxian_report::baseline::{
    Accepted, Amount, BASELINE_VERSION, Baseline, BaselineEffect, BaselineEntry, BaselineError,
    BaselineMistake, EntryPlace, Spot, Standing, Unused, WhyStanding, why_standing,
};
pub use today::today;
