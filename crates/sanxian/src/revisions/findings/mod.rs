//! The findings of two revisions, each with the one that it was.

mod change;
mod ground;
mod pairs;

pub use pairs::pair_findings;
