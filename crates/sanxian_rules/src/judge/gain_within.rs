//! Judges `gain-within`.

use sanxian_model::Measure;

use super::input::RuleInput;
use super::violation::Violation;
use crate::predicates::GainWithin;

/// The layers of the role as a whole, when they gained ground outside of where they may.
pub(super) fn judge(test: &GainWithin, input: &RuleInput<'_>) -> Vec<Violation> {
    let Some((gained, within)) = input.facts.gained_within(input.role(), &test.zone) else {
        return Vec::new();
    };
    let (area, tolerance) = (gained - within, input.tolerance);
    if area <= tolerance {
        return Vec::new();
    }
    let share = area.share_of(gained);
    vec![Violation::of_whole(Measure::Outside { area, share, tolerance })]
}
