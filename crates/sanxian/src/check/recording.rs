//! Measured layers that remember what they were asked.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use sanxian_model::{OverlapTable, Role, RoleLayers, SquareMetres};
use sanxian_rules::Facts;

use super::partial::UnionOf;
use crate::measure::Measured;

/// Measured layers, with a memory of what was asked that needs geometry.
pub(super) struct Recording<'m, 'p> {
    measured: &'m Measured<'p>,
    pub(super) unions: Mutex<BTreeMap<UnionOf, (SquareMetres, SquareMetres)>>,
    pub(super) twice: Mutex<BTreeMap<Role, SquareMetres>>,
}

impl<'m, 'p> Recording<'m, 'p> {
    pub(super) fn of(measured: &'m Measured<'p>) -> Self {
        Self { measured, unions: Mutex::default(), twice: Mutex::default() }
    }
}

impl Facts for Recording<'_, '_> {
    fn layers(&self, role: &Role) -> Option<RoleLayers<'_>> {
        self.measured.layers(role)
    }

    fn area(&self, role: &Role, row: usize) -> SquareMetres {
        self.measured.area(role, row)
    }

    fn area_twice(&self, role: &Role) -> SquareMetres {
        let area = self.measured.area_twice(role);
        self.twice.lock().unwrap_or_else(PoisonError::into_inner).insert(role.clone(), area);
        area
    }

    fn overlaps(&self, subject: &Role, zone: &Role) -> Option<&OverlapTable> {
        self.measured.overlaps(subject, zone)
    }

    fn union(&self, subject: &Role, row: usize, zone: &Role, zones: &[u32]) -> (SquareMetres, SquareMetres) {
        let areas = self.measured.union(subject, row, zone, zones);
        let of = (subject.clone(), row as u32, zone.clone(), zones.to_vec());
        self.unions.lock().unwrap_or_else(PoisonError::into_inner).insert(of, areas);
        areas
    }
}
