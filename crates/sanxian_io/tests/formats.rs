//! Formats that are read and not written, and what is odd about each.

mod made_files;

use std::path::Path;

use gdal::DriverManager;
use gdal::spatial_ref::SpatialRef;
use gdal::vector::{Geometry, LayerAccess, LayerOptions, OGRwkbGeometryType};
use made_files::*;
use sanxian_io::{CrsChoice, ReadError, ReadOptions, list_layers, read_layer};
use sanxian_model::{FaultKind, Role, Treatment};

/// Writes geometries as they are, through GDAL.
fn geometries(path: &Path, driver: &str, kind: OGRwkbGeometryType::Type, wkt: &[&str]) {
    let srs = SpatialRef::from_epsg(4546).expect("a CRS");
    let mut dataset = DriverManager::get_driver_by_name(driver)
        .and_then(|driver| driver.create_vector_only(path))
        .expect("a file");
    let mut layer = dataset
        .create_layer(LayerOptions { name: "areas", srs: Some(&srs), ty: kind, options: None })
        .expect("a layer");
    for wkt in wkt {
        layer.create_feature(Geometry::from_wkt(wkt).expect("a geometry")).expect("a feature");
    }
    dataset.close().expect("closed");
}

/// A zip of stored files.
fn zip(path: &Path, files: &[(String, Vec<u8>)]) {
    let crc =
        |bytes: &[u8]| {
            !bytes.iter().fold(u32::MAX, |crc, byte| {
                (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                    if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 }
                })
            })
        };
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let offset = out.len() as u32;
        // Version, the flag of names in UTF-8, stored, no time.
        let mut common = Vec::new();
        for word in [20_u16, 0x0800, 0, 0, 0] {
            common.extend(word.to_le_bytes());
        }
        common.extend(crc(bytes).to_le_bytes());
        common.extend((bytes.len() as u32).to_le_bytes());
        common.extend((bytes.len() as u32).to_le_bytes());
        common.extend((name.len() as u16).to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&common);
        out.extend(name.as_bytes());
        out.extend(bytes);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let start = out.len() as u32;
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend((files.len() as u16).to_le_bytes());
    out.extend((files.len() as u16).to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    std::fs::write(path, out).expect("a zip");
}

fn files_in(folder: &Path, inside: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(files_in(&path, &format!("{inside}{name}/")));
        } else {
            files.push((format!("{inside}{name}"), std::fs::read(&path).expect("a file")));
        }
    }
    files.sort();
    files
}

#[test]
fn zipped_files_are_read_in_place() {
    for (made, inside) in
        [("图斑.shp", ""), ("tb.shp", "成果/"), ("a.gdb", ""), ("a.gpkg", "x/"), ("a.geojson", "")]
    {
        let (folder, out) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        write_plan(&folder.path().join(made));
        let path = out.path().join("成果.zip");
        zip(&path, &files_in(folder.path(), inside));
        let layer = read_path(&path).layer;
        assert_eq!(layer.len(), 3, "{inside}{made}");
        assert_eq!(texts(&layer, "name")[0].as_deref(), Some("示例工业园"), "{inside}{made}");
    }
}

#[test]
fn a_zip_of_several_layers_lists_them() {
    let (folder, out) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    for name in ["a.shp", "b.shp"] {
        write_plan(&folder.path().join(name));
    }
    let path = out.path().join("two.zip");
    zip(&path, &files_in(folder.path(), ""));
    let source = path.to_str().expect("a name");
    let error = refused(source, &ReadOptions::default());
    assert!(matches!(&error, ReadError::SeveralLayers { layers, .. } if layers.len() == 2), "{error}");
    assert_eq!(read(&format!("{source}#b"), &ReadOptions::default()).layer.len(), 3);
}

#[test]
fn a_file_whose_name_has_a_hash_is_read_with_and_without_layer() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("方案#2.gpkg");
    write_plan(&path);
    let source = path.to_str().expect("a name");
    assert_eq!(read(source, &ReadOptions::default()).layer.len(), 3);
    assert_eq!(read(&format!("{source}#规划图斑"), &ReadOptions::default()).layer.len(), 3);
    assert_eq!(list_layers(source).expect("layers")[0].name, "规划图斑");
}

#[test]
fn arcs_become_chords_that_hug_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("curves.gpkg");
    let circle = "CURVEPOLYGON (CIRCULARSTRING (480000 3790000, 480100 3790000, 480000 3790000))";
    let many =
        "MULTISURFACE (CURVEPOLYGON (CIRCULARSTRING (480000 3790000, 480100 3790000, 480000 3790000)))";
    geometries(&path, "GPKG", OGRwkbGeometryType::wkbUnknown, &[circle, many]);
    let read = read_path(&path);
    let told: Vec<_> = read.faults.iter().map(|fault| fault.detail.clone().unwrap_or_default().en).collect();
    assert!(told.len() == 1 && told[0].contains("arcs") && told[0].contains("2 features"), "{told:?}");
    assert_eq!(read.faults[0].treatment, sanxian_model::Treatment::Kept);
    assert_eq!(read.layer.len(), 2);
    for feature in read.layer.polygons.iter() {
        let ring = feature.rings().next().expect("a ring");
        assert!(ring.len() > 300, "{}", ring.len());
        for [x, y] in ring {
            let radius = (x - 480_050.0).hypot(y - 3_790_000.0);
            assert!((radius - 50.0).abs() < 1e-6, "{radius}");
        }
    }
}

#[test]
fn heights_collections_and_solids() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mixed.gpkg");
    let square = "(480000 3790000 5, 480010 3790000 6, 480010 3790010 7, 480000 3790000 5)";
    let flat = "(480000 3790000, 480010 3790000, 480010 3790010, 480000 3790000)";
    geometries(
        &path,
        "GPKG",
        OGRwkbGeometryType::wkbUnknown,
        &[
            &format!("POLYGON Z ({square})"),
            &format!("GEOMETRYCOLLECTION (POLYGON ({flat}), POINT (480000 3790000))"),
            &format!("TIN Z (({square}))"),
            "POINT (480000 3790000)",
            "POLYGON EMPTY",
        ],
    );
    let read = read_path(&path);
    assert_eq!(read.layer.fids, [1, 2]);
    assert_eq!(read.layer.polygons.coords()[0], [480_000.0, 3_790_000.0]);
    let told: Vec<_> = read
        .faults
        .iter()
        .map(|fault| (fault.place.fid.expect("a feature"), fault.kind, fault.treatment))
        .collect();
    assert_eq!(
        told,
        [
            (2, FaultKind::NotPolygon, Treatment::Kept),
            (3, FaultKind::NotPolygon, Treatment::Skipped),
            (4, FaultKind::NotPolygon, Treatment::Skipped),
            (5, FaultKind::Empty, Treatment::Skipped),
        ]
    );
}

#[test]
fn closed_polylines_of_a_drawing_are_areas() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("red line.dxf");
    let corners = [(0, 0), (100, 0), (100, 50), (0, 50)]
        .map(|(x, y)| format!("10\n{}\n20\n{}\n", 480_000 + x, 3_790_000 + y));
    let mut text = String::from("0\nSECTION\n2\nENTITIES\n0\nLWPOLYLINE\n8\n红线\n90\n4\n70\n1\n");
    text += &corners.concat();
    text += "0\nLINE\n8\n路\n10\n480000\n20\n3790000\n11\n480010\n21\n3790010\n0\nENDSEC\n0\nEOF\n";
    let source = path.to_str().expect("a name");
    let options = ReadOptions { crs: Some(CrsChoice::parse("EPSG:4546")), ..ReadOptions::default() };
    std::fs::write(&path, encoding_rs::GBK.encode(&text).0).expect("a file");
    let in_gbk = read(source, &options).layer;
    assert_eq!(in_gbk.source.encoding, "GBK (detected)");
    assert_eq!(texts(&in_gbk, "Layer")[0].as_deref(), Some("红线"));
    std::fs::write(&path, text).expect("a file");
    assert!(matches!(refused(source, &ReadOptions::default()), ReadError::CrsMissing { .. }));
    let read = read(source, &options);
    assert_eq!((read.layer.len(), read.faults.len()), (1, 1));
    assert_eq!(texts(&read.layer, "Layer")[0].as_deref(), Some("红线"));
    assert_eq!(read.layer.polygons.coords().len(), 5);
}

#[test]
fn a_database_that_does_not_answer_is_told() {
    let source = "PG:host=127.0.0.1 port=1 dbname=none connect_timeout=1#dltb";
    let error = read_layer(source, Role::PLAN, &ReadOptions::default()).expect_err("no database");
    assert!(matches!(error, ReadError::NotReadable { .. }), "{error}");
    assert!(error.to_string().contains("PG:"), "{error}");
}

#[test]
fn layers_read_at_once_do_not_answer_for_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = folder.path().join("good.gpkg");
    write_plan(&good);
    let bad = folder.path().join("bad.gpkg");
    std::fs::write(&bad, b"not a database").expect("a file");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..10 {
                    assert_eq!(read_path(&good).layer.len(), 3);
                    assert!(matches!(
                        refused(bad.to_str().expect("a name"), &ReadOptions::default()),
                        ReadError::NotReadable { .. }
                    ));
                }
            });
        }
    });
}
