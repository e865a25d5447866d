//! What a feature is known by that has no identifier of its own.

use sanxian_model::{Crs, FeatureView, Position, fnv1a};

/// A hash of the shape, as `@` and sixteen digits. It is the same wherever rings begin and in whatever order they and the polygons stand,
/// and coordinates may be written with a millimetre, or 10⁻⁷ of a degree, between them and what they were.
///
/// Rings must be turned as [normalising](sanxian_layer::normalise) does.
pub(super) fn shape_key(feature: FeatureView<'_>, crs: &Crs) -> String {
    let parts = if crs.has_plane() { 1e3 } else { 1e7 };
    let rounded = |[x, y]: &Position| [x, y].map(|value| (value * parts).round() as i64);
    let of_ring = |ring: &[Position]| {
        let mut open: Vec<[i64; 2]> = ring.iter().map(rounded).collect();
        open.pop();
        // Positions that fall together in rounding count once.
        open.dedup();
        let least = (0..open.len()).min_by_key(|&at| open[at]).unwrap_or_default();
        open.rotate_left(least);
        fnv1a(open.into_iter().flatten().flat_map(i64::to_le_bytes))
    };
    let hash = feature.rings().map(of_ring).fold(0, u64::wrapping_add);
    format!("@{hash:016x}")
}

#[cfg(test)]
mod tests {
    use sanxian_model::{PolygonColumnBuilder, Position};

    use super::*;

    fn key(polygons: &[&[&[Position]]]) -> String {
        let mut column = PolygonColumnBuilder::new();
        column.push_feature(polygons.iter().map(|rings| rings.iter().map(|ring| ring.to_vec())));
        shape_key(column.finish().feature(0), &Crs::plane())
    }

    #[test]
    fn a_shape_is_known_wherever_its_rings_begin() {
        let ring = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]];
        let turned = [[10.0, 10.0], [0.0, 10.0], [0.0, 0.0], [10.0, 0.0], [10.0, 10.0]];
        let other = [[20.0, 0.0], [30.0, 0.0], [30.0, 10.0], [20.0, 0.0]];
        let saved = ring.map(|[x, y]| [x + 1e-9, y - 1e-9]);
        let moved = ring.map(|[x, y]| [x + 0.002, y]);
        assert_eq!(key(&[&[&ring]]), key(&[&[&turned]]));
        assert_eq!(key(&[&[&ring]]), key(&[&[&saved]]));
        assert_eq!(key(&[&[&ring], &[&other]]), key(&[&[&other], &[&turned]]));
        assert_ne!(key(&[&[&ring]]), key(&[&[&moved]]));
        assert_ne!(key(&[&[&ring]]), key(&[&[&ring], &[&other]]));
    }
}
