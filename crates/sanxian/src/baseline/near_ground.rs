//! Whether a feature is where one was, but for the noise of coordinates.

use sanxian_geom::Extent;
use sanxian_model::{Crs, CrsKind, FeatureView, Position};
use sanxian_report::baseline::Spot;

/// How far the sides of a feature may have moved, in metres. Noise of coordinates of two centimetres moves them by as much, rounding
/// in the file by less than a millimetre. It is a distance and no grid: noise carries a coordinate over the line of a grid wherever
/// that lies near it, and no feature over a distance of five times the noise.
const NEAR_METRES: f64 = 0.1;
/// Metres in a degree of latitude, by which a distance of centimetres need not be exact.
const DEGREE_METRES: f64 = 111_320.0;

/// The box around a feature.
pub(super) fn extent(feature: FeatureView<'_>) -> Extent {
    feature.rings().map(Extent::of).fold(Extent::EMPTY, Extent::union)
}

/// How far apart a feature is from where one was, for choosing the nearest; none when it is another feature.
///
/// A box alone does not tell a feature from another: two halves of a square have one box. The point lay inside of the feature that
/// was, so it lies inside of this one, or as near to it as noise carries an edge.
pub(super) fn distance(spot: &Spot, feature: FeatureView<'_>, point: Position, crs: &Crs) -> Option<f64> {
    let [west, south, east, north] = spot.extent;
    let now = extent(feature);
    let near = near(crs, f64::midpoint(south, north));
    let steps = |a: Position, b: Position| ((a[0] - b[0]) / near[0]).hypot((a[1] - b[1]) / near[1]);
    let sides = [west - now.min[0], south - now.min[1], east - now.max[0], north - now.max[1]];
    let fits =
        sides.into_iter().zip([near[0], near[1]].into_iter().cycle()).all(|(by, near)| by.abs() <= near);
    (fits && is_on(feature, spot.point, near)).then(|| steps(spot.point, point))
}

/// [`NEAR_METRES`] along both axes, in the unit of the CRS.
fn near(crs: &Crs, latitude: f64) -> [f64; 2] {
    match crs.kind {
        CrsKind::Geographic { degrees } => {
            let along = NEAR_METRES / DEGREE_METRES / degrees;
            // At a pole every longitude is near; a box is a box there, too.
            let shrunk = (latitude * degrees).to_radians().cos().max(0.01);
            [along / shrunk, along]
        }
        CrsKind::Projected { metres } => [NEAR_METRES / metres; 2],
        CrsKind::Plane => [NEAR_METRES; 2],
    }
}

/// Whether a position is inside of a feature, or within a distance of its boundary.
fn is_on(feature: FeatureView<'_>, point: Position, near: [f64; 2]) -> bool {
    let mut is_inside = false;
    for ring in feature.rings() {
        let places = ring.iter().map(|at| [(at[0] - point[0]) / near[0], (at[1] - point[1]) / near[1]]);
        let places: Vec<Position> = places.collect();
        for pair in places.windows(2) {
            let ([ax, ay], [bx, by]) = (pair[0], pair[1]);
            let (dx, dy) = (bx - ax, by - ay);
            let length = dx * dx + dy * dy;
            let along = if length > 0.0 { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
            if (ax + along * dx).hypot(ay + along * dy) <= 1.0 {
                return true;
            }
            if (ay > 0.0) != (by > 0.0) && ax - ay * dx / dy > 0.0 {
                is_inside = !is_inside;
            }
        }
    }
    is_inside
}

#[cfg(test)]
mod tests {
    use sanxian_model::PolygonColumnBuilder;

    use super::*;

    /// The lower right and the upper left half of a square of a hundred metres, each vertex moved by `noise`.
    fn halves(noise: f64) -> sanxian_model::PolygonColumn {
        let mut builder = PolygonColumnBuilder::new();
        let (low, high) = (1_000.0 + noise, 1_100.0 - noise);
        builder.push_feature([vec![vec![[low, low], [high, low], [high, high], [low, low]]]]);
        builder.push_feature([vec![vec![[low, low], [high, high], [low, high], [low, low]]]]);
        builder.finish()
    }

    fn spot(feature: FeatureView<'_>, point: Position) -> Spot {
        let Extent { min: [west, south], max: [east, north] } = extent(feature);
        Spot { crs: "none".to_owned(), extent: [west, south, east, north], point }
    }

    #[test]
    fn a_feature_is_found_again_within_the_noise_and_its_other_half_is_not() {
        let before = halves(0.0);
        let point = [1_080.0, 1_020.0];
        let lower = spot(before.feature(0), point);
        let far = |column: &sanxian_model::PolygonColumn, number: usize| {
            distance(&lower, column.feature(number), point, &Crs::plane())
        };
        for noise in [-0.02, 0.0, 0.02] {
            assert_eq!(far(&halves(noise), 0), Some(0.0), "{noise}");
            assert_eq!(far(&halves(noise), 1), None, "{noise}");
        }
        assert_eq!(far(&halves(0.5), 0), None);
    }

    #[test]
    fn degrees_are_as_near_as_metres() {
        let crs = Crs { kind: CrsKind::Geographic { degrees: 1.0 }, ..Crs::plane() };
        let metre = 1.0 / DEGREE_METRES;
        let at = |east: f64| {
            let mut builder = PolygonColumnBuilder::new();
            let (low, high) = (117.0 + east, 117.001 + east);
            builder.push_feature([vec![vec![[low, 60.0], [high, 60.0], [high, 60.001], [low, 60.0]]]]);
            builder.finish()
        };
        let before = at(0.0);
        let point = [117.000_9, 60.000_2];
        let spot = spot(before.feature(0), point);
        let near = |by: f64| distance(&spot, at(by * metre).feature(0), point, &crs).is_some();
        // At sixty degrees a degree of longitude is half as long.
        assert!(near(0.02) && near(0.19) && !near(0.21) && !near(1.0));
    }

    #[test]
    fn no_place_of_a_box_is_flipped_by_noise() {
        // Where a grid of a centimetre, a metre or anything else has its lines does not matter.
        for step in 0..200 {
            let at = f64::from(step) * 0.005;
            let square = |noise: f64| {
                let (low, high) = (at + noise, at + 10.0 - noise);
                let mut builder = PolygonColumnBuilder::new();
                let ring = vec![[low, low], [high, low], [high, high], [low, high], [low, low]];
                builder.push_feature([vec![ring]]);
                builder.finish()
            };
            let before = square(0.0);
            // On the very edge, where noise leaves it outside.
            let spot = spot(before.feature(0), [at + 10.0, at + 5.0]);
            for noise in [-0.02, 0.02] {
                let now = square(noise);
                assert!(distance(&spot, now.feature(0), [at + 1.0, at], &Crs::plane()).is_some());
            }
        }
    }
}
