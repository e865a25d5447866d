//! Revisions of a plan against each other: which findings are new, and which are healed.

mod change;
mod ground;
mod pairs;

pub use pairs::pair_findings;
pub use sanxian_model::revision::{FindingChange, FindingPair, PairedBy};
