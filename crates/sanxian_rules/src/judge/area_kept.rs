//! Judges `area-kept`.

use sanxian_model::revision::{GroundClass, LayerChange, Transition};
use sanxian_model::{AreaSum, Measure, SquareMetres};

use super::input::RuleInput;
use super::violation::{Unjudged, Violation};
use crate::not_run::Reason;
use crate::predicates::{AreaKept, Denied};

/// The layers of the role as a whole, when their area became more or less than it may.
pub(super) fn judge(test: &AreaKept, input: &RuleInput<'_>) -> Result<Vec<Violation>, Unjudged> {
    let Some(change) = input.facts.change(input.role()) else { return Ok(Vec::new()) };
    if !test.classes.is_empty() && change.class_field.is_none() {
        let layer = input.layers().whole().layer.to_string();
        let field = "zoning_code".to_owned();
        return Err(Reason::FieldMissing { role: input.role().clone(), layer, field }.into());
    }
    let (gained, lost) = gained_and_lost(test, change);
    let more = (gained - lost).area();
    let denied = match test.may_not {
        Denied::Grow => more > input.tolerance,
        Denied::Shrink => -more > input.tolerance,
    };
    if !denied {
        return Ok(Vec::new());
    }
    let measure = Measure::Changed {
        gained: gained.area(),
        lost: lost.area(),
        recoded: SquareMetres::ZERO,
        tolerance: input.tolerance,
    };
    Ok(vec![Violation::of_whole(measure)])
}

/// What came to the classes that count, and what left them.
fn gained_and_lost(test: &AreaKept, change: &LayerChange) -> (AreaSum, AreaSum) {
    let counts = |class: &GroundClass| match class {
        GroundClass::Nothing => false,
        GroundClass::Covered => test.classes.is_empty(),
        GroundClass::Class(code) => {
            test.classes.is_empty() || test.classes.iter().any(|beginning| code.starts_with(beginning))
        }
    };
    let (mut gained, mut lost) = (AreaSum::ZERO, AreaSum::ZERO);
    for Transition { old, new, area } in &change.transitions {
        match (counts(old), counts(new)) {
            (false, true) => gained += *area,
            (true, false) => lost += *area,
            _ => {}
        }
    }
    (gained, lost)
}
