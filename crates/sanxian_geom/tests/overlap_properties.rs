//! What must hold for every pair of polygons, tried on shapes whose overlap is known by counting.
//!
//! The shapes are masks of cells on a small grid, traced into rings: they have holes, islands in holes,
//! rings that touch at points, and share vertices and edges with each other and with the sides of each
//! other's boxes all the time. A linear map then turns, stretches and moves them, zone prefix included.

use proptest::prelude::*;
use sanxian_geom::{Area, ArealScale, LayerIndex, MeasuredLayer, Measurer, Stop, overlaps};
use sanxian_model::{Crs, PolygonColumn, PolygonColumnBuilder, Position};

const SIDE: usize = 7;
type Mask = [[bool; SIDE]; SIDE];

fn plane() -> ArealScale {
    ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("the plane needs no fit")
}

/// A linear map and a translation.
#[derive(Debug, Clone, Copy)]
struct Map {
    m: [f64; 4],
    origin: Position,
}

impl Map {
    fn apply(&self, [x, y]: Position) -> Position {
        let [a, b, c, d] = self.m;
        [a * x + b * y + self.origin[0], c * x + d * y + self.origin[1]]
    }

    fn area(&self) -> f64 {
        (self.m[0] * self.m[3] - self.m[1] * self.m[2]).abs()
    }
}

/// The boundary of a mask as rings with the cells on their left: exteriors counter-clockwise, holes
/// clockwise. Corners that touch are joined or kept apart, as `joined` says.
fn trace(mask: &Mask, offset: (i32, i32), joined: bool) -> Vec<Vec<Position>> {
    let filled = |x: i32, y: i32| {
        (0..SIDE as i32).contains(&x) && (0..SIDE as i32).contains(&y) && mask[x as usize][y as usize]
    };
    let mut edges: Vec<((i32, i32), (i32, i32))> = Vec::new();
    for x in 0..SIDE as i32 {
        for y in 0..SIDE as i32 {
            if filled(x, y) {
                if !filled(x, y - 1) {
                    edges.push(((x, y), (x + 1, y)));
                }
                if !filled(x + 1, y) {
                    edges.push(((x + 1, y), (x + 1, y + 1)));
                }
                if !filled(x, y + 1) {
                    edges.push(((x + 1, y + 1), (x, y + 1)));
                }
                if !filled(x - 1, y) {
                    edges.push(((x, y + 1), (x, y)));
                }
            }
        }
    }
    let mut rings = Vec::new();
    while let Some((start, mut at)) = edges.pop() {
        let mut ring = vec![start, at];
        let mut before = start;
        while at != start {
            let turn =
                |next: (i32, i32)| (at.0 - before.0) * (next.1 - at.1) - (at.1 - before.1) * (next.0 - at.0);
            let pick = edges
                .iter()
                .enumerate()
                .filter(|(_, (from, _))| *from == at)
                .max_by_key(|(_, (_, to))| if joined { -turn(*to) } else { turn(*to) })
                .map(|(k, _)| k)
                .expect("boundaries are closed");
            let (_, next) = edges.swap_remove(pick);
            (before, at) = (at, next);
            ring.push(at);
        }
        rings.push(
            ring.into_iter().map(|(x, y)| [f64::from(x + offset.0), f64::from(y + offset.1)]).collect(),
        );
    }
    rings
}

/// One feature. Each ring is a polygon of its own: for the measure a hole is a ring that runs clockwise.
fn column(features: &[Vec<Vec<Position>>], map: Map) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    for rings in features {
        let mirrored = map.m[0] * map.m[3] < map.m[1] * map.m[2];
        builder.push_feature(rings.iter().map(|ring| {
            let mut ring: Vec<Position> = ring.iter().map(|&p| map.apply(p)).collect();
            if mirrored {
                ring.reverse();
            }
            [ring]
        }));
    }
    builder.finish()
}

fn cells(mask: &Mask, offset: (i32, i32)) -> impl Iterator<Item = (i32, i32)> {
    (0..SIDE).flat_map(move |x| {
        let column = mask[x];
        (0..SIDE).filter(move |&y| column[y]).map(move |y| (x as i32 + offset.0, y as i32 + offset.1))
    })
}

fn shared(a: &PolygonColumn, b: &PolygonColumn) -> f64 {
    let scale = plane();
    let (a, b) = (LayerIndex::build(a), LayerIndex::build(b));
    Measurer::new(&scale).overlap((&a, 0), (&b, 0), None).map_or(0.0, |area| area.planar.get())
}

fn mask() -> impl Strategy<Value = Mask> {
    prop_oneof![
        proptest::array::uniform(proptest::array::uniform(proptest::bool::weighted(0.5))),
        proptest::array::uniform(proptest::array::uniform(proptest::bool::weighted(0.85))),
        Just([[true; SIDE]; SIDE]),
    ]
}

fn map() -> impl Strategy<Value = Map> {
    let shape = prop_oneof![
        Just([1.0, 0.0, 0.0, 1.0]),
        Just([100.0, 0.0, 0.0, 100.0]),
        Just([0.0, 1.0, -1.0, 0.0]),
        Just([3.0, 4.0, -4.0, 3.0]),
        Just([1.0, 1.0, 0.0, 1.0]),
        Just([-1.0, 0.25, 0.0, 2.0]),
        (-50.0..50.0, -50.0..50.0, -50.0..50.0, -50.0..50.0).prop_filter_map(
            "a map that flattens everything",
            |(a, b, c, d): (f64, f64, f64, f64)| ((a * d - b * c).abs() > 50.0).then_some([a, b, c, d])
        ),
    ];
    let origin = prop_oneof![Just([0.0, 0.0]), Just([39_500_000.0, 3_520_000.0]), Just([0.1, -0.3])];
    (shape, origin).prop_map(|(m, origin)| Map { m, origin })
}

fn offset() -> impl Strategy<Value = (i32, i32)> {
    (-3..8_i32, -3..8_i32)
}

/// Zone prefixes cost digits in the input itself: a vertex at 39 500 000 m is only known to 7e-9 m.
fn tolerance(map: &Map) -> f64 {
    let size = map.m.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
    1e-9 * map.area() + 1e-7 + map.origin[0].abs().max(map.origin[1].abs()) * 2e-15 * size * 200.0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn overlap_is_the_cells_in_common(
        (a, b, at, map, joined) in (mask(), mask(), offset(), map(), any::<(bool, bool)>())
    ) {
        let one = column(&[trace(&a, (0, 0), joined.0)], map);
        let two = column(&[trace(&b, at, joined.1)], map);
        let common = cells(&a, (0, 0)).filter(|cell| cells(&b, at).any(|other| other == *cell)).count();
        let expected = common as f64 * map.area();
        let (ab, ba) = (shared(&one, &two), shared(&two, &one));
        prop_assert!((ab - expected).abs() <= tolerance(&map), "{ab} is not {expected}");
        prop_assert!((ab - ba).abs() <= tolerance(&map), "{ab} one way, {ba} the other");
        prop_assert_eq!(ab > 0.0, common > 0);
    }

    #[test]
    fn a_coverage_shares_out_the_whole(
        (a, labels, at, map) in (
            mask(),
            proptest::array::uniform::<_, 14>(proptest::array::uniform::<_, 14>(0..4_u8)),
            (-3..=3_i32, -3..=3_i32),
            map(),
        )
    ) {
        // Four zones tile 14 by 14 cells around the mask.
        let zones: Vec<Vec<Vec<Position>>> = (0..4_u8).map(|label| {
            let mut rings = Vec::new();
            for (bx, by) in [(0, 0), (7, 0), (0, 7), (7, 7)] {
                let block: Mask =
                    std::array::from_fn(|x| std::array::from_fn(|y| labels[bx + x][by + y] == label));
                rings.extend(trace(&block, (bx as i32 - 3, by as i32 - 3), true));
            }
            rings
        }).collect();
        let subject = column(&[trace(&a, at, true)], map);
        let zones = column(&zones, map);
        let scale = plane();
        let measured = MeasuredLayer::new(LayerIndex::build(&subject), &scale);
        let pairs = overlaps(&measured, &LayerIndex::build(&zones), &scale, &Stop::default());
        let sum: f64 = pairs.iter().map(|pair| pair.planar.get()).sum();
        let inside = cells(&a, at).filter(|(x, y)| (-3..11).contains(x) && (-3..11).contains(y)).count();
        prop_assert!((sum - inside as f64 * map.area()).abs() <= 4.0 * tolerance(&map));
        if inside == cells(&a, at).count() {
            prop_assert!((sum - measured.areas[0].planar.get()).abs() <= 4.0 * tolerance(&map));
        }
    }

    #[test]
    fn writing_the_same_shape_another_way_changes_nothing(
        (a, b, at, map, turn) in (mask(), mask(), offset(), map(), 0..40_usize)
    ) {
        let rings = trace(&b, at, true);
        // Start elsewhere, and put the middle into every edge.
        let other: Vec<Vec<Position>> = rings.iter().map(|ring| {
            let mut open: Vec<Position> = ring[1..]
                .iter()
                .zip(ring)
                .flat_map(|(q, p)| [*p, [(p[0] + q[0]) * 0.5, (p[1] + q[1]) * 0.5]])
                .collect();
            let by = turn % open.len();
            open.rotate_left(by);
            open.push(open[0]);
            open
        }).collect();
        let subject = column(&[trace(&a, (0, 0), true)], map);
        let (plain, rewritten) = (column(&[rings], map), column(&[other], map));
        let (before, after) = (shared(&subject, &plain), shared(&subject, &rewritten));
        prop_assert!((before - after).abs() <= tolerance(&map), "{before} became {after}");
    }

    #[test]
    fn far_parts_of_a_zone_do_not_matter((a, b, at, map) in (mask(), mask(), offset(), map())) {
        let near = trace(&b, at, true);
        let mut with_far = near.clone();
        for k in 0..40 {
            with_far.extend(trace(&[[true; SIDE]; SIDE], (30 + 9 * k, 25), true));
        }
        let subject = column(&[trace(&a, (0, 0), true)], map);
        let (near, with_far) = (column(&[near], map), column(&[with_far], map));
        let (before, after) = (shared(&subject, &near), shared(&subject, &with_far));
        prop_assert!((before - after).abs() <= tolerance(&map), "{before} became {after}");
    }
}

/// A shape with many vertices and spikes, so that rings have trees of several levels.
fn comb(teeth: usize, at: Position, height: f64) -> Vec<Position> {
    let mut ring = vec![at];
    for k in 0..teeth {
        let x = at[0] + k as f64;
        ring.extend([
            [x + 0.5, at[1]],
            [x + 0.5, at[1] + height],
            [x + 1.0, at[1] + height],
            [x + 1.0, at[1]],
        ]);
    }
    ring.extend([[at[0] + teeth as f64, at[1] - 1.0], [at[0], at[1] - 1.0], at]);
    ring.reverse();
    ring
}

#[test]
fn a_long_ring_costs_no_exactness() {
    let scale = plane();
    let teeth = 20_000;
    let mut builder = PolygonColumnBuilder::new();
    builder.push_feature([[comb(teeth, [0.0, 0.0], 100.0)]]);
    let zone = builder.finish();
    let zone = LayerIndex::build(&zone);
    // Squares across 10 teeth, at every height: below, across and above the roof of the comb.
    for (x, y, expected) in [
        (100.0, 10.0, 50.0),
        (19_990.0, 95.0, 25.0),
        (5_000.0, 100.0, 0.0),
        (0.0, -1.0, 10.0 + 45.0),
        (19_995.0, -6.0, 15.0),
        (-5.0, 50.0, 25.0),
    ] {
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([[vec![[x, y], [x + 10.0, y], [x + 10.0, y + 10.0], [x, y + 10.0], [x, y]]]]);
        let patch = builder.finish();
        let patch = LayerIndex::build(&patch);
        let found: Area = Measurer::new(&scale).overlap((&patch, 0), (&zone, 0), None).unwrap_or_default();
        assert!((found.planar.get() - expected).abs() < 1e-9, "({x}, {y}): {found:?}, not {expected}");
    }
}

#[test]
fn threads_and_company_change_no_bit() {
    let scale = plane();
    let mut builder = PolygonColumnBuilder::new();
    let mut zones = PolygonColumnBuilder::new();
    for k in 0..500 {
        let (x, y) = (f64::from(k % 25) * 7.3, f64::from(k / 25) * 5.1);
        let ring = vec![[x, y], [x + 9.1, y + 0.3], [x + 8.0, y + 6.0], [x - 1.0, y + 4.0], [x, y]];
        builder.push_feature([[ring.clone()]]);
        if k % 3 == 0 {
            zones.push_feature([[ring.iter().map(|p| [p[0] + 0.3, p[1] - 0.2]).collect::<Vec<_>>()]]);
        }
    }
    let (subject, zones) = (builder.finish(), zones.finish());
    let measured = MeasuredLayer::new(LayerIndex::build(&subject), &scale);
    let index = LayerIndex::build(&zones);
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("pool");
    let one = pool(1).install(|| overlaps(&measured, &index, &scale, &Stop::default()));
    let three = pool(3).install(|| overlaps(&measured, &index, &scale, &Stop::default()));
    assert!(one.len() > 500);
    assert_eq!(one, three);
    for pair in &one {
        let mut alone = PolygonColumnBuilder::new();
        alone.push_view(zones.feature(pair.zone as usize));
        let alone = alone.finish();
        let a = (&measured.index, pair.subject as usize);
        let found = Measurer::new(&scale).overlap(a, (&LayerIndex::build(&alone), 0), None);
        assert_eq!(found.map(|area| (area.ellipsoidal, area.planar)), Some((pair.area, pair.planar)));
    }
}

#[test]
fn a_measurer_does_not_take_the_next_layer_for_the_last() {
    let scale = plane();
    let mut measurer = Measurer::new(&scale);
    let triangle = vec![[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 0.0]];
    let square = vec![[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]];
    // Same box, same row, and the same place on the stack.
    for (ring, expected) in [(triangle, 50.0), (square, 100.0)] {
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature([[ring]]);
        let layer = builder.finish();
        let found = measurer.area(&LayerIndex::build(&layer), 0).planar.get();
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }
}
