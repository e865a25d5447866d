//! Which zone takes which part of a subject when zones lie on top of each other.
//!
//! # Output promises
//! In the order given, each zone takes what no earlier zone took before, so the parts add up to the area of
//! the union. A net area is as good as the overlaps it is computed from: within 10⁻⁶ m² for shapes of 150 m and of 2 km
//! (plus 10⁻¹² of their box where the areal scale varies, and 10⁻⁵ m² on 2 km where eastings have a zone prefix, whose last place is 7.5e-9 m).
//! A zone that shares no area with an earlier one keeps its whole overlap, bit for bit.
//!
//! # Outline
//! 1. Candidates whose boxes meet and that overlap are grouped; groups have nothing to do with each other. Where zones
//!    meet only few others, what each loses to these is cut out and measured by itself ([`crate::earlier_ground`]), and
//!    that is all. Otherwise:
//! 2. In a group, the pieces that the subject shares with each zone are united two by two, the unions again,
//!    and so on, as a tree over the order of precedence.
//! 3. From the root down, each node holds what its zones take of the subject: its left child takes what the left
//!    half covers of it, its right child the rest. A leaf holds what one zone takes.
//!
//! So n zones on one spot cost log n times the edges of their unions, not the n² crossings of their
//! boundaries.
//!
//! A subject with more vertices than its zones stays uncut: the tree is over the zones alone, and what each loses or
//! takes is then measured against the subject, whose edges near each polygon the index finds. 400 zones on a ring of
//! 10⁶ vertices take less than a second; cutting their pieces out of it took minutes.
//!
//! # Where rounding enters
//! Coordinates are taken from a corner of what the zones share of the subject's box before anything else is done, and pieces and what is
//! left of them are polygons on a lattice of 2⁴⁹ to 2⁵⁰ steps along that box ([`Lattice::across`]): 2⁻³⁹ m for 2 km, so
//! that vertices are on it as they are given and crossings move by less than the last place of most coordinates. They never go back to the coordinates of
//! the CRS, whose last place is much larger. What a zone loses is the difference of two such polygons' areas; it is
//! taken from the overlap as measured, or, when a zone loses most, what is left counts. A loss that would be no
//! overlap ([`Measurer::noise`]) is none.

use rayon::prelude::*;
use sanxian_model::{OverlapPair, PolygonColumn, PolygonColumnBuilder, Position};

use crate::boolean::Keep;
use crate::earlier_ground::kept_after;
use crate::extent::Extent;
use crate::index::LayerIndex;
use crate::lattice::Lattice;
use crate::measure::{Area, Measurer};
use crate::piece::{clipped_on, piece_on, rings_in};
use crate::scale::ArealScale;
use crate::shapes::Shapes;

/// Pairs of zones on each other for each zone, up to which the pairs are taken one by one.
const FEW_PAIRS_A_ZONE: usize = 4;

/// A zone feature that shares area with the subject.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// Which zone layer, in the order of precedence.
    pub layer: usize,
    /// Row in that layer.
    pub row: u32,
    /// What it shares with the subject.
    pub area: Area,
}

impl Candidate {
    /// The zone of a pair, of the layer with that number.
    #[must_use]
    pub fn of(layer: usize, pair: &OverlapPair) -> Self {
        Self { layer, row: pair.zone, area: Area { ellipsoidal: pair.area, planar: pair.planar } }
    }
}

/// What each candidate gets, in the order of the candidates.
///
/// `share_ground` tells whether an earlier candidate and a later one may share ground; `whole` is the area of the subject.
#[must_use]
pub fn net_areas(
    subject: (&LayerIndex, usize),
    whole: Area,
    layers: &[&LayerIndex],
    candidates: &[Candidate],
    share_ground: impl Fn(&Candidate, &Candidate) -> bool,
    scale: &ArealScale,
) -> Vec<Area> {
    let mut net: Vec<Area> = candidates.iter().map(|candidate| candidate.area).collect();
    // Behind a zone that takes all, nothing is left.
    let behind =
        candidates.iter().position(|candidate| candidate.area == whole).map_or(candidates.len(), |k| k + 1);
    net[behind..].fill(Area::default());
    let candidates = &candidates[..behind];
    let mut groups = Groups::of_single(candidates.len());
    let mut earlier_of: Vec<Vec<usize>> = vec![Vec::new(); candidates.len()];
    let mut pairs = 0;
    meetings(subject.0.extent(subject.1), layers, candidates, share_ground, |earlier, later| {
        groups.join(earlier, later);
        pairs += 1;
        if pairs <= FEW_PAIRS_A_ZONE * candidates.len() {
            earlier_of[later].push(earlier);
        }
        true
    });
    if pairs <= FEW_PAIRS_A_ZONE * candidates.len() {
        let feature = |k: usize| (layers[candidates[k].layer], candidates[k].row as usize);
        for (k, earlier) in earlier_of.into_iter().enumerate().filter(|(_, earlier)| !earlier.is_empty()) {
            let earlier: Vec<_> = earlier.into_iter().map(feature).collect();
            net[k] = kept_after(subject, feature(k), &earlier, candidates[k].area, scale);
        }
        return net;
    }
    for group in groups.larger_than_one() {
        let zones: Vec<_> =
            group.iter().map(|&k| (layers[candidates[k].layer], candidates[k].row as usize)).collect();
        let together = zones.iter().fold(Extent::EMPTY, |sum, &(layer, row)| sum.union(layer.extent(row)));
        let window = together.intersection(subject.0.extent(subject.1));
        if !window.has_inside() {
            continue;
        }
        let (lattice, origin) = (Lattice::across(window.width().max(window.height())), window.min);
        for (&candidate, outcome) in
            group.iter().zip(split(scale, &lattice, origin, &window, subject, &zones))
        {
            net[candidate] = match outcome {
                Loss::Nothing => candidates[candidate].area,
                Loss::Part(lost) => candidates[candidate].area.less(lost),
                Loss::AllBut(kept) => kept,
            };
        }
    }
    net
}

/// Whether any two candidates of a subject meet.
#[must_use]
pub fn any_meet(
    subject: (&LayerIndex, usize),
    layers: &[&LayerIndex],
    candidates: &[Candidate],
    share_ground: impl Fn(&Candidate, &Candidate) -> bool,
) -> bool {
    let mut found = false;
    meetings(subject.0.extent(subject.1), layers, candidates, share_ground, |_, _| {
        found = true;
        false
    });
    found
}

/// Calls `found` for each two candidates whose boxes meet within the subject's box and that may `share_ground`, until it
/// says no.
fn meetings(
    within: Extent,
    layers: &[&LayerIndex],
    candidates: &[Candidate],
    share_ground: impl Fn(&Candidate, &Candidate) -> bool,
    mut found: impl FnMut(usize, usize) -> bool,
) {
    let boxes: Vec<Extent> = candidates
        .iter()
        .map(|candidate| layers[candidate.layer].extent(candidate.row as usize).intersection(within))
        .collect();
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_unstable_by(|&a, &b| boxes[a].min[0].total_cmp(&boxes[b].min[0]).then(a.cmp(&b)));
    for (k, &a) in order.iter().enumerate() {
        for &b in &order[k + 1..] {
            if boxes[b].min[0] >= boxes[a].max[0] {
                break;
            }
            let (earlier, later) = (a.min(b), a.max(b));
            if boxes[a].intersection(boxes[b]).has_inside()
                && share_ground(&candidates[earlier], &candidates[later])
                && !found(earlier, later)
            {
                return;
            }
        }
    }
}

/// What a zone of a group loses to those before it.
enum Loss {
    Nothing,
    Part(Area),
    AllBut(Area),
}

/// What the zones of a group lose, in their order.
fn split(
    scale: &ArealScale,
    lattice: &Lattice,
    origin: Position,
    window: &Extent,
    subject: (&LayerIndex, usize),
    zones: &[(&LayerIndex, usize)],
) -> Vec<Loss> {
    let subject_rings = rings_in(subject, window, origin);
    let vertices = |rings: &[Vec<Position>]| rings.iter().map(Vec::len).sum::<usize>();
    let of_zones: usize = zones.iter().map(|&zone| vertices(&rings_in(zone, window, origin))).sum();
    let uncut = (vertices(&subject_rings) > of_zones).then(|| {
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([subject_rings]);
        builder.finish()
    });
    let uncut = uncut.as_ref().map(LayerIndex::build);
    let pieces: Vec<Shapes> = zones
        .iter()
        .map(|&zone| match uncut {
            Some(_) => clipped_on(lattice, origin, zone, window),
            None => piece_on(lattice, origin, subject, zone),
        })
        .collect();
    let mut taken: Vec<Shapes> = vec![Shapes::new(); pieces.len()];
    share_out(lattice, &Union::of(lattice, &pieces), None, &mut taken);
    pieces
        .par_iter()
        .zip(&taken)
        .map_init(
            // A measurer of its own: coordinates are from the origin, and shapes live for this one question only.
            || Measurer::with_origin(scale, origin),
            |measurer, (piece, taken)| outcome(measurer, lattice, uncut.as_ref(), piece, taken),
        )
        .collect()
}

/// What a zone comes to that takes a part of its piece; if `uncut` is given, only what lies in it counts of either.
fn outcome(
    measurer: &mut Measurer<'_>,
    lattice: &Lattice,
    uncut: Option<&LayerIndex>,
    piece: &Shapes,
    taken: &Shapes,
) -> Loss {
    if piece == taken {
        return Loss::Nothing;
    }
    if taken.is_empty() {
        return Loss::AllBut(Area::default());
    }
    let lost = lattice.combine(&rings(piece), &rings(taken), Keep::FirstOnly);
    let (lost, taken) = (parts(lost), parts(taken.clone()));
    let (lost, taken) = (LayerIndex::build(&lost), LayerIndex::build(&taken));
    let extent = lost.whole_extent();
    if !extent.has_inside() {
        return Loss::Nothing;
    }
    let (noise, side) = (measurer.noise(&extent), measurer.area_of_parts(None, &lost));
    if side.ellipsoidal.get() <= noise {
        return Loss::Nothing;
    }
    // The smaller part has the shorter boundary, so the fewer roundings, and meets fewer edges of the subject.
    let kept = measurer.area_of_parts(None, &taken);
    if side.ellipsoidal < kept.ellipsoidal {
        let lost = measurer.area_of_parts(uncut, &lost);
        if lost.ellipsoidal.get() <= noise { Loss::Nothing } else { Loss::Part(lost) }
    } else {
        Loss::AllBut(measurer.area_of_parts(uncut, &taken))
    }
}

/// Each polygon as a feature of its own, so that each is measured in its own window.
fn parts(shapes: Shapes) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    for polygon in shapes {
        builder.push_feature([polygon]);
    }
    builder.finish()
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
