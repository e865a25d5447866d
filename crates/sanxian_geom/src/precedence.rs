//! Which zone takes which part of a subject when zones lie on top of each other.
//!
//! # Output promises
//! In the order given, each zone takes what no earlier zone took before, so the parts add up to the area of
//! the union. A net area is as good as the overlaps it is computed from: within 10⁻⁶ m² for shapes of 150 m and of 2 km
//! (plus 10⁻¹² of their box where the areal scale varies, and 10⁻⁵ m² on 2 km where eastings have a zone prefix, whose last place is 7.5e-9 m).
//! A zone that shares no area with an earlier one keeps its whole overlap, bit for bit.
//!
//! # Outline
//! 1. Candidates whose boxes meet and that overlap are grouped; groups have nothing to do with each other.
//! 2. In a group, the pieces that the subject shares with each zone are united two by two, the unions again,
//!    and so on, as a tree over the order of precedence.
//! 3. From the root down, each node holds what its zones take of the subject: its left child takes what the left
//!    half covers of it, its right child the rest. A leaf holds what one zone takes.
//!
//! So n zones on one spot cost log n times the edges of their unions, not the n² crossings of their
//! boundaries.
//!
//! # Where rounding enters
//! Coordinates are taken from a corner of what the zones share of the subject's box before anything else is done, and pieces and what is
//! left of them are polygons on a lattice of 2⁴⁹ to 2⁵⁰ steps along that box ([`Lattice::across`]): 2⁻³⁹ m for 2 km, so
//! that vertices are on it as they are given and crossings move by less than the last place of most coordinates. They never go back to the coordinates of
//! the CRS, whose last place is much larger. What a zone loses is the difference of two such polygons' areas; it is
//! taken from the overlap as measured, or, when a zone loses most, what is left counts. A loss that would be no
//! overlap ([`Measurer::noise`]) is none.

use sanxian_model::{PolygonColumnBuilder, Position};

use crate::boolean::{Keep, Lattice, Shapes};
use crate::extent::Extent;
use crate::index::LayerIndex;
use crate::measure::{Area, Measurer};
use crate::piece::piece_on;
use crate::scale::ArealScale;

/// A zone feature that shares area with the subject.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// Which zone layer, in the order of precedence.
    pub layer: usize,
    /// Row in that layer.
    pub row: u32,
    /// What it shares with the subject.
    pub area: Area,
}

/// What each claim gets, in the order of the claims.
///
/// `clash` tells whether an earlier claim and a later one may share ground; `whole` is the area of the subject.
#[must_use]
pub fn net_areas(
    subject: (&LayerIndex<'_>, usize),
    whole: Area,
    layers: &[&LayerIndex<'_>],
    claims: &[Claim],
    clash: impl Fn(&Claim, &Claim) -> bool,
    scale: &ArealScale,
) -> Vec<Area> {
    let mut net: Vec<Area> = claims.iter().map(|claim| claim.area).collect();
    // Behind a zone that takes all, nothing is left.
    let behind = claims.iter().position(|claim| claim.area == whole).map_or(claims.len(), |k| k + 1);
    net[behind..].fill(Area::default());
    let claims = &claims[..behind];
    let mut groups = Groups::of_single(claims.len());
    meetings(subject.0.extent(subject.1), layers, claims, clash, |earlier, later| {
        groups.join(earlier, later);
        true
    });
    for group in groups.larger_than_one() {
        let zones: Vec<_> =
            group.iter().map(|&k| (layers[claims[k].layer], claims[k].row as usize)).collect();
        let together = zones.iter().fold(Extent::EMPTY, |sum, &(layer, row)| sum.union(layer.extent(row)));
        let window = together.intersection(subject.0.extent(subject.1));
        if !window.has_inside() {
            continue;
        }
        let (lattice, origin) = (Lattice::across(window.width().max(window.height())), window.min);
        let pieces: Vec<Shapes> =
            zones.iter().map(|&zone| piece_on(&lattice, origin, subject, zone)).collect();
        let mut taken: Vec<Shapes> = vec![Shapes::new(); pieces.len()];
        share_out(&lattice, &Union::of(&lattice, &pieces), None, &mut taken);
        let mut builder = PolygonColumnBuilder::new();
        for shapes in pieces.into_iter().chain(taken) {
            builder.push_feature(shapes);
        }
        let column = builder.finish();
        let column = LayerIndex::build(&column);
        // A measurer of its own: the shapes live for this one question only.
        let mut measurer = Measurer::with_origin(scale, origin);
        for (k, &claim) in group.iter().enumerate() {
            let kept = measurer.area(&column, group.len() + k);
            let lost = measurer.area(&column, k).less(kept);
            let extent = column.extent(k);
            if extent.has_inside() && lost.ellipsoidal.get() > measurer.noise(&extent) {
                // The smaller part has the shorter boundary, so the fewer roundings.
                net[claim] =
                    if lost.ellipsoidal < kept.ellipsoidal { claims[claim].area.less(lost) } else { kept };
            }
        }
    }
    net
}

/// Whether any two claims for ground of a subject meet.
#[must_use]
pub fn any_meet(
    subject: (&LayerIndex<'_>, usize),
    layers: &[&LayerIndex<'_>],
    claims: &[Claim],
    clash: impl Fn(&Claim, &Claim) -> bool,
) -> bool {
    let mut found = false;
    meetings(subject.0.extent(subject.1), layers, claims, clash, |_, _| {
        found = true;
        false
    });
    found
}

/// Calls `found` for each two claims whose boxes share ground within the subject's box and that `clash`, until it says no.
fn meetings(
    within: Extent,
    layers: &[&LayerIndex<'_>],
    claims: &[Claim],
    clash: impl Fn(&Claim, &Claim) -> bool,
    mut found: impl FnMut(usize, usize) -> bool,
) {
    let boxes: Vec<Extent> = claims
        .iter()
        .map(|claim| layers[claim.layer].extent(claim.row as usize).intersection(within))
        .collect();
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_unstable_by(|&a, &b| boxes[a].min[0].total_cmp(&boxes[b].min[0]).then(a.cmp(&b)));
    for (k, &a) in order.iter().enumerate() {
        for &b in &order[k + 1..] {
            if boxes[b].min[0] >= boxes[a].max[0] {
                break;
            }
            let (earlier, later) = (a.min(b), a.max(b));
            if boxes[a].intersection(boxes[b]).has_inside()
                && clash(&claims[earlier], &claims[later])
                && !found(earlier, later)
            {
                return;
            }
        }
    }
}

/// Disjoint groups of numbers.
struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    fn of_single(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    fn first_of(&mut self, mut number: usize) -> usize {
        while self.parents[number] != number {
            self.parents[number] = self.parents[self.parents[number]];
            number = self.parents[number];
        }
        number
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first_of(a), self.first_of(b));
        self.parents[a.max(b)] = a.min(b);
    }

    /// The groups with their numbers in ascending order.
    fn larger_than_one(mut self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); self.parents.len()];
        for number in 0..self.parents.len() {
            let first = self.first_of(number);
            groups[first].push(number);
        }
        groups.retain(|group| group.len() > 1);
        groups
    }
}

/// What a run of pieces covers together, and its two halves.
struct Union {
    shapes: Shapes,
    halves: Option<Box<(Union, Union)>>,
}

impl Union {
    fn of(lattice: &Lattice, pieces: &[Shapes]) -> Self {
        if let [piece] = pieces {
            return Self { shapes: piece.clone(), halves: None };
        }
        let (first, second) = pieces.split_at(pieces.len() / 2);
        let halves = (Self::of(lattice, first), Self::of(lattice, second));
        let rings: Vec<Vec<Position>> =
            halves.0.shapes.iter().chain(&halves.1.shapes).flatten().cloned().collect();
        Self { shapes: lattice.combine(&rings, &[], Keep::Either), halves: Some(Box::new(halves)) }
    }
}

/// Shares out what a run of pieces takes: `ground`, or all that it covers if nothing earlier is in its way.
fn share_out(lattice: &Lattice, union: &Union, ground: Option<Shapes>, taken: &mut [Shapes]) {
    let Some(halves) = &union.halves else {
        if let Some(first) = taken.first_mut() {
            *first = ground.unwrap_or_else(|| union.shapes.clone());
        }
        return;
    };
    let (first, second) = &**halves;
    let (to_first, to_second) = taken.split_at_mut(taken.len() / 2);
    let covered = rings(&first.shapes);
    match ground {
        None => {
            let rest = lattice.combine(&rings(&second.shapes), &covered, Keep::FirstOnly);
            share_out(lattice, first, None, to_first);
            share_out(lattice, second, Some(rest), to_second);
        }
        Some(ground) if ground.is_empty() => {}
        Some(ground) => {
            let ground = rings(&ground);
            let part = lattice.combine(&ground, &covered, Keep::Both);
            let rest = lattice.combine(&ground, &covered, Keep::FirstOnly);
            share_out(lattice, first, Some(part), to_first);
            share_out(lattice, second, Some(rest), to_second);
        }
    }
}

fn rings(shapes: &Shapes) -> Vec<Vec<Position>> {
    shapes.iter().flatten().cloned().collect()
}
