//! Judges `changed-without-approval`.

use std::collections::BTreeSet;

use sanxian_model::revision::{GroundChange, GroundClass, LayerChange};
use sanxian_model::{AreaSum, Measure, SquareMetres};

use super::input::RuleInput;
use super::violation::Violation;
use crate::predicates::ChangedWithoutApproval;

/// The layers of the role as a whole, when more of their ground changed than is let pass.
pub(super) fn judge(test: &ChangedWithoutApproval, input: &RuleInput<'_>) -> Vec<Violation> {
    let Some(change) = input.facts.change(input.role()) else { return Vec::new() };
    let has_changed =
        |role| input.facts.change(role).is_some_and(|change| change.real_ground().next().is_some());
    if !test.together_with.is_empty() && !test.together_with.iter().any(has_changed) {
        return Vec::new();
    }
    let approved = Approved::of(test, input, change);
    let [mut gained, mut lost, mut recoded] = [AreaSum::ZERO; 3];
    for ground in change.real_ground().filter(|ground| !approved.accounts_for(ground)) {
        let sum = match (&ground.old, &ground.new) {
            (GroundClass::Nothing, _) => &mut gained,
            (_, GroundClass::Nothing) => &mut lost,
            _ => &mut recoded,
        };
        *sum += ground.area;
    }
    if (gained + lost + recoded).area() <= input.tolerance {
        return Vec::new();
    }
    let measure = Measure::Changed {
        gained: gained.area(),
        lost: lost.area(),
        recoded: recoded.area(),
        tolerance: input.tolerance,
    };
    let (overlap, area) = (SquareMetres::ZERO, SquareMetres::ZERO);
    vec![Violation { row: None, zones: Vec::new(), measure, overlap, area }]
}

/// Features with the number of an approval.
struct Approved {
    /// Those of the revision that is judged.
    new: BTreeSet<u32>,
    /// Those of the revision before all of whose successors have one.
    old: BTreeSet<u32>,
}

impl Approved {
    fn of(test: &ChangedWithoutApproval, input: &RuleInput<'_>, change: &LayerChange) -> Self {
        let layers = input.layers();
        let has_number = |number: &u32| {
            let (_, layer, row) = layers.at(*number as usize);
            layer.text(&test.approval, row).is_some_and(|text| !text.trim().is_empty())
        };
        let new: BTreeSet<u32> = (0..layers.len() as u32).filter(has_number).collect();
        let succeeded = change.changed.iter().filter(|of| !of.new.is_empty());
        let approved = succeeded.filter(|of| of.new.iter().all(|row| new.contains(row)));
        let old = approved.flat_map(|of| of.old.iter().copied()).collect();
        Self { new, old }
    }

    fn accounts_for(&self, ground: &GroundChange) -> bool {
        if ground.new == GroundClass::Nothing {
            return !ground.of_old.is_empty() && ground.of_old.iter().all(|row| self.old.contains(row));
        }
        !ground.of_new.is_empty() && ground.of_new.iter().all(|row| self.new.contains(row))
    }
}
