//! How coordinates are rounded to whole numbers, for overlays whose signs are exact.
//!
//! # Where rounding enters
//! Coordinates are taken from an origin near the shapes and rounded to a fixed lattice of 2⁻²⁶ of a metre
//! (about 1.5e-8 m; 2⁻⁴⁴ of a degree), a power of two so that the way back is exact. The lattice does not
//! depend on the shapes' size, so a far part of a zone cannot move a vertex here. Crossings are rounded to
//! the lattice too. Net areas are on a finer lattice, made for the size of the shapes, with coordinates from their corner
//! ([`Lattice::across`]). Areas that are reported come from [`crate::Measurer`].

use sanxian_model::{Crs, CrsKind, Position};

use crate::shapes::{LatticeRing, LatticeShapes, Point, Shapes};

/// Binary logarithm of the most steps of a lattice along a side: a double holds three digits more.
const STEPS_ALONG_A_SIDE: f64 = 50.0;

/// How rings are turned into integers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lattice {
    origin: Position,
    per_unit: f64,
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
                    .map(|p| Point::new(number(p[0], self.origin[0]), number(p[1], self.origin[1])))
                    .collect()
            })
            .collect()
    }

    /// The way back from the lattice for one point.
    pub(crate) fn position(&self, p: Point) -> Position {
        [p.x as f64 / self.per_unit + self.origin[0], p.y as f64 / self.per_unit + self.origin[1]]
    }

    /// The way back from the lattice.
    pub(crate) fn lift(&self, shapes: LatticeShapes) -> Shapes {
        let ring = |points: Vec<Point>| {
            let mut ring: Vec<Position> = points.into_iter().map(|p| self.position(p)).collect();
            if let Some(&first) = ring.first() {
                ring.push(first);
            }
            ring
        };
        shapes.into_iter().map(|rings| rings.into_iter().map(ring).collect()).collect()
    }

    /// Side of a cell of the lattice, in units of the CRS.
    pub(crate) fn step(&self) -> f64 {
        1.0 / self.per_unit
    }
}
