//! An edge of a ring, and whether two of them meet: at an end, by a vertex on the other edge, or across each other.
//!
//! Signs are exact (adaptive predicates), so a vertex that lies on an edge is never taken for a crossing.

use geo::kernels::{Kernel, Orientation, RobustKernel};
use sanxian_model::Position;

/// An edge of a ring, from the end that is less by x, then y.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    pub(crate) from: Position,
    pub(crate) to: Position,
    /// Its number within the feature.
    pub(crate) number: u32,
    /// The number of the edge that follows on the ring.
    pub(crate) next: u32,
    /// The number of its ring within the feature.
    pub(crate) ring: u32,
    /// Whether the ring runs from `from` to `to`.
    pub(crate) forward: bool,
}

/// How two edges meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Contact {
    /// Not at all, or where one follows the other on their ring.
    None,
    /// They share a point or a stretch, but neither passes through the other between its ends.
    Touch,
    /// Each passes through the other.
    Cross,
}

/// The side of the line from `a` to `b` on which `p` lies: 1 left, −1 right, 0 on it.
pub(crate) fn side(a: Position, b: Position, p: Position) -> i8 {
    let coord = |p: Position| geo::Coord { x: p[0], y: p[1] };
    match RobustKernel::orient2d(coord(a), coord(b), coord(p)) {
        Orientation::CounterClockwise => 1,
        Orientation::Clockwise => -1,
        Orientation::Collinear => 0,
    }
}

/// Whether `p` comes before `q` by x, then y.
pub(crate) fn before(p: Position, q: Position) -> bool {
    (p[0], p[1]) < (q[0], q[1])
}

/// How two edges meet.
pub(crate) fn contact(a: &Edge, b: &Edge) -> Contact {
    let (b_from, b_to) = (side(a.from, a.to, b.from), side(a.from, a.to, b.to));
    if b_from * b_to > 0 {
        return Contact::None;
    }
    let (a_from, a_to) = (side(b.from, b.to, a.from), side(b.from, b.to, a.to));
    if a_from * a_to > 0 {
        return Contact::None;
    }
    if b_from * b_to < 0 && a_from * a_to < 0 {
        return Contact::Cross;
    }
    let follow = a.next == b.number || b.next == a.number;
    if b_from == 0 && b_to == 0 {
        // On one line: they share more than an end if their stretches overlap.
        let start = if before(a.from, b.from) { b.from } else { a.from };
        let end = if before(a.to, b.to) { a.to } else { b.to };
        return if before(end, start) || (follow && start == end) { Contact::None } else { Contact::Touch };
    }
    if follow { Contact::None } else { Contact::Touch }
}

/// Where two edges cross, rounded.
pub(crate) fn crossing_point(a: &Edge, b: &Edge) -> Position {
    let d = [a.to[0] - a.from[0], a.to[1] - a.from[1]];
    let e = [b.to[0] - b.from[0], b.to[1] - b.from[1]];
    let w = [b.from[0] - a.from[0], b.from[1] - a.from[1]];
    let t = ((w[0] * e[1] - w[1] * e[0]) / (d[0] * e[1] - d[1] * e[0])).clamp(0.0, 1.0);
    [a.from[0] + t * d[0], a.from[1] + t * d[1]]
}
