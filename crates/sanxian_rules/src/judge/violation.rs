//! What judging a predicate gives: what is over its limit, or why there is no answer.

use sanxian_model::{Measure, SquareMetres};

use crate::error::RuleError;
use crate::not_run::Reason;

/// What a predicate says: what is over the limit, and why it says nothing about some subjects.
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub(super) violations: Vec<Violation>,
    pub(super) gaps: Vec<Reason>,
    /// What was measured of the layers as a whole, and whether it is on the right side of its limit.
    pub(super) quantity: Option<(Measure, bool)>,
}

impl From<Vec<Violation>> for Judged {
    fn from(violations: Vec<Violation>) -> Self {
        Self { violations, ..Self::default() }
    }
}

/// What a predicate found: a feature (or the layers of the role as a whole) over its limit.
#[derive(Debug)]
pub(super) struct Violation {
    /// Number of the subject; none when the layers as a whole are meant.
    pub(super) row: Option<u32>,
    /// Zones involved by their numbers, with the area shared with each.
    pub(super) zones: Vec<(u32, SquareMetres)>,
    pub(super) measure: Measure,
    /// Area shared with the zones, for the conditions of exceptions.
    pub(super) overlap: SquareMetres,
    /// Area of the subject, for the same.
    pub(super) area: SquareMetres,
}

/// Why a rule stopped before it had an answer.
#[derive(Debug)]
pub(super) enum Unjudged {
    /// The data lack something; the rule is reported as not run.
    NotRun(Vec<Reason>),
    /// The rule itself is wrong for this layer.
    Error(RuleError),
}

impl From<Reason> for Unjudged {
    fn from(reason: Reason) -> Self {
        Self::NotRun(vec![reason])
    }
}

impl From<RuleError> for Unjudged {
    fn from(error: RuleError) -> Self {
        Self::Error(error)
    }
}
