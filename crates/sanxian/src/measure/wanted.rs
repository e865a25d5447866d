//! Which overlaps a run needs.

use std::collections::BTreeSet;

use sanxian_model::Role;
use sanxian_rules::{Rule, needed_overlaps};

use super::roles::lines_of;
use crate::plan::Plan;

/// Which overlaps a run needs.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Subject and zone.
    pub(crate) tables: BTreeSet<(Role, Role)>,
    /// Lines whose common ground must be known, in the order of precedence.
    pub(crate) lines: Vec<Role>,
}

impl Wanted {
    /// The overlaps that rules and ledger need.
    pub(crate) fn of(plan: &Plan, rules: &[&Rule]) -> Self {
        let mut tables: BTreeSet<(Role, Role)> = needed_overlaps(rules)
            .into_iter()
            .filter(|(subject, zone)| plan.of_role(subject).is_some() && plan.of_role(zone).is_some())
            .collect();
        let mut lines = Vec::new();
        if let Some(subject) = plan.subject() {
            lines = lines_of(plan);
            tables.extend(lines.iter().map(|line| (subject.role().clone(), line.clone())));
        }
        Self { tables, lines }
    }
}
