//! Databases with a write-ahead log beside them: reading changes no byte, writing corrupts nothing.

mod made_files;

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;
use std::time::{Duration, SystemTime};

use gdal::vector::sql::Dialect;
use gdal::{Dataset, DatasetOptions, GdalOpenFlags};
use made_files::*;
use sanxian_io::{
    OutputLayer, ReadOptions, WriteError, WriteOptions, refuse_overwriting_inputs, write_layers,
};

/// When a file was last made in a folder or removed from it, even one that came and went.
fn last_change(folder: &Path) -> SystemTime {
    fs::metadata(folder).and_then(|folder| folder.modified()).expect("a time")
}

/// Every file of a folder with a hash of its bytes and the time of its last change.
fn contents(folder: &Path) -> Vec<(String, u64, SystemTime)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| {
            let entry = entry.expect("an entry");
            let time = entry.metadata().and_then(|file| file.modified()).expect("a time");
            let name = entry.file_name().to_string_lossy().into_owned();
            let mut hash = DefaultHasher::new();
            hash.write(&fs::read(entry.path()).expect("bytes"));
            (name, hash.finish(), time)
        })
        .collect();
    files.sort();
    files
}

fn run(dataset: &mut Dataset, sql: &str) {
    let rows = dataset.execute_sql(sql, None, Dialect::DEFAULT).expect("SQL");
    drop(rows);
}

/// Another program that has the file open, with one identifier changed and not yet merged into it.
fn open_elsewhere(path: &Path) -> Dataset {
    let update = DatasetOptions {
        open_flags: GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_UPDATE,
        ..DatasetOptions::default()
    };
    let mut dataset = Dataset::open_ex(path, update).expect("a GeoPackage");
    run(&mut dataset, "PRAGMA journal_mode=WAL");
    run(&mut dataset, "PRAGMA wal_autocheckpoint=0");
    run(&mut dataset, "UPDATE \"规划图斑\" SET \"BSM\" = 'changed' WHERE \"BSM\" = '411402001'");
    dataset
}

fn names(folder: &Path) -> Vec<String> {
    contents(folder).into_iter().map(|(name, ..)| name).collect()
}

#[test]
fn reading_a_geopackage_changes_no_byte_of_its_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("规划 #1.gpkg");
    write_plan(&path);
    let first = |path: &Path| texts(&read_path(path).layer, "BSM")[0].clone().unwrap_or_default();
    let unchanged = |path: &Path, wanted: &str, case: &str| {
        let folder = path.parent().expect("a folder");
        let before = contents(folder);
        // So that a file which is made now is later than those before.
        std::thread::sleep(Duration::from_millis(20));
        let changed = last_change(folder);
        assert_eq!(first(path), wanted, "{case}");
        assert_eq!(
            sanxian_io::list_layers(path.to_str().expect("a name")).expect("layers").len(),
            1,
            "{case}"
        );
        assert_eq!(contents(folder), before, "{case}");
        assert_eq!(last_change(folder), changed, "{case}: nothing came and went");
    };
    unchanged(&path, "411402001", "no log");

    let open = open_elsewhere(&path);
    assert_eq!(names(folder.path()).len(), 3, "the other program has a log and shared memory");
    unchanged(&path, "changed", "a live log");
    #[cfg(unix)]
    {
        let links = tempfile::tempdir().expect("a folder");
        let link = links.path().join("link.gpkg");
        std::os::unix::fs::symlink(&path, &link).expect("a link");
        unchanged(&link, "changed", "a live log beside the file that a link points at");
    }

    // The other machine was switched off.
    let left_over = tempfile::tempdir().expect("a folder");
    let other = left_over.path().join("a.gpkg");
    fs::copy(&path, &other).expect("a copy");
    let log = folder.path().join("规划 #1.gpkg-wal");
    fs::copy(&log, left_over.path().join("a.gpkg-wal")).expect("a copy");
    unchanged(&other, "changed", "a log that was left over");

    // The log was lost, and so is the change; the mode stays in the file.
    fs::remove_file(left_over.path().join("a.gpkg-wal")).expect("it was there");
    unchanged(&other, "411402001", "the mode of a log without one");
    fs::write(left_over.path().join("a.gpkg-wal"), "").expect("a file");
    unchanged(&other, "411402001", "an empty log");
    drop(open);
    unchanged(&path, "changed", "closed");
}

#[test]
fn writing_over_a_geopackage_with_a_log_is_refused_and_corrupts_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    write_plan(&path);
    let (system, polygons, attributes) = (crs("EPSG:4546"), three(CORNER, 50.0), plan_table());
    let layer =
        OutputLayer { name: "new", crs: &system, polygons: &polygons, attributes: &attributes, style: None };
    let write = || write_layers(&path, &[layer], &WriteOptions::default());

    let open = open_elsewhere(&path);
    let before = contents(folder.path());
    let error = write().expect_err("another program has it open");
    assert!(matches!(error, WriteError::PendingChanges { .. }), "{error}");
    assert!(error.to_string().contains("a.gpkg-wal") && error.to_string().contains("do:"), "{error}");
    assert!(matches!(refuse_overwriting_inputs(&path, &[]), Err(WriteError::PendingChanges { .. })));
    assert_eq!(contents(folder.path()), before);
    drop(open);

    // Nothing is pending in an empty log; it goes with the file that it belongs to.
    fs::write(folder.path().join("a.gpkg-wal"), "").expect("a file");
    fs::write(folder.path().join("a.gpkg-shm"), vec![7; 32_768]).expect("a file");
    write().expect("written");
    assert_eq!(names(folder.path()), ["a.gpkg"]);
    assert_eq!(read(&format!("{}#new", path.display()), &ReadOptions::default()).layer.len(), 3);
}

/// A copy of a database that another program was changing when the machine was switched off: half of a transaction
/// is in the file, and the journal has what was there before.
fn with_hot_journal(folder: &Path, target: &Path) {
    let path = folder.join("source.gpkg");
    write_plan(&path);
    let update = DatasetOptions {
        open_flags: GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_UPDATE,
        ..DatasetOptions::default()
    };
    let mut open = Dataset::open_ex(&path, update).expect("a GeoPackage");
    // A cache of one page makes SQLite write pages before the transaction ends.
    run(&mut open, "PRAGMA cache_size=1");
    run(&mut open, "BEGIN");
    run(&mut open, "UPDATE \"规划图斑\" SET \"BSM\" = 'half'");
    run(&mut open, "CREATE TABLE filler (text TEXT)");
    run(
        &mut open,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) \
         INSERT INTO filler SELECT hex(randomblob(500)) FROM n",
    );
    let journal = folder.join("source.gpkg-journal");
    assert!(fs::metadata(&journal).is_ok_and(|file| file.len() > 0), "a journal with something in it");
    fs::copy(&path, target).expect("a copy");
    let beside = format!("{}-journal", target.display());
    fs::copy(&journal, &beside).expect("a copy");
    run(&mut open, "ROLLBACK");
}

#[test]
fn a_hot_journal_is_rolled_back_in_a_copy_only() {
    let source = tempfile::tempdir().expect("a folder");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("规划.gpkg");
    with_hot_journal(source.path(), &path);
    let before = contents(folder.path());
    let layer = read(&format!("{}#规划图斑", path.display()), &ReadOptions::default()).layer;
    assert_eq!(texts(&layer, "BSM")[0].as_deref(), Some("411402001"), "as before the transaction");
    assert_eq!(contents(folder.path()), before);
    assert!(matches!(refuse_overwriting_inputs(&path, &[]), Err(WriteError::PendingChanges { .. })));
}

#[test]
fn a_table_named_in_the_manner_of_gdal_is_read_without_a_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    write_plan(&path);
    let open = open_elsewhere(&path);
    let before = contents(folder.path());
    for source in
        [format!("GPKG:{}:规划图斑", path.display()), format!("GPKG:\"{}\":规划图斑", path.display())]
    {
        let layer = read(&source, &ReadOptions::default()).layer;
        assert_eq!(texts(&layer, "BSM")[0].as_deref(), Some("changed"), "{source}");
        assert_eq!(*layer.source.path, *path.display().to_string());
        assert_eq!(&*layer.source.layer, "规划图斑");
        assert_eq!(contents(folder.path()), before, "{source}");
        drop(sanxian_io::list_layers(&source).expect("layers"));
    }
    drop(open);
    let table = format!("GPKG:{}:规划图斑", path.display());
    let error = refuse_overwriting_inputs(&path, &[&table]).expect_err("it is the input");
    assert!(matches!(error, WriteError::IsInput { .. }), "{error}");
}
