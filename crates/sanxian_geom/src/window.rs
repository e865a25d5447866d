//! Cuts polygons down to a window, as signed edges for the overlap measure.
//!
//! # Input must
//! Keep the promises of a normalised column; rings may touch and share edges.
//!
//! # Output promises
//! Inside the window, the signed sum of the regions below the edges is the winding number of the polygon
//! (one inside, nothing outside). No polygon is built and no vertex is merged.
//!
//! # Outline
//! - An edge running west bounds from above and counts +1, one running east bounds from below and counts −1; upright
//!   edges have nothing below them.
//! - What lies below the window's bottom edge has no area inside it and is cut away.
//! - What lies above the top edge is all alike from inside: it is replaced by level pieces on the top edge, weighted
//!   with the winding number there. That number is found once at the top edge's left corner and then stepped
//!   wherever the boundary crosses the top edge.
//!
//! # One decision each
//! A vertex is above the top edge if its y is greater than the top edge's, compared exactly. An edge crosses the top edge
//! if one end is above and the other is not, and the place of the crossing is one expression of the edge,
//! whichever way it runs. The number at the corner counts the crossings that lie at or left of the corner;
//! the steps are the crossings right of it. So each crossing is used exactly once, and vertices and edges on the sides of the
//! window need no case of their own. Deciding the corner by the height of the edge there instead can disagree
//! with the place of the crossing by one rounding, and then a whole parcel is wrong.

use sanxian_model::Position;

use crate::extent::Extent;
use crate::index::{Descend, LayerIndex, Ring};

/// A piece of boundary inside a window, running west to east, in coordinates from the window's south-west
/// corner, and its weight: what the region below it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct BoundaryPiece {
    pub(crate) x0: f64,
    pub(crate) y0: f64,
    pub(crate) x1: f64,
    pub(crate) y1: f64,
    pub(crate) weight: f64,
}

/// A polygon as seen through a window.
#[derive(Debug, Default)]
pub(crate) struct ClippedEdges {
    /// Sorted by `x0`.
    pub(crate) edges: Vec<BoundaryPiece>,
    /// Crossings of the top edge: where, and what the winding number changes by going east.
    steps: Vec<(f64, f64)>,
    /// Winding number at the top edge's left corner.
    corner: f64,
    /// The layer, feature and window of the last view: zones come in runs for one subject.
    of: Option<(u64, usize, Extent)>,
}

impl ClippedEdges {
    /// Forgets the last view.
    pub(crate) fn clear(&mut self) {
        self.edges.clear();
        self.steps.clear();
        self.corner = 0.0;
        self.of = None;
    }

    /// Looks at one feature through a window.
    pub(crate) fn view(&mut self, layer: &LayerIndex, feature: usize, window: &Extent) {
        let of = (layer.number(), feature, *window);
        if self.of == Some(of) {
            return;
        }
        self.clear();
        layer.rings_near(feature, window, |ring| self.add(ring, window));
        self.close(window);
        self.of = Some(of);
    }

    /// Adds a ring.
    pub(crate) fn add(&mut self, ring: Ring<'_>, window: &Extent) {
        let [west, south] = window.min;
        let [east, top] = window.max;
        let mut corner = 0.0;
        let (edges, steps) = (&mut self.edges, &mut self.steps);
        let mut corner_of_runs = 0.0;
        ring.walk(
            |node, first, last| {
                if node.min[0] >= east || node.max[1] <= south || node.min[1] > top {
                    // Nothing inside; below or above the top edge as a whole, or right of every crossing that counts.
                    return Descend::Past;
                }
                if node.max[0] <= west {
                    // Left of the window: all its crossings count at the corner, and they telescope.
                    corner += step(first, last, top);
                    return Descend::Past;
                }
                Descend::Into
            },
            |run| {
                for pair in run.windows(2) {
                    let crossing = add_edge(pair[0], pair[1], window, edges);
                    if let Some((at, change)) = crossing {
                        if at <= west {
                            corner_of_runs += change;
                        } else if at < east {
                            steps.push((at - west, change));
                        }
                    }
                }
            },
        );
        self.corner += corner + corner_of_runs;
    }

    /// Puts the level pieces on the top edge and sorts. Call once, after the last ring.
    pub(crate) fn close(&mut self, window: &Extent) {
        let (width, height) = (window.width(), window.height());
        self.steps.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let mut from = 0.0;
        let mut winding = self.corner;
        for &(at, change) in self.steps.iter().chain([&(width, 0.0)]) {
            if winding != 0.0 && at > from {
                self.edges.push(BoundaryPiece { x0: from, y0: height, x1: at, y1: height, weight: winding });
            }
            from = at;
            winding += change;
        }
        self.edges.sort_unstable_by(|a, b| a.x0.total_cmp(&b.x0));
    }

    /// Heights at which an upright line crosses the boundary, each with its weight, added to `crossings`.
    pub(crate) fn cross(&self, x: f64, side: bool, crossings: &mut Vec<(f64, bool, f64)>) {
        for edge in &self.edges {
            if edge.x0 > x {
                break;
            }
            if x < edge.x1 {
                let height = edge.y0 + (x - edge.x0) * ((edge.y1 - edge.y0) / (edge.x1 - edge.x0));
                crossings.push((height, side, edge.weight));
            }
        }
    }

    /// Whether no boundary passes through the window, and if so how often the polygon winds around it.
    pub(crate) fn uniform(&self, window: &Extent) -> Option<f64> {
        match self.edges.as_slice() {
            [] => Some(0.0),
            [BoundaryPiece { x0, y0, x1, y1, weight }] => {
                let (width, height) = (window.width(), window.height());
                let whole = *x0 == 0.0 && *x1 == width && *y0 == height && *y1 == height;
                whole.then_some(*weight)
            }
            _ => None,
        }
    }
}

/// What a chain from `first` to `last` changes the winding number of points right of it by, on a level line.
fn step(first: Position, last: Position, top: f64) -> f64 {
    f64::from(i8::from(first[1] > top) - i8::from(last[1] > top))
}

/// Adds the part of an edge inside the window, and returns where it crosses the top edge and what that changes.
fn add_edge(p: Position, q: Position, window: &Extent, edges: &mut Vec<BoundaryPiece>) -> Option<(f64, f64)> {
    let [west, south] = window.min;
    let [east, top] = window.max;
    let (left, right, weight) = if q[0] < p[0] { (q, p, 1.0) } else { (p, q, -1.0) };
    let (left_above, right_above) = (left[1] > top, right[1] > top);
    if left_above && right_above {
        return None;
    }
    let run = right[0] - left[0];
    let crossing = (left_above != right_above).then(|| {
        let at = left[0] + (top - left[1]) * (run / (right[1] - left[1]));
        at.clamp(left[0], right[0])
    });
    if run > 0.0 && right[0] > west && left[0] < east && (left[1] > south || right[1] > south) {
        let slope = (right[1] - left[1]) / run;
        let height =
            |x: f64| (left[1] + (x - left[0]) * slope).clamp(left[1].min(right[1]), left[1].max(right[1]));
        let (mut x0, mut y0) = if left[0] >= west { (left[0], left[1]) } else { (west, height(west)) };
        let (mut x1, mut y1) = if right[0] <= east { (right[0], right[1]) } else { (east, height(east)) };
        if let Some(at) = crossing {
            if left_above && at > x0 {
                (x0, y0) = (at, top);
            } else if right_above && at < x1 {
                (x1, y1) = (at, top);
            }
        }
        // The crossing decides which part is below the top edge; heights only follow.
        y0 = y0.min(top);
        y1 = y1.min(top);
        if x0 < x1 && (y0 > south || y1 > south) {
            if y0 < south {
                x0 = (x1 - (y1 - south) * ((x1 - x0) / (y1 - y0))).clamp(x0, x1);
                y0 = south;
            } else if y1 < south {
                x1 = (x0 + (y0 - south) * ((x1 - x0) / (y0 - y1))).clamp(x0, x1);
                y1 = south;
            }
            if x0 < x1 {
                edges.push(BoundaryPiece {
                    x0: x0 - west,
                    y0: y0 - south,
                    x1: x1 - west,
                    y1: y1 - south,
                    weight,
                });
            }
        }
    }
    crossing.map(|at| (at, f64::from(i8::from(p[1] > top) - i8::from(q[1] > top))))
}
