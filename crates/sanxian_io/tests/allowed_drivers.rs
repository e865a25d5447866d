//! Files of strangers: a virtual format under the name of another must not open what it names.

mod made_files;

use std::fs;

use made_files::write_plan;
use sanxian_io::{ReadError, ReadOptions, read_layer};
use sanxian_model::Role;

fn name(path: &std::path::Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

fn read(source: &str, options: &ReadOptions) -> Result<usize, ReadError> {
    read_layer(source, Role::PLAN, options).map(|read| read.layer.len())
}

#[test]
fn a_virtual_file_under_another_name_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let (secret, bait) = (folder.path().join("secret.gpkg"), folder.path().join("plan.geojson"));
    write_plan(&secret);
    let vrt = format!(
        "<OGRVRTDataSource><OGRVRTLayer name=\"规划图斑\"><SrcDataSource>{}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        secret.display()
    );
    fs::write(&bait, vrt).expect("a file");
    // This is what the list is for.
    assert_eq!(read(name(&bait), &ReadOptions::default()).expect("it is followed"), 3);
    let strangers = ReadOptions::default().self_contained();
    assert!(matches!(read(name(&bait), &strangers), Err(ReadError::NotAllowed { .. })));
    // Files that hold their own data are read as ever.
    assert_eq!(read(name(&secret), &strangers).ok(), Some(3));
    let geopackage_only = ReadOptions { drivers: Some(vec!["GPKG".to_owned()]), ..ReadOptions::default() };
    assert_eq!(read(name(&secret), &geopackage_only).ok(), Some(3));
    let shape = folder.path().join("plan.shp");
    write_plan(&shape);
    assert_eq!(read(name(&shape), &strangers).ok(), Some(3));
    assert!(matches!(read(name(&shape), &geopackage_only), Err(ReadError::NotAllowed { .. })));
}

#[test]
fn connections_and_addresses_are_refused_with_a_list() {
    let strangers = ReadOptions::default().self_contained();
    for source in
        ["PG:host=127.0.0.1 dbname=x", "http://127.0.0.1:9/x.geojson", "/vsicurl/http://127.0.0.1:9/x.json"]
    {
        assert!(matches!(read(source, &strangers), Err(ReadError::NotAllowed { .. })), "{source}");
    }
}
