//! The package of a revision: what is in it, what its fields hold, and that the newer revision is made from the older one with it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float32Array, Int32Array, Int64Array, RecordBatch, StringArray,
    TimestampMillisecondArray,
};
use geo_types::{LineString, MultiPolygon, Polygon};
use proptest::prelude::*;
use sanxian::model;
use sanxian::revisions::{
    ChangeDate, FeatureChange, NotFound, Package, PackageError, PackageOptions, RevisionOptions, ShapeChange,
    apply, compare_layers, package_of,
};
use sanxian::{
    Error, Existing, Explain, Lang, Layer, Plan, PlanSources, ReadOptions, Role, Scheme, WriteOptions, crs,
};
use sanxian_tests::{Sanxian, data, sanxian};

/// Identifier, class, remark, and the corners of a box in metres: west, south, east, north.
#[derive(Debug, Clone, PartialEq)]
struct Patch {
    id: String,
    class: String,
    remark: String,
    corners: [f64; 4],
}

fn patch(id: &str, class: &str, corners: [f64; 4]) -> Patch {
    Patch { id: id.to_owned(), class: class.to_owned(), remark: String::new(), corners }
}

fn remarked(id: &str, class: &str, remark: &str, corners: [f64; 4]) -> Patch {
    Patch { remark: remark.to_owned(), ..patch(id, class, corners) }
}

fn shape([west, south, east, north]: [f64; 4], epsg: u32) -> Polygon {
    let at = |[x, y]: [f64; 2]| match epsg {
        4490 => (117.0 + x * 1e-5, 31.0 + y * 1e-5),
        _ => (480_000.0 + x, 3_790_000.0 + y),
    };
    let corners = [[west, south], [east, south], [east, north], [west, north]];
    Polygon::new(LineString::from(corners.map(at).to_vec()), Vec::new())
}

fn plan_with(patches: &[Patch], epsg: u32, columns: [&str; 3]) -> Plan {
    let shapes: Vec<Polygon> = patches.iter().map(|patch| shape(patch.corners, epsg)).collect();
    let text = |of: fn(&Patch) -> &str| -> ArrayRef {
        Arc::new(StringArray::from(patches.iter().map(of).collect::<Vec<_>>()))
    };
    let values = [text(|patch| &patch.id), text(|patch| &patch.class), text(|patch| &patch.remark)];
    let attributes = RecordBatch::try_from_iter(columns.into_iter().zip(values)).expect("three columns");
    let layer = Layer::from_geo_with(&shapes, attributes, crs::from_epsg(epsg).expect("a CRS"));
    plan_of(layer.expect("a layer").scheme(Scheme::LandSea2023).named("GHYDYH"))
}

fn plan_in(patches: &[Patch], epsg: u32) -> Plan {
    plan_with(patches, epsg, ["BSM", "YDYHFLDM", "备注"])
}

fn plan_of(layer: Layer) -> Plan {
    Plan::of([(Role::PLAN, layer)]).expect("a plan")
}

fn only_layer(plan: &Plan) -> &model::Layer {
    &plan.layers()[0]
}

fn of_day() -> PackageOptions {
    PackageOptions::of_day(ChangeDate::parse("2026-03-01").expect("a day"))
}

fn package_with(old: &Plan, new: &Plan, options: &PackageOptions) -> Result<Package, PackageError> {
    let changes = compare_layers(old, new, &RevisionOptions::default()).expect("a comparison");
    package_of(old, new, &changes, options)
}

fn package(old: &Plan, new: &Plan) -> Package {
    package_with(old, new, &of_day()).expect("a package")
}

fn applied(package: &Package, old: &Plan) -> Plan {
    let layer = apply(package, only_layer(old)).expect("the package fits");
    plan_of(layer.scheme(Scheme::LandSea2023))
}

fn texts(layer: &model::Layer, column: &str) -> Vec<String> {
    (0..layer.len()).map(|row| layer.text(column, row).unwrap_or_default()).collect()
}

/// The values of a column, in an order of their own.
fn sorted(layer: &model::Layer, column: &str) -> Vec<String> {
    let mut texts = texts(layer, column);
    texts.sort();
    texts
}

/// The values of a feature, and its rings.
type Feature = (Vec<String>, Vec<Vec<[u64; 2]>>);

/// Every feature with its values and its rings, each from its least vertex on, in an order of their own.
fn features(layer: &model::Layer) -> Vec<Feature> {
    let schema = layer.attributes.schema();
    let mut columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    columns.sort_unstable();
    let ring = |ring: &[[f64; 2]]| {
        let mut open: Vec<[u64; 2]> = ring[1..].iter().map(|at| at.map(f64::to_bits)).collect();
        let least = (0..open.len()).min_by_key(|at| open[*at]).unwrap_or_default();
        open.rotate_left(least);
        open
    };
    let feature = |row: usize| {
        let values =
            columns.iter().map(|column| format!("{column}={}", layer.text(column, row).unwrap_or_default()));
        let mut rings: Vec<_> = layer.polygons.feature(row).rings().map(ring).collect();
        rings.sort();
        (values.collect(), rings)
    };
    let mut features: Vec<_> = (0..layer.len()).map(feature).collect();
    features.sort();
    features
}

/// Square metres of each class, as the plane has them; a degree is taken for a hundred kilometres.
fn areas(layer: &model::Layer, epsg: u32) -> BTreeMap<String, f64> {
    let unit = if epsg == 4490 { 1e10 } else { 1.0 };
    let mut areas = BTreeMap::new();
    for (feature, class) in layer.polygons.iter().zip(texts(layer, "YDYHFLDM")) {
        let area: f64 = feature
            .rings()
            .map(|ring| {
                let [x, y] = ring[0];
                let cross =
                    |of: &[[f64; 2]]| (of[0][0] - x) * (of[1][1] - y) - (of[1][0] - x) * (of[0][1] - y);
                ring.windows(2).map(cross).sum::<f64>() / 2.0
            })
            .sum();
        *areas.entry(class).or_insert(0.0) += area * unit;
    }
    areas
}

/// The package makes the newer revision from the older one, and the mirrored one the other way round.
fn reproduces(old: &Plan, new: &Plan) -> Package {
    let there = package(old, new);
    assert_eq!(features(only_layer(&applied(&there, old))), features(only_layer(new)));
    let back = package(new, old);
    assert_eq!(features(only_layer(&applied(&back, new))), features(only_layer(old)));
    assert_eq!(features(there.before()), features(back.after()));
    assert_eq!(features(there.after()), features(back.before()));
    let mirrored = |kinds: Vec<String>| {
        let mut kinds: Vec<String> = kinds
            .into_iter()
            .map(|kind| match kind.as_str() {
                "1" => "3".to_owned(),
                "3" => "1".to_owned(),
                _ => kind,
            })
            .collect();
        kinds.sort();
        kinds
    };
    assert_eq!(sorted(there.change(), "WHLX"), mirrored(texts(back.change(), "WHLX")));
    there
}

const HOUSING: &str = "0701";
const FARM: &str = "0101";
const WATER: &str = "1701";

fn at(x: f64) -> [f64; 4] {
    [x, 0.0, x + 100.0, 100.0]
}

fn old_of_each_kind() -> Vec<Patch> {
    vec![
        patch("same", HOUSING, at(0.0)),
        patch("grows", HOUSING, at(1_000.0)),
        patch("is dropped", HOUSING, at(2_000.0)),
        patch("is split", HOUSING, at(3_000.0)),
        patch("one half", HOUSING, at(4_000.0)),
        patch("other half", HOUSING, at(4_100.0)),
        patch("recoded", FARM, at(5_000.0)),
        remarked("remarked", FARM, "旧", at(6_000.0)),
        patch("numbered", FARM, at(7_000.0)),
        patch("noise", FARM, at(8_000.0)),
    ]
}

fn new_of_each_kind() -> Vec<Patch> {
    vec![
        patch("comes", WATER, at(9_000.0)),
        patch("same", HOUSING, at(0.0)),
        patch("grows", HOUSING, [1_000.0, 0.0, 1_150.0, 100.0]),
        patch("is split", HOUSING, [3_000.0, 0.0, 3_030.0, 100.0]),
        patch("a part", HOUSING, [3_030.0, 0.0, 3_100.0, 100.0]),
        patch("one half", HOUSING, [4_000.0, 0.0, 4_200.0, 100.0]),
        patch("recoded", WATER, at(5_000.0)),
        remarked("remarked", FARM, "新", at(6_000.0)),
        patch("numbered anew", FARM, at(7_000.0)),
        patch("noise", FARM, [8_000.0, 0.0, 8_100.000_1, 100.0]),
    ]
}

#[test]
fn every_kind_of_change_is_in_the_package_and_noise_is_not() {
    for epsg in [4546, 4490] {
        let [old, new] = [old_of_each_kind(), new_of_each_kind()].map(|patches| plan_in(&patches, epsg));
        let package = package(&old, &new);
        assert_eq!(package.name(), "GHYDYH");
        let before =
            ["grows", "is dropped", "is split", "numbered", "one half", "other half", "recoded", "remarked"];
        assert_eq!(sorted(package.before(), "BSM"), before);
        let after =
            ["a part", "comes", "grows", "is split", "numbered anew", "one half", "recoded", "remarked"];
        assert_eq!(sorted(package.after(), "BSM"), after);
        // From west to east: the patch that grows, the one that is dropped, the recoded one, the one that comes.
        let change = package.change();
        assert_eq!(texts(change, "WHLX"), ["1", "3", "2", "1"]);
        let numbers: Vec<String> = (1..5).map(|k| format!("20260301{k:06}")).collect();
        assert_eq!(texts(change, "WHBH"), numbers);
        for empty in ["BSM", "YSDM", "XZQDM", "XZQMC", "WHLY", "JDZBLY", "KZBSHSLX", "BZ"] {
            assert_eq!(change.attributes.column_by_name(empty).expect("a column").null_count(), 4, "{empty}");
        }
        // All but the noise is the newer revision, and that is no change.
        let made = applied(&package, &old);
        let left = compare_layers(&made, &new, &RevisionOptions::default()).expect("a comparison");
        assert_eq!((left[0].changed.len(), left[0].real_ground().count()), (1, 0), "{:?}", left[0].changed);
        assert_eq!(left[0].changed[0].shape.name(), "noise");
        let without_noise: Vec<Patch> = new_of_each_kind()
            .into_iter()
            .map(|patch| if patch.id == "noise" { old_of_each_kind()[9].clone() } else { patch })
            .collect();
        reproduces(&old, &plan_in(&without_noise, epsg));
    }
}

#[test]
fn what_is_the_same_or_noise_alone_gives_an_empty_package() {
    let patches = old_of_each_kind();
    let old = plan_in(&patches, 4546);
    assert!(reproduces(&old, &old).is_empty());
    let reversed: Vec<Patch> = patches.iter().rev().cloned().collect();
    assert!(package(&old, &plan_in(&reversed, 4546)).is_empty());
    let moved = |patch: &Patch| Patch { corners: patch.corners.map(|at| at + 2e-4), ..patch.clone() };
    let noisy: Vec<Patch> = patches.iter().map(moved).collect();
    assert!(package(&old, &plan_in(&noisy, 4546)).is_empty());
}

#[test]
fn features_of_several_kinds_of_overlap_and_doubles_are_found_again() {
    let old = [
        patch("A", HOUSING, [0.0, 0.0, 100.0, 100.0]),
        // On the ground of A, which is then dropped: what was housing is farmland now, though this did not change.
        patch("B", FARM, [50.0, 0.0, 150.0, 100.0]),
        patch("C", WATER, at(500.0)),
        patch("C", WATER, at(500.0)),
        patch("", WATER, at(700.0)),
        patch("", WATER, at(700.0)),
    ];
    let new = [old[1].clone(), old[2].clone(), old[4].clone(), patch("", WATER, at(900.0))];
    let [old, new] = [&old[..], &new[..]].map(|patches| plan_in(patches, 4546));
    let package = reproduces(&old, &new);
    assert_eq!(sorted(package.before(), "BSM"), ["", "", "A", "B", "C", "C"]);
    assert_eq!(sorted(package.after(), "BSM"), ["", "", "B", "C"]);
}

#[test]
fn identifiers_that_were_issued_anew_and_other_columns_are_in_the_newer_revision() {
    let old = old_of_each_kind();
    let numbered = |patch: &Patch| Patch { id: format!("new {}", patch.id), ..patch.clone() };
    let new: Vec<Patch> = old.iter().map(numbered).collect();
    let plan = plan_in(&old, 4546);
    let package = reproduces(&plan, &plan_in(&new, 4546));
    assert_eq!((package.before().len(), package.change().len()), (old.len(), 0));
    // A column that goes and one that comes: features without a value in them stay where they are.
    let other = plan_with(&old, 4546, ["BSM", "YDYHFLDM", "说明"]);
    let package = reproduces_columns(&plan, &other);
    assert_eq!(texts(package.before(), "BSM"), ["remarked"]);
    assert_eq!(texts(package.after(), "说明"), ["旧"]);
}

fn reproduces_columns(old: &Plan, new: &Plan) -> Package {
    let package = package(old, new);
    assert_eq!(features(only_layer(&applied(&package, old))), features(only_layer(new)));
    package
}

#[test]
fn a_layer_without_classes_has_ground_that_is_added_and_removed() {
    let line = |boxes: &[[f64; 4]]| {
        let shapes: Vec<Polygon> = boxes.iter().map(|corners| shape(*corners, 4546)).collect();
        let layer = Layer::from_geo(&shapes, crs::from_epsg(4546).expect("a CRS")).expect("a layer");
        plan_of(layer.named("HLFXKZX"))
    };
    let (old, new) = (line(&[at(0.0), at(500.0)]), line(&[[50.0, 0.0, 150.0, 100.0], at(500.0)]));
    let package = reproduces(&old, &new);
    assert_eq!(texts(package.change(), "WHLX"), ["3", "1"]);
    assert_eq!((package.before().len(), package.after().len()), (1, 1));
}

#[test]
fn fields_are_given_and_no_text_is_cut() {
    let [old, new] = [old_of_each_kind(), new_of_each_kind()].map(|patches| plan_in(&patches, 4546));
    let with = |field: &str, text: &str| {
        let mut options = of_day();
        options.values.insert(field.to_owned(), text.to_owned());
        package_with(&old, &new, &options)
    };
    let given = with("XZQMC", "示范县").expect("a package");
    assert!(texts(given.change(), "XZQMC").iter().all(|text| text == "示范县"));
    assert_eq!(with("XZQMC", &"县".repeat(100)).expect("a package").change().len(), 4);
    let long = with("XZQMC", &"县".repeat(101)).expect_err("a text that is too long");
    assert_eq!(long, PackageError::TextTooLong { field: "XZQMC".to_owned(), width: 100, length: 101 });
    assert!(long.explain().lines(Lang::Zh).contains("长度为 100"));
    for (field, width) in
        [("YSDM", 10), ("XZQDM", 12), ("WHLY", 3), ("JDZBLY", 10), ("KZBSHSLX", 3), ("BZ", 255)]
    {
        assert!(with(field, &"1".repeat(width)).is_ok(), "{field}");
        assert!(
            matches!(with(field, &"1".repeat(width + 1)), Err(PackageError::TextTooLong { .. })),
            "{field}"
        );
    }
    for field in ["BSM", "WHLX", "WHBH", "MJ"] {
        assert!(matches!(with(field, "1"), Err(PackageError::NoSuchField { .. })), "{field}");
    }
}

/// The package in a file and back, with the widths that the file declares for its fields.
fn through(package: &Package, path: &Path) -> (Package, BTreeMap<String, i32>) {
    use gdal::vector::LayerAccess;
    package.write(path, Existing::Keep).expect("a file");
    let dataset = gdal::Dataset::open(path).expect("a database");
    let change = dataset.layer_by_name(&format!("WHC{}", package.name())).expect("a layer");
    let widths = change.defn().fields().map(|field| (field.name(), field.width())).collect();
    let back = Package::read(&path.display().to_string(), None, &ReadOptions::default()).expect("a package");
    (back, widths)
}

#[test]
fn files_keep_names_and_widths_and_coordinates() {
    let folder = tempfile::tempdir().expect("a folder");
    for epsg in [4546, 4490] {
        let mut patches = old_of_each_kind();
        patches[9] = new_of_each_kind()[9].clone();
        let [old, new] = [patches, new_of_each_kind()].map(|patches| plan_in(&patches, epsg));
        let mut options = of_day();
        options.values.insert("XZQMC".to_owned(), "示范县".to_owned());
        options.layer = Some("规划用地".to_owned());
        let package = package_with(&old, &new, &options).expect("a package");
        for (extension, exact) in [("gpkg", true), ("gdb", false)] {
            let path = folder.path().join(format!("维护{epsg}.{extension}"));
            let (back, widths) = through(&package, &path);
            assert_eq!(back.name(), "规划用地");
            let declared = [
                ("BSM", 18),
                ("YSDM", 10),
                ("XZQDM", 12),
                ("XZQMC", 100),
                ("WHLX", 2),
                ("WHLY", 3),
                ("JDZBLY", 10),
                ("WHBH", 18),
                ("KZBSHSLX", 3),
                ("BZ", 255),
            ];
            for (field, width) in declared {
                assert_eq!(widths.get(field), Some(&width), "{field} of {extension}");
            }
            assert_eq!(texts(back.change(), "XZQMC"), texts(package.change(), "XZQMC"));
            assert_eq!(texts(back.before(), "备注"), texts(package.before(), "备注"));
            let made = applied(&back, &old);
            let moved =
                furthest(back.after(), package.after()).max(furthest(back.before(), package.before()));
            // A hundredth of a micrometre is the step of the grid; a degree is some hundred kilometres.
            let metres = if epsg == 4490 { moved * 111_320.0 } else { moved };
            assert!(metres <= if exact { 0.0 } else { 2e-7 }, "{metres} m in {extension} of {epsg}");
            if exact {
                assert_eq!(features(only_layer(&made)), features(only_layer(&new)));
            }
            let (made, new) = (areas(only_layer(&made), epsg), areas(only_layer(&new), epsg));
            assert_eq!(made.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
            for (class, area) in &new {
                let differs = (made[class] - area).abs();
                let most = if exact { 1e-6 + 1e-9 * area } else { 1e-4 + 1e-9 * area };
                assert!(differs <= most, "{class} of {extension} of {epsg}: {differs}");
            }
            assert!(matches!(package.write(&path, Existing::Keep), Err(Error::Write(_))));
        }
    }
}

#[test]
fn parts_and_holes_and_columns_of_every_kind_are_found_again() {
    let ring = |x: f64, size: f64| {
        let [west, south] = [480_000.123_4 + x, 3_790_000.567_8];
        let (east, north) = (west + size, south + size);
        LineString::from(vec![(west, south), (east, south), (east, north), (west, north)])
    };
    let with_hole = |x: f64| {
        let mut hole = ring(x + 3.3, 2.0);
        for at in &mut hole.0 {
            at.y += 3.7;
        }
        Polygon::new(ring(x, 10.0), vec![hole])
    };
    let feature = |x: f64| {
        MultiPolygon(vec![with_hole(x + 40.0), with_hole(x), Polygon::new(ring(x + 20.0, 0.7), Vec::new())])
    };
    let plan = |at: [f64; 3], flags: [bool; 3]| {
        let shapes: Vec<MultiPolygon> = at.map(feature).to_vec();
        let columns: [(&str, ArrayRef); 7] = [
            ("BSM", Arc::new(StringArray::from(vec!["a", "b", "c"]))),
            ("稳定", Arc::new(BooleanArray::from(flags.to_vec()))),
            ("年份", Arc::new(Int32Array::from(vec![Some(2026), None, Some(1999)]))),
            ("编号", Arc::new(Int64Array::from(vec![1 << 40, -7, 0]))),
            ("系数", Arc::new(Float32Array::from(vec![0.1, -1e-7, 3.0]))),
            ("日期", Arc::new(Date32Array::from(vec![20_000, 0, 12_345]))),
            (
                "时间",
                Arc::new(TimestampMillisecondArray::from(vec![1_772_323_200_123, 0, 1]).with_timezone("UTC")),
            ),
        ];
        let attributes = RecordBatch::try_from_iter(columns).expect("columns");
        let layer = Layer::from_geo_with(&shapes, attributes, crs::from_epsg(4546).expect("a CRS"));
        plan_of(layer.expect("a layer").named("YDYHGHFQ"))
    };
    let (old, new) = (plan([0.0, 100.0, 200.0], [true; 3]), plan([0.0, 100.0, 201.0], [true, false, true]));
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a.gpkg", "a.gdb"] {
        let (package, _) = through(&package(&old, &new), &folder.path().join(name));
        assert_eq!(sorted(package.before(), "BSM"), ["b", "c"]);
        let made = plan_of(apply(&package, only_layer(&old)).expect("the package fits"));
        let left = compare_layers(&made, &new, &RevisionOptions::default()).expect("a comparison").remove(0);
        // Files keep truth values as numbers, moments to the second or finer, and days as their first moment.
        let is_kept = |change: &&FeatureChange| {
            [ShapeChange::Noise, ShapeChange::Same].contains(&change.shape)
                && change.fields.iter().all(|of| ["稳定", "时间", "日期"].contains(&&*of.field))
        };
        let grave = left.changed.len() - left.changed.iter().filter(is_kept).count();
        assert_eq!((grave, left.real_ground().count(), made.layers()[0].len()), (0, 0, 3), "{name}");
        for column in ["年份", "编号", "系数", "日期"] {
            let values: Vec<String> = sorted(only_layer(&made), column)
                .iter()
                .map(|value| value.replace("T00:00:00", ""))
                .collect();
            assert_eq!(values, sorted(only_layer(&new), column), "{name}");
        }
        assert_eq!(sorted(only_layer(&made), "稳定"), ["0", "1", "1"]);
    }
}

/// How far a vertex of one layer is from the same of the other, in units of the CRS.
fn furthest(a: &model::Layer, b: &model::Layer) -> f64 {
    assert_eq!(a.polygons.coords().len(), b.polygons.coords().len());
    let by_place = |layer: &model::Layer| {
        let mut at = layer.polygons.coords().to_vec();
        // To the millimetre, or less than that in degrees.
        at.sort_by_key(|at| at.map(|at| (at * 1e6).round() as i64));
        at
    };
    let pairs = by_place(a).into_iter().zip(by_place(b));
    pairs.flat_map(|(a, b)| [(a[0] - b[0]).abs(), (a[1] - b[1]).abs()]).fold(0.0, f64::max)
}

#[test]
fn other_files_and_names_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let [old, new] = [old_of_each_kind(), new_of_each_kind()];
    let of = |columns| package(&plan_with(&old, 4546, columns), &plan_with(&new, 4546, columns));
    let told = |package: &Package, name: &str| match package.write(&folder.path().join(name), Existing::Keep)
    {
        Err(Error::Package(error)) => *error,
        other => panic!("{other:?}"),
    };
    let plain = of(["BSM", "YDYHFLDM", "备注"]);
    assert!(matches!(told(&plain, "a.shp"), PackageError::NotADatabase { .. }));
    let spaced = of(["BSM", "YDYHFLDM", "a b"]);
    assert_eq!(told(&spaced, "a.gdb"), PackageError::NameInGeodatabase { name: "a b".to_owned() });
    for name in ["date", "Shape", "9a"] {
        let told = told(&of(["BSM", "YDYHFLDM", name]), "a.gdb");
        assert_eq!(told, PackageError::NameInGeodatabase { name: name.to_owned() });
    }
    // Row numbers and sizes of shapes are those of a database, and are not handed in.
    let numbered = of(["BSM", "YDYHFLDM", "OBJECTID"]);
    assert!(numbered.before().attributes.column_by_name("OBJECTID").is_none());
    numbered.write(&folder.path().join("numbered.gdb"), Existing::Keep).expect("a geodatabase");
    spaced.write(&folder.path().join("a.gpkg"), Existing::Keep).expect("a GeoPackage keeps it");
    let read = |layer: Option<&str>| {
        let path = folder.path().join("a.gpkg").display().to_string();
        Package::read(&path, layer, &ReadOptions::default())
    };
    assert!(read(None).is_ok() && read(Some("GHYDYH")).is_ok());
    assert!(
        matches!(read(Some("GHFQ")), Err(Error::Package(error)) if matches!(*error, PackageError::NoPackage { .. }))
    );
}

#[test]
fn a_package_that_does_not_fit_is_refused_and_says_where() {
    let [old, new] = [old_of_each_kind(), new_of_each_kind()];
    let plan = plan_in(&old, 4546);
    let package = package(&plan, &plan_in(&new, 4546));
    let refused = |patches: &[Patch]| {
        apply(&package, only_layer(&plan_in(patches, 4546))).expect_err("a package of another plan")
    };
    let why = |error: PackageError| match error {
        PackageError::NotFound { feature, why } => (feature.id.unwrap_or_default(), why),
        other => panic!("{other}"),
    };
    let with = |at: usize, patch: Patch| {
        let mut patches = old.clone();
        patches[at] = patch;
        patches
    };
    let dropped = &old[2];
    let elsewhere = Patch { corners: at(2_200.0), ..dropped.clone() };
    assert_eq!(why(refused(&with(2, elsewhere))), (dropped.id.clone(), NotFound::OtherShape));
    let renamed = Patch { id: "other".to_owned(), ..dropped.clone() };
    assert_eq!(
        why(refused(&with(2, renamed))),
        (dropped.id.clone(), NotFound::OtherIdentifier { is: Some("other".to_owned()) })
    );
    let mut fewer = old.clone();
    fewer.remove(2);
    assert_eq!(why(refused(&fewer)), (dropped.id.clone(), NotFound::Nowhere));
    let mut twice = old.clone();
    twice.push(dropped.clone());
    assert!(matches!(refused(&twice), PackageError::FoundAgain { .. }));
    let recoded = refused(&with(5, Patch { class: WATER.to_owned(), ..old[5].clone() }));
    let PackageError::ValueDiffers { column, package: there, plan: here, .. } = &recoded else {
        panic!("{recoded}")
    };
    assert_eq!((&**column, there.as_deref(), here.as_deref()), ("YDYHFLDM", Some(HOUSING), Some(WATER)));
    assert!(recoded.to_string().contains("other half"), "{recoded}");
    // Applied a second time.
    assert!(matches!(refused(&new), PackageError::NotFound { .. }));
    let mut already = old.clone();
    already.push(new[0].clone());
    assert!(matches!(refused(&already), PackageError::AlreadyThere { .. }));
    let abroad = apply(&package, only_layer(&plan_in(&old, 4490)));
    assert!(matches!(abroad, Err(PackageError::CrsOfPackage { .. })));
    let two = package_with(&plan, &plan_in(&new, 4490), &of_day());
    assert!(matches!(two, Err(PackageError::CrsDiffers { .. })));
}

/// A partition of a box: columns of patches, each with its western and eastern edge.
type Columns = Vec<Column>;

/// A column: its edges, and the southern and northern edge, number of the class, and identifier of each patch.
type Column = ([f64; 2], Vec<([f64; 2], usize, String)>);

const CLASSES: [&str; 4] = [HOUSING, FARM, WATER, "1001"];

fn columns() -> impl Strategy<Value = Columns> {
    let of_column = (4..40_i32, prop::collection::vec((4..40_i32, 0..CLASSES.len()), 1..5));
    prop::collection::vec(of_column, 1..5).prop_map(|widths| {
        let (mut x, mut number) = (0.0, 0);
        let column = |(width, heights): (i32, Vec<(i32, usize)>)| {
            let west = x;
            x += f64::from(width) * 8.375;
            let mut y = 0.0;
            let patches = heights.into_iter().map(|(height, class)| {
                let south = y;
                y += f64::from(height) * 8.125;
                number += 1;
                ([south, y], class, format!("{number:03}"))
            });
            ([west, x], patches.collect())
        };
        widths.into_iter().map(column).collect()
    })
}

/// What a planner does to a partition: which column, which patch of it, and what.
fn revised(mut columns: Columns, steps: &[(usize, usize, u8)]) -> Columns {
    for (number, (column, at, what)) in steps.iter().enumerate() {
        let column = column % columns.len();
        if *what == 5 && column + 1 < columns.len() {
            let edge = columns[column].0[1] + 3.5;
            columns[column].0[1] = edge;
            columns[column + 1].0[0] = edge;
            continue;
        }
        let patches = &mut columns[column].1;
        if patches.is_empty() {
            continue;
        }
        let at = at % patches.len();
        match what {
            0 => patches[at].1 = (patches[at].1 + 1) % CLASSES.len(),
            1 => {
                let ([south, north], class, _) = patches[at].clone();
                let middle = south + (north - south) * 0.25;
                patches[at].0[1] = middle;
                patches.insert(at + 1, ([middle, north], class, format!("new {number}")));
            }
            2 if at + 1 < patches.len() => {
                let upper = patches.remove(at + 1);
                patches[at].0[1] = upper.0[1];
            }
            3 => drop(patches.remove(at)),
            4 => patches[at].2 = format!("anew {number}"),
            _ => {}
        }
    }
    columns
}

fn patches(columns: &Columns) -> Vec<Patch> {
    let of = |([west, east], patches): &Column| {
        patches
            .iter()
            .map(|([south, north], class, id)| patch(id, CLASSES[*class], [*west, *south, *east, *north]))
            .collect::<Vec<_>>()
    };
    columns.iter().flat_map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_newer_partition_is_made_from_the_older_one(
        columns in columns(),
        steps in prop::collection::vec((0..4_usize, 0..4_usize, 0..6_u8), 0..6),
    ) {
        let old = patches(&columns);
        let new = patches(&revised(columns, &steps));
        prop_assume!(!new.is_empty());
        for epsg in [4546, 4490] {
            let [old, new] = [&old, &new].map(|patches| plan_in(patches, epsg));
            let package = reproduces(&old, &new);
            let [made, wanted] = [&applied(&package, &old), &new].map(|plan| areas(only_layer(plan), epsg));
            for (class, area) in &wanted {
                prop_assert!((made[class] - area).abs() <= 1e-6 + 1e-9 * area, "{class}");
            }
            // Ground of a class that grew or shrank is in the package, and no other.
            let ground: f64 = areas(package.change(), epsg).values().sum();
            let changes = compare_layers(&old, &new, &RevisionOptions::default()).expect("a comparison");
            let told: f64 = changes[0].real_ground().map(|ground| ground.area.get()).sum();
            prop_assert!((ground == 0.0) == (told == 0.0));
        }
    }
}

fn read_county() -> Plan {
    let source = format!("{}#GHYDYH", data("demo/county.gpkg").display());
    PlanSources::new().plan(source).read().expect("the sample county")
}

/// The county with its first patch dropped and other classes of two, in a file.
fn planted(layer: &model::Layer, path: &Path) {
    let shape = |feature: model::FeatureView<'_>| {
        let ring =
            |ring: &[[f64; 2]]| LineString::from(ring.iter().map(|at| (at[0], at[1])).collect::<Vec<_>>());
        let mut rings = feature.rings().map(ring);
        Polygon::new(rings.next().expect("an exterior"), rings.collect())
    };
    let shapes: Vec<Polygon> = layer.polygons.iter().map(shape).collect();
    let other = |class: &str| if class == FARM { WATER } else { FARM };
    let class =
        |(row, class): (usize, String)| if [2, 40].contains(&row) { other(&class).to_owned() } else { class };
    let classes: ArrayRef = Arc::new(
        texts(layer, "YDYHFLDM").into_iter().enumerate().map(class).map(Some).collect::<StringArray>(),
    );
    let schema = layer.attributes.schema();
    let columns = schema.fields().iter().zip(layer.attributes.columns()).map(|(field, column)| {
        let column = if field.name() == "YDYHFLDM" { &classes } else { column };
        (field.name(), column.slice(1, column.len() - 1), true)
    });
    let attributes = RecordBatch::try_from_iter_with_nullable(columns).expect("columns");
    let revised = Layer::from_geo_with(&shapes[1..], attributes, layer.crs.clone()).expect("a layer");
    revised.named("GHYDYH").write(path, &WriteOptions::default()).expect("a file");
}

/// `diff` of the county and its revision, about the package of that name in a folder.
fn diff(folder: &Path, package: &str) -> Sanxian {
    let old = format!("{}#GHYDYH", data("demo/county.gpkg").display());
    let words = ["diff", &old, "new.gpkg", "--no-config", "--fail-on", "never", "--package", package];
    sanxian(words).folder(folder)
}

fn read_package(path: &Path) -> Package {
    Package::read(&path.display().to_string(), None, &ReadOptions::default()).expect("a package")
}

#[test]
fn the_county_is_revised_by_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    planted(only_layer(&read_county()), &folder.path().join("new.gpkg"));
    let fields = ["--package-field", "XZQMC=示范县", "--package-field", "WHLY=101"];
    for name in ["维护.gpkg", "维护.gdb"] {
        diff(folder.path(), name).args(fields).ends(0);
        // What is there is kept.
        diff(folder.path(), name).args(fields).ends(2);
        diff(folder.path(), name).args(fields).arg("--overwrite").ends(0);
        let package = read_package(&folder.path().join(name));
        assert_eq!((package.before().len(), package.after().len()), (3, 2));
        assert_eq!(sorted(package.change(), "WHLX"), ["2", "2", "3"]);
        assert_eq!(texts(package.change(), "XZQMC"), ["示范县"; 3]);

        let target = format!("from {name}.gpkg");
        let apply = |old: &str, target: &str| {
            sanxian(["diff", "--no-config", "--apply", name, old, "-o", target]).folder(folder.path())
        };
        let old = format!("{}#GHYDYH", data("demo/county.gpkg").display());
        apply(&old, &target).ends(0);
        apply(&old, &target).ends(2);
        let [made, new] = [&*target, "new.gpkg"].map(|file| {
            let source = folder.path().join(file).display().to_string();
            PlanSources::new().plan(source).read().expect("a plan")
        });
        if name.ends_with("gpkg") {
            assert_eq!(features(only_layer(&made)), features(only_layer(&new)));
        }
        let left = compare_layers(&made, &new, &RevisionOptions::default()).expect("a comparison").remove(0);
        let is_noise =
            |change: &FeatureChange| change.shape == ShapeChange::Noise && change.fields.is_empty();
        assert!(left.changed.iter().all(is_noise) && left.real_ground().count() == 0);
        assert!(left.columns_added.is_empty() && left.columns_dropped.is_empty());

        // Another plan than that of which it was made.
        let refused = apply("new.gpkg", "never.gpkg").ends(2);
        assert!(refused.stderr.contains("does not fit this plan"), "{}", refused.stderr);
        assert!(!folder.path().join("never.gpkg").exists());
    }
}

#[test]
fn the_program_takes_the_day_of_the_environment_and_refuses_early() {
    let folder = tempfile::tempdir().expect("a folder");
    planted(only_layer(&read_county()), &folder.path().join("new.gpkg"));
    for (name, epoch, flag) in [
        ("epoch.gpkg", Some("0"), None),
        ("day.gpkg", Some("0"), Some("--package-date=2026-03-01")),
        ("today.gpkg", None, None),
    ] {
        let mut command = diff(folder.path(), name).args(flag).command();
        command.env_remove("SOURCE_DATE_EPOCH").envs(epoch.map(|epoch| ("SOURCE_DATE_EPOCH", epoch)));
        assert!(command.output().expect("the program starts").status.success());
        let number = texts(read_package(&folder.path().join(name)).change(), "WHBH").remove(0);
        assert_eq!(number.starts_with("19700101"), name == "epoch.gpkg", "{number}");
        assert_eq!(number == "20260301000001", name == "day.gpkg", "{number}");
        assert!(number.ends_with("000001") && number.len() == 14, "{number}");
    }
    for (file, flag, told) in [
        ("a.shp", "--package-layer=GHYDYH", "gpkg or gdb"),
        ("b.gdb", "--package-field=KZBSHSLX=1234", "has 3 characters"),
        ("b.gdb", "--package-field=BSM=1", "no field `BSM`"),
        ("b.gdb", "--package-date=2026-02-30", "is no day"),
    ] {
        let refused = diff(folder.path(), file).arg(flag).ends(2);
        assert!(refused.stderr.contains(told), "{}", refused.stderr);
        assert!(!folder.path().join(file).exists());
    }
}
