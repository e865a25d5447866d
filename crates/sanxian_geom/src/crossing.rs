//! Where the rings of a feature cross each other or themselves.
//!
//! Edges are sorted by their western end and compared with those that begin before they end; signs are
//! exact (adaptive predicates), so a vertex that lies on an edge is never taken for a crossing.

use geo::kernels::{Kernel, Orientation, RobustKernel};
use sanxian_model::Position;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meeting {
    /// Edges meet only where one ends and the next begins.
    Simple,
    /// Somewhere a vertex lies on another edge or vertex. Whether that is harmless depends on the shape.
    Touching,
    /// Two edges cross, about here.
    Crossing(Position),
}

#[derive(Clone, Copy)]
struct Edge {
    west: Position,
    east: Position,
    /// Number within the feature; `next` is the one that follows on the ring.
    number: u32,
    next: u32,
}

/// Examines all rings of one feature together.
pub(crate) fn examine<'a>(rings: impl Iterator<Item = &'a [Position]>) -> Meeting {
    let mut edges = Vec::new();
    for ring in rings {
        let first = edges.len() as u32;
        let count = ring.len() as u32 - 1;
        for (k, pair) in (0..count).zip(ring.windows(2)) {
            let (p, q) = (pair[0], pair[1]);
            let (west, east) = if (p[0], p[1]) <= (q[0], q[1]) { (p, q) } else { (q, p) };
            edges.push(Edge { west, east, number: first + k, next: first + (k + 1) % count });
        }
    }
    edges.sort_unstable_by(|a, b| a.west[0].total_cmp(&b.west[0]));
    let mut touching = false;
    for (k, a) in edges.iter().enumerate() {
        let (low, high) = (a.west[1].min(a.east[1]), a.west[1].max(a.east[1]));
        for b in &edges[k + 1..] {
            if b.west[0] > a.east[0] {
                break;
            }
            if b.west[1].min(b.east[1]) > high || b.west[1].max(b.east[1]) < low {
                continue;
            }
            match meet(a, b) {
                Some(Meeting::Crossing(near)) => return Meeting::Crossing(near),
                Some(Meeting::Touching) => touching = true,
                _ => {}
            }
        }
    }
    if touching { Meeting::Touching } else { Meeting::Simple }
}

fn side(a: Position, b: Position, p: Position) -> i8 {
    let coord = |p: Position| geo::Coord { x: p[0], y: p[1] };
    match RobustKernel::orient2d(coord(a), coord(b), coord(p)) {
        Orientation::CounterClockwise => 1,
        Orientation::Clockwise => -1,
        Orientation::Collinear => 0,
    }
}

fn meet(a: &Edge, b: &Edge) -> Option<Meeting> {
    let neighbours = a.next == b.number || b.next == a.number;
    let (b_west, b_east) = (side(a.west, a.east, b.west), side(a.west, a.east, b.east));
    if b_west * b_east > 0 {
        return None;
    }
    let (a_west, a_east) = (side(b.west, b.east, a.west), side(b.west, b.east, a.east));
    if a_west * a_east > 0 {
        return None;
    }
    if b_west * b_east < 0 && a_west * a_east < 0 {
        return Some(Meeting::Crossing(crossing_point(a, b)));
    }
    if b_west == 0 && b_east == 0 {
        // On one line; they share more than an end if their stretches overlap.
        let (start, end) = (later(a.west, b.west), earlier(a.east, b.east));
        let shared = (start[0], start[1]) <= (end[0], end[1]);
        let only_an_end = start == end;
        return (shared && !(neighbours && only_an_end)).then_some(Meeting::Touching);
    }
    (!neighbours).then_some(Meeting::Touching)
}

fn later(p: Position, q: Position) -> Position {
    if (p[0], p[1]) >= (q[0], q[1]) { p } else { q }
}

fn earlier(p: Position, q: Position) -> Position {
    if (p[0], p[1]) <= (q[0], q[1]) { p } else { q }
}

fn crossing_point(a: &Edge, b: &Edge) -> Position {
    let d = [a.east[0] - a.west[0], a.east[1] - a.west[1]];
    let e = [b.east[0] - b.west[0], b.east[1] - b.west[1]];
    let w = [b.west[0] - a.west[0], b.west[1] - a.west[1]];
    let t = ((w[0] * e[1] - w[1] * e[0]) / (d[0] * e[1] - d[1] * e[0])).clamp(0.0, 1.0);
    [a.west[0] + t * d[0], a.west[1] + t * d[1]]
}
