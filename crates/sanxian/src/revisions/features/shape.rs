//! Whether two features have one shape, wherever their rings begin and in whatever order their parts are.

use std::cmp::Ordering;
use std::hash::{DefaultHasher, Hasher};

use sanxian_model::{FeatureView, Position};

/// A hash that is the same for features of one shape. The order of rings makes no difference; where each begins neither.
pub(in crate::revisions) fn hash(feature: FeatureView<'_>) -> u64 {
    let of_ring = |ring: &[Position]| {
        let mut hasher = DefaultHasher::new();
        for [x, y] in from_least(ring) {
            hasher.write_u64(bits(x));
            hasher.write_u64(bits(y));
        }
        hasher.finish()
    };
    feature.rings().map(of_ring).fold(0, u64::wrapping_add)
}

/// Whether two features have the same polygons of the same rings, in any order.
pub(in crate::revisions) fn is_one_shape(a: FeatureView<'_>, b: FeatureView<'_>) -> bool {
    if a.rings().len() != b.rings().len() || a.polygons().len() != b.polygons().len() {
        return false;
    }
    // Mostly rings are the very same coordinates.
    a.rings().zip(b.rings()).all(|(a, b)| a == b) || parts(a) == parts(b)
}

/// The rings of each polygon in an order of their own.
fn parts(feature: FeatureView<'_>) -> Vec<Vec<Vec<[u64; 2]>>> {
    let ring = |ring: &[Position]| from_least(ring).map(|[x, y]| [bits(x), bits(y)]).collect::<Vec<_>>();
    let of_polygon = |rings: &mut dyn Iterator<Item = &[Position]>| {
        let mut rings: Vec<_> = rings.map(ring).collect();
        // The exterior stays first.
        rings[1..].sort_unstable();
        rings
    };
    let mut parts: Vec<_> = feature.polygons().map(|polygon| of_polygon(&mut polygon.rings())).collect();
    parts.sort_unstable();
    parts
}

/// The positions of a closed ring from its least one on, each once.
fn from_least(ring: &[Position]) -> impl Iterator<Item = Position> + '_ {
    let open = &ring[..ring.len().saturating_sub(1)];
    let order = |a: &Position, b: &Position| a.partial_cmp(b).unwrap_or(Ordering::Equal);
    let least = open.iter().enumerate().min_by(|(_, a), (_, b)| order(a, b)).map_or(0, |(at, _)| at);
    open[least..].iter().chain(&open[..least]).copied()
}

/// The bits of a coordinate, the same for both zeros.
fn bits(coordinate: f64) -> u64 {
    (coordinate + 0.0).to_bits()
}
