//! A finding that was accepted.

use sanxian_model::Day;

use super::amount::Amount;
use super::spot::Spot;

/// A finding that was accepted (认可的问题), or several about one subject under one rule.
#[derive(Debug, Clone, PartialEq)]
pub struct BaselineEntry {
    /// The fingerprint of the finding; for a subject without identifier its position stands in place of that.
    pub fingerprint: String,
    /// Code of the rule, for readers.
    pub code: String,
    /// What the finding is about, for readers.
    pub subject: String,
    /// What was accepted.
    pub amount: Amount,
    /// Where the subject is, when it has no identifier of its own.
    pub spot: Option<Spot>,
    /// Why it was accepted.
    pub reason: Option<String>,
    /// Number of the approval (批准文号).
    pub approval: Option<String>,
    /// The last day on which it is accepted.
    pub expires: Option<Day>,
    /// Who accepted it.
    pub by: Option<String>,
}

impl BaselineEntry {
    /// Name of the rule, as the fingerprint says.
    #[must_use]
    pub fn rule(&self) -> &str {
        self.fingerprint.split('/').next().unwrap_or_default()
    }

    /// Role of the subject, as the fingerprint says.
    #[must_use]
    pub fn role(&self) -> &str {
        self.fingerprint.split('/').nth(1).unwrap_or_default()
    }

    /// Role of the zone, as the fingerprint says; `-` for none.
    #[must_use]
    pub fn zone(&self) -> &str {
        self.fingerprint.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it is no longer accepted on that day.
    #[must_use]
    pub fn is_expired(&self, today: Day) -> bool {
        self.expires.is_some_and(|expires| today > expires)
    }
}
