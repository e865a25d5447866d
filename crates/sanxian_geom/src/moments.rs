//! Area and moments of what two polygons share, from their boundaries alone.
//!
//! # Outline
//! The indicator of a polygon is the signed sum of the regions below its edges. So the integral of any
//! function over A ∩ B is the sum, over every edge of A and every edge of B, of the product of their weights
//! and the integral over the region below the lower of the two, where both are above the same x. The sum is
//! bilinear and continuous in the coordinates: edges that nearly coincide cost rounding, nothing else.
//!
//! `docs/engine.md` derives all of it, with figures and an example.
//!
//! # The six integrals
//! Below a straight piece from (x₀, y₀) to (x₁, y₁), h = x₁ − x₀, down to y = 0:
//!
//! ```text
//! ∬ 1   = S = h (y₀ + y₁) / 2
//! ∬ x   = x₀ S + F                       F = h² (y₀ + 2 y₁) / 6
//! ∬ x²  = x₀ (x₀ S + 2 F) + h³ (y₀ + 3 y₁) / 12
//! ∬ y   = Y = h (y₀² + y₀ y₁ + y₁²) / 6
//! ∬ x y = x₀ Y + h² (y₀² + 2 y₀ y₁ + 3 y₁²) / 24
//! ∬ y²  = h (y₀ + y₁) (y₀² + y₁²) / 12
//! ```
//!
//! # Where rounding enters
//! With u = 2⁻⁵³, a term is wrong by at most 16 u × its width × the height of the window, and n terms are
//! added in a fixed order. The window is the box that both polygons share, so vertices in it keep their digits;
//! a point where the window cuts an edge is good to the last place of the coordinates as given.

use crate::window::BoundaryPiece;

/// Integrals over a region: of 1, and of the products of the distances from the window's centre.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Moments {
    /// ∬ 1
    pub area: f64,
    /// ∬ x
    pub x: f64,
    /// ∬ y
    pub y: f64,
    /// ∬ x²
    pub xx: f64,
    /// ∬ x y
    pub xy: f64,
    /// ∬ y²
    pub yy: f64,
}

/// The same integrals with x from the window's centre and y from its bottom edge, as they are summed up.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    area: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Sums {
    /// Adds the region below a straight piece from (`x0`, `y0`) to (`x1`, `y1`).
    #[inline]
    fn add(&mut self, weight: f64, x0: f64, y0: f64, x1: f64, y1: f64) {
        let width = (x1 - x0) * weight;
        let step = x1 - x0;
        let sum = y0 + y1;
        let area = width * sum * (1.0 / 2.0);
        let first = width * step * (sum + y1) * (1.0 / 6.0);
        let second = width * step * step * (sum + 2.0 * y1) * (1.0 / 12.0);
        let squares = y0 * y0 + y1 * y1;
        let height = width * (squares + y0 * y1) * (1.0 / 6.0);
        let product = width * step * (squares + 2.0 * y1 * sum) * (1.0 / 24.0);
        self.area += area;
        self.x += x0 * area + first;
        self.xx += x0 * (x0 * area + 2.0 * first) + second;
        self.y += height;
        self.xy += x0 * height + product;
        self.yy += width * squares * sum * (1.0 / 12.0);
    }

    fn about_centre(&self, window_height: f64) -> Moments {
        let floor = window_height * 0.5;
        Moments {
            area: self.area,
            x: self.x,
            y: self.y - floor * self.area,
            xx: self.xx,
            xy: self.xy - floor * self.x,
            yy: self.yy - floor * (2.0 * self.y - floor * self.area),
        }
    }
}

/// Integrals over the part of one polygon inside a window. `edges` as [`crate::window::ClippedEdges`] leaves them.
pub(crate) fn of_one(edges: &[BoundaryPiece], width: f64, height: f64) -> Moments {
    let centre = width * 0.5;
    let mut sums = Sums::default();
    for edge in edges {
        sums.add(edge.weight, edge.x0 - centre, edge.y0, edge.x1 - centre, edge.y1);
    }
    sums.about_centre(height)
}

/// Integrals over what two polygons share inside a window. Both slices are sorted by `x0`.
pub(crate) fn of_both(a: &[BoundaryPiece], b: &[BoundaryPiece], width: f64, height: f64) -> Moments {
    let centre = width * 0.5;
    let mut sums = Sums::default();
    let (mut i, mut j) = (0, 0);
    // Each pair of edges that share a stretch of x is met once: when the later of the two begins.
    while i < a.len() && j < b.len() {
        if a[i].x0 <= b[j].x0 {
            for other in &b[j..] {
                if other.x0 >= a[i].x1 {
                    break;
                }
                below_both(&mut sums, &a[i], other, centre);
            }
            i += 1;
        } else {
            for other in &a[i..] {
                if other.x0 >= b[j].x1 {
                    break;
                }
                below_both(&mut sums, &b[j], other, centre);
            }
            j += 1;
        }
    }
    sums.about_centre(height)
}

/// Adds the region below the lower of two edges; `later` begins no further west than `earlier`.
#[inline]
fn below_both(sums: &mut Sums, earlier: &BoundaryPiece, later: &BoundaryPiece, centre: f64) {
    let x0 = later.x0;
    let x1 = earlier.x1.min(later.x1);
    let weight = earlier.weight * later.weight;
    let e0 = height_at(earlier, x0);
    let e1 = if x1 == earlier.x1 { earlier.y1 } else { height_at(earlier, x1) };
    let l0 = later.y0;
    let l1 = if x1 == later.x1 { later.y1 } else { height_at(later, x1) };
    let (above0, above1) = (e0 - l0, e1 - l1);
    let (from, to) = (x0 - centre, x1 - centre);
    if above0 >= 0.0 && above1 >= 0.0 {
        sums.add(weight, from, l0, to, l1);
    } else if above0 <= 0.0 && above1 <= 0.0 {
        sums.add(weight, from, e0, to, e1);
    } else {
        // They cross: the lower one changes at `at`.
        let part = above0 / (above0 - above1);
        let at = from + (to - from) * part;
        let height = l0 + (l1 - l0) * part;
        sums.add(weight, from, e0.min(l0), at, height);
        sums.add(weight, at, height, to, e1.min(l1));
    }
}

#[inline]
fn height_at(edge: &BoundaryPiece, x: f64) -> f64 {
    edge.y0 + (x - edge.x0) * ((edge.y1 - edge.y0) / (edge.x1 - edge.x0))
}

#[cfg(test)]
mod tests {
    use sanxian_model::{PolygonColumn, PolygonColumnBuilder, Position};

    use super::*;
    use crate::extent::Extent;
    use crate::index::LayerIndex;
    use crate::window::ClippedEdges;

    fn polygon(open: &[Position]) -> PolygonColumn {
        let mut ring = open.to_vec();
        ring.push(open[0]);
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([[ring]]);
        builder.finish()
    }

    fn edges_in(open: &[Position], window: &Extent) -> Vec<BoundaryPiece> {
        let column = polygon(open);
        let mut seen = ClippedEdges::default();
        seen.view(&LayerIndex::build(&column), 0, window);
        let mut edges = seen.edges;
        edges.sort_by(|e, f| (e.x0, e.y0, e.y1).partial_cmp(&(f.x0, f.y0, f.y1)).expect("numbers"));
        edges
    }

    /// A number as the page writes it: `−7/12`.
    fn number(text: &str) -> f64 {
        let text = text.trim().replace('−', "-");
        let mut parts = text.split('/').map(|part| part.parse::<f64>().expect("a number"));
        let numerator = parts.next().unwrap_or_default();
        numerator / parts.next().unwrap_or(1.0)
    }

    /// The six numbers at the end of a row of the page's table.
    fn row(page: &str, head: &str) -> [f64; 6] {
        let line = page.lines().find(|line| line.starts_with(&format!("| {head} |"))).expect(head);
        let cells: Vec<&str> = line.trim_matches('|').split('|').collect();
        std::array::from_fn(|k| number(cells[cells.len() - 6 + k]))
    }

    /// A row of the page's table of pieces.
    fn piece(page: &str, head: &str) -> BoundaryPiece {
        let line = page.lines().find(|line| line.starts_with(&format!("| {head} |"))).expect(head);
        let mut cells = line.trim_matches('|').split('|').skip(1);
        let mut next = || cells.next().expect("a cell").trim().trim_matches(['(', ')', '+']);
        let ends = [next(), next()].map(|place| place.split_once(", ").expect("two numbers"));
        let [[x0, y0], [x1, y1]] = ends.map(|(x, y)| [number(x), number(y)]);
        BoundaryPiece { x0, y0, x1, y1, weight: number(next()) }
    }

    fn assert_close(found: [f64; 6], stated: [f64; 6], what: &str) {
        for (a, b) in found.iter().zip(stated) {
            assert!((a - b).abs() < 1e-13, "{what}: {found:?}, the page says {stated:?}");
        }
    }

    #[test]
    fn the_worked_example_of_the_engine_page() {
        let page = include_str!("../../../docs/engine.md");
        let window = Extent { min: [1.0, 1.0], max: [5.0, 5.0] };
        let a = edges_in(&[[0.0, 0.0], [8.0, 0.0], [0.0, 8.0]], &window);
        let b = edges_in(&[[1.0, 1.0], [5.0, 2.0], [4.0, 5.0], [2.0, 5.0]], &window);
        let [a1, a2, b1, b2, b3, b4] = ["a1", "a2", "b1", "b2", "b3", "b4"].map(|head| piece(page, head));
        assert_eq!(a, [a1, a2]);
        assert_eq!(b, [b1, b4, b3, b2]);

        let centre = 2.0;
        let mut sum = [0.0; 6];
        for (head, e, f) in [
            ("a1 b1", a1, b1),
            ("a1 b3", a1, b3),
            ("a1 b4", a1, b4),
            ("a2 b1", a2, b1),
            ("a2 b2", a2, b2),
            ("a2 b3", a2, b3),
        ] {
            let mut sums = Sums::default();
            let (earlier, later) = if e.x0 <= f.x0 { (e, f) } else { (f, e) };
            below_both(&mut sums, &earlier, &later, centre);
            let found = [sums.area, sums.x, sums.y, sums.xx, sums.xy, sums.yy];
            assert_close(found, row(page, head), head);
            for (sum, part) in sum.iter_mut().zip(found) {
                *sum += part;
            }
        }
        assert_close(sum, row(page, "sum"), "the sum of the pairs");
        let m = of_both(&a, &b, 4.0, 4.0);
        assert_close([m.area, m.x, m.y, m.xx, m.xy, m.yy], row(page, "about the centre"), "the sum");
    }
}
