//! Puts the question of a predicate to the subjects that a rule means.

use super::input::RuleInput;
use super::violation::{Judged, Unjudged};
use super::{area_kept, area_limit, attribute_in, changed, gain_within, overlap, share_cap, within};
use crate::predicates::Predicate;

/// What is over the limit.
pub(super) fn judge(input: &RuleInput<'_>) -> Result<Judged, Unjudged> {
    match &input.rule.predicate {
        // Its condition is judged together with the exceptions of the rule.
        Predicate::OverlapForbidden(_) | Predicate::OverlapConditional(_) => Ok(overlap::judge(input).into()),
        Predicate::MustBeWithin(_) => Ok(within::judge(input).into()),
        Predicate::ShareCap(test) => share_cap::judge(test, input),
        Predicate::AreaLimit(test) => area_limit::judge(test, input),
        Predicate::GainWithin(test) => Ok(gain_within::judge(test, input).into()),
        Predicate::AttributeIn(test) => attribute_in::judge(test, input),
        Predicate::AreaKept(test) => Ok(area_kept::judge(test, input)?.into()),
        Predicate::ChangedWithoutApproval(test) => Ok(changed::judge(test, input).into()),
    }
}
