//! What a baseline did to the findings of a run.

use std::collections::BTreeMap;
use std::sync::Arc;

use sanxian_model::{Finding, Severity};

use super::accepted::Accepted;
use super::entry::BaselineEntry;
use super::file::Baseline;
use super::standing::Standing;

/// What a baseline did to the findings of a run.
#[derive(Debug, Clone)]
pub struct BaselineEffect {
    /// The baseline.
    pub baseline: Arc<Baseline>,
    /// The findings that it accepts, in their total order.
    pub accepted: Vec<Accepted>,
    /// The findings that stand though it has an entry for them, by their fingerprints.
    pub standing: BTreeMap<String, Standing>,
    /// The entries that no finding of the run is of.
    pub unused: Vec<Unused>,
}

/// An entry that no finding of a run is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unused {
    /// Number of the entry in the baseline.
    pub entry: usize,
    /// Whether the run judged everything that the entry is about, so that the finding is gone.
    pub judged: bool,
}

impl BaselineEffect {
    /// An entry of the baseline by its number.
    #[must_use]
    pub fn entry(&self, number: usize) -> Option<&BaselineEntry> {
        self.baseline.entries.get(number)
    }

    /// Why a finding stands though the baseline has an entry for it.
    #[must_use]
    pub fn standing_of(&self, finding: &Finding) -> Option<&Standing> {
        if self.standing.is_empty() { None } else { self.standing.get(&finding.fingerprint()) }
    }

    /// The gravest severity of what is accepted.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.accepted.iter().map(|accepted| accepted.finding.severity).max()
    }
}
