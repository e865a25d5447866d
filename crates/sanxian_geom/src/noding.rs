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
//! [`MOST_COMPARED`] goes. After cutting the sweep is run again, until nothing is noted: rounding can make segments
//! cross that did not.
//!
//! In the last round a segment has above it the winding number below it plus the times that rings run along it.

use std::cmp::Ordering;

use i_overlay::i_float::int::point::IntPoint;
use rayon::slice::ParallelSliceMut;

use crate::boolean::LatticeRing;
use crate::sweep_status::{NONE, Status};

/// Most rounds of cutting.
const MOST_ROUNDS: usize = 32;
/// Segments that may be swept in all rounds together beside twelve times those of the rings.
const MOST_SWEPT: usize = 1 << 22;
/// Comparisons of dropped segments with others in a round.
const MOST_COMPARED: usize = 1 << 26;
/// Segments in a block whose box is tested at once.
const BLOCK: usize = 64;
/// From this number of segments on they are sorted by all threads.
const MANY: usize = 1 << 16;
/// Largest coordinate, so that no product of differences overflows.
const LARGEST: i64 = 1 << 61;

type Point = IntPoint<i64>;

/// How often the first and the second rings turn around a place.
pub(crate) type Windings = [i32; 2];

/// A piece of an edge.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Segment {
    /// The end that is less by x, then y.
    pub(crate) from: Point,
    pub(crate) to: Point,
    /// How often the first and the second rings run along it from `from` to `to`, less how often back.
    runs: Windings,
}

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
            let mut sweep = Sweep::new(&segments);
            sweep.run();
            if sweep.cuts.is_empty() {
                let Sweep { below, under, ends, end_count, .. } = sweep;
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

fn sum(a: Windings, b: Windings) -> Windings {
    [a[0] + b[0], a[1] + b[1]]
}

fn order(p: Point, q: Point) -> Ordering {
    (p.x, p.y).cmp(&(q.x, q.y))
}

/// The segment from `p` to `q` along which rings run so often; none if they are one place.
fn segment(p: Point, q: Point, runs: Windings) -> Option<Segment> {
    match order(p, q) {
        Ordering::Less => Some(Segment { from: p, to: q, runs }),
        Ordering::Equal => None,
        Ordering::Greater => Some(Segment { from: q, to: p, runs: runs.map(|times| -times) }),
    }
}

/// Twice the area of the triangle, positive if `c` lies left of the line from `a` to `b`.
pub(crate) fn turn(a: Point, b: Point, c: Point) -> i128 {
    let wide = |v: i64, w: i64| i128::from(v) - i128::from(w);
    wide(b.x, a.x) * wide(c.y, a.y) - wide(b.y, a.y) * wide(c.x, a.x)
}

impl Segment {
    /// The side on which a place lies: 1 left (above), −1 right, 0 on the line.
    fn side(&self, p: Point) -> i128 {
        turn(self.from, self.to, p).signum()
    }

    /// Whether a place on its line lies between its ends.
    fn has_within(&self, p: Point) -> bool {
        order(self.from, p) == Ordering::Less && order(p, self.to) == Ordering::Less
    }

    fn boxes_meet(&self, other: &Self) -> bool {
        let level = |s: &Self| (s.from.y.min(s.to.y), s.from.y.max(s.to.y));
        let ((low, high), (other_low, other_high)) = (level(self), level(other));
        self.from.x <= other.to.x && other.from.x <= self.to.x && low <= other_high && other_low <= high
    }

    /// Whether each passes through the other between its ends.
    fn crosses(&self, other: &Self) -> bool {
        self.boxes_meet(other)
            && self.side(other.from) * self.side(other.to) < 0
            && other.side(self.from) * other.side(self.to) < 0
    }

    /// Where two segments cross, rounded, within the boxes of both.
    fn crossing(&self, other: &Self) -> Point {
        let reach = |s: &Self| s.from.x.abs_diff(s.to.x).max(s.from.y.abs_diff(s.to.y));
        // Along the shorter one the rounding is less.
        let (a, b) = if reach(self) <= reach(other) { (self, other) } else { (other, self) };
        let (before, after) = (turn(b.from, b.to, a.from) as f64, turn(b.from, b.to, a.to) as f64);
        let share = before / (before - after);
        let along = |from: i64, to: i64, from_b: i64, to_b: i64| {
            let at = from + ((to - from) as f64 * share).round() as i64;
            at.clamp(from.min(to).max(from_b.min(to_b)), from.max(to).min(from_b.max(to_b)))
        };
        Point::new(along(a.from.x, a.to.x, b.from.x, b.to.x), along(a.from.y, a.to.y, b.from.y, b.to.y))
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

struct Sweep<'s> {
    segments: &'s [Segment],
    /// The ends `to` in order, with the numbers of their segments.
    by_end: Vec<(Point, u32)>,
    status: Status,
    is_dropped: Vec<bool>,
    dropped: Vec<u32>,
    hits: Vec<u8>,
    cuts: Vec<(u32, Point)>,
    below: Vec<Windings>,
    under: Vec<u32>,
    ends: Vec<[u32; 2]>,
    end_count: usize,
}

impl<'s> Sweep<'s> {
    fn new(segments: &'s [Segment]) -> Self {
        let count = segments.len();
        let mut by_end: Vec<(Point, u32)> = segments.iter().zip(0..).map(|(s, k)| (s.to, k)).collect();
        let by_place = |a: &(Point, u32), b: &(Point, u32)| order(a.0, b.0).then(a.1.cmp(&b.1));
        if count >= MANY {
            by_end.par_sort_unstable_by(by_place);
        } else {
            by_end.sort_unstable_by(by_place);
        }
        let mut status = Status::default();
        status.reset(count);
        Self {
            segments,
            by_end,
            status,
            is_dropped: vec![false; count],
            dropped: Vec::new(),
            hits: vec![0; count],
            cuts: Vec::new(),
            below: vec![[0, 0]; count],
            under: vec![NONE; count],
            ends: vec![[NONE, NONE]; count],
            end_count: 0,
        }
    }

    fn run(&mut self) {
        let (mut start, mut end) = (0, 0);
        // Segments through or from the place, in order.
        let mut on = Vec::new();
        while let Some(&(mut p, _)) = self.by_end.get(end) {
            if let Some(next) = self.segments.get(start)
                && order(next.from, p) == Ordering::Less
            {
                p = next.from;
            }
            let (first_start, first_end) = (start, end);
            let vertex = self.end_count as u32;
            self.end_count += 1;
            while self.segments.get(start).is_some_and(|s| s.from == p) {
                self.ends[start][0] = vertex;
                start += 1;
            }
            while self.by_end.get(end).is_some_and(|&(to, _)| to == p) {
                self.ends[self.by_end[end].1 as usize][1] = vertex;
                end += 1;
            }
            self.pass(p, first_start as u32..start as u32, first_end..end, &mut on);
        }
    }

    /// Passes a place where segments end and begin.
    fn pass(
        &mut self,
        p: Point,
        starts: std::ops::Range<u32>,
        ends: std::ops::Range<usize>,
        on: &mut Vec<u32>,
    ) {
        let ending = self.by_end[ends.clone()].iter().map(|&(_, number)| number);
        let met = ending.clone().find(|&number| !self.is_dropped[number as usize]);
        let (mut below, mut above) = match met {
            Some(number) => (self.status.below(number), self.status.above(number)),
            None => self.status.place(|other| self.segments[other as usize].side(p) > 0),
        };
        on.clear();
        while below != NONE && self.segments[below as usize].side(p) == 0 {
            on.push(below);
            below = self.status.below(below);
        }
        while above != NONE && self.segments[above as usize].side(p) == 0 {
            on.push(above);
            above = self.status.above(above);
        }
        on.retain(|&number| self.segments[number as usize].to != p);
        for &through in on.iter() {
            self.cuts.push((through, p));
            self.status.remove(through);
        }
        for k in ends {
            let number = self.by_end[k].1;
            if !self.is_dropped[number as usize] {
                self.status.remove(number);
            }
        }
        let is_crossed = !on.is_empty();
        on.extend(starts);
        if is_crossed {
            let segments = self.segments;
            on.sort_unstable_by(|&a, &b| {
                0.cmp(&turn(p, segments[a as usize].to, segments[b as usize].to)).then(a.cmp(&b))
            });
        }
        let mut last = below;
        for &number in on.iter() {
            self.status.insert_between(number, last, above);
            self.under[number as usize] = last;
            if last != NONE {
                self.below[number as usize] =
                    sum(self.below[last as usize], self.segments[last as usize].runs);
            }
            last = number;
        }
        match (on.first(), on.last()) {
            (Some(&first), Some(&last)) => {
                self.test_pair(below, first);
                // The test may have dropped it.
                if !self.is_dropped[last as usize] {
                    self.test_pair(last, above);
                }
            }
            _ => self.test_pair(below, above),
        }
    }

    /// Tests two neighbours; while they cross, one of them is dropped for the next.
    fn test_pair(&mut self, mut below: u32, mut above: u32) {
        while below != NONE && above != NONE {
            let (a, b) = (&self.segments[below as usize], &self.segments[above as usize]);
            if !a.crosses(b) {
                return;
            }
            self.note_crossing(below, above);
            let (under, over) = (self.status.below(below), self.status.above(above));
            let hits = |sweep: &mut Self, number: u32| {
                let hits = &mut sweep.hits[number as usize];
                *hits = hits.saturating_add(1);
                *hits
            };
            // The one that was seen to cross more others, so that a segment that crosses many costs one.
            if hits(self, below) > hits(self, above) {
                self.drop_segment(below);
                below = under;
            } else {
                self.drop_segment(above);
                above = over;
            }
        }
    }

    fn drop_segment(&mut self, number: u32) {
        self.status.remove(number);
        self.is_dropped[number as usize] = true;
        self.dropped.push(number);
    }

    fn note_crossing(&mut self, a: u32, b: u32) {
        let place = self.segments[a as usize].crossing(&self.segments[b as usize]);
        for number in [a, b] {
            let s = &self.segments[number as usize];
            if place != s.from && place != s.to {
                self.cuts.push((number, place));
            }
        }
    }

    /// Notes where dropped segments and others meet, as far as the bound goes: what is left shows in the next round.
    fn compare_dropped(&mut self) {
        struct Block {
            low: i64,
            high: i64,
            east: i64,
        }
        let blocks: Vec<Block> = self
            .segments
            .chunks(BLOCK)
            .map(|block| Block {
                low: block.iter().map(|s| s.from.y.min(s.to.y)).min().unwrap_or(0),
                high: block.iter().map(|s| s.from.y.max(s.to.y)).max().unwrap_or(0),
                east: block.iter().map(|s| s.to.x).max().unwrap_or(0),
            })
            .collect();
        let mut left = MOST_COMPARED;
        for number in std::mem::take(&mut self.dropped) {
            let a = self.segments[number as usize];
            let (low, high) = (a.from.y.min(a.to.y), a.from.y.max(a.to.y));
            for (k, block) in blocks.iter().enumerate() {
                let members = &self.segments[k * BLOCK..self.segments.len().min((k + 1) * BLOCK)];
                if members[0].from.x > a.to.x {
                    break;
                }
                left = left.saturating_sub(1);
                if block.east < a.from.x || block.high < low || block.low > high {
                    continue;
                }
                left = left.saturating_sub(BLOCK);
                if left == 0 {
                    return;
                }
                for (b, other) in members.iter().zip((k * BLOCK) as u32..) {
                    if other != number && a.boxes_meet(b) {
                        self.note_contact(number, other);
                    }
                }
            }
        }
    }

    /// Notes where two segments meet, unless at an end of both.
    fn note_contact(&mut self, first: u32, second: u32) {
        let (a, b) = (self.segments[first as usize], self.segments[second as usize]);
        let (b_from, b_to) = (a.side(b.from), a.side(b.to));
        if b_from * b_to > 0 {
            return;
        }
        let (a_from, a_to) = (b.side(a.from), b.side(a.to));
        if b_from * b_to < 0 && a_from * a_to < 0 {
            return self.note_crossing(first, second);
        }
        for (side, place) in [(b_from, b.from), (b_to, b.to)] {
            if side == 0 && a.has_within(place) {
                self.cuts.push((first, place));
            }
        }
        for (side, place) in [(a_from, a.from), (a_to, a.to)] {
            if side == 0 && b.has_within(place) {
                self.cuts.push((second, place));
            }
        }
    }
}
