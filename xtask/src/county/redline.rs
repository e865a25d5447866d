//! Redline of a bench county: few features, each with very many vertices and with holes.
//!
//! A redline is drawn along the edges of forests and waters that no cadastre knows, so it has a coverage of
//! its own, finer than the patches, and cuts across them. The county is split into four by four blocks with
//! one feature each; the largest has up to 200 000 vertices and the smallest some two thousand, as delivered
//! redlines have.

use sanxian_model::{PolygonColumn, PolygonColumnBuilder, Position};

use super::coverage::Coverage;
use super::random::bumps;
use super::region::CellSet;

/// Vertices of each feature of a county of 200 000 patches or more; smaller counties have fewer in
/// proportion.
const VERTICES: [f64; 16] =
    [195e3, 95e3, 60e3, 40e3, 25e3, 20e3, 15e3, 10e3, 8e3, 6e3, 5e3, 4e3, 4e3, 3e3, 2e3, 2e3];

/// The redline of a county that reaches from `origin` over `size` metres east and north.
pub(crate) fn redline(seed: u64, origin: Position, size: [f64; 2], patches: usize) -> PolygonColumn {
    let share = (patches as f64 / 200_000.0).min(1.0);
    let mut column = PolygonColumnBuilder::new();
    for (number, vertices) in VERTICES.iter().enumerate() {
        // 5 has no common factor with 16, so that large and small features are spread over the blocks.
        let block = number * 5 % 16;
        let corner = [0, 1].map(|axis| {
            let place = if axis == 0 { block % 4 } else { block / 4 };
            origin[axis] + size[axis] / 4.0 * (place as f64 + 0.1)
        });
        let side = size[0].min(size[1]) / 4.0 * 0.8;
        column.push_feature([feature(seed.wrapping_add(number as u64), corner, side, vertices * share)]);
    }
    column.finish()
}

/// One feature in the square of that side, with about that many vertices.
fn feature(seed: u64, corner: Position, side: f64, vertices: f64) -> Vec<Vec<Position>> {
    // A ragged region has about 0.35 outline sides for each cell; sixteen segments to a side then give the
    // number of vertices asked for.
    let cells = (vertices / 16.0 / 0.35).sqrt().ceil().max(8.0) as i64;
    let mut set = CellSet::new(cells, cells, |i, j| {
        let [u, v] = [i, j].map(|k| (k as f64 + 0.5) / cells as f64 * 2.0 - 1.0);
        // Dense in the middle, nothing in the corners, bumps of about eight cells.
        bumps(seed, i as f64 / 8.0, j as f64 / 8.0) > 0.2 + 0.4 * (u * u + v * v)
    });
    set.open_corners();
    let region = set.parts().swap_remove(0);
    let wanted = (vertices / region.outline_sides() as f64).max(1.0).log2();
    let coverage = Coverage {
        seed,
        origin: corner,
        cell: side / cells as f64,
        halvings: vec![wanted.floor() as u32, wanted.ceil() as u32],
        parts_per_metre: 10_000.0,
        island_every: 0,
        straight: Vec::new(),
    };
    region.polygon(&coverage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_features_of_the_promised_size() {
        let column = redline(3, [450_000.0, 3_700_000.0], [44_000.0, 44_000.0], 200_000);
        assert_eq!(column.len(), 16);
        let largest = (0..16).map(|feature| column.vertices_of(feature)).max().expect("16 features");
        assert!((140_000..=220_000).contains(&largest), "the largest has {largest} vertices");
        assert!(column.coords().len() > 400_000, "{} vertices", column.coords().len());
        assert!(column.ring_count() > 100, "{} rings", column.ring_count());
    }
}
