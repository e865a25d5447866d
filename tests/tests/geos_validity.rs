//! Repair of rings against the "structure" method of GEOS.
//!
//! One difference is meant. GEOS takes a hole for ground only if it shares no point with its shell, so that a hole
//! that touches its shell from outside is dropped; here it is ground, as ground must not be lost in silence.

use gdal::cpl::CslStringList;
use gdal::vector::Geometry;
use sanxian_geom::{OnInvalid, Stop, normalise_rings};
use sanxian_model::{Crs, PolygonColumn, PolygonColumnBuilder, Position};
use sanxian_tests::geos;

type Part = Vec<Vec<Position>>;

fn column(parts: &[Part]) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    builder.push_feature(parts);
    builder.finish()
}

fn structure(geometry: &Geometry) -> Geometry {
    let mut options = CslStringList::new();
    options.set_name_value("METHOD", "STRUCTURE").expect("an option");
    geometry.make_valid(&options).expect("GEOS repairs")
}

/// Areas after repair: by GEOS, and here.
fn areas(parts: &[Part], origin: Position) -> (f64, f64) {
    let column = column(parts);
    let theirs = structure(&geos(column.feature(0), origin)).area();
    let ours = normalise_rings(column, &Crs::plane(), OnInvalid::Repair, &Stop::default()).polygons;
    (theirs, ours.iter().map(|feature| geos(feature, origin).area()).sum())
}

fn square(x: f64, y: f64, side: f64) -> Vec<Position> {
    vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
}

fn cases() -> Vec<(&'static str, Vec<Part>, f64)> {
    let shell = || square(0.0, 0.0, 100.0);
    let beside = || square(200.0, 0.0, 50.0);
    let inside = || square(10.0, 10.0, 50.0);
    let star = (0..6).map(|k| f64::from(k * 2 % 5).mul_add(std::f64::consts::TAU / 5.0, 0.3));
    let star: Vec<Position> = star.map(|turn| [100.0 * turn.cos(), 100.0 * turn.sin()]).collect();
    let sine = |degrees: f64| degrees.to_radians().sin();
    // A pentagon on each side of the pentagram's core: its outline is ground, its core too.
    let outline = 10.0 * 0.5 * 100.0 * 100.0 * sine(36.0) * sine(18.0) / sine(126.0);
    vec![
        ("doubled ground", vec![vec![shell()], vec![shell()]], 10_000.0),
        ("hole = shell", vec![vec![shell(), shell()]], 0.0),
        ("hole beside its shell", vec![vec![shell(), beside()]], 12_500.0),
        ("hole across its shell", vec![vec![shell(), square(75.0, 20.0, 50.0)]], 8_750.0),
        ("hole of part B in part A", vec![vec![shell()], vec![beside(), inside()]], 12_500.0),
        ("nested parts", vec![vec![shell()], vec![inside()]], 10_000.0),
        ("parts that overlap", vec![vec![shell()], vec![square(50.0, 50.0, 100.0)]], 17_500.0),
        ("nested holes", vec![vec![shell(), inside(), square(20.0, 20.0, 10.0)]], 7_500.0),
        ("holes that overlap", vec![vec![shell(), inside(), square(50.0, 50.0, 20.0)]], 7_200.0),
        ("hole around its shell", vec![vec![inside(), shell()]], 0.0),
        (
            "bow-tie",
            vec![vec![vec![[0.0, 0.0], [100.0, 100.0], [100.0, 0.0], [0.0, 100.0], [0.0, 0.0]]]],
            5_000.0,
        ),
        ("ring twice around", vec![vec![[&shell()[..4], &shell()[..]].concat()]], 10_000.0),
        ("pentagram", vec![vec![star]], outline),
    ]
}

#[test]
fn repaired_areas_are_those_of_the_structure_method() {
    for (name, parts, expected) in cases() {
        // Near the origin, and with the digits of a zone prefix before the metres.
        for corner in [[0.0, 0.0], [437_512.0, 3_880_021.0], [37_437_512.0, 3_880_021.0]] {
            let moved: Vec<Part> = parts
                .iter()
                .map(|part| {
                    let place = |p: &Position| [p[0] + corner[0], p[1] + corner[1]];
                    part.iter().map(|ring| ring.iter().map(place).collect()).collect()
                })
                .collect();
            let (theirs, ours) = areas(&moved, corner);
            assert!((ours - expected).abs() < 1e-6, "{name} at {corner:?}: {ours} is not {expected}");
            assert!((theirs - ours).abs() < 1e-6, "{name} at {corner:?}: {ours}, by GEOS {theirs}");
        }
    }
}

#[test]
fn a_hole_that_touches_its_shell_from_outside_is_ground_here() {
    let parts = [vec![square(0.0, 0.0, 100.0), square(100.0, 0.0, 50.0)]];
    let (theirs, ours) = areas(&parts, [0.0, 0.0]);
    assert!((theirs - 10_000.0).abs() < 1e-6 && (ours - 12_500.0).abs() < 1e-6, "{theirs} {ours}");
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
fn random_boxes_as_parts_and_holes_agree() {
    let mut state = 5;
    for _ in 0..500 {
        let mut next = |from: f64, to: f64| from + random(&mut state) * (to - from);
        let parts: Vec<Part> = (0..3)
            .map(|_| (0..3).map(|_| square(next(0.0, 80.0), next(0.0, 80.0), next(5.0, 60.0))).collect())
            .collect();
        let (theirs, ours) = areas(&parts, [0.0, 0.0]);
        assert!((theirs - ours).abs() < 1e-5, "{ours}, by GEOS {theirs}: {parts:?}");
    }
}
