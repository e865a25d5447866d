//! Cuts a window that is too long for one sum into tiles, guided by the edges in it.
//!
//! # Output promises
//! The tiles do not overlap, every spot of the window that both polygons cover lies in one, and they depend
//! on the window and the edges in it alone. Their number is bounded by the number of edges, not by the size
//! of the window: at most [`TESTS_AN_EDGE`] tests of an edge against a tile are spent for each edge, unless the tiles must
//! be small ([`Cut::Fine`]); what is left then stays as it is, in larger tiles.
//!
//! # Outline
//! Tiles are halved along grid lines, level by level, each with the list of edges that meet it.
//! - A tile that one polygon leaves empty is dropped.
//! - A tile without any edge is whole: it is left as large as it is.
//! - A tile of the size of the grid is not cut further. Nor is, in the plane, one with few edges of one
//!   polygon and none of the other: rounding there stays within the digits of the vertices themselves.

use sanxian_model::Position;

use crate::extent::Extent;

/// An edge, in either direction.
pub(crate) type Segment = [Position; 2];

/// How far tiles with edges are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Always down to the grid: the areal scale is a quadratic across one tile only.
    Fine,
    /// As far as it pays: the areal scale is the same everywhere.
    AsItPays,
}

/// Edges of one polygon alone that are not worth cutting, with [`Cut::AsItPays`].
const FEW: usize = 16;
/// Tests of an edge against a tile, for each edge; a tile of 4 096 m in a window of 10⁹ m is 36 halvings deep.
const TESTS_AN_EDGE: usize = 96;
/// The same for windows with few edges.
const FEWEST_TESTS: usize = 1 << 16;

/// A block of grid cells and the edges of either polygon that meet it.
struct Block {
    /// First and last grid line, by axis. Whole numbers; as floats they cannot overflow.
    lines: [[f64; 2]; 2],
    a: Vec<u32>,
    b: Vec<u32>,
}

/// The tiles of a window, in a fixed order.
///
/// `empty` tells of a tile that no edge of a polygon (0 or 1) meets whether that polygon is absent there.
/// For one polygon alone, `b` is none.
pub(crate) fn tiles(
    window: &Extent,
    (side, cut): (f64, Cut),
    a: &[Segment],
    b: Option<&[Segment]>,
    mut empty: impl FnMut(usize, &Extent) -> bool,
) -> Vec<Extent> {
    let lines = [0, 1].map(|axis| [(window.min[axis] / side).floor(), (window.max[axis] / side).ceil()]);
    let edges_b = b.unwrap_or(&[]);
    let all = |edges: &[Segment]| (0..edges.len() as u32).collect::<Vec<_>>();
    let mut budget = ((a.len() + edges_b.len()) * TESTS_AN_EDGE).max(FEWEST_TESTS);
    let mut level = vec![Block { lines, a: all(a), b: all(edges_b) }];
    let mut done = Vec::new();
    while !level.is_empty() {
        let mut next = Vec::new();
        for block in level {
            let tests = block.a.len() + block.b.len();
            let alone = block.a.is_empty() || block.b.is_empty();
            let enough = match cut {
                Cut::Fine => false,
                Cut::AsItPays => (alone && tests <= FEW) || budget < 2 * tests,
            };
            let Some((axis, middle)) = halve(&block.lines).filter(|_| tests > 0 && !enough) else {
                done.push(tile(&block.lines, side, window));
                continue;
            };
            budget = budget.saturating_sub(2 * tests);
            for half in 0..2 {
                let mut lines = block.lines;
                lines[axis][1 - half] = middle;
                let extent = tile(&lines, side, window);
                let meeting = |list: &[u32], edges: &[Segment]| -> Vec<u32> {
                    list.iter().copied().filter(|&k| meets(&edges[k as usize], &extent)).collect()
                };
                let child = Block { lines, a: meeting(&block.a, a), b: meeting(&block.b, edges_b) };
                let absent = (child.a.is_empty() && !block.a.is_empty() && empty(0, &extent))
                    || (b.is_some() && child.b.is_empty() && !block.b.is_empty() && empty(1, &extent));
                if !absent {
                    next.push(child);
                }
            }
        }
        level = next;
    }
    done
}

/// The grid line in the middle of the longer side of a block; none for a single cell.
fn halve(lines: &[[f64; 2]; 2]) -> Option<(usize, f64)> {
    let length = |axis: usize| lines[axis][1] - lines[axis][0];
    let axis = usize::from(length(1) > length(0));
    let middle = (0.5 * lines[axis][0] + 0.5 * lines[axis][1]).floor();
    // Beyond 2⁵³ cells there is no whole number between two neighbours.
    (length(axis) > 1.0 && lines[axis][0] < middle && middle < lines[axis][1]).then_some((axis, middle))
}

fn tile(lines: &[[f64; 2]; 2], side: f64, window: &Extent) -> Extent {
    let corner = |end: usize| [lines[0][end] * side, lines[1][end] * side];
    Extent { min: corner(0), max: corner(1) }.intersection(*window)
}

/// Whether an edge meets a box. In doubt it does: that costs a cut, never a result.
pub(crate) fn meets(&[p, q]: &Segment, extent: &Extent) -> bool {
    if !Extent::of(&[p, q]).touches(extent) {
        return false;
    }
    let [dx, dy] = [q[0] - p[0], q[1] - p[1]];
    let centre = extent.centre();
    let (along, across) = (dx * (centre[1] - p[1]), dy * (centre[0] - p[0]));
    let reach = (dx.abs() * extent.height() + dy.abs() * extent.width()) * 0.5;
    (along - across).abs() <= reach * (1.0 + 1e-12) + (along.abs() + across.abs()) * 1e-14
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(side: f64) -> Extent {
        Extent { min: [0.0, 0.0], max: [side, side] }
    }

    #[test]
    fn tiles_without_overlap_fill_the_window_where_both_are() {
        let edges: Vec<Segment> = vec![[[0.0, 0.0], [64.0, 64.0]], [[3.0, 50.0], [3.5, 51.0]]];
        for cut in [Cut::Fine, Cut::AsItPays] {
            let found = tiles(&window(64.0), (1.0, cut), &edges, None, |_, _| false);
            let sum: f64 = found.iter().map(|t| t.width() * t.height()).sum();
            assert_eq!(sum, 64.0 * 64.0, "{cut:?}");
            for (k, one) in found.iter().enumerate() {
                assert!(found[..k].iter().all(|other| !one.intersection(*other).has_inside()), "{cut:?}");
            }
        }
    }

    #[test]
    fn tiles_are_as_small_as_the_grid_where_edges_are() {
        let edges: Vec<Segment> = vec![[[0.1, 0.1], [63.9, 60.0]]];
        let found = tiles(&window(64.0), (1.0, Cut::Fine), &edges, None, |_, _| false);
        assert!(found.iter().filter(|t| meets(&edges[0], t)).all(|t| t.width() == 1.0 && t.height() == 1.0));
        assert!(found.len() < 600, "{}", found.len());
    }

    #[test]
    fn the_number_of_tiles_is_bounded_whatever_the_window() {
        // A dense cluster, and edges that run away together as far as numbers go.
        for far in [1e9, 1e15, 1e150] {
            let mut edges: Vec<Segment> =
                (0..1_000).map(|k| [[f64::from(k), 0.0], [f64::from(k), 9_000.0]]).collect();
            edges.extend((0..40).map(|k| [[f64::from(k), 0.0], [far, far - f64::from(k)]]));
            let window = Extent { min: [0.0, 0.0], max: [far, far] };
            let found = tiles(&window, (4_096.0, Cut::AsItPays), &edges, Some(&edges), |_, _| false);
            assert!(found.len() < 2 * edges.len() * TESTS_AN_EDGE, "{}", found.len());
        }
    }

    #[test]
    fn an_empty_tile_is_dropped() {
        let edges: Vec<Segment> = vec![[[0.5, 0.5], [0.6, 0.6]]];
        let found = tiles(&window(64.0), (1.0, Cut::Fine), &edges, None, |_, _| true);
        assert_eq!(found, [window(1.0)]);
    }
}
