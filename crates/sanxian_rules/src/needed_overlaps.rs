//! What must be measured before rules are checked.

use std::collections::BTreeSet;

use sanxian_model::Role;

use crate::rule::Rule;

/// The pairs of roles, subject then zone, whose overlaps the rules need.
#[must_use]
pub fn needed_overlaps(rules: &[&Rule]) -> BTreeSet<(Role, Role)> {
    rules
        .iter()
        .filter(|rule| rule.predicate.needs_overlaps())
        .filter_map(|rule| rule.zone().map(|zone| (rule, zone)))
        .flat_map(|(rule, zone)| rule.roles.iter().map(|role| (role.clone(), zone.clone())))
        .collect()
}
