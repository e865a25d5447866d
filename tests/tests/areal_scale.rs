//! The areal scale of Gauss-Kruger and UTM, which knows no PROJ, against PROJ and against Karney.

use geographiclib_rs::{Geodesic, PolygonArea, Winding};
use sanxian_geom::{ArealScale, KruegerSeries, LayerIndex, MeasuredLayer};
use sanxian_io::{Geodetic, crs_from_user};
use sanxian_model::{Crs, PolygonColumn, PolygonColumnBuilder, Position, Projection};

/// A zone, and how far from its meridian places are sought: to the edge of a neighbour's zone.
struct Zone {
    crs: Crs,
    half_width: f64,
}

/// Every zone of 3 and 6 degrees on CGCS2000, with the number in front and without, and UTM on both hemispheres.
fn zones() -> Vec<Zone> {
    let zone = |code: u32, half_width: f64| {
        let crs = crs_from_user(&format!("EPSG:{code}")).expect("PROJ has it");
        Zone { crs, half_width }
    };
    let three = (4513..=4554).map(|code| zone(code, 170_000.0));
    let six = (4491..=4512).map(|code| zone(code, 340_000.0));
    let utm = [32643, 32650, 32652, 32750].map(|code| zone(code, 340_000.0));
    three.chain(six).chain(utm).collect()
}

/// Evenly spread numbers from 0 to 1, three a step.
fn spread(step: usize) -> [f64; 3] {
    const RATIOS: [f64; 3] = [0.819_172_513_396_164_4, 0.671_043_606_703_789_3, 0.549_700_477_901_960_3];
    RATIOS.map(|ratio| (0.5 + ratio * step as f64).fract())
}

impl Zone {
    /// A place between 17° and 54° from the equator.
    fn place(&self, step: usize) -> Position {
        let Projection::TransverseMercator(tm) = self.crs.projection else { panic!("{}", self.crs.name) };
        let [u, v, _] = spread(step);
        let northing = 1_900_000.0 + v * 4_100_000.0;
        let sign = if tm.false_northing > 0.0 { -1.0 } else { 1.0 };
        [tm.false_easting + (2.0 * u - 1.0) * self.half_width, tm.false_northing + sign * northing]
    }
}

fn column(rings: &[Vec<Position>]) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    for ring in rings {
        builder.push_feature([[ring.clone()]]);
    }
    builder.finish()
}

/// Areas without a projection library: it is an error when one is asked for.
fn measured(rings: &[Vec<Position>], crs: &Crs) -> Vec<f64> {
    let polygons = column(rings);
    let index = LayerIndex::build(&polygons);
    let scale = ArealScale::fit(crs, [&index], |_| Err("nobody may ask")).expect("scale");
    MeasuredLayer::new(index, &scale).areas.iter().map(|area| area.ellipsoidal.get()).collect()
}

/// Area on the ellipsoid for one square metre, by central differences of PROJ's longitude and latitude.
fn by_proj(crs: &Crs, geodetic: &Geodetic, [x, y]: Position) -> f64 {
    const STEP: f64 = 2_000.0;
    let mut at: Vec<Position> = vec![[x, y]];
    // Sixth order: three places on each side.
    at.extend([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0].map(|k| [x + k * STEP, y]));
    at.extend([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0].map(|k| [x, y + k * STEP]));
    geodetic.lon_lat(&mut at).expect("in reach");
    let slope = |first: usize, axis: usize| {
        let d: Vec<f64> = (0..6).map(|k| (at[first + k][axis] - at[0][axis]).to_radians()).collect();
        (45.0 * (d[3] - d[2]) - 9.0 * (d[4] - d[1]) + (d[5] - d[0])) / (60.0 * STEP)
    };
    let jacobian = (slope(1, 0) * slope(7, 1) - slope(7, 0) * slope(1, 1)).abs();
    let e2 = crs.ellipsoid.eccentricity_squared();
    let (s, c) = at[0][1].to_radians().sin_cos();
    let a = crs.ellipsoid.semi_major;
    jacobian * a * a * (1.0 - e2) * c / (1.0 - e2 * s * s).powi(2)
}

const PLACES: usize = 10_000;

#[test]
fn the_scale_is_that_of_proj() {
    let zones = zones();
    let each = PLACES / zones.len() + 1;
    let (mut worst, mut worst_fit, mut farthest) = (0.0_f64, 0.0_f64, 0.0_f64);
    for (number, zone) in zones.iter().enumerate() {
        let series = KruegerSeries::of(&zone.crs).expect("transverse Mercator");
        let geodetic = Geodetic::of(&zone.crs).expect("PROJ has it");
        let places: Vec<Position> = (0..each).map(|k| zone.place(number * each + k)).collect();
        // Small enough for the scale to be that of the centre, large enough for sums of 2⁻³⁰ m².
        let half = 16.0;
        let square = |&[x, y]: &Position| {
            let [w, e, s, n] = [x - half, x + half, y - half, y + half];
            vec![[w, s], [e, s], [e, n], [w, n], [w, s]]
        };
        let areas = measured(&places.iter().map(square).collect::<Vec<_>>(), &zone.crs);
        for (&place, area) in places.iter().zip(areas) {
            let expected = by_proj(&zone.crs, &geodetic, place);
            let found = series.areal_scale(place).expect("in reach");
            worst = worst.max((found / expected - 1.0).abs());
            worst_fit = worst_fit.max((area / (4.0 * half * half) / found - 1.0).abs());
            let mut lon_lat = [place];
            geodetic.lon_lat(&mut lon_lat).expect("in reach");
            let own = series.lon_lat(place).expect("in reach");
            farthest = farthest.max((own[0] - lon_lat[0][0]).abs()).max((own[1] - lon_lat[0][1]).abs());
        }
    }
    // Measured: 2e-12, the noise of the differences; 2e-12, that of the sums; 6e-14 degrees.
    assert!(worst < 1e-11, "{worst:e}");
    assert!(worst_fit < 1e-11, "{worst_fit:e}");
    assert!(farthest < 1e-12, "{farthest:e}");
}

/// A star-shaped patch with uneven corners, `size` metres across.
fn patch(centre: Position, size: f64) -> Vec<Position> {
    const RADII: [f64; 5] = [1.0, 0.55, 0.9, 0.7, 0.35];
    let mut ring: Vec<Position> = (0..RADII.len())
        .map(|k| {
            let angle = std::f64::consts::TAU * k as f64 / RADII.len() as f64 + 0.1;
            let (s, c) = angle.sin_cos();
            [centre[0] + c * RADII[k] * size / 2.0, centre[1] + s * RADII[k] * size / 2.0]
        })
        .collect();
    ring.push(ring[0]);
    ring
}

/// Karney's area of the ring with `parts` geodesics an edge, at places by PROJ.
fn karney(ring: &[Position], crs: &Crs, geodetic: &Geodetic, parts: usize) -> f64 {
    let geodesic = Geodesic::new(crs.ellipsoid.semi_major, crs.ellipsoid.flattening());
    let mut points = Vec::with_capacity(parts * ring.len());
    for edge in ring.windows(2) {
        points.extend((0..parts).map(|k| {
            let t = k as f64 / parts as f64;
            [edge[0][0] + (edge[1][0] - edge[0][0]) * t, edge[0][1] + (edge[1][1] - edge[0][1]) * t]
        }));
    }
    geodetic.lon_lat(&mut points).expect("in reach");
    let mut polygon = PolygonArea::new(&geodesic, Winding::CounterClockwise);
    for [longitude, latitude] in points {
        polygon.add_point(latitude, longitude);
    }
    polygon.compute(true).1
}

#[test]
fn patches_have_the_area_of_karney() {
    let zones = zones();
    let each = PLACES / zones.len() + 1;
    for (number, zone) in zones.iter().enumerate() {
        let geodetic = Geodetic::of(&zone.crs).expect("PROJ has it");
        let steps = number * each..(number + 1) * each;
        // From 10 m to 5 km, as many of each order.
        let size = |step: usize| 10.0 * 500_f64.powf(spread(step)[2]);
        let rings: Vec<Vec<Position>> =
            steps.clone().map(|step| patch(zone.place(step), size(step))).collect();
        for ((ring, found), step) in rings.iter().zip(measured(&rings, &zone.crs)).zip(steps) {
            // Geodesics bulge from a straight edge by an area that falls with the square of their number. A rounding of
            // their ends costs more the more there are.
            let parts = ((size(step) / 100.0) as usize).clamp(1, 50);
            let (coarse, fine) =
                (karney(ring, &zone.crs, &geodetic, parts), karney(ring, &zone.crs, &geodetic, 2 * parts));
            let expected = fine + (fine - coarse) / 3.0;
            // Measured: 0.0005 m² up to 5 km², 1.2e-10 above.
            assert!(
                (found - expected).abs() <= (1e-9 * expected).max(0.005),
                "{} at {:?}: {found} is not {expected}",
                zone.crs.name,
                ring[0]
            );
        }
    }
}
