//! Options of a check.

use std::sync::Arc;

use sanxian_model::revision::LayerChange;
use sanxian_model::{Day, Metres, SquareMetres};
use sanxian_report::Baseline;
use sanxian_rules::{Quotas, RuleBook};

use crate::measure::AreaMethod;
use crate::watch::Watch;

/// Options of a check.
#[derive(Debug, Clone)]
pub struct CheckOptions {
    /// Dated rule set: `national-2026`.
    pub profile: String,
    /// Rules to run instead of those of the profile: names, codes, or the letters of a family.
    pub select: Vec<String>,
    /// Rules to leave out.
    pub ignore: Vec<String>,
    /// Largest area that is let pass, whatever rules and profile say.
    pub tolerance: Option<SquareMetres>,
    /// What the place is given: floors and caps of rules, by name. A rule whose quota is not among them is not asked.
    pub quotas: Quotas,
    /// Mean width below which an overlap is a [`Sliver`](crate::Sliver): by default as far as the coordinates of both layers cannot
    /// tell two edges from one; zero sets nothing aside.
    pub sliver_width: Option<Metres>,
    /// How areas on the ellipsoid are measured.
    pub area: AreaMethod,
    /// Whether the shapes of the overlaps are wanted.
    pub pieces: bool,
    /// Whether a run in which no rule can be judged is no error.
    pub may_judge_nothing: bool,
    /// What changed since the revision before, for rules about changes; without it they are not judged.
    pub since: Option<Arc<[LayerChange]>>,
    /// Findings that are accepted: they are told apart and counted in no verdict.
    pub baseline: Option<Arc<Baseline>>,
    /// The day that decides whether what was accepted is expired; none is that of the clock, in China.
    pub today: Option<Day>,
    /// Who follows the run.
    pub watch: Watch,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            profile: RuleBook::DEFAULT_PROFILE.to_owned(),
            select: Vec::new(),
            ignore: Vec::new(),
            tolerance: None,
            quotas: Quotas::default(),
            sliver_width: None,
            area: AreaMethod::Straight,
            pieces: false,
            may_judge_nothing: false,
            since: None,
            baseline: None,
            today: None,
            watch: Watch::default(),
        }
    }
}
