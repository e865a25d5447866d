//! Areas and polygons of what rings cover by their winding numbers, out of segments that meet at their ends only.
//!
//! # Promises
//! Areas are exact. Polygons have connected insides; their rings are simple, exteriors turn counter-clockwise and
//! holes clockwise, and vertices on straight lines are left out. The work is n log n.

use crate::noding::NodedSegments;
use crate::segment::Windings;
use crate::shapes::{LatticeRing, LatticeShapes, Point, turn, twice_area};
use crate::sweep_status::NONE;

/// What rings cover.
pub(crate) struct NodedOverlay(NodedSegments);

/// Segments that part inside from outside.
struct Boundary<'s> {
    noded: &'s NodedSegments,
    /// For each segment: not part of it, or whether the inside is above it.
    inside_above: Vec<Option<bool>>,
    /// The segments that leave each end with the inside to their left: `leaving[starts[k]..starts[k + 1]]`.
    starts: Vec<u32>,
    leaving: Vec<u32>,
}

/// A simple ring of the boundary.
struct Loop {
    /// The segment that is first by place: the lower one at the western end.
    first: u32,
    segments: Vec<u32>,
    ring: LatticeRing,
    is_exterior: bool,
    /// The number of the exterior; its own if it is one.
    exterior: u32,
}

impl NodedOverlay {
    /// Prepares rings. None if that takes too long.
    pub(crate) fn of(first: &[LatticeRing], second: &[LatticeRing]) -> Option<Self> {
        NodedSegments::of(first, second).map(Self)
    }

    /// Twice the area, in cells, of all places of such winding numbers.
    pub(crate) fn twice_area(&self, is_inside: impl Fn(Windings) -> bool) -> i128 {
        let Some(origin) = self.0.segments.first().map(|s| s.from) else { return 0 };
        let area = self.0.segments.iter().enumerate().map(|(k, s)| {
            let [below, above] = self.0.sides(k).map(&is_inside);
            match (below, above) {
                (false, true) => turn(origin, s.from, s.to),
                (true, false) => -turn(origin, s.from, s.to),
                _ => 0,
            }
        });
        // Single terms may be large and make up for each other.
        area.fold(0, i128::wrapping_add)
    }

    /// A vertex at a place of such winding numbers.
    pub(crate) fn vertex(&self, is_inside: impl Fn(Windings) -> bool) -> Option<Point> {
        let segments = self.0.segments.iter().enumerate();
        segments.into_iter().find(|(k, _)| is_inside(self.0.sides(*k)[1])).map(|(_, s)| s.from)
    }

    /// The polygons of all places of such winding numbers.
    pub(crate) fn polygons(&self, is_inside: impl Fn(Windings) -> bool) -> LatticeShapes {
        let boundary = Boundary::of(&self.0, is_inside);
        let mut loops = boundary.loops();
        boundary.find_exteriors(&mut loops);
        let mut polygon_of = vec![NONE; loops.len()];
        let mut shapes = LatticeShapes::new();
        for (exterior, of) in loops.iter_mut().zip(&mut polygon_of) {
            if exterior.is_exterior {
                *of = shapes.len() as u32;
                shapes.push(vec![std::mem::take(&mut exterior.ring)]);
            }
        }
        for hole in loops {
            if !hole.is_exterior && hole.exterior != NONE {
                shapes[polygon_of[hole.exterior as usize] as usize].push(hole.ring);
            }
        }
        shapes
    }
}

impl<'s> Boundary<'s> {
    fn of(noded: &'s NodedSegments, is_inside: impl Fn(Windings) -> bool) -> Self {
        let inside_above: Vec<Option<bool>> = (0..noded.segments.len())
            .map(|k| {
                let [below, above] = noded.sides(k).map(&is_inside);
                (below != above).then_some(above)
            })
            .collect();
        let mut boundary = Self { noded, inside_above, starts: Vec::new(), leaving: Vec::new() };
        let mut starts = vec![0_u32; noded.end_count + 1];
        let count = noded.segments.len() as u32;
        let directed = |number: u32| boundary.inside_above[number as usize].map(|_| boundary.tail(number));
        for tail in (0..count).filter_map(directed) {
            starts[tail as usize + 1] += 1;
        }
        for k in 1..starts.len() {
            starts[k] += starts[k - 1];
        }
        let mut next = starts.clone();
        let mut leaving = vec![NONE; starts[noded.end_count] as usize];
        for number in 0..count {
            if let Some(tail) = directed(number) {
                let slot = &mut next[tail as usize];
                leaving[*slot as usize] = number;
                *slot += 1;
            }
        }
        (boundary.starts, boundary.leaving) = (starts, leaving);
        boundary
    }

    /// Whether the boundary runs along a segment from west to east.
    fn runs_east(&self, number: u32) -> bool {
        self.inside_above[number as usize] == Some(true)
    }

    /// The end from which the boundary runs along a segment.
    fn tail(&self, number: u32) -> u32 {
        self.noded.ends[number as usize][usize::from(!self.runs_east(number))]
    }

    fn head(&self, number: u32) -> u32 {
        self.noded.ends[number as usize][usize::from(self.runs_east(number))]
    }

    fn tail_and_head(&self, number: u32) -> [Point; 2] {
        let segment = &self.noded.segments[number as usize];
        if self.runs_east(number) { [segment.from, segment.to] } else { [segment.to, segment.from] }
    }

    /// The segment that follows around the same inside: the first one clockwise from the way back.
    fn next(&self, number: u32) -> u32 {
        let head = self.head(number) as usize;
        let choices = &self.leaving[self.starts[head] as usize..self.starts[head + 1] as usize];
        if let [only] = choices {
            return *only;
        }
        let [back, centre] = self.tail_and_head(number);
        let mut best: Option<(u32, Point)> = None;
        for &choice in choices {
            let to = self.tail_and_head(choice)[1];
            // Clockwise from `back`: `to` comes before the best so far.
            if best.is_none_or(|(_, other)| clockwise(centre, back, to, other)) {
                best = Some((choice, to));
            }
        }
        best.map_or(number, |(choice, _)| choice)
    }

    /// The simple rings of the boundary, in order of their first segments.
    fn loops(&self) -> Vec<Loop> {
        let mut loops = Vec::new();
        let mut is_done = vec![false; self.noded.segments.len()];
        // Where an end lies on the path.
        let mut position = vec![NONE; self.noded.end_count];
        let mut path: Vec<u32> = Vec::new();
        for start in 0..is_done.len() as u32 {
            if is_done[start as usize] || self.inside_above[start as usize].is_none() {
                continue;
            }
            let mut at = start;
            while !is_done[at as usize] {
                is_done[at as usize] = true;
                position[self.tail(at) as usize] = path.len() as u32;
                path.push(at);
                let head = self.head(at) as usize;
                if position[head] != NONE {
                    let closed = path.split_off(position[head] as usize);
                    for &number in &closed {
                        position[self.tail(number) as usize] = NONE;
                    }
                    loops.extend(self.simple_ring(closed));
                }
                at = self.next(at);
            }
            path.clear();
        }
        loops.sort_unstable_by_key(|ring| ring.first);
        loops
    }

    /// The ring along segments; none if they enclose nothing.
    fn simple_ring(&self, segments: Vec<u32>) -> Option<Loop> {
        let points: LatticeRing = segments.iter().map(|&number| self.tail_and_head(number)[0]).collect();
        let mut ring = LatticeRing::with_capacity(points.len());
        for (k, &p) in points.iter().enumerate() {
            let before = ring.last().copied().unwrap_or(points[points.len() - 1]);
            if turn(before, p, points[(k + 1) % points.len()]) != 0 {
                ring.push(p);
            }
        }
        let area = twice_area(&ring);
        let first = segments.iter().copied().min()?;
        (area != 0).then_some(Loop { first, segments, ring, is_exterior: area > 0, exterior: NONE })
    }

    /// Finds the exterior of each hole: that of the ring under its western end.
    fn find_exteriors(&self, loops: &mut [Loop]) {
        if loops.iter().all(|ring| ring.is_exterior) {
            return;
        }
        let mut loop_of = vec![NONE; self.noded.segments.len()];
        for (ring, number) in loops.iter().zip(0..) {
            for &segment in &ring.segments {
                loop_of[segment as usize] = number;
            }
        }
        // The next segment of the boundary under each segment; those under it have smaller numbers.
        let mut under_of = vec![NONE; self.noded.segments.len()];
        for (number, &under) in self.noded.under.iter().enumerate() {
            if under != NONE {
                let is_boundary = self.inside_above[under as usize].is_some();
                under_of[number] = if is_boundary { under } else { under_of[under as usize] };
            }
        }
        for number in 0..loops.len() {
            loops[number].exterior = if loops[number].is_exterior {
                number as u32
            } else {
                // Loops are in order of their first segments, so the one under this is done.
                let under = under_of.get(loops[number].first as usize).copied().unwrap_or(NONE);
                let around = loop_of.get(under as usize).and_then(|&around| loops.get(around as usize));
                around.map_or(NONE, |around| around.exterior)
            };
        }
    }
}

/// Whether, going clockwise around the centre from a direction, one place comes before another.
fn clockwise(centre: Point, from: Point, first: Point, second: Point) -> bool {
    // Half of the circle clockwise from `from`, its end included, and the other half.
    let half = |p: Point| match turn(centre, from, p) {
        0 => {
            let wide = |v: i64, w: i64| i128::from(v) - i128::from(w);
            let along =
                wide(from.x, centre.x) * wide(p.x, centre.x) + wide(from.y, centre.y) * wide(p.y, centre.y);
            // Straight back comes last of all.
            if along > 0 { 3 } else { 1 }
        }
        side if side < 0 => 0,
        _ => 2,
    };
    let (a, b) = (half(first), half(second));
    a < b || (a == b && turn(centre, first, second) < 0)
}
