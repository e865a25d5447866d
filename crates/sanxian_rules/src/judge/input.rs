//! What a predicate looks at: the selected features of one subject role, and the zones they are held against.

use arrow_buffer::BooleanBuffer;
use sanxian_model::{AreaSum, OverlapPair, OverlapTable, Role, RoleLayers, SquareMetres};

use super::selection::RoleColumns;
use crate::facts::Facts;
use crate::quota::Quotas;
use crate::rule::Rule;

/// Everything that one predicate needs for the subjects of one role. Features are numbered through the layers of their
/// role.
pub(super) struct RuleInput<'a> {
    pub(super) rule: &'a Rule,
    pub(super) facts: &'a dyn Facts,
    pub(super) subjects: &'a RoleColumns<'a>,
    /// Which subjects the rule means.
    pub(super) rows: BooleanBuffer,
    /// The zones, when the predicate has some.
    pub(super) zones: Option<Zones<'a>>,
    /// Largest area that is let pass.
    pub(super) tolerance: SquareMetres,
    /// What the place is given.
    pub(super) quotas: &'a Quotas,
}

/// The zone side of an input.
pub(super) struct Zones<'a> {
    pub(super) role: &'a Role,
    pub(super) table: &'a OverlapTable,
    /// Which zones count; none means all.
    pub(super) chosen: Option<BooleanBuffer>,
}

/// What a subject shares with the zones that count, each spot once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shared {
    pub(super) area: SquareMetres,
    pub(super) planar: SquareMetres,
}

impl<'a> RuleInput<'a> {
    pub(super) fn layers(&self) -> RoleLayers<'a> {
        self.subjects.layers
    }

    pub(super) fn role(&self) -> &'a Role {
        self.subjects.role()
    }

    /// Numbers of the subjects that the rule means, in order.
    pub(super) fn selected(&self) -> impl Iterator<Item = usize> + '_ {
        self.rows.set_indices()
    }

    pub(super) fn area(&self, row: usize) -> SquareMetres {
        self.facts.area(self.role(), row)
    }

    /// What one subject shares with the zones that count.
    pub(super) fn shared(&self, row: usize) -> Shared {
        let zones = self.zones();
        let pairs = zones.table.of_subject(row);
        let net =
            |area: fn(&OverlapPair) -> SquareMetres| zones.counting(pairs).map(area).sum::<AreaSum>().area();
        let left_out = zones.counting(pairs).count() < pairs.len();
        if left_out && zones.counting(pairs).any(|pair| pair.net < pair.area) {
            let rows: Vec<u32> = zones.counting(pairs).map(|pair| pair.zone).collect();
            let (area, planar) = self.facts.union(self.role(), row, zones.role, &rows);
            return Shared { area, planar };
        }
        Shared { area: net(|pair| pair.net), planar: net(|pair| pair.net_planar) }
    }

    /// The zone rows that one subject lies on, of those that count.
    pub(super) fn zone_rows(&self, row: usize) -> Vec<(u32, SquareMetres)> {
        let zones = self.zones();
        zones.counting(zones.table.of_subject(row)).map(|pair| (pair.zone, pair.area)).collect()
    }

    fn zones(&self) -> &Zones<'a> {
        self.zones.as_ref().expect("the checker prepares zones for every predicate that names some")
    }
}

impl Zones<'_> {
    fn counting<'p>(&'p self, pairs: &'p [OverlapPair]) -> impl Iterator<Item = &'p OverlapPair> {
        pairs.iter().filter(|pair| self.chosen.as_ref().is_none_or(|chosen| chosen.value(pair.zone as usize)))
    }
}
