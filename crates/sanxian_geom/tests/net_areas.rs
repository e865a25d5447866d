//! What zones on one spot take of a subject, held against unions measured another way.

use proptest::prelude::*;
use sanxian_geom::{
    Area, ArealScale, Candidate, LayerIndex, MeasuredLayer, Measurer, Stop, ZoneOverlaps, any_meet,
    net_areas, overlaps, overlay_piece, union_of,
};
use sanxian_model::{Crs, CrsKind, PolygonColumn, PolygonColumnBuilder, Position};

/// What polygons of some 150 m may differ by: the unions here are on a lattice of 1.5e-8 m.
const LATTICE: f64 = 5e-6;

fn column(rings: &[Vec<Position>]) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    for ring in rings {
        builder.push_feature([[ring.clone()]]);
    }
    builder.finish()
}

/// A polygon around a place that sees all its vertices.
fn star(centre: Position, radii: &[f64], unit: f64) -> Vec<Position> {
    let mut ring: Vec<Position> = radii
        .iter()
        .enumerate()
        .map(|(k, radius)| {
            let (sin, cos) = (std::f64::consts::TAU * (k as f64 + 0.1) / radii.len() as f64).sin_cos();
            [centre[0] + radius * cos * unit, centre[1] + radius * sin * unit]
        })
        .collect();
    ring.push(ring[0]);
    ring
}

/// The plane, and longitude and latitude; a unit of the first is about a metre, as is 10⁻⁵ of the second.
fn systems() -> impl Strategy<Value = (Crs, Position, f64)> {
    let degrees = Crs { kind: CrsKind::Geographic { degrees: 1.0 }, ..Crs::plane() };
    prop_oneof![Just((Crs::plane(), [39_500_000.0, 3_520_000.0], 1.0)), Just((degrees, [117.0, 31.8], 1e-5)),]
}

fn a_star() -> impl Strategy<Value = (Position, Vec<f64>)> {
    (
        ((-60.0..60.0), (-60.0..60.0)).prop_map(|(x, y)| [x, y]),
        proptest::collection::vec(20.0..80.0_f64, 3..9),
    )
}

struct Case {
    crs: Crs,
    scale: ArealScale,
    subject: PolygonColumn,
    zones: PolygonColumn,
}

impl Case {
    fn new((crs, origin, unit): (Crs, Position, f64), stars: &[(Position, Vec<f64>)]) -> Self {
        let scale = ArealScale::fit(&crs, [], |_| Ok::<(), String>(())).expect("no projection");
        let place = |[x, y]: Position| [origin[0] + x * unit, origin[1] + y * unit];
        let zones: Vec<_> = stars.iter().map(|(at, radii)| star(place(*at), radii, unit)).collect();
        let subject = star(origin, &[70.0, 40.0, 75.0, 60.0, 50.0], unit);
        Self { crs, scale, subject: column(&[subject]), zones: column(&zones) }
    }

    fn nets(&self, measured: bool) -> (Vec<Candidate>, Vec<Area>) {
        let subject = MeasuredLayer::new(LayerIndex::build(&self.subject), &self.scale);
        let zones = MeasuredLayer::new(LayerIndex::build(&self.zones), &self.scale);
        let candidates: Vec<Candidate> = overlaps(&subject, &zones.index, &self.scale, &Stop::default())
            .iter()
            .map(|pair| Candidate::of(0, pair))
            .collect();
        let zone_overlaps = ZoneOverlaps::within(&zones, &self.scale, &Stop::default());
        let nets = net_areas(
            (&subject.index, 0),
            subject.areas[0],
            &[&zones.index],
            &candidates,
            |earlier, later| !measured || zone_overlaps.contains(earlier.row, later.row),
            &self.scale,
        );
        (candidates, nets)
    }

    /// Area of what the first so many zones cover of the subject, by uniting polygons.
    fn united(&self, zones: usize) -> f64 {
        let (subject, index) = (LayerIndex::build(&self.subject), LayerIndex::build(&self.zones));
        let pieces: Vec<_> =
            (0..zones).map(|k| overlay_piece((&subject, 0), (&index, k), &self.crs)).collect();
        let near = subject.extent(0).min;
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature(union_of(&pieces, near, &self.crs));
        let column = builder.finish();
        Measurer::new(&self.scale).area(&LayerIndex::build(&column), 0).ellipsoidal.get()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nets_add_up_to_the_union(
        (system, stars) in (systems(), proptest::collection::vec(a_star(), 1..12))
    ) {
        let case = Case::new(system, &stars);
        for measured in [true, false] {
            let (candidates, nets) = case.nets(measured);
            let mut sum = 0.0;
            for (candidate, net) in candidates.iter().zip(&nets) {
                sum += net.ellipsoidal.get();
                let union = case.united(candidate.row as usize + 1);
                prop_assert!((sum - union).abs() < LATTICE, "{sum} up to {candidate:?}, {union} united");
                prop_assert!(net.ellipsoidal <= candidate.area.ellipsoidal);
            }
        }
    }

    #[test]
    fn three_zones_by_inclusion_and_exclusion(
        (system, stars) in (systems(), proptest::collection::vec(a_star(), 3))
    ) {
        // No union is built: |A| + |B| + |C| − |AB| − |AC| − |BC| + |ABC|, all within the subject.
        let case = Case::new(system, &stars);
        let (subject, zones) = (LayerIndex::build(&case.subject), LayerIndex::build(&case.zones));
        let mut measurer = Measurer::new(&case.scale);
        let mut area = |shapes: &sanxian_geom::Shapes, zone: usize| {
            let mut builder = PolygonColumnBuilder::new();
            builder.push_feature(shapes.clone());
            let column = builder.finish();
            let shared = measurer.overlap((&LayerIndex::build(&column), 0), (&zones, zone), None);
            (shared.unwrap_or_default().ellipsoidal.get(), column)
        };
        let in_zone = |k: usize| overlay_piece((&subject, 0), (&zones, k), &case.crs);
        let mut expected = 0.0;
        for k in 0..3 {
            expected += area(&in_zone(k), k).0;
        }
        for (j, k) in [(0, 1), (0, 2), (1, 2)] {
            expected -= area(&in_zone(j), k).0;
        }
        let (_, first) = area(&in_zone(0), 0);
        let both = overlay_piece((&LayerIndex::build(&first), 0), (&zones, 1), &case.crs);
        expected += area(&both, 2).0;
        let (_, nets) = case.nets(true);
        let sum: f64 = nets.iter().map(|net| net.ellipsoidal.get()).sum();
        prop_assert!((sum - expected).abs() < LATTICE, "{sum} is not {expected}");
    }

    #[test]
    fn pieces_inside_and_outside_make_the_whole(
        (system, stars) in (systems(), proptest::collection::vec(a_star(), 1..6))
    ) {
        let case = Case::new(system, &stars);
        let (subject, zones) = (LayerIndex::build(&case.subject), LayerIndex::build(&case.zones));
        let rows: Vec<u32> = (0..stars.len() as u32).collect();
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature(sanxian_geom::outside_piece((&subject, 0), (&zones, &rows), &case.crs));
        let outside = builder.finish();
        let mut measurer = Measurer::new(&case.scale);
        let outside = measurer.area(&LayerIndex::build(&outside), 0).ellipsoidal.get();
        let whole = measurer.area(&subject, 0).ellipsoidal.get();
        let inside = case.united(stars.len());
        prop_assert!((whole - inside - outside).abs() < LATTICE, "{whole} {inside} {outside}");
    }
}

fn square(x: f64, y: f64, side: f64) -> Vec<Position> {
    vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
}

#[test]
fn disjoint_zones_keep_their_overlap_bit_for_bit() {
    // Two that overlap, and two that only touch the first, with a vertex of one in the middle of an edge of the other.
    let zones =
        [square(0.1, 0.1, 33.3), square(30.7, 0.1, 20.0), square(33.4, 33.4, 10.0), square(7.03, 33.4, 0.77)];
    let case = Case {
        crs: Crs::plane(),
        scale: ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("plane"),
        subject: column(&[square(0.0, 0.0, 60.0)]),
        zones: column(&zones),
    };
    for measured in [true, false] {
        let (candidates, nets) = case.nets(measured);
        assert_eq!(nets.len(), 4);
        assert_eq!([nets[0], nets[2], nets[3]], [candidates[0].area, candidates[2].area, candidates[3].area]);
        assert!((nets[1].planar.get() - (20.0 * 20.0 - 2.7 * 20.0)).abs() < 1e-6, "{nets:?}");
    }
}

#[test]
fn behind_a_zone_that_takes_all_nothing_is_left() {
    let zones = [square(10.0, 10.0, 5.0), square(-5.0, -5.0, 80.0), square(20.0, 20.0, 5.0)];
    let case = Case {
        crs: Crs::plane(),
        scale: ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("plane"),
        subject: column(&[square(0.0, 0.0, 60.0)]),
        zones: column(&zones),
    };
    let found: Vec<f64> = case.nets(true).1.iter().map(|net| net.planar.get().round()).collect();
    assert_eq!(found, [25.0, 3_575.0, 0.0]);
}

#[test]
fn claims_that_only_touch_do_not_meet() {
    let subject = column(&[square(0.0, 0.0, 60.0)]);
    let zones = column(&[square(0.0, 0.0, 10.0), square(10.0, 0.0, 10.0), square(15.0, 5.0, 10.0)]);
    let (subject, zones) = (LayerIndex::build(&subject), LayerIndex::build(&zones));
    let candidate = |row| Candidate { layer: 0, row, area: Area::default() };
    let meet = |rows: [u32; 2]| any_meet((&subject, 0), &[&zones], &rows.map(candidate), |_, _| true);
    assert!(!meet([0, 1]));
    assert!(meet([1, 2]));
    assert!(!meet([0, 2]));
}

/// Zones on one patch, each overlapping most of the others.
fn pile(count: u32) -> Case {
    let zones: Vec<_> = (0..count)
        .map(|k| {
            let t = f64::from(k) * 2.399_963;
            let r = 300.0 * (f64::from(k) / f64::from(count)).sqrt();
            let radii: Vec<f64> = (0..12).map(|i| 250.0 + f64::from((k * 7 + i * 31) % 97)).collect();
            star([1_000.0 + r * t.cos(), 1_000.0 + r * t.sin()], &radii, 1.0)
        })
        .collect();
    Case {
        crs: Crs::plane(),
        scale: ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("plane"),
        subject: column(&[square(0.0, 0.0, 2_000.0)]),
        zones: column(&zones),
    }
}

#[test]
fn four_hundred_zones_on_one_patch_end() {
    let case = pile(400);
    let start = std::time::Instant::now();
    let (candidates, nets) = case.nets(true);
    // A hang guard: a build without optimisation takes about a second.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    assert_eq!((candidates.len(), nets.len()), (400, 400));
    // Uniting all at once meets every crossing, so a smaller pile is held against it.
    let case = pile(60);
    let sum: f64 = case.nets(true).1.iter().map(|net| net.ellipsoidal.get()).sum();
    assert!((sum - case.united(60)).abs() < 1e-4);
}
