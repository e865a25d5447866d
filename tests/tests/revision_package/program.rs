//! The county is revised by the command line.

use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use geo_types::{LineString, Polygon};
use sanxian::revisions::{FeatureChange, Package, RevisionOptions, ShapeChange, compare_layers};
use sanxian::{Layer, Plan, PlanSources, ReadOptions, WriteOptions, model};
use sanxian_tests::{Sanxian, data, sanxian};

use crate::layers::{features, only_layer, sorted, texts};
use crate::plans::{FARM, WATER};

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
        ("b.gdb", "--package-date=2026-02-30", "expected a day, as in"),
    ] {
        let refused = diff(folder.path(), file).arg(flag).ends(2);
        assert!(refused.stderr.contains(told), "{}", refused.stderr);
        assert!(!folder.path().join(file).exists());
    }
}
