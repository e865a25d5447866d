//! What is written about findings that are accepted.

use sanxian_model::Day;

/// What is written about findings that are accepted: for those that are added, and where there is more to a finding than was
/// accepted. What is not given is empty in new entries and stays as it is in others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acceptance {
    /// Why.
    pub reason: Option<String>,
    /// Number of the approval (批准文号).
    pub approval: Option<String>,
    /// The last day on which they are accepted.
    pub expires: Option<Day>,
    /// Who accepts them.
    pub by: Option<String>,
}
