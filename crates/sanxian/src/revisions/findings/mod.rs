//! The findings of two revisions, each with the one that it was.

mod change;
mod feature;
mod ground;
mod pairs;

pub use pairs::pair_findings;
