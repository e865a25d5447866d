//! Ground whose class changed: measured where features changed, and cut into maximal areas.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;
use sanxian_geom::{
    ArealScale, Claim, Combinations, LayerIndex, MeasuredLayer, Measurer, Stop, claims, common_ground,
    overlaps, self_overlaps,
};
use sanxian_model::revision::{GroundChange, Transition};
use sanxian_model::{AreaSum, Crs, Metres, PolygonColumn, PolygonColumnBuilder, Position, SquareMetres};

use super::classes::Classes;
use super::matching::Matching;
use super::pair::Pair;
use super::side::Side;
use crate::measure::{first_claims, mean_width, some_of};

/// What became of the ground.
pub(super) struct ChangedGround {
    pub(super) changes: Vec<GroundChange>,
    pub(super) shapes: PolygonColumn,
    pub(super) transitions: Vec<Transition>,
    pub(super) claimed_again: [SquareMetres; 2],
}

/// Finds the ground whose class changed.
pub(super) struct Ground<'a> {
    pub(super) sides: [Side<'a>; 2],
    pub(super) matching: &'a Matching,
    pub(super) classes: &'a Classes,
    pub(super) noise_width: Metres,
    pub(super) scale: &'a ArealScale,
    pub(super) crs: &'a Crs,
    pub(super) stop: &'a Stop,
}

/// Features of both sides that are looked at closely, by number: those that changed, and those that share ground with them.
/// Both are in one order that does not depend on that of the files: of several features on a spot the first holds it, the
/// same in both revisions.
#[derive(Default)]
struct Active {
    rows: [Vec<u32>; 2],
    /// Pairs that did not change and are not looked at.
    still: Vec<Pair>,
}

impl Ground<'_> {
    pub(super) fn find(&self) -> ChangedGround {
        let active = self.active();
        let [old, new] = [0, 1].map(|side| some_of(self.sides[side].measured, &active.rows[side]));
        let claims = claims(&old, &new, self.scale, self.stop);
        let of_row = |side: usize, at: u32| self.classes.number(side, Some(active.rows[side][at as usize]));
        let nothing = self.classes.number(0, None);

        let mut areas: BTreeMap<[u32; 2], AreaSum> = BTreeMap::new();
        let mut wanted: BTreeMap<[u32; 2], Combinations> = BTreeMap::new();
        let mut claim = |classes: [u32; 2], area: SquareMetres, rows: [Option<u32>; 2]| {
            if area > SquareMetres::ZERO {
                *areas.entry(classes).or_insert(AreaSum::ZERO) += area;
                if classes[0] != classes[1] {
                    wanted.entry(classes).or_insert_with(|| Combinations::of_layers(2)).push(&rows);
                }
            }
        };
        for pair in &claims.pairs {
            let classes = [of_row(0, pair.subject), of_row(1, pair.zone)];
            claim(classes, pair.net, [Some(pair.subject), Some(pair.zone)]);
        }
        for (of_old, at) in claims.first.iter().zip(0..) {
            claim([of_row(0, at), nothing], of_old.alone.ellipsoidal, [Some(at), None]);
        }
        for (of_new, at) in claims.second.iter().zip(0..) {
            claim([nothing, of_row(1, at)], of_new.alone.ellipsoidal, [None, Some(at)]);
        }
        for &(row, _) in &active.still {
            let class = self.classes.number(0, Some(row));
            *areas.entry([class; 2]).or_insert(AreaSum::ZERO) += self.sides[0].area(row);
        }
        let again =
            |claims: &[Claim]| claims.iter().map(|claim| claim.again.ellipsoidal).sum::<AreaSum>().area();
        let claimed_again = [again(&claims.first), again(&claims.second)];
        let first = |layer: MeasuredLayer, again: SquareMetres| {
            if again == SquareMetres::ZERO {
                return layer;
            }
            let own = self_overlaps(&layer, self.scale, self.stop);
            first_claims(&layer, &own, self.scale, self.crs)
        };
        let layers = [first(old, claimed_again[0]), first(new, claimed_again[1])];
        let transitions = areas.into_iter().map(|([old, new], area)| Transition {
            old: self.classes.at(old),
            new: self.classes.at(new),
            area: area.area(),
        });
        let transitions = transitions.collect();
        let (changes, shapes) = self.cut(wanted, &layers, &active);
        ChangedGround { changes, shapes, transitions, claimed_again }
    }

    fn active(&self) -> Active {
        let (same_class, recoded): (Vec<Pair>, Vec<Pair>) =
            self.matching.same.iter().copied().partition(|(old, new)| {
                self.classes.number(0, Some(*old)) == self.classes.number(1, Some(*new))
            });
        let of_pair = |(old, new): Pair| [vec![old], vec![new]];
        let mut units: Vec<[Vec<u32>; 2]> = recoded.into_iter().map(of_pair).collect();
        units.extend(self.matching.groups.iter().map(|group| [group.old.clone(), group.new.clone()]));
        let near: [HashSet<u32>; 2] = [0, 1].map(|side| self.on_ground_of(side, &units));
        let (near, still): (Vec<Pair>, Vec<Pair>) =
            same_class.into_iter().partition(|(old, new)| near[0].contains(old) || near[1].contains(new));
        units.extend(near.into_iter().map(of_pair));

        let mut units: Vec<(Vec<Key>, [Vec<u32>; 2])> = units
            .into_iter()
            .map(|mut unit| {
                let mut keys = Vec::new();
                for (side, rows) in unit.iter_mut().enumerate() {
                    rows.sort_by(|a, b| order(&self.key(side, *a), &self.key(side, *b)).then(a.cmp(b)));
                    keys.extend(rows.first().map(|row| self.key(side, *row)));
                }
                keys.sort_by(order);
                (keys, unit)
            })
            .collect();
        units.sort_by(|(a, rows_a), (b, rows_b)| order(&a[0], &b[0]).then_with(|| rows_a.cmp(rows_b)));
        let mut active = Active { still, ..Active::default() };
        for (_, [old, new]) in units {
            active.rows[0].extend(old);
            active.rows[1].extend(new);
        }
        active
    }

    /// Features of a side that share ground with those of units.
    fn on_ground_of(&self, side: usize, units: &[[Vec<u32>; 2]]) -> HashSet<u32> {
        let mut rows: Vec<u32> = units.iter().flat_map(|unit| unit[side].iter().copied()).collect();
        rows.sort_unstable();
        let changed = some_of(self.sides[side].measured, &rows);
        let pairs = overlaps(&changed, &self.sides[side].measured.index, self.scale, self.stop);
        pairs.into_iter().map(|pair| pair.zone).collect()
    }

    fn key(&self, side: usize, row: u32) -> Key {
        let extent = self.sides[side].extent(row);
        [extent.min[0], extent.min[1], extent.max[0], extent.max[1], self.sides[side].area(row).get()]
    }

    /// The maximal areas of each change of class.
    fn cut(
        &self,
        wanted: BTreeMap<[u32; 2], Combinations>,
        layers: &[MeasuredLayer; 2],
        active: &Active,
    ) -> (Vec<GroundChange>, PolygonColumn) {
        let [old, new] = [&layers[0].index, &layers[1].index];
        let mut cut: Vec<(GroundChange, Vec<Vec<Position>>)> = Vec::new();
        for ([from, to], combinations) in wanted {
            let (from, to) = (self.classes.at(from), self.classes.at(to));
            let parts = common_ground(&[old, new], &combinations, self.scale, self.stop);
            let describe = |measurer: &mut Measurer<'_>, part: sanxian_geom::CommonGround| {
                let rings = part.polygon.iter().map(Vec::as_slice);
                let width = mean_width(part.area.ellipsoidal, rings, self.crs).unwrap_or_default();
                let mut builder = PolygonColumnBuilder::new();
                builder.push_feature([&part.polygon]);
                let shape = LayerIndex::build(&builder.finish());
                let inside = measurer.position((&shape, 0), (&shape, &[]), false);
                let mut features = |side: usize| -> Vec<u32> {
                    let rows = part.combinations.iter().filter_map(|at| combinations.rows_of(*at)[side]);
                    let rows: BTreeSet<u32> = rows.collect();
                    let one = rows.len() == 1;
                    let index = &layers[side].index;
                    // Those whose boxes come near have no part in it.
                    let mut shares = |row: &u32| {
                        one || measurer.overlap((&shape, 0), (index, *row as usize), None).is_some()
                    };
                    let rows = rows.into_iter().filter(|row| shares(row));
                    let mut rows: Vec<u32> = rows.map(|at| active.rows[side][at as usize]).collect();
                    rows.sort_unstable();
                    rows
                };
                let (of_old, of_new) = (features(0), features(1));
                let change = GroundChange {
                    old: from.clone(),
                    new: to.clone(),
                    area: part.area.ellipsoidal,
                    mean_width: width,
                    is_noise: width <= self.noise_width,
                    point: inside.unwrap_or(part.polygon[0][0]),
                    of_old,
                    of_new,
                };
                (change, part.polygon)
            };
            cut.par_extend(parts.into_par_iter().map_init(|| Measurer::new(self.scale), describe));
        }
        cut.sort_by(|(a, shape_a), (b, shape_b)| {
            let by_size = a.is_noise.cmp(&b.is_noise).then(b.area.get().total_cmp(&a.area.get()));
            let by_class = || (&a.old, &a.new).cmp(&(&b.old, &b.new));
            by_size
                .then_with(by_class)
                .then_with(|| shape_a[0].partial_cmp(&shape_b[0]).unwrap_or(std::cmp::Ordering::Equal))
        });
        let mut shapes = PolygonColumnBuilder::with_capacity(cut.len(), 0);
        let mut changes = Vec::with_capacity(cut.len());
        for (change, shape) in cut {
            shapes.push_feature([&shape]);
            changes.push(change);
        }
        (changes, shapes.finish())
    }
}

/// The box of a feature, and its area.
type Key = [f64; 5];

fn order(a: &Key, b: &Key) -> std::cmp::Ordering {
    let places = a.iter().zip(b).map(|(a, b)| a.total_cmp(b));
    places.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
}
