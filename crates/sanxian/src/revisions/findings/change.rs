//! What became of a finding.

use sanxian_model::revision::FindingChange;
use sanxian_model::{Finding, Measure, SquareMetres};

/// What became of a finding that is there in both revisions, and how much more area it is about. Less than `tolerance` more or less
/// is no change.
pub(super) fn change(
    old: &Finding,
    new: &Finding,
    tolerance: SquareMetres,
) -> (FindingChange, Option<SquareMetres>) {
    let more = more(Some(old), Some(new));
    if old.severity != new.severity {
        let change = if new.severity > old.severity { FindingChange::Worse } else { FindingChange::Better };
        return (change, more);
    }
    let by = match (&old.measure, &new.measure) {
        (Measure::Ratio { value: old, .. }, Measure::Ratio { value: new, .. }) => {
            // A part in a million of a ratio is what rounding of areas leaves.
            let difference = new - old;
            if difference.abs() > 1e-6 { difference } else { 0.0 }
        }
        _ => more.map_or(0.0, |more| if more.get().abs() > tolerance.get() { more.get() } else { 0.0 }),
    };
    let change = match by {
        by if by > 0.0 => FindingChange::Worse,
        by if by < 0.0 => FindingChange::Better,
        _ => FindingChange::Unchanged,
    };
    (change, more)
}

/// How much more area a finding is about than before.
pub(super) fn more(old: Option<&Finding>, new: Option<&Finding>) -> Option<SquareMetres> {
    let area = |finding: Option<&Finding>| {
        finding.map_or(Some(0.0), |finding| finding.area().map(SquareMetres::get))
    };
    Some(SquareMetres(area(new)? - area(old)?))
}
