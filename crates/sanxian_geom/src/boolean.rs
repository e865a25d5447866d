//! Polygons out of polygons: the one module that knows `i_overlay`.
//!
//! # Where rounding enters
//! Coordinates are taken from an origin near the shapes and rounded to a fixed lattice of 2⁻²⁶ of a metre
//! (about 1.5e-8 m; 2⁻⁴⁴ of a degree), a power of two so that the way back is exact. The lattice does not
//! depend on the shapes' size, so a far part of a zone cannot move a vertex here. Crossings are rounded to
//! the lattice too. Areas that are reported never come from here: they come from [`crate::Measurer`].

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;
use sanxian_model::{Crs, CrsKind, Position};

/// Polygons, each an exterior ring and its holes, closed, exteriors counter-clockwise.
pub type Shapes = Vec<Vec<Vec<Position>>>;

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

    /// The way back from the lattice.
    pub(crate) fn lift(&self, shapes: LatticeShapes) -> Shapes {
        let place = |p: IntPoint<i64>| {
            [p.x as f64 / self.per_unit + self.origin[0], p.y as f64 / self.per_unit + self.origin[1]]
        };
        let ring = |points: Vec<IntPoint<i64>>| {
            let mut ring: Vec<Position> = points.into_iter().map(place).collect();
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

/// From this number of edges on the library sorts edges into bins along x.
const BINNED: usize = 32_000;

/// What the first rings cover by the rule; `second` is filled by the same rule.
pub(crate) fn overlay(
    first: &[LatticeRing],
    second: &[LatticeRing],
    rule: OverlayRule,
    fill: FillRule,
) -> LatticeShapes {
    let edges: usize = first.iter().chain(second).map(Vec::len).sum();
    if edges >= BINNED {
        let [along_x, along_y] = edges_at_a_line(first, second);
        if along_x > 2.0 * along_y {
            // An edge is in each bin that it meets: with the axes changed round there are fewer.
            let (first, second) = (turned_over(first), turned_over(second));
            let found = run(&first, &second, rule, fill);
            return found.iter().map(|rings| turned_over(rings)).collect();
        }
    }
    run(first, second, rule, fill)
}

fn run(first: &[LatticeRing], second: &[LatticeRing], rule: OverlayRule, fill: FillRule) -> LatticeShapes {
    let options = IntOverlayOptions { ogc: true, ..IntOverlayOptions::default() };
    // Threads are handed out one level up, by pairs.
    let solver = Solver { multithreading: None, ..Solver::AUTO };
    Overlay::<i64>::from_subj_and_clip_custom(first, second, options, solver).overlay(rule, fill)
}

/// How many edges an upright line meets on average, and how many a level one.
pub(crate) fn edges_at_a_line(first: &[LatticeRing], second: &[LatticeRing]) -> [f64; 2] {
    let (mut sums, mut min, mut max) = ([0.0; 2], [i64::MAX; 2], [i64::MIN; 2]);
    for ring in first.iter().chain(second) {
        for (p, q) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            for (axis, (from, to)) in [(p.x, q.x), (p.y, q.y)].into_iter().enumerate() {
                sums[axis] += from.abs_diff(to) as f64;
                (min[axis], max[axis]) = (min[axis].min(from), max[axis].max(from));
            }
        }
    }
    [0, 1].map(|axis| sums[axis] / (max[axis].abs_diff(min[axis]) as f64).max(1.0))
}

/// Rings with x and y changed round, and the order of their points with them, so that they turn as they did.
fn turned_over(rings: &[LatticeRing]) -> Vec<LatticeRing> {
    rings.iter().map(|ring| ring.iter().rev().map(|p| IntPoint::new(p.y, p.x)).collect()).collect()
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
