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
///
/// Coordinates are taken from `origin` before anything is computed with them: differences of coordinates that are near
/// each other are exact, so the places where the window cuts the ring are good to the digits of the window's size.
pub(crate) fn clip(ring: Ring<'_>, window: &Extent, origin: Position) -> Vec<Position> {
    let mut short: Vec<Position> = Vec::new();
    let local = |p: Position| [p[0] - origin[0], p[1] - origin[1]];
    {
        let short = std::cell::RefCell::new(&mut short);
        let push = |p: Position| {
            let p = local(p);
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
    let (min, max) = (local(window.min), local(window.max));
    for (axis, limit, keep_greater) in
        [(0, min[0], true), (0, max[0], false), (1, min[1], true), (1, max[1], false)]
    {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sanxian_model::{Crs, PolygonColumn, PolygonColumnBuilder};

    use super::*;
    use crate::index::LayerIndex;
    use crate::measure::Measurer;
    use crate::scale::ArealScale;

    fn column(ring: Vec<Position>) -> PolygonColumn {
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([[ring]]);
        builder.finish()
    }

    fn shoelace(ring: &[Position]) -> f64 {
        ring.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum::<f64>() * 0.5
    }

    proptest! {
        #[test]
        fn a_clipped_ring_has_the_area_that_it_had_in_the_window(
            radii in proptest::collection::vec(5.0..50.0_f64, 3..200),
            (x, y, w, h) in ((-40.0..40.0_f64), (-40.0..40.0_f64), (1.0..80.0_f64), (1.0..80.0_f64)),
        ) {
            let step = std::f64::consts::TAU / radii.len() as f64;
            let mut ring: Vec<Position> = (0..radii.len())
                .map(|k| [radii[k] * (k as f64 * step).cos(), radii[k] * (k as f64 * step).sin()])
                .collect();
            ring.push(ring[0]);
            let window = Extent { min: [x, y], max: [x + w, y + h] };
            let corners = |e: &Extent| {
                vec![e.min, [e.max[0], e.min[1]], e.max, [e.min[0], e.max[1]], e.min]
            };
            let (shape, frame) = (column(ring), column(corners(&window)));
            let (shape, frame) = (LayerIndex::build(&shape), LayerIndex::build(&frame));
            let scale = ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("plane");
            let measured = Measurer::new(&scale).overlap((&shape, 0), (&frame, 0), None).unwrap_or_default();
            let mut clipped = Vec::new();
            shape.rings_near(0, &window, |ring| clipped = clip(ring, &window, [0.0; 2]));
            prop_assert!(clipped.iter().all(|p| Extent::of(&[*p]).touches(&window)));
            prop_assert!(clipped.is_empty() || clipped.first() == clipped.last());
            prop_assert!((shoelace(&clipped) - measured.planar.get()).abs() < 1e-9);
        }
    }
}
