//! What became of the features and of the ground of two revisions, on patches that are drawn by hand and in degrees.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use geo_types::{LineString, Polygon};
use sanxian::revisions::{
    FeatureChange, GroundClass, Identifiers, LayerChange, MatchedBy, RevisionOptions, ShapeChange,
    compare_layers,
};
use sanxian::{Layer, Plan, Role, Scheme, crs};

/// Identifier, class, and the corners of a box in metres: west, south, east, north.
type Patch<'a> = (&'a str, &'a str, [f64; 4]);

fn plan_in(patches: &[Patch<'_>], epsg: u32) -> Plan {
    let at = |[x, y]: [f64; 2]| match epsg {
        4490 => (117.0 + x * 1e-5, 31.0 + y * 1e-5),
        _ => (480_000.0 + x, 3_790_000.0 + y),
    };
    let shape = |(_, _, [west, south, east, north]): &Patch<'_>| {
        let corners = [[*west, *south], [*east, *south], [*east, *north], [*west, *north]];
        Polygon::new(LineString::from(corners.map(at).to_vec()), Vec::new())
    };
    let shapes: Vec<Polygon> = patches.iter().map(shape).collect();
    let text = |cells: Vec<&str>| -> ArrayRef { Arc::new(StringArray::from(cells)) };
    let ids = text(patches.iter().map(|patch| patch.0).collect());
    let classes = text(patches.iter().map(|patch| patch.1).collect());
    let attributes = RecordBatch::try_from_iter([("BSM", ids), ("YDYHFLDM", classes)]).expect("two columns");
    let layer = Layer::from_geo_with(&shapes, attributes, crs::from_epsg(epsg).expect("a CRS"));
    let layer = layer.expect("a layer").scheme(Scheme::LandSea2023).named("GHYDYH");
    Plan::of([(Role::PLAN, layer)]).expect("a plan")
}

fn compare(old: &[Patch<'_>], new: &[Patch<'_>]) -> LayerChange {
    let (old, new) = (plan_in(old, 4546), plan_in(new, 4546));
    compare_plans(&old, &new)
}

fn compare_plans(old: &Plan, new: &Plan) -> LayerChange {
    let mut changes = compare_layers(old, new, &RevisionOptions::default()).expect("a comparison");
    assert_eq!(changes.len(), 1);
    let change = changes.remove(0);
    closes(&change);
    change
}

/// What was and what is add up to the areas of both revisions.
fn closes(change: &LayerChange) {
    for side in [0, 1] {
        let covered = |(old, new): (&GroundClass, &GroundClass)| *[old, new][side] != GroundClass::Nothing;
        let transitions = change.transitions.iter().filter(|of| covered((&of.old, &of.new)));
        let sum: f64 = transitions.map(|of| of.area.get()).sum();
        let net = change.areas[side].get() - change.claimed_again[side].get();
        assert!((sum - net).abs() < 1e-6 + 1e-9 * net, "{sum} {net}");
    }
}

/// Numbers of old and new features, the change, and by what they were matched.
type Told = (Vec<u32>, Vec<u32>, ShapeChange, Option<MatchedBy>);

fn told(change: &LayerChange) -> Vec<Told> {
    let of =
        |change: &FeatureChange| (change.old.clone(), change.new.clone(), change.shape, change.matched_by);
    change.changed.iter().map(of).collect()
}

/// Old class, new class and square metres of ground that changed.
fn ground(change: &LayerChange) -> Vec<(String, String, i64)> {
    let of = change
        .real_ground()
        .map(|ground| (ground.old.to_string(), ground.new.to_string(), ground.area.get().round() as i64));
    let mut of: Vec<_> = of.collect();
    of.sort();
    of
}

fn moved(old: &str, new: &str, area: i64) -> (String, String, i64) {
    (old.to_owned(), new.to_owned(), area)
}

const HOUSING: &str = "0701";
const FARM: &str = "0101";

#[test]
fn each_kind_of_change_is_told_apart() {
    use MatchedBy::{Ground, Identifier, Shape};
    let at = |x: f64| [x, 0.0, x + 100.0, 100.0];
    let old = [
        ("same", HOUSING, at(0.0)),
        ("grows", HOUSING, at(1_000.0)),
        ("is dropped", HOUSING, at(2_000.0)),
        ("is split", HOUSING, at(3_000.0)),
        ("one half", HOUSING, at(4_000.0)),
        ("other half", HOUSING, at(4_100.0)),
        ("recoded", FARM, at(5_000.0)),
        ("moves off", HOUSING, at(6_000.0)),
    ];
    let new = [
        ("moves off", HOUSING, at(7_000.0)),
        ("recoded", HOUSING, at(5_000.0)),
        ("one half", HOUSING, [4_000.0, 0.0, 4_200.0, 100.0]),
        ("a part", HOUSING, [3_000.0, 0.0, 3_030.0, 100.0]),
        ("is split", HOUSING, [3_030.0, 0.0, 3_100.0, 100.0]),
        ("comes", HOUSING, at(8_000.0)),
        ("grows", HOUSING, [1_000.0, 0.0, 1_150.0, 100.0]),
        ("same", HOUSING, at(0.0)),
    ];
    let change = compare(&old, &new);
    assert_eq!(
        told(&change),
        [
            (vec![], vec![5], ShapeChange::Added, None),
            (vec![2], vec![], ShapeChange::Removed, None),
            (vec![1], vec![6], ShapeChange::Reshaped, Some(Identifier)),
            (vec![7], vec![0], ShapeChange::Reshaped, Some(Identifier)),
            (vec![3], vec![3, 4], ShapeChange::Split, Some(Ground)),
            (vec![4, 5], vec![2], ShapeChange::Merged, Some(Ground)),
            (vec![6], vec![1], ShapeChange::Same, Some(Shape)),
        ]
    );
    assert_eq!((change.unchanged, change.identifiers), (1, Identifiers::Stable));
    let recoded: Vec<bool> = change.changed.iter().map(|change| change.recoded).collect();
    assert_eq!(recoded, [false, false, false, false, false, false, true]);
    let areas: Vec<[i64; 2]> = change
        .changed
        .iter()
        .map(|change| [change.lost, change.gained].map(|area| area.get().round() as i64))
        .collect();
    assert_eq!(areas, [[0, 10_000], [10_000, 0], [0, 5_000], [10_000, 10_000], [0, 0], [0, 0], [0, 0]]);
    assert_eq!(
        ground(&change),
        [
            moved(FARM, HOUSING, 10_000),
            moved(HOUSING, "nothing", 10_000),
            moved(HOUSING, "nothing", 10_000),
            moved("nothing", HOUSING, 5_000),
            moved("nothing", HOUSING, 10_000),
            moved("nothing", HOUSING, 10_000),
        ]
    );
    // The class is the one column that changed; that of the recoded patch.
    let fields = change.changed.iter().flat_map(|change| &change.fields);
    let fields: Vec<_> = fields.map(|of| (&*of.field, of.old.as_deref(), of.new.as_deref())).collect();
    assert_eq!(fields, [("YDYHFLDM", Some(FARM), Some(HOUSING))]);
}

#[test]
fn identifiers_that_were_issued_anew_decide_nothing() {
    let boxes: Vec<[f64; 4]> =
        (0..10).map(|k| [f64::from(k) * 200.0, 0.0, f64::from(k) * 200.0 + 100.0, 100.0]).collect();
    let names: Vec<String> = (0..11).map(|k| format!("{k:03}")).collect();
    let patches = |shift: usize, grown: usize| -> Vec<Patch<'_>> {
        boxes
            .iter()
            .enumerate()
            .map(|(k, [west, south, east, north])| {
                let more = if k == grown { 50.0 } else { 0.0 };
                (&*names[k + shift], HOUSING, [*west, *south, east + more, *north])
            })
            .collect()
    };
    let change = compare(&patches(0, 99), &patches(1, 4));
    assert_eq!(change.identifiers, Identifiers::Reissued);
    assert_eq!(told(&change), [(vec![4], vec![4], ShapeChange::Reshaped, Some(MatchedBy::Ground))]);
    assert_eq!(change.unchanged, 9);
    // One that was added has the identifiers of all others stand.
    let change = compare(&patches(0, 99), &patches(0, 4));
    assert_eq!(change.identifiers, Identifiers::Stable);
    assert_eq!(told(&change), [(vec![4], vec![4], ShapeChange::Reshaped, Some(MatchedBy::Identifier))]);
}

#[test]
fn noise_of_coordinates_is_summed_and_is_no_change() {
    // Two patches of different classes with an edge of a hundred metres, which is drawn again a little to the east.
    let revision =
        |edge: f64| [("A", HOUSING, [0.0, 0.0, edge, 100.0]), ("B", FARM, [edge, 0.0, 200.0, 100.0])];
    for (shift, noise) in [(1e-9, true), (1e-4, true), (0.02, false)] {
        let change = compare(&revision(100.0), &revision(100.0 + shift));
        let shape = if noise { ShapeChange::Noise } else { ShapeChange::Reshaped };
        let of_shape = change.changed.iter().filter(|change| change.shape == shape).count();
        let area = shift * 100.0;
        if noise && shift < 1e-6 {
            // What is less than the rounding of the measure is no change at all.
            assert!(change.changed.len() == of_shape && ground(&change).is_empty(), "{shift}: {change:?}");
            continue;
        }
        assert_eq!((change.changed.len(), of_shape), (2, 2), "{shift}: {change:?}");
        let (strips, of_strips) = change.noise();
        assert_eq!((strips, ground(&change).len()), if noise { (1, 0) } else { (0, 1) }, "{shift}");
        let told = if noise { of_strips.get() } else { change.ground[0].area.get() };
        // Areas are those on the ellipsoid: the scale of the map is not one here.
        assert!((told / area - 1.0).abs() < 1e-4, "{told} {area}");
        let of_features = change.changed.iter().map(|change| {
            let told = if noise { change.noise } else { change.lost + change.gained };
            told.get()
        });
        assert!((of_features.sum::<f64>() / (2.0 * area) - 1.0).abs() < 1e-4);
    }
    // Whoever asks for it has the wide strip as noise, too.
    let options = RevisionOptions { noise_width: Some(sanxian::Metres(0.03)), ..RevisionOptions::default() };
    let [old, new] = [revision(100.0), revision(100.02)].map(|patches| plan_in(&patches, 4546));
    let changes = compare_layers(&old, &new, &options).expect("a comparison");
    assert_eq!((changes[0].noise().0, changes[0].real_ground().count()), (1, 0));
}

#[test]
fn the_comparison_is_mirrored_and_does_not_know_the_order_of_features() {
    let old = [
        ("A", HOUSING, [0.0, 0.0, 100.0, 100.0]),
        ("B", FARM, [100.0, 0.0, 200.0, 100.0]),
        // Claims ground of A and of B a second time.
        ("C", "1001", [80.0, 40.0, 130.0, 60.0]),
        ("D", FARM, [300.0, 0.0, 400.0, 100.0]),
    ];
    let new = [
        ("A", HOUSING, [0.0, 0.0, 120.0, 100.0]),
        ("B", FARM, [120.0, 0.0, 200.0, 100.0]),
        ("C", "1001", [80.0, 40.0, 130.0, 60.0]),
        ("E", FARM, [300.0, 0.0, 350.0, 100.0]),
        ("F", HOUSING, [350.0, 0.0, 400.0, 100.0]),
    ];
    for epsg in [4546, 4490] {
        let [a, b] = [&old[..], &new[..]].map(|patches| plan_in(patches, epsg));
        let there = compare_plans(&a, &b);
        let back = compare_plans(&b, &a);
        assert!(!there.ground.is_empty() && there.changed.len() == 3, "{there:?}");
        let mirrored = |change: &LayerChange| {
            let mut told: Vec<_> = change
                .changed
                .iter()
                .map(|of| (of.new.clone(), of.old.clone(), of.shape.mirrored(), of.matched_by, of.recoded))
                .collect();
            told.sort();
            told
        };
        let mut straight: Vec<_> = there
            .changed
            .iter()
            .map(|of| (of.old.clone(), of.new.clone(), of.shape, of.matched_by, of.recoded))
            .collect();
        straight.sort();
        assert_eq!(straight, mirrored(&back));
        let mut grounds: Vec<_> =
            there.ground.iter().map(|of| (of.old.clone(), of.new.clone(), of.area.get().to_bits())).collect();
        let mut turned: Vec<_> =
            back.ground.iter().map(|of| (of.new.clone(), of.old.clone(), of.area.get().to_bits())).collect();
        grounds.sort();
        turned.sort();
        assert_eq!(grounds, turned);

        let reversed = |patches: &[Patch<'_>]| {
            let reversed: Vec<Patch<'_>> = patches.iter().rev().copied().collect();
            plan_in(&reversed, epsg)
        };
        let shuffled = compare_plans(&reversed(&old), &reversed(&new));
        assert_eq!(shuffled.transitions, there.transitions);
        assert_eq!(shuffled.shapes, there.shapes);
        let shapes = |change: &LayerChange| change.changed.iter().map(|of| of.shape).collect::<Vec<_>>();
        assert_eq!(shapes(&shuffled), shapes(&there));
        assert!(compare_plans(&a, &a.clone()).is_empty());
        assert!(compare_plans(&reversed(&old), &a).is_empty());
    }
}

#[test]
fn revisions_without_any_ground_in_common_are_told() {
    let field = |west: f64| ("1", "0103", [west, 0.0, west + 100.0, 100.0]);
    assert!(compare(&[field(0.0)], &[field(280_000.0)]).is_elsewhere());
    assert!(compare(&[field(0.0)], &[field(100.0)]).is_elsewhere(), "an edge is no ground");
    for (old, new) in [(vec![field(0.0)], vec![field(99.0)]), (vec![], vec![field(0.0)]), (vec![], vec![])] {
        assert!(!compare(&old, &new).is_elsewhere());
    }
}
