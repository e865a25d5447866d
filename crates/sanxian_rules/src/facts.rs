//! What must be measured before rules are checked, and how a rule asks for it.

use std::collections::BTreeSet;

use sanxian_model::{OverlapTable, Role, RoleLayers, SquareMetres};

use crate::rule::Rule;

/// The prepared facts of a run: its layers and what the geometry engine measured between them.
///
/// Features have numbers through the layers of their role, see [`RoleLayers`]; all numbers here are of that kind.
///
/// # Units
/// Areas are square metres on the ellipsoid, unless they are called planar.
pub trait Facts {
    /// The layers of a role; none when the run has none.
    fn layers(&self, role: &Role) -> Option<RoleLayers<'_>>;

    /// Area of one feature.
    fn area(&self, role: &Role, row: usize) -> SquareMetres;

    /// Area that features of one role share with each other, pair by pair.
    fn area_twice(&self, role: &Role) -> SquareMetres;

    /// All overlaps of the features of one role with those of another; none when they were not prepared. See [`needed_overlaps`].
    fn overlaps(&self, subject: &Role, zone: &Role) -> Option<&OverlapTable>;

    /// Area, on the ellipsoid and in the plane, that one subject shares with the union of some zone
    /// features. Asked for only when a filter takes some of the subject's pairs and leaves others, and some
    /// pair taken is partly covered by an earlier zone, so that the net areas cannot be added.
    fn union(&self, subject: &Role, row: usize, zone: &Role, zones: &[u32]) -> (SquareMetres, SquareMetres);
}

/// The pairs of roles, subject then zone, whose overlaps the rules need.
#[must_use]
pub fn needed_overlaps(rules: &[&Rule]) -> BTreeSet<(Role, Role)> {
    rules
        .iter()
        .filter_map(|rule| rule.zone().map(|zone| (rule, zone)))
        .flat_map(|(rule, zone)| rule.roles.iter().map(|role| (role.clone(), zone.clone())))
        .collect()
}
