//! What a check found, and what it could not judge.

use std::collections::BTreeMap;
use std::sync::Arc;

use sanxian_model::{Finding, Ledger, Quantity, Role, Severity, Sliver, SquareMetres, UnitTotal};
use sanxian_report::{BaselineEffect, ZoneTotal};
use sanxian_rules::{NotRun, Rule};

#[cfg(doc)]
use super::options::CheckOptions;
use crate::measure::FindingPieces;
use crate::stats::Stats;

/// What a check found.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The findings in their total order.
    pub findings: Vec<Finding>,
    /// Findings that were set aside because what they are about is too narrow, in the same order.
    pub slivers: Vec<Sliver>,
    /// Where the area of each patch of the plan went.
    pub ledger: Ledger,
    /// How much of the plan lies on each zone layer.
    pub zones: Vec<ZoneTotal>,
    /// What of the plan lies in each administrative unit, when there are units and a plan.
    pub units: Vec<UnitTotal>,
    /// Caps and floors that were judged, whether they hold or not, in the order of their codes.
    pub quantities: Vec<Quantity>,
    /// Codes of the rules that were judged, in order.
    pub rules_run: Vec<Arc<str>>,
    /// Rules that could not be judged, for all features or for some, and why.
    pub not_run: Vec<NotRun>,
    /// Codes of the rules of the profile that [`CheckOptions::select`] and [`CheckOptions::ignore`] left out.
    pub left_out: Vec<Arc<str>>,
    /// Codes of the rules of the profile in whose place rules of the user's own stand.
    pub replaced: Vec<Arc<str>>,
    /// The tolerance of the profile, whatever the user asked for.
    pub usual_tolerance: SquareMetres,
    /// How many features of the plan, the project and each other subject layer at least one rule was about.
    pub concerned: BTreeMap<Role, usize>,
    /// The rules that took part.
    pub rules: Vec<Rule>,
    /// The dated rule set.
    pub profile: String,
    /// Largest area that was let pass.
    pub tolerance: SquareMetres,
    /// The shapes behind the findings, when they were asked for.
    pub pieces: Option<FindingPieces>,
    /// What the baseline did to the findings; none without a baseline.
    pub baseline: Option<BaselineEffect>,
    /// What the run cost.
    pub stats: Stats,
}

impl Outcome {
    /// The worst severity found.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// The rule of a finding.
    #[must_use]
    pub fn rule_of(&self, finding: &Finding) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.name == finding.rule)
    }

    /// A finding as a sentence.
    #[must_use]
    pub fn message(&self, finding: &Finding, lang: sanxian_model::Lang) -> String {
        self.rule_of(finding)
            .map_or_else(String::new, |rule| sanxian_rules::render_message(rule, finding, lang))
    }
}
