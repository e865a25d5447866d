//! What each administrative unit had, lost and gained: by hand on two units, and on the sample county, where what there is now is
//! measured a second time as what there was before the way back.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use geo_types::{LineString, Polygon};
use proptest::prelude::*;
use sanxian::revisions::{Balance, GroundKind, LayerChange, RevisionOptions, compare_layers};
use sanxian::{Layer, Plan, ReadOptions, Role, Scheme, SquareMetres, crs};
use sanxian_tests::data;

/// A word, and the corners of a box: west, south, east, north.
type Patch<'a> = (&'a str, [f64; 4]);

/// A layer of boxes in metres, or in degrees of about as much.
fn layer(column: &str, patches: &[Patch<'_>], epsg: u32) -> Layer {
    let at = |[x, y]: [f64; 2]| match epsg {
        4490 => (111.0 + x * 1e-5, 34.0 + y * 1e-5),
        _ => (480_000.0 + x, 3_790_000.0 + y),
    };
    let shape = |(_, [west, south, east, north]): &Patch<'_>| {
        let corners = [[*west, *south], [*east, *south], [*east, *north], [*west, *north]];
        Polygon::new(LineString::from(corners.map(at).to_vec()), Vec::new())
    };
    let shapes: Vec<Polygon> = patches.iter().map(shape).collect();
    let words: ArrayRef = Arc::new(StringArray::from(patches.iter().map(|of| of.0).collect::<Vec<_>>()));
    let attributes = RecordBatch::try_from_iter([(column, words)]).expect("a column");
    let layer = Layer::from_geo_with(&shapes, attributes, crs::from_epsg(epsg).expect("a CRS"));
    layer.expect("a layer").scheme(Scheme::LandSea2023).named("GHYDYH")
}

const UNITS: [Patch<'static>; 2] = [("甲镇", [0.0, 0.0, 100.0, 100.0]), ("乙镇", [100.0, 0.0, 200.0, 100.0])];

/// A plan with its units.
fn plan(patches: &[Patch<'_>], units: &[Patch<'_>], epsg: u32) -> Plan {
    let plan = (Role::PLAN, layer("YDYHFLDM", patches, epsg));
    let units = (!units.is_empty()).then(|| (Role::ADMIN_UNIT, layer("XZQMC", units, epsg)));
    Plan::of(std::iter::once(plan).chain(units)).expect("a plan")
}

fn compare(old: &Plan, new: &Plan) -> Vec<LayerChange> {
    compare_layers(old, new, &RevisionOptions::default()).expect("a comparison")
}

fn of_plan(changes: &[LayerChange]) -> &[Balance] {
    &changes.iter().find(|change| change.role == Role::PLAN).expect("the plan").balances
}

/// Kind, unit, and square metres before, lost, gained and now.
fn told(balances: &[Balance]) -> Vec<(&'static str, Option<u32>, [i64; 4])> {
    let square_metres =
        |of: &Balance| [of.before, of.lost, of.gained, of.now()].map(|area| area.get().round() as i64);
    balances.iter().map(|of| (of.kind.name(), of.unit, square_metres(of))).collect()
}

#[test]
fn ground_is_counted_in_the_unit_where_it_lies() {
    // A field over the border is built upon from 80 to 130; one outside of both units comes to be.
    let old = plan(&[("0103", [50.0, 0.0, 150.0, 100.0])], &UNITS, 4546);
    let now = [
        ("0103", [50.0, 0.0, 80.0, 100.0]),
        ("0701", [80.0, 0.0, 130.0, 100.0]),
        ("0103", [130.0, 0.0, 150.0, 100.0]),
        ("0301", [300.0, 0.0, 310.0, 100.0]),
    ];
    let changes = compare(&old, &plan(&now, &UNITS, 4546));
    let expected = [
        ("cultivated", Some(0), [5_000, 2_000, 0, 3_000]),
        ("cultivated", Some(1), [5_000, 3_000, 0, 2_000]),
        ("farm", Some(0), [5_000, 2_000, 0, 3_000]),
        ("farm", Some(1), [5_000, 3_000, 0, 2_000]),
        ("farm", None, [0, 0, 1_000, 1_000]),
        ("construction", Some(0), [0, 0, 2_000, 2_000]),
        ("construction", Some(1), [0, 0, 3_000, 3_000]),
    ];
    // The plane is not the ellipsoid: a few parts in a thousand lie between.
    let near = |a: [i64; 4], b: [i64; 4]| a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1 + b / 500);
    let found = told(of_plan(&changes));
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.into_iter().zip(expected) {
        assert!((found.0, found.1) == (expected.0, expected.1) && near(found.2, expected.2), "{found:?}");
    }
}

#[test]
fn without_units_there_is_one_row_for_each_kind() {
    let plans = [
        plan(&[("0103", [0.0, 0.0, 100.0, 100.0])], &[], 4546),
        plan(&[("0701", [0.0, 0.0, 100.0, 100.0])], &[], 4546),
    ];
    let changes = compare(&plans[0], &plans[1]);
    let kinds: Vec<(&str, Option<u32>)> =
        told(of_plan(&changes)).into_iter().map(|of| (of.0, of.1)).collect();
    assert_eq!(kinds, [("cultivated", None), ("farm", None), ("construction", None)]);
    assert!(of_plan(&compare(&plans[0], &plans[0])).is_empty());
}

/// What there is now, as measured, against what there was less what went plus what came.
fn close(there: &[LayerChange], back: &[LayerChange]) {
    let by_unit = |change: &LayerChange| -> BTreeMap<(GroundKind, Option<u32>), Balance> {
        change.balances.iter().map(|of| ((of.kind, of.unit), *of)).collect()
    };
    for (there, back) in there.iter().zip(back) {
        assert_eq!(there.role, back.role);
        let (forth, back) = (by_unit(there), by_unit(back));
        for key in forth.keys().chain(back.keys()) {
            let nothing = Balance {
                kind: key.0,
                unit: key.1,
                before: SquareMetres::default(),
                lost: SquareMetres::default(),
                gained: SquareMetres::default(),
            };
            let [forth, back] = [&forth, &back].map(|of| of.get(key).copied().unwrap_or(nothing));
            let near = |a: SquareMetres, b: SquareMetres| {
                let (a, b) = (a.get(), b.get());
                // Sums of some thousand patches, each to nine digits.
                assert!((a - b).abs() < 0.02 + 1e-9 * a.abs(), "{} {key:?}: {a} {b}", there.role);
            };
            near(forth.now(), back.before);
            near(forth.before, back.now());
            near(forth.lost, back.gained);
            near(forth.gained, back.lost);
        }
    }
}

/// The sample county before or after, with its lines and units.
fn county(file: &str, plan: &str) -> Plan {
    let read = |role: Role, file: &str, name: &str| {
        let source = format!("{}#{name}", data("demo").join(file).display());
        (role, Layer::read(&source, &ReadOptions::default()).expect("the sample county can be read"))
    };
    Plan::of([
        read(Role::PLAN, file, plan),
        read(Role::REDLINE, file, "STBHHX"),
        read(Role::FARMLAND, file, "YJJBNTBHTB"),
        read(Role::URBAN_BOUNDARY, file, "CZKFBJ"),
        read(Role::ADMIN_UNIT, "county.gpkg", "XZQ"),
    ])
    .expect("a plan")
}

#[test]
fn the_balance_of_the_sample_county_closes_in_every_unit() {
    let [old, new] = [county("county.gpkg", "GHYDYH"), county("revision.gpkg", "GHYDYH2027")];
    let (there, back) = (compare(&old, &new), compare(&new, &old));
    close(&there, &back);
    let changed: Vec<&str> =
        there.iter().filter(|change| !change.balances.is_empty()).map(|change| change.role.name()).collect();
    assert_eq!(changed, ["plan", "redline", "farmland", "urban-boundary"]);
    // By unit or not, the county is one.
    for change in &there {
        for kind in GroundKind::OF_CLASSES.into_iter().chain([GroundKind::Covered]) {
            let of_kind = || change.balances.iter().filter(move |of| of.kind == kind);
            let sum = |area: fn(&Balance) -> SquareMetres| of_kind().map(|of| area(of).get()).sum::<f64>();
            if kind == GroundKind::Covered && of_kind().next().is_some() {
                let net = [0, 1].map(|side| change.areas[side].get() - change.claimed_again[side].get());
                assert!((sum(|of| of.before) - net[0]).abs() < 1.0, "{}", change.role);
                assert!((sum(Balance::now) - net[1]).abs() < 1.0, "{}", change.role);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    /// Random boxes over two units and beside them, some on top of each other, in metres and in degrees.
    #[test]
    fn random_balances_close(
        old in proptest::collection::vec(patch(), 1..8),
        new in proptest::collection::vec(patch(), 1..8),
        epsg in prop_oneof![Just(4546_u32), Just(4490_u32)],
    ) {
        let plan_of = |patches: &[(usize, [f64; 4])]| {
            let patches: Vec<Patch<'_>> = patches.iter().map(|(class, corners)| (CLASSES[*class], *corners)).collect();
            plan(&patches, &UNITS, epsg)
        };
        let (old, new) = (plan_of(&old), plan_of(&new));
        let (there, back) = (compare(&old, &new), compare(&new, &old));
        let claims_twice = there.iter().any(|of| of.claimed_again.iter().any(|area| area.get() > 0.0));
        if !claims_twice {
            close(&there, &back);
        }
    }
}

const CLASSES: [&str; 4] = ["0103", "0701", "0301", "1701"];

/// Boxes in columns of their own, so that those of one plan seldom lie on each other.
fn patch() -> impl Strategy<Value = (usize, [f64; 4])> {
    (0..CLASSES.len(), 0..12_u8, 1..25_u8, 0..60_u8, 1..60_u8).prop_map(
        |(class, column, width, south, height)| {
            let (west, south) = (f64::from(column) * 25.0 - 30.0, f64::from(south));
            (class, [west, south, west + f64::from(width), south + f64::from(height)])
        },
    )
}
