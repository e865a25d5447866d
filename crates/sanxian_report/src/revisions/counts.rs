//! How many findings are new, worse, unchanged, better and healed.

use std::collections::BTreeMap;

use sanxian_model::Severity;
use sanxian_model::revision::FindingChange;

use crate::revisions::input::Revisions;

/// Findings by what became of them and by their severity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangeCounts(BTreeMap<(FindingChange, Severity), usize>);

impl ChangeCounts {
    /// Counts.
    #[must_use]
    pub fn of(revisions: &Revisions<'_>) -> Self {
        let mut counts = BTreeMap::new();
        for pair in revisions.pairs {
            let severity = revisions.finding(pair).1.severity;
            *counts.entry((pair.change, severity)).or_default() += 1;
        }
        Self(counts)
    }

    /// Findings of which that became, of a severity and above.
    #[must_use]
    pub fn count(&self, change: FindingChange, least: Severity) -> usize {
        let of_change = self.0.iter().filter(|((of, severity), _)| *of == change && *severity >= least);
        of_change.map(|(_, count)| count).sum()
    }

    /// Findings of any severity of which that became.
    #[must_use]
    pub fn all(&self, change: FindingChange) -> usize {
        self.count(change, Severity::Note)
    }
}
