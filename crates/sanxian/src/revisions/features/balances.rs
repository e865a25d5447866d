//! What each administrative unit had, lost and gained of the ground of a role.

use std::collections::BTreeMap;

use sanxian_geom::{ArealScale, LayerIndex, MeasuredLayer, Stop, ZoneOverlaps, overlaps, self_overlaps};
use sanxian_model::conflict::PlannedClass;
use sanxian_model::revision::{Balance, GroundClass, GroundKind, LayerChange};
use sanxian_model::{AreaSum, Crs, OverlapPair, SquareMetres};

use super::classes::Classes;
use super::side::Side;
use crate::measure::{first_claims, net_of_zones};

/// Less than this outside of all units is what rounding of sums leaves.
const ROUNDING: SquareMetres = SquareMetres(0.01);

/// What a role had, lost and gained, unit by unit.
pub(super) struct Balances<'a> {
    pub(super) old: Side<'a>,
    pub(super) change: &'a LayerChange,
    pub(super) classes: &'a Classes,
    /// The administrative units; none where the run has none.
    pub(super) units: Option<&'a MeasuredLayer>,
    pub(super) scale: &'a ArealScale,
    pub(super) crs: &'a Crs,
    pub(super) stop: &'a Stop,
}

/// What there was, what left, what came.
type Sums = [AreaSum; 3];

impl Balances<'_> {
    /// The balances by kind, then by unit, ground outside of all units last; none where no ground changed.
    pub(super) fn find(&self) -> Vec<Balance> {
        if self.change.ground.is_empty() {
            return Vec::new();
        }
        let kinds = if self.change.class_field == Some("land_class") {
            &GroundKind::OF_CLASSES[..]
        } else {
            &[GroundKind::Covered]
        };
        let by_unit = self.units.map(|units| self.by_unit(kinds, units));
        let mut balances = Vec::new();
        for &kind in kinds {
            let mut rest = self.whole(kind);
            if rest.iter().all(|sum| sum.area() == SquareMetres::ZERO) {
                continue;
            }
            let of_units = by_unit.iter().flatten().filter(|((of, _), _)| *of == kind);
            for ((_, unit), sums) in of_units {
                balances.push(balance(kind, Some(*unit), sums));
                for (rest, sum) in rest.iter_mut().zip(sums) {
                    *rest = *rest - *sum;
                }
            }
            if self.units.is_none() || rest.iter().any(|sum| sum.area() > ROUNDING) {
                balances.push(balance(kind, None, &rest));
            }
        }
        balances
    }

    /// What there was of a kind everywhere, and what became of it.
    fn whole(&self, kind: GroundKind) -> Sums {
        let mut sums = Sums::default();
        for transition in &self.change.transitions {
            let [was, is] = [&transition.old, &transition.new].map(|class| self.holds(kind, class));
            add(&mut sums, was, was, is, transition.area);
        }
        sums
    }

    /// The same by unit.
    fn by_unit(&self, kinds: &[GroundKind], units: &MeasuredLayer) -> BTreeMap<(GroundKind, u32), Sums> {
        let mut sums: BTreeMap<(GroundKind, u32), Sums> = BTreeMap::new();
        let within = ZoneOverlaps::within(units, self.scale, self.stop);
        let shares = |layer: &MeasuredLayer| -> Vec<OverlapPair> {
            let pairs = overlaps(layer, &units.index, self.scale, self.stop);
            net_of_zones(pairs, layer, units, &within, self.scale, self.stop)
        };
        let claimed_once;
        let mut old = self.old.measured;
        if self.change.claimed_again[0] > SquareMetres::ZERO {
            let own = self_overlaps(old, self.scale, self.stop);
            claimed_once = first_claims(old, &own, self.scale, self.crs);
            old = &claimed_once;
        }
        for pair in shares(old) {
            let class = self.classes.at(self.classes.number(0, Some(pair.subject)));
            for &kind in kinds.iter().filter(|kind| self.holds(**kind, &class)) {
                sums.entry((kind, pair.zone)).or_default()[0] += pair.net;
            }
        }
        let changed = MeasuredLayer::new(LayerIndex::build(&self.change.shapes), self.scale);
        for pair in shares(&changed) {
            let change = &self.change.ground[pair.subject as usize];
            for &kind in kinds {
                let [was, is] = [&change.old, &change.new].map(|class| self.holds(kind, class));
                if was != is {
                    add(sums.entry((kind, pair.zone)).or_default(), false, was, is, pair.net);
                }
            }
        }
        sums
    }

    fn holds(&self, kind: GroundKind, class: &GroundClass) -> bool {
        let known = |code: &str| -> Option<PlannedClass> { self.change.known_classes.get(code).copied() };
        match (kind, class) {
            (_, GroundClass::Nothing) => false,
            (GroundKind::Covered, _) => true,
            (kind, class) => class.code().and_then(known).is_some_and(|class| kind.holds(class)),
        }
    }
}

/// Adds ground that was counted, left or came.
fn add(sums: &mut Sums, counted: bool, was: bool, is: bool, area: SquareMetres) {
    for (sum, adds) in sums.iter_mut().zip([counted, was && !is, is && !was]) {
        if adds {
            *sum += area;
        }
    }
}

fn balance(kind: GroundKind, unit: Option<u32>, sums: &Sums) -> Balance {
    let [before, lost, gained] = sums.map(|sum| {
        // What is left of a whole whose parts were taken from it is not worth a figure.
        let area = sum.area();
        if unit.is_none() && area.get().abs() <= ROUNDING.get() { SquareMetres::ZERO } else { area }
    });
    Balance { kind, unit, before, lost, gained }
}
