//! One round of the sweep over segments: where each is to be cut, and what lies below each.

use std::cmp::Ordering;

use rayon::slice::ParallelSliceMut;

use crate::segment::{MANY, Segment, Windings, order, sum};
use crate::shapes::{Point, turn};
use crate::sweep_status::{NONE, Status};

/// Comparisons of dropped segments with others in a round.
const MOST_COMPARED: usize = 1 << 26;
/// Segments in a block whose box is tested at once.
const BLOCK: usize = 64;

/// The sweep over segments of one round.
pub(crate) struct SegmentSweep<'s> {
    segments: &'s [Segment],
    /// The ends `to` in order, with the numbers of their segments.
    by_end: Vec<(Point, u32)>,
    status: Status,
    is_dropped: Vec<bool>,
    dropped: Vec<u32>,
    hits: Vec<u8>,
    /// Where segments are to be cut, with their numbers.
    pub(crate) cuts: Vec<(u32, Point)>,
    /// For each segment the winding numbers below it.
    pub(crate) below: Vec<Windings>,
    /// For each segment the one under it at its `from`.
    pub(crate) under: Vec<u32>,
    /// For each segment the numbers of its ends among all ends, in order of place.
    pub(crate) ends: Vec<[u32; 2]>,
    /// How many ends there are.
    pub(crate) end_count: usize,
}

impl<'s> SegmentSweep<'s> {
    /// A sweep over segments in order.
    pub(crate) fn new(segments: &'s [Segment]) -> Self {
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

    /// Sweeps over all ends.
    pub(crate) fn run(&mut self) {
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
    pub(crate) fn compare_dropped(&mut self) {
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
