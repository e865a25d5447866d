//! A piece of an edge on the lattice: on which side of it a place lies, and where it crosses another.
//!
//! Signs are exact.

use std::cmp::Ordering;

use crate::shapes::{Point, turn};

/// From this number of segments on they are sorted by all threads.
pub(crate) const MANY: usize = 1 << 16;

/// How often the first and the second rings turn around a place.
pub(crate) type Windings = [i32; 2];

/// A piece of an edge.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Segment {
    /// The end that is less by x, then y.
    pub(crate) from: Point,
    pub(crate) to: Point,
    /// How often the first and the second rings run along it from `from` to `to`, less how often back.
    pub(crate) runs: Windings,
}

/// The winding numbers of both together.
pub(crate) fn sum(a: Windings, b: Windings) -> Windings {
    [a[0] + b[0], a[1] + b[1]]
}

/// By x, then y.
pub(crate) fn order(p: Point, q: Point) -> Ordering {
    (p.x, p.y).cmp(&(q.x, q.y))
}

/// The segment from `p` to `q` along which rings run so often; none if they are one place.
pub(crate) fn segment(p: Point, q: Point, runs: Windings) -> Option<Segment> {
    match order(p, q) {
        Ordering::Less => Some(Segment { from: p, to: q, runs }),
        Ordering::Equal => None,
        Ordering::Greater => Some(Segment { from: q, to: p, runs: runs.map(|times| -times) }),
    }
}

impl Segment {
    /// The side on which a place lies: 1 left (above), −1 right, 0 on the line.
    pub(crate) fn side(&self, p: Point) -> i128 {
        turn(self.from, self.to, p).signum()
    }

    /// Whether a place on its line lies between its ends.
    pub(crate) fn has_within(&self, p: Point) -> bool {
        order(self.from, p) == Ordering::Less && order(p, self.to) == Ordering::Less
    }

    /// Whether their boxes share a place.
    pub(crate) fn boxes_meet(&self, other: &Self) -> bool {
        let level = |s: &Self| (s.from.y.min(s.to.y), s.from.y.max(s.to.y));
        let ((low, high), (other_low, other_high)) = (level(self), level(other));
        self.from.x <= other.to.x && other.from.x <= self.to.x && low <= other_high && other_low <= high
    }

    /// Whether each passes through the other between its ends.
    pub(crate) fn crosses(&self, other: &Self) -> bool {
        self.boxes_meet(other)
            && self.side(other.from) * self.side(other.to) < 0
            && other.side(self.from) * other.side(self.to) < 0
    }

    /// Where two segments cross, rounded, within the boxes of both.
    pub(crate) fn crossing(&self, other: &Self) -> Point {
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
