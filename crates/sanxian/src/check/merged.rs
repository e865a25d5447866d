//! What the parts of a check measured, as one.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use sanxian_geom::{Shapes, Stop};
use sanxian_model::{Finding, Metres, OverlapTable, PolygonView, Role, RoleLayers, SquareMetres, UnitTotal};
use sanxian_rules::Facts;

use super::partial::{About, Answer, UnionOf, about};
use crate::measure::{FindingPieces, Ground, Measured, unit_totals};
use crate::plan::Plan;

/// What the parts measured, as one.
pub(super) struct Merged<'p> {
    pub(super) plan: &'p Plan,
    pub(super) areas: BTreeMap<Role, Vec<SquareMetres>>,
    pub(super) tables: BTreeMap<(Role, Role), OverlapTable>,
    pub(super) unions: BTreeMap<UnionOf, (SquareMetres, SquareMetres)>,
    pub(super) twice: BTreeMap<Role, SquareMetres>,
    pub(super) answers: BTreeMap<About, Answer>,
    /// For what no part can know: whether the patches of the plan lie on each other.
    pub(super) live: OnceCell<Option<Measured<'p>>>,
}

impl Merged<'_> {
    fn live(&self) -> Option<&Measured<'_>> {
        self.live.get_or_init(|| Measured::index(self.plan, &Stop::default()).ok()).as_ref()
    }

    fn answer(&self, finding: &Finding) -> Option<&Answer> {
        self.answers.get(&about(self.plan, finding))
    }
}

impl Facts for Merged<'_> {
    fn layers(&self, role: &Role) -> Option<RoleLayers<'_>> {
        self.plan.of_role(role)
    }

    fn area(&self, role: &Role, row: usize) -> SquareMetres {
        self.areas.get(role).and_then(|areas| areas.get(row)).copied().unwrap_or(SquareMetres::ZERO)
    }

    fn area_twice(&self, role: &Role) -> SquareMetres {
        let live = || self.live().map_or(SquareMetres::ZERO, |measured| measured.area_twice(role));
        self.twice.get(role).copied().unwrap_or_else(live)
    }

    fn overlaps(&self, subject: &Role, zone: &Role) -> Option<&OverlapTable> {
        self.tables.get(&(subject.clone(), zone.clone()))
    }

    fn union(&self, subject: &Role, row: usize, zone: &Role, zones: &[u32]) -> (SquareMetres, SquareMetres) {
        let of = (subject.clone(), row as u32, zone.clone(), zones.to_vec());
        self.unions.get(&of).copied().expect("the part that measured the row was asked the same")
    }
}

impl Ground for Merged<'_> {
    fn unit_totals(&self, subject: &Role) -> Vec<UnitTotal> {
        if self.plan.of_role(&Role::ADMIN_UNIT).is_none() {
            return Vec::new();
        }
        self.live().map_or_else(Vec::new, |measured| unit_totals(self, measured, subject))
    }

    fn locate(&self, findings: &mut [Finding]) {
        for finding in findings {
            finding.point = self.answer(finding).and_then(|answer| answer.point);
        }
    }

    fn narrow(&self, findings: &[Finding], _: Option<Metres>) -> Vec<Option<(Metres, Metres)>> {
        findings.iter().map(|finding| self.answer(finding)?.narrow).collect()
    }

    fn cut(&self, findings: &[Finding]) -> FindingPieces {
        let shapes = findings.iter().map(|finding| -> Shapes {
            let shape = self.answer(finding).filter(|answer| !answer.shape.is_empty());
            shape.map_or_else(Shapes::new, |answer| {
                let polygons = answer.shape.feature(0).polygons();
                polygons
                    .map(|polygon: PolygonView<'_>| polygon.rings().map(<[_]>::to_vec).collect())
                    .collect()
            })
        });
        FindingPieces::of(shapes)
    }
}
