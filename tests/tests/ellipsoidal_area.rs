//! Areas on the ellipsoid against Karney's, which knows no projection: each straight edge of the CRS is
//! densified, brought to longitude and latitude, and summed as short geodesics.

use geographiclib_rs::{Geodesic, PolygonArea, Winding};
use sanxian_geom::{ArealScale, LayerIndex, MeasuredLayer};
use sanxian_io::{Geodetic, crs_from_user};
use sanxian_model::{Crs, CrsKind, Ellipsoid, PolygonColumnBuilder, Position};

/// A star-shaped patch with uneven corners, `size` units across.
fn patch(centre: Position, size: [f64; 2]) -> Vec<Position> {
    const RADII: [f64; 7] = [1.0, 0.55, 0.9, 0.7, 0.35, 0.95, 0.6];
    let mut ring: Vec<Position> = (0..RADII.len())
        .map(|k| {
            let angle = std::f64::consts::TAU * k as f64 / RADII.len() as f64 + 0.1;
            let (s, c) = angle.sin_cos();
            [centre[0] + c * RADII[k] * size[0] / 2.0, centre[1] + s * RADII[k] * size[1] / 2.0]
        })
        .collect();
    ring.push(ring[0]);
    ring
}

fn measured(ring: &[Position], crs: &Crs) -> f64 {
    let mut builder = PolygonColumnBuilder::new();
    builder.push_feature([[ring]]);
    let polygons = builder.finish();
    let index = LayerIndex::build(&polygons);
    let geodetic = Geodetic::of(crs).expect("CRS");
    let scale = ArealScale::fit(crs, [&index], |p| geodetic.lon_lat(p).map_err(|error| error.to_string()))
        .expect("scale");
    MeasuredLayer::new(index, &scale).areas[0].ellipsoidal.get()
}

/// Karney's area of the ring with `parts` pieces an edge.
fn karney(ring: &[Position], crs: &Crs, parts: usize) -> f64 {
    let Ellipsoid { semi_major, .. } = crs.ellipsoid;
    let geodesic = Geodesic::new(semi_major, crs.ellipsoid.flattening());
    let geodetic = Geodetic::of(crs).expect("CRS");
    let mut polygon = PolygonArea::new(&geodesic, Winding::CounterClockwise);
    for edge in ring.windows(2) {
        let mut points: Vec<Position> = (0..parts)
            .map(|k| {
                let t = k as f64 / parts as f64;
                [edge[0][0] + (edge[1][0] - edge[0][0]) * t, edge[0][1] + (edge[1][1] - edge[0][1]) * t]
            })
            .collect();
        if matches!(crs.kind, CrsKind::Projected { .. }) {
            geodetic.lon_lat(&mut points).expect("lon lat");
        }
        for p in points {
            polygon.add_point(p[1], p[0]);
        }
    }
    let (_, area, _) = polygon.compute(true);
    area
}

/// Short geodesics bulge from the straight edge by an area that falls with the square of their number, so
/// two counts give the limit.
///
/// Their number is kept low for small patches: each geodesic's area reaches down to the equator, so that a
/// rounding of its ends by a nanometre costs half a square centimetre.
fn limit(ring: &[Position], crs: &Crs, size: f64) -> f64 {
    let parts = ((size / 40.0) as usize).clamp(1, 500);
    let (coarse, fine) = (karney(ring, crs, parts), karney(ring, crs, 2 * parts));
    fine + (fine - coarse) / 3.0
}

fn compare(crs: &str, centres: &[Position], unit: f64) {
    let crs = crs_from_user(crs).expect("known CRS");
    for &centre in centres {
        for size in [5.0, 100.0, 1_000.0, 5_000.0, 20_000.0] {
            let ring = patch(centre, [size / unit, size / unit * 0.8]);
            let (found, expected) = (measured(&ring, &crs), limit(&ring, &crs, size));
            let tolerance = (1e-9 * expected).max(0.005);
            assert!(
                (found - expected).abs() <= tolerance,
                "{} at {centre:?}, {size} m: {found} is not {expected}, off by {}",
                crs.name,
                found - expected
            );
        }
    }
}

#[test]
fn gauss_kruger_up_to_three_degrees_from_the_meridian() {
    // 283 km is three degrees at 32° N.
    let northing = 3_540_000.0;
    let centres: Vec<Position> =
        [0.0, 33_000.0, 150_000.0, -283_000.0].map(|off| [500_000.0 + off, northing]).to_vec();
    compare("EPSG:4546", &centres, 1.0);
    compare("EPSG:4546", &[[700_000.0, 5_900_000.0], [300_000.0, 600_000.0]], 1.0);
}

#[test]
fn gauss_kruger_with_a_zone_prefix() {
    compare("EPSG:4527", &[[39_500_000.0 + 140_000.0, 3_540_000.0]], 1.0);
}

#[test]
fn longitude_and_latitude() {
    compare("EPSG:4490", &[[117.3, 31.8], [87.6, 43.8], [126.6, 52.9], [109.5, 18.3]], 111_000.0);
}

#[test]
fn other_projections_and_ellipsoids() {
    compare("EPSG:2154", &[[770_000.0, 6_279_000.0]], 1.0);
    compare("EPSG:28992", &[[165_800.0, 481_000.0]], 1.0);
    compare("EPSG:3857", &[[12_000_000.0, 4_000_000.0]], 1.0);
}
