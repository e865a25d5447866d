//! Polygons out of polygons, by `i_overlay` and for many edges by [`crate::noded_overlay`].
//!
//! # Where rounding enters
//! Coordinates are taken from an origin near the shapes and rounded to a fixed lattice of 2⁻²⁶ of a metre
//! (about 1.5e-8 m; 2⁻⁴⁴ of a degree), a power of two so that the way back is exact. The lattice does not
//! depend on the shapes' size, so a far part of a zone cannot move a vertex here. Crossings are rounded to
//! the lattice too. Net areas are on a finer lattice, made for the size of the shapes, with coordinates from their corner
//! ([`Lattice::across`]). Areas that are reported come from [`crate::Measurer`].

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;
use sanxian_model::{Crs, CrsKind, Position};

use crate::noded_overlay::NodedOverlay;
use crate::noding::Windings;

/// Polygons, each an exterior ring and its holes, closed, exteriors counter-clockwise.
pub type Shapes = Vec<Vec<Vec<Position>>>;

/// Binary logarithm of the most steps of a lattice along a side: a double holds three digits more.
const STEPS_ALONG_A_SIDE: f64 = 50.0;

/// How rings are turned into integers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lattice {
    origin: Position,
    per_unit: f64,
}

/// What to keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// What both cover.
    Both,
    /// What either covers.
    Either,
    /// What the first covers and the second does not.
    FirstOnly,
}

impl Lattice {
    /// The lattice for shapes near a place.
    pub(crate) fn near(place: Position, crs: &Crs) -> Self {
        let per_unit = match crs.kind {
            CrsKind::Geographic { .. } => (1_u64 << 44) as f64,
            CrsKind::Projected { .. } | CrsKind::Plane => (1_u64 << 26) as f64,
        };
        Self { origin: place.map(f64::floor), per_unit }
    }

    /// The finest lattice for coordinates from the corner of a box of such a side, that reach a few parts in a hundred
    /// beyond it: 2⁴⁹ to 2⁵⁰ steps along the side. That is 2⁻³⁹ of a metre for 2 km, and what a double holds of
    /// coordinates is on the lattice, there and back. The library allows 2⁶² steps.
    pub(crate) fn across(side: f64) -> Self {
        let exponent = (STEPS_ALONG_A_SIDE - side.log2().ceil()).clamp(-1_000.0, 1_000.0);
        Self { origin: [0.0; 2], per_unit: exponent.exp2() }
    }

    /// Rings rounded to the lattice.
    pub(crate) fn lay<R: AsRef<[Position]>>(&self, rings: &[R]) -> Vec<LatticeRing> {
        let number = |value: f64, origin: f64| ((value - origin) * self.per_unit).round() as i64;
        rings
            .iter()
            .map(|ring| {
                let ring = ring.as_ref();
                let open = &ring[..ring.len().saturating_sub(1)];
                open.iter()
                    .map(|p| IntPoint::new(number(p[0], self.origin[0]), number(p[1], self.origin[1])))
                    .collect()
            })
            .collect()
    }

    /// The way back from the lattice for one point.
    pub(crate) fn position(&self, p: IntPoint<i64>) -> Position {
        [p.x as f64 / self.per_unit + self.origin[0], p.y as f64 / self.per_unit + self.origin[1]]
    }

    /// The way back from the lattice.
    pub(crate) fn lift(&self, shapes: LatticeShapes) -> Shapes {
        let ring = |points: Vec<IntPoint<i64>>| {
            let mut ring: Vec<Position> = points.into_iter().map(|p| self.position(p)).collect();
            if let Some(&first) = ring.first() {
                ring.push(first);
            }
            ring
        };
        shapes.into_iter().map(|rings| rings.into_iter().map(ring).collect()).collect()
    }

    /// Combines two sets of rings, each filled where its winding number is not zero.
    pub(crate) fn combine(&self, first: &[Vec<Position>], second: &[Vec<Position>], keep: Keep) -> Shapes {
        let rule = match keep {
            Keep::Both => OverlayRule::Intersect,
            Keep::Either => OverlayRule::Union,
            Keep::FirstOnly => OverlayRule::Difference,
        };
        self.lift(overlay(&self.lay(first), &self.lay(second), rule, FillRule::NonZero))
    }

    /// Side of a cell of the lattice, in units of the CRS.
    pub(crate) fn step(&self) -> f64 {
        1.0 / self.per_unit
    }
}

/// A ring on the lattice, without its closing point.
pub(crate) type LatticeRing = Vec<IntPoint<i64>>;
/// Polygons on the lattice, each an exterior ring and its holes.
pub(crate) type LatticeShapes = Vec<Vec<LatticeRing>>;

/// From this number of edges on the library sorts edges into bins and may compare all that stand side by side.
const BINNED: usize = 32_000;

/// What the first rings cover by the rule; `second` is filled by the same rule.
pub(crate) fn overlay(
    first: &[LatticeRing],
    second: &[LatticeRing],
    rule: OverlayRule,
    fill: FillRule,
) -> LatticeShapes {
    let edges: usize = first.iter().chain(second).map(Vec::len).sum();
    if edges >= BINNED
        && let Some(noded) = NodedOverlay::of(first, second)
    {
        return noded.polygons(|windings| is_inside(windings, rule, fill));
    }
    run(first, second, rule, fill)
}

/// Whether a place of such winding numbers belongs to the result.
fn is_inside(windings: Windings, rule: OverlayRule, fill: FillRule) -> bool {
    let [first, second] = windings.map(|winding| match fill {
        FillRule::EvenOdd => winding % 2 != 0,
        FillRule::NonZero => winding != 0,
        FillRule::Positive => winding > 0,
        FillRule::Negative => winding < 0,
    });
    match rule {
        OverlayRule::Subject => first,
        OverlayRule::Clip => second,
        OverlayRule::Intersect => first && second,
        OverlayRule::Union => first || second,
        OverlayRule::Difference => first && !second,
        OverlayRule::InverseDifference => second && !first,
        OverlayRule::Xor => first != second,
    }
}

fn run(first: &[LatticeRing], second: &[LatticeRing], rule: OverlayRule, fill: FillRule) -> LatticeShapes {
    let options = IntOverlayOptions { ogc: true, ..IntOverlayOptions::default() };
    // Threads are handed out one level up, by pairs.
    let solver = Solver { multithreading: None, ..Solver::AUTO };
    Overlay::<i64>::from_subj_and_clip_custom(first, second, options, solver).overlay(rule, fill)
}

/// Twice the signed area of a ring in cells of the lattice, exact.
pub(crate) fn twice_area(ring: &[IntPoint<i64>]) -> i128 {
    let Some((first, rest)) = ring.split_first() else { return 0 };
    let from_first = |p: IntPoint<i64>| (i128::from(p.x - first.x), i128::from(p.y - first.y));
    rest.windows(2)
        .map(|pair| {
            let ((px, py), (qx, qy)) = (from_first(pair[0]), from_first(pair[1]));
            px * qy - qx * py
        })
        .sum()
}

/// Twice the area of polygons whose exteriors turn counter-clockwise and holes clockwise.
pub(crate) fn twice_area_of(shapes: &LatticeShapes) -> i128 {
    shapes.iter().flatten().map(|ring| twice_area(ring)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number generator that is good enough for coordinates (splitmix64).
    fn random(state: &mut u64, below: i64) -> i64 {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below as u64) as i64
    }

    /// On a grid edges run along each other, touch, and cross in vertices of others all the time; cells are so
    /// large that all crossings are close to whole.
    #[test]
    fn both_ways_of_overlay_agree() {
        let rules = [
            OverlayRule::Subject,
            OverlayRule::Intersect,
            OverlayRule::Union,
            OverlayRule::Difference,
            OverlayRule::Xor,
        ];
        let mut state = 17;
        for round in 0..3_000 {
            let size = 3 + round % 9;
            let cell = 1 << 40;
            let mut rings = |count: i64| -> Vec<LatticeRing> {
                (0..count)
                    .map(|_| {
                        let points = 3 + random(&mut state, 8);
                        let mut coordinate = || random(&mut state, size) * cell;
                        (0..points).map(|_| IntPoint::new(coordinate(), coordinate())).collect()
                    })
                    .collect()
            };
            let (first, second) = (rings(1 + round % 3), rings(1 + round % 2));
            let noded = NodedOverlay::of(&first, &second).expect("few edges");
            for rule in rules {
                for fill in [FillRule::NonZero, FillRule::Positive, FillRule::EvenOdd] {
                    let at = format!("{rule} {fill:?} of {first:?} and {second:?}");
                    let theirs = twice_area_of(&run(&first, &second, rule, fill));
                    let ours = noded.polygons(|windings| is_inside(windings, rule, fill));
                    let area = noded.twice_area(|windings| is_inside(windings, rule, fill));
                    let near = |a: i128, b: i128, what: &str| {
                        // A crossing off by a cell moves an edge of some cells by one.
                        assert!((a - b).abs() < 1 << 48, "{what}: {a} and {b}, {at}");
                    };
                    near(area, theirs, "area");
                    assert_eq!(twice_area_of(&ours), area, "{at}");
                    for polygon in &ours {
                        assert!(twice_area(&polygon[0]) > 0, "{at}");
                        assert!(polygon[1..].iter().all(|hole| twice_area(hole) < 0), "{at}");
                        // Each hole lies in its exterior.
                        let outside =
                            run(&polygon[1..], &polygon[..1], OverlayRule::Difference, FillRule::NonZero);
                        near(twice_area_of(&outside), 0, "outside");
                    }
                }
            }
        }
    }
}
