//! What becomes of a file that is already where an output goes.

mod made_files;

use std::fs;
use std::path::Path;
use std::time::Duration;

use gdal::vector::sql::Dialect;
use gdal::{Dataset, DatasetOptions, GdalOpenFlags};
use made_files::*;
use sanxian_io::{Existing, OutputLayer, WriteError, WriteOptions, refuse_replacing, write_layers};

fn write_over(path: &Path, existing: Existing, results: bool) -> Result<(), WriteError> {
    let (system, polygons, attributes) = (crs("EPSG:4546"), three(CORNER, 50.0), plan_table());
    let layer =
        |name| OutputLayer { name, crs: &system, polygons: &polygons, attributes: &attributes, style: None };
    let options = WriteOptions { existing, results, ..WriteOptions::default() };
    write_layers(path, &[layer("findings"), layer("patches")], &options).map(|_| ())
}

fn run(path: &Path, sql: &str) {
    let update = DatasetOptions {
        open_flags: GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_UPDATE,
        ..DatasetOptions::default()
    };
    let dataset = Dataset::open_ex(path, update).expect("a GeoPackage");
    drop(dataset.execute_sql(sql, None, Dialect::DEFAULT).expect("SQL"));
    dataset.close().expect("it is closed");
}

#[test]
fn results_replace_results_and_no_unrelated_geopackage() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    let results = || write_over(&path, Existing::KeepOthers, true);
    results().expect("nothing is there");
    results().expect("results of an earlier run");

    // A layer of the user's own among the results, registered or not, by any name that is in use here too.
    for sql in [
        "CREATE TABLE notes (text TEXT)",
        "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('notes', 'attributes')",
        "UPDATE gpkg_contents SET description = 'mine' WHERE table_name = 'findings'",
    ] {
        results().expect("results of an earlier run");
        if sql.starts_with("INSERT") {
            run(&path, "CREATE TABLE notes (text TEXT)");
        }
        run(&path, sql);
        let before = fs::read(&path).expect("bytes");
        let error = results().expect_err("it holds other data");
        assert!(matches!(error, WriteError::HoldsOtherData { .. }), "{sql}: {error}");
        let words = error.to_string();
        assert!(words.contains("a.gpkg") && words.contains("--overwrite"), "{words}");
        assert!(words.contains("`notes`") || words.contains("`findings`"), "{words}");
        assert_eq!(fs::read(&path).expect("bytes"), before);
        write_over(&path, Existing::Replace, true).expect("it was asked for");
    }
    run(&path, "PRAGMA journal_mode=WAL");
    std::thread::sleep(Duration::from_millis(20));
    let last_change = || fs::metadata(folder.path()).and_then(|folder| folder.modified()).expect("a time");
    let before = last_change();
    refuse_replacing(&path, Existing::KeepOthers).expect("results of an earlier run");
    assert_eq!(last_change(), before, "looking makes nothing beside it, not even for a moment");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "looking leaves nothing beside it");

    let plan = folder.path().join("plan.gpkg");
    write_over(&plan, Existing::Replace, false).expect("written");
    let error = write_over(&plan, Existing::KeepOthers, true).expect_err("a plan is no result");
    assert!(error.to_string().contains("`findings`, `patches`"), "{error}");
    let damaged = folder.path().join("damaged.gpkg");
    fs::write(&damaged, &fs::read(&plan).expect("bytes")[..2000]).expect("a file");
    assert!(write_over(&damaged, Existing::KeepOthers, true).is_err(), "what cannot be read is kept");
}

#[test]
fn a_database_that_is_no_geopackage_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("accounts.sqlite");
    let driver = gdal::DriverManager::get_driver_by_name("SQLite").expect("a driver");
    driver.create_vector_only(&path).expect("a file").close().expect("written");
    run(&path, "CREATE TABLE accounts (name TEXT)");
    let bytes = fs::read(&path).expect("bytes");
    let error = refuse_replacing(&path, Existing::KeepOthers).expect_err("it is another program's");
    assert!(error.to_string().contains("`accounts`"), "{error}");
    for name in ["a.gpkg", "a.geojson", "a.csv"] {
        let path = folder.path().join(name);
        fs::write(&path, &bytes).expect("a file");
        let error = refuse_replacing(&path, Existing::KeepOthers).expect_err("it is another program's");
        assert!(matches!(error, WriteError::HoldsOtherData { .. }), "{error}");
        assert_eq!(fs::read(&path).expect("bytes"), bytes, "{name}");
    }
}

#[test]
fn a_file_to_be_kept_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.gpkg"), "text").expect("a file");
    fs::write(at("empty.gpkg"), "").expect("a file");
    fs::create_dir(at("a.gdb")).expect("a folder");
    for name in ["a.gpkg", "a.gdb"] {
        assert!(
            matches!(refuse_replacing(&at(name), Existing::Keep), Err(WriteError::Exists { .. })),
            "{name}"
        );
        refuse_replacing(&at(name), Existing::Replace).expect("it was asked for");
    }
    refuse_replacing(&at("empty.gpkg"), Existing::Keep).expect("nothing is lost");
    refuse_replacing(&at("new.gpkg"), Existing::Keep).expect("nothing is there");
    let error = refuse_replacing(&at("a.gpkg"), Existing::KeepOthers).expect_err("it is no result");
    assert!(error.to_string().contains("it begins with `text`"), "{error}");
    assert!(refuse_replacing(&at("a.gdb"), Existing::KeepOthers).is_err());
    assert!(matches!(write_over(&at("a.gpkg"), Existing::Keep, false), Err(WriteError::Exists { .. })));
    #[cfg(target_os = "linux")]
    refuse_replacing(Path::new("/dev/null"), Existing::Keep).expect("a device is not replaced");
}
