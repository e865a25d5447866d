//! Polygons as nested rings, in coordinates and on a lattice of whole numbers, and areas there, which are exact.

use i_overlay::i_float::int::point::IntPoint;
use sanxian_model::Position;

/// Polygons, each an exterior ring and its holes, closed, exteriors counter-clockwise.
pub type Shapes = Vec<Vec<Vec<Position>>>;

/// A place on the lattice.
pub(crate) type Point = IntPoint<i64>;
/// A ring on the lattice, without its closing point.
pub(crate) type LatticeRing = Vec<Point>;
/// Polygons on the lattice, each an exterior ring and its holes.
pub(crate) type LatticeShapes = Vec<Vec<LatticeRing>>;

/// Twice the signed area of a ring in cells of the lattice, exact.
pub(crate) fn twice_area(ring: &[Point]) -> i128 {
    let Some((first, rest)) = ring.split_first() else { return 0 };
    let from_first = |p: Point| (i128::from(p.x - first.x), i128::from(p.y - first.y));
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

/// Twice the area of the triangle, positive if `c` lies left of the line from `a` to `b`.
pub(crate) fn turn(a: Point, b: Point, c: Point) -> i128 {
    let wide = |v: i64, w: i64| i128::from(v) - i128::from(w);
    wide(b.x, a.x) * wide(c.y, a.y) - wide(b.y, a.y) * wide(c.x, a.x)
}
