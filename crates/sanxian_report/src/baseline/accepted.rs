//! A finding that the baseline accepts.

use sanxian_model::Finding;

/// A finding that the baseline accepts: it is told and counted, and fails nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// What the rule found.
    pub finding: Finding,
    /// Number of its entry in the baseline.
    pub entry: usize,
}
