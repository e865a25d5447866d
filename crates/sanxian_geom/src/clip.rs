//! Cuts rings down to a window, as rings.
//!
//! A chain that stays on the far side of one side of the window is as good as the straight line between its
//! ends, so whole nodes of a ring's tree shrink to two vertices before the ring is cut against the four
//! sides. The result may run along the window's sides more than once; its winding number inside the window
//! is that of the ring, which is all that [`crate::boolean`] asks.

use sanxian_model::Position;

use crate::extent::Extent;
use crate::index::{Descend, Ring};

/// The part of a ring inside a window, closed; empty when nothing is inside.
pub(crate) fn clip(ring: Ring<'_>, window: &Extent) -> Vec<Position> {
    let mut short: Vec<Position> = Vec::new();
    {
        let short = std::cell::RefCell::new(&mut short);
        let push = |p: Position| {
            let mut short = short.borrow_mut();
            if short.last() != Some(&p) {
                short.push(p);
            }
        };
        ring.walk(
            |node, first, last| {
                let beyond = node.max[0] < window.min[0]
                    || node.min[0] > window.max[0]
                    || node.max[1] < window.min[1]
                    || node.min[1] > window.max[1];
                if beyond {
                    push(first);
                    push(last);
                    Descend::Past
                } else {
                    Descend::Into
                }
            },
            |run| run.iter().for_each(|&p| push(p)),
        );
    }
    if short.first() == short.last() {
        short.pop();
    }
    for (axis, limit, keep_greater) in [
        (0, window.min[0], true),
        (0, window.max[0], false),
        (1, window.min[1], true),
        (1, window.max[1], false),
    ] {
        short = half_plane(&short, axis, limit, keep_greater);
    }
    if short.len() < 3 {
        return Vec::new();
    }
    let first = short[0];
    short.push(first);
    short
}

/// Cuts an open ring against one side of the window.
fn half_plane(ring: &[Position], axis: usize, limit: f64, keep_greater: bool) -> Vec<Position> {
    let inside = |p: &Position| if keep_greater { p[axis] >= limit } else { p[axis] <= limit };
    let mut kept = Vec::with_capacity(ring.len() + 4);
    let mut before = match ring.last() {
        Some(last) => *last,
        None => return kept,
    };
    for &p in ring {
        if inside(&p) != inside(&before) {
            // The same expression whichever way the edge runs, so that neighbours stay neighbours.
            let (low, high) = if before[axis] < p[axis] { (before, p) } else { (p, before) };
            let part = (limit - low[axis]) / (high[axis] - low[axis]);
            let mut at = [0.0; 2];
            at[axis] = limit;
            at[1 - axis] = low[1 - axis] + (high[1 - axis] - low[1 - axis]) * part;
            kept.push(at);
        }
        if inside(&p) {
            kept.push(p);
        }
        before = p;
    }
    kept
}
