//! Rings on the lattice cut into segments that meet at their ends only, with the winding numbers on both sides of
//! each.
//!
//! # Promises
//! Signs are exact. The work is n log n for n edges of any shape and direction, and as much again for each round in
//! which something crosses; where [`MOST_ROUNDS`] rounds, or [`MOST_SWEPT`] segments beside twelve times those of the
//! rings, do not suffice there is no result.
//!
//! # Outline
//! A line sweeps over the ends of segments from west to east and holds those that it meets in order. Segments through
//! the end of another are noted to be cut there. Of two neighbours that cross, both are noted to be cut at the place
//! rounded to the lattice, and one is dropped; dropped ones are then held against all others, as far as
//! a bound goes ([`crate::segment_sweep`]). After cutting the sweep is run again, until nothing is noted: rounding can make segments
//! cross that did not.
//!
//! In the last round a segment has above it the winding number below it plus the times that rings run along it.

use rayon::slice::ParallelSliceMut;

use crate::segment::{MANY, Segment, Windings, order, segment, sum};
use crate::segment_sweep::SegmentSweep;
use crate::shapes::{LatticeRing, Point, turn};

/// Most rounds of cutting.
const MOST_ROUNDS: usize = 32;
/// Segments that may be swept in all rounds together beside twelve times those of the rings.
const MOST_SWEPT: usize = 1 << 22;
/// Largest coordinate, so that no product of differences overflows.
const LARGEST: i64 = 1 << 61;

/// Segments that meet at their ends only, by `from`, then counter-clockwise around it.
pub(crate) struct NodedSegments {
    pub(crate) segments: Vec<Segment>,
    /// For each segment the winding numbers to its right, which is below it.
    below: Vec<Windings>,
    /// For each segment the one under it at its `from`; it has a smaller number.
    pub(crate) under: Vec<u32>,
    /// For each segment the numbers of its ends among all ends, in order of place.
    pub(crate) ends: Vec<[u32; 2]>,
    /// How many ends there are.
    pub(crate) end_count: usize,
}

impl NodedSegments {
    /// Cuts the edges of the rings. None if that takes too long, or a coordinate is too large for exact signs.
    pub(crate) fn of(first: &[LatticeRing], second: &[LatticeRing]) -> Option<Self> {
        let mut segments = Vec::with_capacity(first.iter().chain(second).map(Vec::len).sum());
        for (rings, runs) in [(first, [1, 0]), (second, [0, 1])] {
            for ring in rings {
                for (p, q) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                    if [p.x, p.y].iter().any(|c| c.unsigned_abs() > LARGEST as u64) {
                        return None;
                    }
                    segments.extend(segment(*p, *q, runs));
                }
            }
        }
        let most_swept = 12 * segments.len() + MOST_SWEPT;
        let mut swept = 0;
        for _ in 0..MOST_ROUNDS {
            sort_and_merge(&mut segments);
            swept += segments.len();
            if swept > most_swept {
                return None;
            }
            let mut sweep = SegmentSweep::new(&segments);
            sweep.run();
            if sweep.cuts.is_empty() {
                let SegmentSweep { below, under, ends, end_count, .. } = sweep;
                return Some(Self { segments, below, under, ends, end_count });
            }
            sweep.compare_dropped();
            let cuts = sweep.cuts;
            cut(&mut segments, cuts);
        }
        None
    }

    /// The winding numbers right (below) and left (above) of a segment.
    pub(crate) fn sides(&self, segment: usize) -> [Windings; 2] {
        let (below, runs) = (self.below[segment], self.segments[segment].runs);
        [below, sum(below, runs)]
    }
}

/// Puts segments in order, those between the same ends into one.
fn sort_and_merge(segments: &mut Vec<Segment>) {
    let by_place = |a: &Segment, b: &Segment| {
        order(a.from, b.from).then_with(|| 0.cmp(&turn(a.from, a.to, b.to))).then_with(|| order(a.to, b.to))
    };
    // Stable sorts take little time over what is in order already, as in all rounds but the first.
    if segments.len() >= MANY {
        segments.par_sort_by(by_place);
    } else {
        segments.sort_by(by_place);
    }
    segments.dedup_by(|next, kept| {
        let same = next.from == kept.from && next.to == kept.to;
        if same {
            kept.runs = sum(kept.runs, next.runs);
        }
        same
    });
    segments.retain(|segment| segment.runs != [0, 0]);
}

/// Cuts segments at the places noted for them.
fn cut(segments: &mut Vec<Segment>, mut cuts: Vec<(u32, Point)>) {
    let along = |segments: &[Segment], number: u32, p: Point| {
        let Segment { from, to, .. } = segments[number as usize];
        let wide = |v: i64, w: i64| i128::from(v) - i128::from(w);
        wide(to.x, from.x) * wide(p.x, from.x) + wide(to.y, from.y) * wide(p.y, from.y)
    };
    cuts.sort_unstable_by(|a, b| {
        let place = || along(segments, a.0, a.1).cmp(&along(segments, b.0, b.1));
        a.0.cmp(&b.0).then_with(place).then_with(|| order(a.1, b.1))
    });
    cuts.dedup();
    for places in cuts.chunk_by(|a, b| a.0 == b.0) {
        let whole = segments[places[0].0 as usize];
        let ends = places.iter().map(|&(_, place)| place).chain([whole.to]);
        let mut start = whole.from;
        for end in ends {
            segments.extend(segment(start, end, whole.runs));
            start = end;
        }
        // Left out when segments are merged.
        segments[places[0].0 as usize].runs = [0, 0];
    }
}
