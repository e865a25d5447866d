//! How precise net areas are, held against an integral that builds no polygon and knows no lattice: upright lines
//! between all vertices and crossings, on each of which the zones take their stretches in order.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sanxian_geom::{
    Area, ArealScale, Candidate, LayerIndex, MeasuredLayer, Measurer, Stop, net_areas, overlaps,
};
use sanxian_model::{Crs, CrsKind, Ellipsoid, PolygonColumn, PolygonColumnBuilder, Position};

/// Nodes and weights of the Gauss-Legendre rule of three nodes on (0, 1).
const GAUSS: [[f64; 2]; 3] =
    [[0.112_701_665_379_258_3, 5.0 / 18.0], [0.5, 8.0 / 18.0], [0.887_298_334_620_741_7, 5.0 / 18.0]];
/// Radius of the sphere of the projected system.
const RADIUS: f64 = 6_371_000.0;
/// Its easting at the central meridian.
const FALSE_EASTING: f64 = 500_000.0;

/// A CRS, a place in it, and the length of about a metre there.
#[derive(Debug, Clone, Copy, PartialEq)]
enum System {
    /// The plane near its origin.
    Plane,
    /// The plane, with coordinates as under a central meridian without zone prefix.
    PlaneWithoutPrefix,
    /// The plane, with coordinates as under a central meridian with the prefix of zone 39.
    PlaneWithPrefix,
    /// The transverse Mercator projection of a sphere, 140 km off the central meridian: as EPSG:4546, with a scale in closed form.
    TransverseMercator,
    /// Longitude and latitude.
    Degrees,
}

impl System {
    fn crs(self) -> Crs {
        let sphere = Ellipsoid { semi_major: RADIUS, inverse_flattening: 0.0 };
        match self {
            Self::Plane | Self::PlaneWithoutPrefix | Self::PlaneWithPrefix => Crs::plane(),
            Self::TransverseMercator => {
                Crs { kind: CrsKind::Projected { metres: 1.0 }, ellipsoid: sphere, ..Crs::plane() }
            }
            Self::Degrees => Crs { kind: CrsKind::Geographic { degrees: 1.0 }, ..Crs::plane() },
        }
    }

    fn place(self) -> Position {
        match self {
            Self::Plane => [0.3, 0.7],
            Self::PlaneWithoutPrefix | Self::TransverseMercator => [640_345.678, 3_521_098.765],
            Self::PlaneWithPrefix => [39_640_345.678, 3_521_098.765],
            Self::Degrees => [117.123_456_789, 31.812_345_678],
        }
    }

    fn unit(self) -> f64 {
        if self == Self::Degrees { 1e-5 } else { 1.0 }
    }

    /// Square metres on the ellipsoid for a square unit.
    fn areal_scale(self, [x, y]: Position) -> f64 {
        match self {
            Self::Plane | Self::PlaneWithoutPrefix | Self::PlaneWithPrefix => 1.0,
            Self::TransverseMercator => ((x - FALSE_EASTING) / RADIUS).cosh().powi(-2),
            Self::Degrees => {
                let a = Ellipsoid::CGCS2000.semi_major;
                let e2 = Ellipsoid::CGCS2000.eccentricity_squared();
                let (sin, cos) = y.to_radians().sin_cos();
                let d = 1.0 - e2 * sin * sin;
                a * a * (1.0 - e2) * cos / (d * d) * 1_f64.to_radians().powi(2)
            }
        }
    }
}

/// Longitude and latitude of a place of the transverse Mercator projection.
fn lon_lat([x, y]: Position) -> Position {
    let (east, north) = ((x - FALSE_EASTING) / RADIUS, y / RADIUS);
    let latitude = (north.sin() / east.cosh()).asin();
    [east.sinh().atan2(north.cos()), latitude].map(f64::to_degrees)
}

fn column(rings: &[Vec<Position>]) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    for ring in rings {
        builder.push_feature([[ring.clone()]]);
    }
    builder.finish()
}

/// A polygon around a place that sees all its vertices, with coordinates as a file would hold them.
fn star(system: System, [x, y]: Position, radii: &[f64]) -> Vec<Position> {
    let (origin, unit) = (system.place(), system.unit());
    let mut ring: Vec<Position> = radii
        .iter()
        .enumerate()
        .map(|(k, radius)| {
            let (sin, cos) = (std::f64::consts::TAU * (k as f64 + 0.1) / radii.len() as f64).sin_cos();
            [origin[0] + (x + radius * cos) * unit, origin[1] + (y + radius * sin) * unit]
        })
        .collect();
    ring.push(ring[0]);
    ring
}

/// Claims of zones and what each nets.
fn nets(system: System, subject: &[Position], zones: &[Vec<Position>]) -> (Vec<Candidate>, Vec<Area>) {
    let crs = system.crs();
    let (subject, zones) = (column(&[subject.to_vec()]), column(zones));
    let (subject, zones) = (LayerIndex::build(&subject), LayerIndex::build(&zones));
    let scale = ArealScale::fit(&crs, [&subject, &zones], |places| {
        for p in places {
            *p = lon_lat(*p);
        }
        Ok::<(), String>(())
    })
    .expect("a scale everywhere");
    let subject = MeasuredLayer::new(subject, &scale);
    let candidates: Vec<Candidate> = overlaps(&subject, &zones, &scale, &Stop::default())
        .iter()
        .map(|pair| Candidate::of(0, pair))
        .collect();
    let whole = Measurer::new(&scale).area(&subject.index, 0);
    let nets = net_areas((&subject.index, 0), whole, &[&zones], &candidates, |_, _| true, &scale);
    (candidates, nets)
}

/// What each zone nets of the subject, in order, by integrating along upright lines.
fn integrated(system: System, subject: &[Position], zones: &[Vec<Position>]) -> Vec<f64> {
    // From the subject's first vertex, so that digits go to the shapes.
    let origin = subject[0];
    let local = |ring: &[Position]| -> Vec<Position> {
        ring.iter().map(|p| [p[0] - origin[0], p[1] - origin[1]]).collect()
    };
    let rings: Vec<Vec<Position>> =
        std::iter::once(local(subject)).chain(zones.iter().map(|z| local(z))).collect();
    let edges: Vec<[Position; 2]> =
        rings.iter().flat_map(|ring| ring.windows(2).map(|pair| [pair[0], pair[1]])).collect();
    let mut stops: Vec<f64> = rings.iter().flatten().map(|p| p[0]).collect();
    for (k, e) in edges.iter().enumerate() {
        stops.extend(edges[..k].iter().filter_map(|f| crossing(e, f)));
    }
    stops.sort_by(f64::total_cmp);
    let mut nets = vec![0.0; zones.len()];
    for stop in stops.windows(2) {
        let width = stop[1] - stop[0];
        for [at, weight] in GAUSS {
            let x = stop[0] + width * at;
            let mut left = stretches(&rings[0], x);
            for (net, zone) in nets.iter_mut().zip(&rings[1..]) {
                if left.is_empty() {
                    break;
                }
                let zone = stretches(zone, x);
                let (taken, rest) = split(&left, &zone);
                left = rest;
                for [low, high] in taken {
                    let along = |[at, weight]: [f64; 2]| {
                        weight * system.areal_scale([origin[0] + x, origin[1] + low + (high - low) * at])
                    };
                    *net += width * weight * (high - low) * GAUSS.map(along).iter().sum::<f64>();
                }
            }
        }
    }
    nets
}

/// The x at which two edges cross.
fn crossing([a, b]: &[Position; 2], [c, d]: &[Position; 2]) -> Option<f64> {
    let side = |p: &Position, q: &Position, r: &Position| {
        (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
    };
    let (s, t) = (side(a, b, c), side(a, b, d));
    let (u, v) = (side(c, d, a), side(c, d, b));
    let crosses = (s > 0.0) != (t > 0.0) && (u > 0.0) != (v > 0.0);
    crosses.then(|| c[0] + (d[0] - c[0]) * (s / (s - t)))
}

/// The stretches of the upright line at x inside a simple ring.
fn stretches(ring: &[Position], x: f64) -> Vec<[f64; 2]> {
    let mut heights: Vec<f64> = ring
        .windows(2)
        .filter(|e| (e[0][0] > x) != (e[1][0] > x))
        .map(|e| e[0][1] + (e[1][1] - e[0][1]) * ((x - e[0][0]) / (e[1][0] - e[0][0])))
        .collect();
    heights.sort_by(f64::total_cmp);
    heights.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect()
}

/// What stretches share with others, and what is left of them.
fn split(left: &[[f64; 2]], zone: &[[f64; 2]]) -> (Vec<[f64; 2]>, Vec<[f64; 2]>) {
    let (mut taken, mut rest) = (Vec::new(), Vec::new());
    for &[low, high] in left {
        let mut from = low;
        for &[bottom, top] in zone {
            let shared = [bottom.max(low), top.min(high)];
            if shared[0] < shared[1] {
                taken.push(shared);
                if shared[0] > from {
                    rest.push([from, shared[0]]);
                }
                from = shared[1];
            }
        }
        if from < high {
            rest.push([from, high]);
        }
    }
    (taken, rest)
}

/// The largest difference of a net, and of their sum.
fn worst(system: System, subject: &[Position], zones: &[Vec<Position>]) -> f64 {
    let (candidates, nets) = nets(system, subject, zones);
    let expected = integrated(system, subject, zones);
    let mut by_zone = vec![0.0; zones.len()];
    for (candidate, net) in candidates.iter().zip(&nets) {
        by_zone[candidate.row as usize] = net.ellipsoidal.get();
    }
    let sum = by_zone.iter().sum::<f64>() - expected.iter().sum::<f64>();
    by_zone.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(sum.abs(), f64::max)
}

/// A subject and zones on it, all of a size in metres.
fn shapes(size: f64) -> impl Strategy<Value = (Vec<f64>, Vec<(Position, Vec<f64>)>)> {
    let radii = move |count| proptest::collection::vec(0.2 * size..0.6 * size, count);
    let place = ((-0.4..0.4), (-0.4..0.4)).prop_map(move |(x, y): (f64, f64)| [x * size, y * size]);
    (radii(3..12), proptest::collection::vec((place, radii(3..12)), 2..10))
}

fn cases(size: f64) -> impl Strategy<Value = (System, Vec<Position>, Vec<Vec<Position>>)> {
    let system = prop_oneof![
        Just(System::Plane),
        Just(System::PlaneWithoutPrefix),
        Just(System::PlaneWithPrefix),
        Just(System::TransverseMercator),
        Just(System::Degrees)
    ];
    (system, shapes(size)).prop_map(|(system, (subject, zones))| {
        let zones = zones.iter().map(|(at, radii)| star(system, *at, radii)).collect();
        (system, star(system, [0.0; 2], &subject), zones)
    })
}

/// What nets of shapes of a size may be wrong by, in square metres.
fn bound(system: System, size: f64) -> f64 {
    match system {
        System::Plane | System::PlaneWithoutPrefix => 1e-6,
        // Overlaps are not measured better: the last place of a coordinate is 7.5e-9 m.
        System::PlaneWithPrefix => 1e-6 + 5e-9 * size,
        // A quadratic says so much about the areal scale.
        System::TransverseMercator | System::Degrees => 1e-6 + 1e-12 * size * size,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nets_of_150_m_are_good_to_1e_6((system, subject, zones) in cases(150.0)) {
        let worst = worst(system, &subject, &zones);
        prop_assert!(worst < bound(system, 150.0), "{worst:e}");
    }

    /// Such a subject is not cut by each zone: what zones take from each other is measured against it.
    #[test]
    fn nets_of_a_subject_with_many_vertices_are_good_to_1e_6(
        (system, _, zones) in cases(2_000.0),
        radii in proptest::collection::vec(400.0..1_200.0_f64, 150..300),
    ) {
        let subject = star(system, [0.0; 2], &radii);
        let worst = worst(system, &subject, &zones);
        prop_assert!(worst < bound(system, 2_000.0), "{worst:e}");
    }

    #[test]
    fn nets_of_2_km_are_good_to_1e_6((system, subject, zones) in cases(2_000.0)) {
        let worst = worst(system, &subject, &zones);
        prop_assert!(worst < bound(system, 2_000.0), "{worst:e}");
    }
}

#[test]
fn a_pile_of_forty_zones_nets_what_the_integral_finds() {
    for system in [System::PlaneWithoutPrefix, System::TransverseMercator, System::Degrees] {
        let zones: Vec<_> = (0..40_u32)
            .map(|k| {
                let (turn, reach) = (f64::from(k) * 2.399_963, 400.0 * (f64::from(k) / 40.0).sqrt());
                let radii: Vec<f64> =
                    (0..9).map(|i| 450.0 + f64::from((k * 7 + i * 31) % 97) * 3.0).collect();
                star(system, [reach * turn.cos(), reach * turn.sin()], &radii)
            })
            .collect();
        let subject = star(system, [0.0; 2], &[1_100.0, 700.0, 950.0, 1_000.0, 800.0]);
        let worst = worst(system, &subject, &zones);
        assert!(worst < bound(system, 2_000.0), "{system:?}: {worst:e}");
    }
}

/// The largest errors of 200 piles: of nets, and of one overlap as measured.
fn largest_errors(runner: &mut TestRunner, system: System, size: f64) -> [f64; 2] {
    let mut largest = [0.0_f64; 2];
    for _ in 0..200 {
        let (subject, zones) = shapes(size).new_tree(runner).expect("a strategy without filters").current();
        let subject = star(system, [0.0; 2], &subject);
        let zones: Vec<_> = zones.iter().map(|(at, radii)| star(system, *at, radii)).collect();
        largest[0] = largest[0].max(worst(system, &subject, &zones));
        largest[1] = largest[1].max(worst(system, &subject, &zones[..1]));
    }
    largest
}

/// Reads the table of `docs/engine.md` and measures what it says.
#[test]
fn the_errors_of_nets_are_those_of_the_engine_page() {
    let page = include_str!("../../../docs/engine.md");
    let rows = [
        ("plane, near the origin", System::Plane),
        ("plane, without zone prefix", System::PlaneWithoutPrefix),
        ("plane, with prefix", System::PlaneWithPrefix),
        ("transverse Mercator", System::TransverseMercator),
        ("longitude and latitude", System::Degrees),
    ];
    for (name, system) in rows {
        let row = page.lines().find(|line| line.starts_with(&format!("| {name}"))).expect("a row");
        let said: Vec<f64> = row
            .split('|')
            .filter_map(|cell| cell.trim().strip_suffix(" m²"))
            .map(|figure| figure.parse().expect("a figure"))
            .collect();
        let [small, middle, large, alone] = said[..] else { panic!("four figures in {row}") };
        let mut runner = TestRunner::deterministic();
        for (size, said) in [(150.0, small), (2_000.0, middle), (20_000.0, large)] {
            let [nets, overlap] = largest_errors(&mut runner, system, size);
            let close = |found: f64, said: f64| said / 2.0 < found && found < said * 2.0;
            assert!(close(nets, said), "{name}, {size} m: nets {nets:.1e}, the page says {said:.1e}");
            assert!(
                size != 2_000.0 || close(overlap, alone),
                "{name}: an overlap {overlap:.1e}, the page says {alone:.1e}"
            );
        }
    }
}
