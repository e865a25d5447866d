//! Findings that were accepted (基线): the file that keeps them, and what it did to the findings of a run.

mod accepted;
mod amount;
mod effect;
mod entry;
mod error;
mod field_lines;
mod file;
mod read;
pub(crate) mod record;
mod spot;
mod standing;
mod version;
pub(crate) mod words;

pub use accepted::Accepted;
pub use amount::Amount;
pub use effect::{BaselineEffect, Unused};
pub use entry::BaselineEntry;
pub use error::{BaselineError, BaselineMistake, EntryPlace};
pub use file::Baseline;
pub use spot::Spot;
pub use standing::{Standing, WhyStanding};
pub use version::BASELINE_VERSION;
pub use words::why_standing;
