//! Lengths on the ground of what is drawn on a map, and the mean width of shapes.

use sanxian_model::{Crs, CrsKind, Metres, Position, SquareMetres};

/// Area over half the perimeter; none of a shape without one.
pub(crate) fn mean_width<'r>(
    area: SquareMetres,
    rings: impl Iterator<Item = &'r [Position]>,
    crs: &Crs,
) -> Option<Metres> {
    let half: f64 = rings.map(|ring| ground_length(ring, crs)).sum::<f64>() / 2.0;
    (half > 0.0).then(|| Metres(area.get() / half))
}

/// Length of a ring in metres. In a projected CRS the scale of the map is taken as one, which it is to a thousandth.
pub(super) fn ground_length(ring: &[Position], crs: &Crs) -> f64 {
    let along = |[x, y]: [f64; 2]| {
        ring.windows(2).map(|edge| ((edge[1][0] - edge[0][0]) * x).hypot((edge[1][1] - edge[0][1]) * y)).sum()
    };
    match crs.kind {
        CrsKind::Plane => along([1.0; 2]),
        CrsKind::Projected { metres } => along([metres; 2]),
        CrsKind::Geographic { degrees } => {
            let (sin, cos) = ring.first().map_or(0.0, |at| (at[1] * degrees).to_radians()).sin_cos();
            let e2 = crs.ellipsoid.eccentricity_squared();
            let w2 = 1.0 - e2 * sin * sin;
            let across = crs.ellipsoid.semi_major / w2.sqrt();
            let unit = degrees.to_radians();
            along([unit * across * cos, unit * across * (1.0 - e2) / w2])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_width_of_a_strip_is_its_width_in_metres_and_degrees() {
        let strip = |w: f64, h: f64, [x, y]: Position| -> Vec<Position> {
            vec![[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]]
        };
        let plane =
            mean_width(SquareMetres(10.0), std::iter::once(&*strip(1000.0, 0.01, [4e5, 3e6])), &Crs::plane());
        assert!((plane.expect("a strip").get() - 0.01).abs() < 1e-6);
        // A minute of latitude at 31.8° is 1847.8 m, of longitude 1578.7 m.
        let degrees = Crs { kind: CrsKind::Geographic { degrees: 1.0 }, ..Crs::plane() };
        let minute = 1.0 / 60.0;
        for (shape, long) in
            [(strip(1e-9, minute, [117.0, 31.8]), 1847.9), (strip(minute, 1e-9, [117.0, 31.8]), 1577.7)]
        {
            let width =
                mean_width(SquareMetres(long * 0.01), std::iter::once(&*shape), &degrees).expect("a strip");
            assert!((width.get() - 0.01).abs() < 2e-5, "{width:?}");
        }
    }
}
