//! Crossings of large rings of every shape: found, told apart from touches, and in bounded time.

use std::time::{Duration, Instant};

use sanxian_geom::{NormalisedRings, OnInvalid, Stop, normalise_rings};
use sanxian_model::{Crs, FaultKind, PolygonColumnBuilder, Position};

fn normalised(ring: &[Position]) -> NormalisedRings {
    let mut builder = PolygonColumnBuilder::new();
    builder.push_feature([[ring]]);
    normalise_rings(builder.finish(), &Crs::plane(), OnInvalid::Skip, &Stop::default())
}

fn closed(mut ring: Vec<Position>) -> Vec<Position> {
    ring.push(ring[0]);
    ring
}

/// A band along a curve: there on one side, back on the other.
fn band(curve: impl DoubleEndedIterator<Item = Position> + Clone, apart: Position) -> Vec<Position> {
    let back = curve.clone().rev().map(|p| [p[0] + apart[0], p[1] + apart[1]]);
    closed(curve.chain(back).collect())
}

fn turned(ring: &[Position], degrees: f64) -> Vec<Position> {
    let (s, c) = degrees.to_radians().sin_cos();
    ring.iter().map(|p| [c * p[0] - s * p[1], s * p[0] + c * p[1]]).collect()
}

/// Teeth 100 m long along x.
fn comb(vertices: usize) -> Vec<Position> {
    let teeth = vertices / 2;
    let mut ring: Vec<Position> =
        (0..teeth).flat_map(|k| [[k as f64, 0.0], [k as f64 + 0.5, 100.0]]).collect();
    ring.push([teeth as f64, 0.0]);
    ring.push([teeth as f64, -1.0]);
    ring.push([0.0, -1.0]);
    closed(ring)
}

/// Simple rings whose boxes, blocks and sweeps are hard.
fn shapes(vertices: usize) -> Vec<(&'static str, Vec<Position>)> {
    let half = vertices / 2;
    let step = move |k: usize| k as f64 / half as f64;
    let spiral = (0..half).map(move |k| {
        let turn = step(k) * 200.0 * std::f64::consts::TAU;
        let radius = 100.0 + turn * 10.0;
        (turn, radius)
    });
    let at = |(turn, radius): (f64, f64)| [radius * turn.cos(), radius * turn.sin()];
    let outward = spiral.clone().map(at);
    let inward = spiral.rev().map(move |(turn, radius)| at((turn, radius + 20.0)));
    // Long thin teeth, so that all boxes overlap once they are turned.
    let long: Vec<Position> = comb(vertices).iter().map(|p| [p[0] * 0.01, p[1] * 100.0]).collect();
    let zigzag = (0..half).map(move |k| [k as f64, k as f64 + if k % 2 == 0 { 0.0 } else { 40.0 }]);
    let strip = (0..half).map(move |k| [k as f64, (k % 7) as f64 * 0.01]);
    let strip = band(strip, [0.0, 1.0]);
    vec![
        ("comb along x", comb(vertices)),
        ("comb along y", turned(&comb(vertices), 90.0)),
        ("comb at 22 degrees", turned(&comb(vertices), 22.0)),
        ("comb at 45 degrees", turned(&comb(vertices), 45.0)),
        ("long comb at 22 degrees", turned(&long, 22.0)),
        ("long comb at 45 degrees", turned(&long, 45.0)),
        ("spiral", closed(outward.chain(inward).collect())),
        ("strip along x", strip.clone()),
        ("strip along y", turned(&strip, 90.0)),
        ("diagonal zig-zag", band(zigzag, [0.0, -0.25])),
    ]
}

#[test]
fn large_simple_rings_have_no_fault() {
    for (name, ring) in shapes(20_000) {
        let start = Instant::now();
        let result = normalised(&ring);
        assert!(result.faults.is_empty(), "{name}: {:?}", result.faults);
        // A guard against work that grows with the square; the time itself is a fraction of a second.
        assert!(start.elapsed() < Duration::from_secs(20), "{name}");
    }
}

#[test]
fn crossings_of_one_moved_vertex_are_found_in_every_shape() {
    for (name, mut ring) in shapes(2_000) {
        let k = ring.len() / 3;
        let here = ring[k];
        ring[k] = [here[0] + 37.3, here[1] + 41.7];
        if crossing_pairs(&ring).is_empty() {
            ring[k] = [here[0] - 37.3, here[1] - 41.7];
        }
        let expected = crossing_pairs(&ring);
        assert!(!expected.is_empty(), "{name}: the vertex was moved to no avail");
        let result = normalised(&ring);
        assert_eq!(result.faults.len(), 1, "{name}");
        let fault = &result.faults[0];
        assert_eq!(fault.kind, FaultKind::Crossing, "{name}");
        let crossings = fault.crossings.as_ref().expect("crossings");
        assert!(crossings.complete, "{name}");
        assert_eq!(crossings.count, expected.len(), "{name}");
        assert_eq!(fault.near, crossings.places.first().copied());
        for &place in &crossings.places {
            let on = |edge: usize| {
                let (a, b) = (ring[edge], ring[edge + 1]);
                let off = (b[0] - a[0]) * (place[1] - a[1]) - (b[1] - a[1]) * (place[0] - a[0]);
                (off / (b[0] - a[0]).hypot(b[1] - a[1])).abs() < 1e-6
            };
            assert!(expected.iter().any(|&(i, j)| on(i) && on(j)), "{name}: {place:?}");
        }
    }
}

/// All pairs of edges that pass through each other, one by one.
fn crossing_pairs(ring: &[Position]) -> Vec<(usize, usize)> {
    let turn = |a: Position, b: Position, c: Position| {
        let twice = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        if twice == 0.0 { 0.0 } else { twice.signum() }
    };
    let edges: Vec<_> = ring.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let mut found = Vec::new();
    for (i, &(a, b)) in edges.iter().enumerate() {
        for (j, &(c, d)) in edges.iter().enumerate().skip(i + 1) {
            if turn(a, b, c) * turn(a, b, d) < 0.0 && turn(c, d, a) * turn(c, d, b) < 0.0 {
                found.push((i, j));
            }
        }
    }
    found
}

/// A number generator that is good enough for coordinates (splitmix64).
fn random(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)) as f64 / u64::MAX as f64
}

#[test]
fn every_crossing_is_counted() {
    let mut state = 7;
    for vertices in [4, 5, 6, 8, 12, 20, 50] {
        for _ in 0..100 {
            let ring = closed(
                (0..vertices).map(|_| [random(&mut state) * 100.0, random(&mut state) * 100.0]).collect(),
            );
            let expected = crossing_pairs(&ring).len();
            let result = normalised(&ring);
            let crossings = result.faults.first().and_then(|f| f.crossings.as_ref());
            assert!(crossings.is_none_or(|c| c.complete));
            let found = crossings.map_or(0, |c| c.count);
            assert_eq!(found, expected, "{ring:?}");
        }
    }
}

/// On a grid edges touch, run along each other and cross through vertices all the time. Coordinates are small
/// whole numbers, so each comparison here is exact.
#[test]
fn crossings_are_told_from_touches_on_a_grid() {
    let mut state = 11;
    let (mut with, mut without) = (0, 0);
    for vertices in [4, 5, 6, 8, 12, 20] {
        for _ in 0..300 {
            let ring = closed(
                (0..vertices)
                    .map(|_| [(random(&mut state) * 6.0).floor(), (random(&mut state) * 6.0).floor()])
                    .collect(),
            );
            let turns_back = |three: &[Position]| {
                let (u, v) = (
                    [three[1][0] - three[0][0], three[1][1] - three[0][1]],
                    [three[2][0] - three[1][0], three[2][1] - three[1][1]],
                );
                u[0] * v[1] - u[1] * v[0] == 0.0 && u[0] * v[0] + u[1] * v[1] <= 0.0
            };
            let around = [&ring[..], &ring[1..2]].concat();
            if around.windows(3).any(turns_back) {
                // Tidying would change it first.
                continue;
            }
            let expected = crossing_pairs(&ring);
            let result = normalised(&ring);
            let crossings = result.faults.first().and_then(|f| f.crossings.as_ref());
            if expected.is_empty() {
                without += 1;
                assert!(crossings.is_none(), "{ring:?}: {crossings:?}");
            } else if let Some(crossings) = crossings {
                with += 1;
                assert_eq!(crossings.count, expected.len(), "{ring:?}");
            } else {
                // What is wholly undone by crossing has no area left to be invalid.
                assert!(result.faults[0].kind == FaultKind::NoArea, "{ring:?}: {:?}", result.faults);
            }
        }
    }
    assert!(with > 100 && without > 20, "{with} with, {without} without");
}

#[test]
fn crossings_of_order_n_squared_are_bounded() {
    let mut state = 3;
    let ring =
        closed((0..20_000).map(|_| [random(&mut state) * 100.0, random(&mut state) * 100.0]).collect());
    let start = Instant::now();
    let result = normalised(&ring);
    assert!(start.elapsed() < Duration::from_secs(60));
    let crossings = result.faults[0].crossings.as_ref().expect("crossings");
    assert!(!crossings.complete && crossings.count > 1_000 && crossings.places.len() == 10);
}

/// The axes are changed round for the overlay of many edges when that makes it cheaper.
#[test]
fn repair_of_many_edges_is_the_same_whichever_way_they_run() {
    let mut ring = comb(40_000);
    let k = ring.len() / 3;
    ring[k] = [ring[k][0] + 37.3, ring[k][1] + 41.7];
    let repaired = |ring: &[Position]| -> f64 {
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([[ring]]);
        let result = normalise_rings(builder.finish(), &Crs::plane(), OnInvalid::Repair, &Stop::default());
        assert_eq!(result.faults.len(), 1);
        let twice =
            |ring: &[Position]| ring.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum::<f64>();
        result.polygons.iter().flat_map(|feature| feature.rings().map(twice)).sum::<f64>() / 2.0
    };
    let across: Vec<Position> = ring.iter().map(|p| [-p[1], p[0]]).collect();
    let (upright, level) = (repaired(&ring), repaired(&across));
    assert!(upright > 900_000.0 && (upright - level).abs() < 1e-3, "{upright} {level}");
}

/// A shore of bays whose mouths close in one vertex: the ring passes each mouth twice. Bays lie side by side, so
/// that an upright line meets hardly any edge and a level one all of them.
fn shore(vertices: usize) -> Vec<Position> {
    let bays = vertices / 8;
    let mut ring = vec![[bays as f64, -50.0], [0.0, -50.0]];
    for bay in 0..bays {
        let x = bay as f64;
        // Inland of the mouth lies the bay, which the ring goes around clockwise as a hole.
        ring.extend([
            [x, 0.0],
            [x + 0.5, 0.0],
            [x + 0.1, -10.0],
            [x + 0.2, -20.0 - (bay % 7) as f64],
            [x + 0.8, -20.0],
            [x + 0.9, -10.0],
            [x + 0.5, 0.0],
            [x + 0.7, 0.5],
        ]);
    }
    ring.push([bays as f64, 0.0]);
    ring.reverse();
    closed(ring)
}

/// Feature by feature: what is valid is left as it is, however many edges stand side by side.
#[test]
fn a_shore_that_touches_itself_in_thousands_of_points_is_valid() {
    // Bays of a centimetre by two kilometres.
    let ring: Vec<Position> = shore(200_000).iter().map(|p| [p[0] * 0.01, p[1] * 100.0]).collect();
    for (name, ring) in
        [("level", ring.clone()), ("upright", turned(&ring, 90.0)), ("slanting", turned(&ring, 45.0))]
    {
        let start = Instant::now();
        let result = normalised(&ring);
        assert!(result.faults.is_empty(), "{name}: {:?}", result.faults);
        assert_eq!(result.polygons.ring(0).len(), ring.len(), "{name}");
        // A guard against work that grows with the square; the time itself is a fraction of a second.
        assert!(start.elapsed() < Duration::from_secs(20), "{name}");
    }
}

#[test]
fn many_holes_and_parts_that_touch_are_valid() {
    let square =
        |x: f64, y: f64, side: f64| vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
    let holes = (0..20_000).map(|k| {
        let mut hole = square(f64::from(k % 200), f64::from(k / 200), 1.0);
        hole.reverse();
        hole
    });
    // Every other one of a chessboard, so that holes touch in points only.
    let holes = holes.enumerate().filter(|(k, _)| (k + k / 200) % 2 == 0).map(|(_, hole)| hole);
    let mut parts = vec![[square(-1.0, -1.0, 300.0)].into_iter().chain(holes.clone()).collect::<Vec<_>>()];
    // Every hole is filled by a part.
    parts.extend(holes.map(|mut hole| {
        hole.reverse();
        vec![hole]
    }));
    let mut builder = PolygonColumnBuilder::new();
    builder.push_feature(parts);
    let start = Instant::now();
    let result = normalise_rings(builder.finish(), &Crs::plane(), OnInvalid::Skip, &Stop::default());
    assert!(result.faults.is_empty(), "{:?}", result.faults);
    assert!(start.elapsed() < Duration::from_secs(20));
}

/// What repair leaves has no fault, and twice the same is the same.
#[test]
fn large_rings_of_every_shape_are_repaired_for_good() {
    for (name, ring) in shapes(20_000) {
        let ring = with_moved(&ring, 3);
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([[&ring]]);
        let start = Instant::now();
        let result = normalise_rings(builder.finish(), &Crs::plane(), OnInvalid::Repair, &Stop::default());
        assert!(start.elapsed() < Duration::from_secs(20), "{name}");
        assert_eq!(result.rows, [0], "{name}: {:?}", result.faults);
        assert_eq!(result.faults[0].kind, FaultKind::Crossing, "{name}");
        let again =
            normalise_rings(result.polygons.clone(), &Crs::plane(), OnInvalid::Skip, &Stop::default());
        assert!(again.faults.is_empty(), "{name}: {:?}", again.faults);
        assert_eq!(again.polygons, result.polygons, "{name}");
    }
}

/// A ring with `count` vertices moved across others, spread along it.
fn with_moved(ring: &[Position], count: usize) -> Vec<Position> {
    let mut ring = ring.to_vec();
    for k in 0..count {
        let at = 3 + k * (ring.len() - 10) / count;
        ring[at] = [ring[at][0] + 23.9, ring[at][1] + 21.3];
    }
    ring
}
