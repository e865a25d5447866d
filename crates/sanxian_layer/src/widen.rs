//! The ground of a line that has a width, such as a road of a special plan, and of a point.

use geo::algorithm::buffer::{Buffer, BufferStyle, LineCap, LineJoin};
use geo_types::{Geometry, MultiPolygon};

/// The ground of points and lines of that width, in the units of their coordinates, which are those of a plane: lines end square
/// where they end, are round at their bends, and a point is a circle of that diameter. Circles are polygons with an angle of at
/// most an eighth of a radian. What is neither point nor line has none.
#[must_use]
pub fn widened(geometry: &Geometry, width: f64) -> MultiPolygon {
    let round = 0.125;
    let style = |cap| BufferStyle::new(width / 2.0).line_join(LineJoin::Round(round)).line_cap(cap);
    match geometry {
        Geometry::Point(_) | Geometry::MultiPoint(_) => {
            geometry.buffer_with_style(style(LineCap::Round(round)))
        }
        Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => {
            geometry.buffer_with_style(style(LineCap::Butt))
        }
        _ => MultiPolygon::new(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use geo::Area;
    use geo_types::{LineString, MultiLineString, Point, Polygon, line_string, point};

    use super::*;

    #[test]
    fn a_line_is_as_wide_as_it_is_said() {
        // Far from the origin, as coordinates are.
        let (x, y) = (480_000.0, 3_790_000.0);
        let road: LineString = line_string![(x: x, y: y), (x: x + 100.0, y: y)];
        let ground = widened(&road.clone().into(), 20.0);
        assert!((ground.unsigned_area() - 2_000.0).abs() < 1e-3, "{}", ground.unsigned_area());
        // A bend is round on its outside: a quarter of a circle more than two straight pieces that share a square.
        let bend: LineString = line_string![(x: x, y: y), (x: x + 100.0, y: y), (x: x + 100.0, y: y + 100.0)];
        let expected = 2.0 * 2_000.0 - 100.0 + std::f64::consts::PI * 100.0 / 4.0;
        let area = widened(&bend.into(), 20.0).unsigned_area();
        assert!((area - expected).abs() < 1.0, "{area} {expected}");
        // Two roads that cross are one piece of ground, counted once.
        let across: LineString = line_string![(x: x + 50.0, y: y - 50.0), (x: x + 50.0, y: y + 50.0)];
        let crossing = widened(&MultiLineString::new(vec![road, across]).into(), 20.0);
        assert_eq!(crossing.0.len(), 1);
        assert!((crossing.unsigned_area() - 3_600.0).abs() < 1e-3, "{}", crossing.unsigned_area());
    }

    #[test]
    fn a_point_is_a_circle_and_nothing_else_has_ground() {
        let at: Point = point! { x: 480_000.0, y: 3_790_000.0 };
        let area = widened(&at.into(), 20.0).unsigned_area();
        let circle = std::f64::consts::PI * 100.0;
        assert!(area < circle && area > circle * 0.99, "{area}");
        let ring = LineString::from(vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]);
        assert!(widened(&Polygon::new(ring, Vec::new()).into(), 1.0).0.is_empty());
    }
}
