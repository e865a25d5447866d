//! Packages in files: what a GeoPackage and a geodatabase keep, and what is refused.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float32Array, Int32Array, Int64Array, RecordBatch, StringArray,
    TimestampMillisecondArray,
};
use geo_types::{LineString, MultiPolygon, Polygon};
use sanxian::revisions::{
    FeatureChange, Package, PackageError, RevisionOptions, ShapeChange, apply, compare_layers,
};
use sanxian::{Error, Existing, Layer, ReadOptions, crs};

use crate::layers::{areas, features, furthest, only_layer, sorted, texts};
use crate::making::{applied, of_day, package, package_with};
use crate::plans::{new_of_each_kind, old_of_each_kind, plan_in, plan_of, plan_with};

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
