//! What judges the layers of a role as a whole: each spot must count once, and what was measured is told whether it holds or not.

use sanxian_model::{Measure, SquareMetres};

use super::input::RuleInput;
use super::violation::{Judged, Unjudged, Violation};
use crate::not_run::Reason;

/// Refuses layers whose features lie on each other by more than the tolerance: their areas cannot be added.
pub(super) fn counted_once(input: &RuleInput<'_>) -> Result<(), Unjudged> {
    let twice = input.facts.area_twice(input.role());
    if twice > input.tolerance {
        let layer = input.layers().whole().layer.to_string();
        let area = twice.get().round() as u64;
        return Err(Reason::CountedTwice { role: input.role().clone(), layer, area }.into());
    }
    Ok(())
}

/// A quantity of the whole, and the violation that it is unless it holds.
pub(super) fn judged_whole(measure: Measure, holds: bool) -> Judged {
    Judged {
        violations: Vec::from_iter((!holds).then(|| Violation::of_whole(measure.clone()))),
        gaps: Vec::new(),
        quantity: Some((measure, holds)),
    }
}

impl Violation {
    /// One of the layers as a whole.
    pub(super) fn of_whole(measure: Measure) -> Self {
        let (overlap, area) = (SquareMetres::ZERO, SquareMetres::ZERO);
        Self { row: None, zones: Vec::new(), measure, overlap, area }
    }
}
