//! Closes rings, drops repeated points and spikes, and turns exteriors counter-clockwise and holes clockwise,
//! without moving a vertex.

use geo::kernels::{Kernel, Orientation, RobustKernel};
use sanxian_model::{FaultKind, FeatureView, Position};

use crate::shapes::Shapes;

/// What tidying did to a feature.
pub(super) enum Tidied {
    /// Nothing: it was tidy.
    AsItWas,
    /// New rings, and what is told of rings that had to be dropped.
    Rewritten(Shapes, Option<Dropped>),
    /// It has no ring that encloses anything, or a coordinate that is no number.
    Unusable(FaultKind, Option<Position>),
}

/// Rings that had to be dropped.
pub(super) struct Dropped {
    /// What is wrong with the first of them.
    pub(super) kind: FaultKind,
    /// A vertex of its part.
    pub(super) near: Position,
    /// Holes of shells that were dropped. They lie in no shell of their own, so they are ground, each a part.
    pub(super) ground: Shapes,
}

/// Tidies one feature.
pub(super) fn tidy(feature: FeatureView<'_>) -> Tidied {
    let bad = feature.rings().flatten().find(|p| !(p[0].is_finite() && p[1].is_finite()));
    if let Some(&near) = bad {
        return Tidied::Unusable(FaultKind::NotFinite, Some(near));
    }
    let Some(&somewhere) = feature.rings().flatten().next() else {
        return Tidied::Unusable(FaultKind::Empty, None);
    };
    if feature.polygons().all(|polygon| {
        polygon.rings().enumerate().all(|(k, ring)| is_tidy(ring) && (signed_area(ring) > 0.0) == (k == 0))
    }) {
        return Tidied::AsItWas;
    }
    let mut dropped = None;
    let (mut shapes, mut ground) = (Shapes::new(), Shapes::new());
    for polygon in feature.polygons() {
        let mut rings = Vec::new();
        let mut has_shell = true;
        for (k, ring) in polygon.rings().enumerate() {
            let mut ring = without_repeats_and_spikes(ring);
            let area = signed_area(&ring);
            if ring.len() < 4 || (area == 0.0 && on_one_line(&ring)) {
                let kind = if ring.len() < 4 { FaultKind::TooFewPoints } else { FaultKind::NoArea };
                let near = polygon.rings().flatten().next().copied().unwrap_or(somewhere);
                dropped = dropped.or(Some((kind, near)));
                has_shell &= k > 0;
                continue;
            }
            if (area > 0.0) != (k == 0 || !has_shell) {
                ring.reverse();
            }
            if has_shell {
                rings.push(ring);
            } else {
                ground.push(vec![ring]);
            }
        }
        if !rings.is_empty() {
            shapes.push(rings);
        }
    }
    shapes.extend(ground.iter().cloned());
    match (shapes.is_empty(), dropped) {
        (true, Some((kind, near))) => Tidied::Unusable(kind, Some(near)),
        (true, None) => Tidied::Unusable(FaultKind::Empty, None),
        (false, dropped) => {
            let dropped = dropped.map(|(kind, near)| Dropped { kind, near, ground });
            Tidied::Rewritten(shapes, dropped)
        }
    }
}

/// Whether a ring is closed, has no repeated point and no spike.
fn is_tidy(ring: &[Position]) -> bool {
    ring.len() >= 4
        && ring[0] == ring[ring.len() - 1]
        && ring.windows(2).all(|pair| pair[0] != pair[1])
        && ring.windows(3).all(|three| !is_spike(three[0], three[1], three[2]))
        && !is_spike(ring[ring.len() - 2], ring[0], ring[1])
}

/// Whether the way from `a` over `b` to `c` turns straight back at `b`.
fn is_spike(a: Position, b: Position, c: Position) -> bool {
    let (u, v) = ([b[0] - a[0], b[1] - a[1]], [c[0] - b[0], c[1] - b[1]]);
    if u[0] * v[0] + u[1] * v[1] >= 0.0 {
        return false;
    }
    let coord = |p: Position| geo::Coord { x: p[0], y: p[1] };
    RobustKernel::orient2d(coord(a), coord(b), coord(c)) == Orientation::Collinear
}

/// Whether all positions lie on one line. A bow-tie may have no signed area and yet not be that.
fn on_one_line(ring: &[Position]) -> bool {
    let coord = |p: Position| geo::Coord { x: p[0], y: p[1] };
    ring.windows(2).all(|pair| {
        RobustKernel::orient2d(coord(ring[0]), coord(pair[0]), coord(pair[1])) == Orientation::Collinear
    })
}

/// Closed, without repeated points and spikes; shorter than four positions when nothing is left.
fn without_repeats_and_spikes(ring: &[Position]) -> Vec<Position> {
    let mut kept: Vec<Position> = Vec::with_capacity(ring.len() + 1);
    for &p in ring {
        while let [.., a, b] = kept.as_slice() {
            if *b != p && is_spike(*a, *b, p) {
                kept.pop();
            } else {
                break;
            }
        }
        if kept.last() != Some(&p) {
            kept.push(p);
        }
    }
    // The same across the seam.
    loop {
        match kept.as_slice() {
            [first, .., last] if first == last => {
                kept.pop();
            }
            [first, .., a, b] if is_spike(*a, *b, *first) => {
                kept.pop();
            }
            [first, second, .., last] if kept.len() > 2 && is_spike(*last, *first, *second) => {
                kept.remove(0);
            }
            _ => break,
        }
    }
    if let Some(&first) = kept.first() {
        kept.push(first);
    }
    kept
}

/// Twice the signed area would do; this is the area, positive when counter-clockwise, about the first vertex.
fn signed_area(ring: &[Position]) -> f64 {
    let Some(&[x, y]) = ring.first() else { return 0.0 };
    ring.windows(2)
        .map(|pair| {
            let (p, q) = (pair[0], pair[1]);
            (p[0] - x) * (q[1] - y) - (q[0] - x) * (p[1] - y)
        })
        .sum::<f64>()
        * 0.5
}
