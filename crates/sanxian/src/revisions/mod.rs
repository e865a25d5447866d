//! Revisions of a plan against each other: which findings are new, and which are healed.

mod change;
mod ground;
mod pairs;
mod revision;

pub use pairs::pair_findings;
pub use revision::Revision;
pub use sanxian_model::revision::{FindingChange, FindingPair, PairedBy};
pub use sanxian_report::revisions::{ChangeCounts, FORMATS, headline};
