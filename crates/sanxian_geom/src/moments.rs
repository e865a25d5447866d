//! Area and moments of what two polygons share, from their boundaries alone.
//!
//! # Outline
//! The indicator of a polygon is the signed sum of the regions below its edges. So the integral of any
//! function over A ∩ B is the sum, over every edge of A and every edge of B, of the product of their weights
//! and the integral over the region below the lower of the two, where both are above the same x. The sum is
//! bilinear and continuous in the coordinates: edges that nearly coincide cost rounding, nothing else.
//!
//! # Where rounding enters
//! Terms are at most the size of the window and are added in a fixed order, so the error is about
//! 10⁻¹⁶ × window × √terms. The window is the box that both polygons share; no digit goes to a zone prefix.

use crate::window::Edge;

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

/// The same integrals with x from the window's centre and y from its floor, as they are summed up.
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

/// Integrals over the part of one polygon inside a window. `edges` as [`crate::window::Seen`] leaves them.
pub(crate) fn of_one(edges: &[Edge], width: f64, height: f64) -> Moments {
    let centre = width * 0.5;
    let mut sums = Sums::default();
    for edge in edges {
        sums.add(edge.weight, edge.x0 - centre, edge.y0, edge.x1 - centre, edge.y1);
    }
    sums.about_centre(height)
}

/// Integrals over what two polygons share inside a window. Both slices are sorted by `x0`.
pub(crate) fn of_both(a: &[Edge], b: &[Edge], width: f64, height: f64) -> Moments {
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
fn below_both(sums: &mut Sums, earlier: &Edge, later: &Edge, centre: f64) {
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
fn height_at(edge: &Edge, x: f64) -> f64 {
    edge.y0 + (x - edge.x0) * ((edge.y1 - edge.y0) / (edge.x1 - edge.x0))
}
