//! What two revisions have to tell, whoever shows it.

use sanxian_model::revision::{FindingPair, LayerChange};
use sanxian_model::{Finding, Role, RoleLayers};

use crate::report::Report;

/// Everything that a report may show of two revisions of a plan.
#[derive(Debug, Clone)]
pub struct Revisions<'a> {
    /// The check of the revision before.
    pub old: Report<'a>,
    /// The check of this revision, by the same rules.
    pub new: Report<'a>,
    /// Their findings, each with the one that it was.
    pub pairs: &'a [FindingPair],
    /// What became of the features and of the ground of each role.
    pub layers: &'a [LayerChange],
}

impl<'a> Revisions<'a> {
    /// The finding of a pair as it is, or as it was when it is healed, with the report that it is of.
    #[must_use]
    pub fn finding(&self, pair: &FindingPair) -> (&Report<'a>, &'a Finding) {
        match (pair.new, pair.old) {
            (Some(new), _) => (&self.new, &self.new.findings[new]),
            (None, Some(old)) => (&self.old, &self.old.findings[old]),
            (None, None) => unreachable!("a pair has one finding at least"),
        }
    }

    /// The finding of a pair as it was before.
    #[must_use]
    pub fn before(&self, pair: &FindingPair) -> Option<&'a Finding> {
        pair.old.map(|old| &self.old.findings[old])
    }

    /// The layers of a role in both revisions.
    #[must_use]
    pub fn layers_of(&self, role: &Role) -> (Option<RoleLayers<'a>>, Option<RoleLayers<'a>>) {
        (RoleLayers::of(self.old.layers, role), RoleLayers::of(self.new.layers, role))
    }
}
