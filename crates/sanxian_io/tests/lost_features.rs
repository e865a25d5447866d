//! Files in which GDAL leaves out features without a word: each is read whole, or is an error that says where.

mod made_files;

use std::path::Path;

use gdal::vector::{LayerAccess, LayerOptions, OGRwkbGeometryType};
use made_files::*;
use sanxian_io::{ReadError, ReadOptions};
use sanxian_model::{FaultKind, Role, Treatment};

fn name(path: &Path) -> &str {
    path.to_str().expect("a name")
}

/// A GeoJSON feature with a square at this longitude.
fn feature(id: &str, x: f64) -> String {
    let ring = format!("[[{x},34],[{},34],[{},34.1],[{x},34]]", x + 0.1, x + 0.1);
    format!(
        r#"{{"type":"Feature","properties":{{"BSM":"{id}"}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}"#
    )
}

#[test]
fn a_sequence_with_other_line_ends_is_read_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let (a, b) = (feature("甲", 111.0), feature("乙", 112.0));
    for file in ["a.geojsonl", "a.geojsons", "a.ndjson", "a.jsonl", "a.geojson", "a.json"] {
        let path = folder.path().join(file);
        for form in [
            format!("{a}\n{b}\n"),
            format!("{a}\r{b}\r"),
            format!("{a}{b}\n"),
            format!("{a}\r\n\r\n{b}"),
            format!("\u{1E}{a}\n\u{1E}{b}\n"),
            format!("\u{FEFF}{a}\n{b}\n"),
        ] {
            std::fs::write(&path, &form).expect("a file");
            let layer = read_path(&path).layer;
            assert_eq!(texts(&layer, "id"), [Some("甲".to_owned()), Some("乙".to_owned())], "{file}: {form}");
            assert_eq!((&*layer.source.layer, &*layer.source.path), ("a", name(&path)));
        }
    }
    let path = folder.path().join("gbk.geojsonl");
    std::fs::write(&path, encoding_rs::GBK.encode(&format!("{a}\n{b}\n")).0).expect("a file");
    let options = ReadOptions { encoding: Some("GBK".to_owned()), ..ReadOptions::default() };
    assert_eq!(texts(&read(name(&path), &options).layer, "id")[0].as_deref(), Some("甲"));
}

#[test]
fn a_sequence_with_something_else_between_is_told_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let (a, b) = (feature("A1", 111.0), feature("A2", 112.0));
    for file in ["a.geojsonl", "a.geojson"] {
        let path = folder.path().join(file);
        for (form, wanted) in [
            (format!("{a}\n\u{FEFF}{b}\n"), 2),
            (format!("{a},\n{b}\n"), 1),
            (format!("{a}\n#{b}\n"), 2),
            (format!("{a}\nxx{b}\n"), 2),
            (format!("{a}\n{a}\n\"{b}\n"), 3),
        ] {
            std::fs::write(&path, &form).expect("a file");
            let error = refused(name(&path), &ReadOptions::default());
            let at = |error: &ReadError| match error {
                ReadError::GeoJson { line, .. } => Some(*line),
                _ => None,
            };
            assert_eq!(at(&error), Some(wanted), "{form}: {error}");
        }
    }
}

#[test]
fn a_member_of_features_that_is_no_object_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.geojson");
    let (a, b) = (feature("A1", 111.0), feature("A2", 112.0));
    let collection = |members: &str| format!(r#"{{"type":"FeatureCollection","features":[{members}]}}"#);
    std::fs::write(&path, collection(&format!("{a},{b}"))).expect("a file");
    assert_eq!(read_path(&path).layer.len(), 2);
    for other in [format!("{b:?}"), "null".to_owned(), "7".to_owned(), format!("[{b}]")] {
        std::fs::write(&path, collection(&format!("{a},\n{other}"))).expect("a file");
        let error = refused(name(&path), &ReadOptions::default());
        assert!(matches!(error, ReadError::Damaged { announced: 2, .. }), "{other}: {error}");
        assert!(error.to_string().contains("member 2 of `features`, on line 2"), "{other}: {error}");
    }
}

#[test]
fn an_index_that_is_not_of_its_shapefile_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.shp");
    write_plan(&path);
    assert_eq!(read_path(&path).layer.len(), 3);
    let parts = ["shp", "shx", "dbf"].map(|end| std::fs::read(path.with_extension(end)).expect("a file"));
    let put = |end: &str, bytes: &[u8]| std::fs::write(path.with_extension(end), bytes).expect("a file");
    let reason = || {
        let error = refused(name(folder.path()), &ReadOptions::default());
        assert!(matches!(error, ReadError::Damaged { announced: 3, read: 2, .. }), "{error}");
        assert_eq!(
            error.to_string(),
            refused(name(&path), &ReadOptions::default())
                .to_string()
                .replace(name(&path), name(folder.path()))
        );
        error.to_string()
    };
    // The index of two records, with and without its table.
    let mut index = parts[1][..parts[1].len() - 8].to_vec();
    let words = (index.len() / 2) as u32;
    index[24..28].copy_from_slice(&words.to_be_bytes());
    put("shx", &index);
    assert!(reason().contains("the .shx lists 2 records, and the .dbf has 3 rows"));
    let mut table = parts[2].clone();
    table[4..8].copy_from_slice(&2_u32.to_le_bytes());
    put("dbf", &table);
    assert!(reason().contains("the .shx lists 2 records, and the .shp goes on with record 3"));
    // The table of two rows.
    put("shx", &parts[1]);
    assert!(reason().contains("the .shx lists 3 records, and the .dbf has 2 rows"));
    // What an editor leaves behind the last record is none.
    put("dbf", &parts[2]);
    put("shp", &[parts[0].as_slice(), &[0x40; 64]].concat());
    assert_eq!(read_path(&path).layer.len(), 3);
}

#[test]
fn a_csv_row_with_more_than_its_geometry_is_told_with_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.csv");
    let square = |x: u32| format!("POLYGON(({x} 34,{x}.1 34,{x}.1 34.1,{x} 34))");
    let (a, b) = (square(111), square(112));
    let options =
        ReadOptions { crs: Some(sanxian_io::CrsChoice::parse("EPSG:4490")), ..ReadOptions::default() };
    for good in [
        format!("BSM,备注,WKT\nA1,\"一, \"\"二\"\"\n三\",\"{a}\"\n\nA2,,\"{b}\"\n"),
        format!("\u{FEFF}BSM;WKT\rA1;{a}\rA2;\"{b}\"\r"),
        format!("WKT\tBSM\n{a}\tA1\n{b}\tA2"),
    ] {
        std::fs::write(&path, &good).expect("a file");
        assert_eq!(read(name(&path), &options).layer.len(), 2, "{good}");
    }
    for (bad, wanted) in [
        (format!("BSM,WKT\nA0,\"{b}\"\nA1,\"{a}\nA2,{b}\"\n"), 3),
        (format!("BSM,WKT\nA1,\"{a} {b}\"\n"), 2),
        (format!("BSM,WKT,WKT2\nA1,\"{a}\",\"{b}\"\n"), 2),
        (format!("BSM,WKT,geometry\nA1,\"{a}\",\"{b}\"\n"), 2),
        (format!("BSM,备注,WKT\nA0,,\"{b}\"\nA1,\"一,\"\"{a}\"\"\nA2,二\",\"{b}\"\n"), 3),
    ] {
        std::fs::write(&path, &bad).expect("a file");
        let error = refused(name(&path), &options);
        assert!(matches!(error, ReadError::Csv { line, .. } if line == wanted), "{bad}: {error}");
        let of_folder = refused(name(folder.path()), &options);
        assert!(matches!(of_folder, ReadError::Csv { line, .. } if line == wanted), "{bad}: {of_folder}");
    }
    // A quote within a cell begins a text for GDAL, and swallows the next row.
    std::fs::write(&path, format!("BSM,WKT\nA1,\"{a}\"\nA2 \"x,\nA3,\"{b}\"\n")).expect("a file");
    let error = refused(name(&path), &options);
    assert!(matches!(error, ReadError::Damaged { announced: 3, .. } | ReadError::Csv { .. }), "{error}");
}

#[test]
fn a_misspelt_object_of_a_mif_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.mif");
    let region = |x: u32| format!("Region 1\n 4\n{x} 34\n{x}.1 34\n{x}.1 34.1\n{x} 34\n");
    let (a, b) = (region(111), region(112));
    let head = "Version 300\nCharset \"Neutral\"\nDelimiter \",\"\nCoordSys Earth Projection 1, 104\nColumns 1\n BSM Char(10)\nData\n\n";
    std::fs::write(path.with_extension("mid"), "\"A1\"\n\"A2\"\n").expect("a file");
    std::fs::write(&path, format!("{head}{a}{b}")).expect("a file");
    assert_eq!(read_path(&path).layer.len(), 2);
    for lost in [b.replace("Region", "Rgion"), String::new()] {
        std::fs::write(&path, format!("{head}{a}{lost}")).expect("a file");
        let error = refused(name(&path), &ReadOptions::default());
        assert!(matches!(error, ReadError::Damaged { announced: 2, read: 1, .. }), "{error}");
    }
    std::fs::write(&path, format!("{head}{a}{b}")).expect("a file");
    std::fs::write(path.with_extension("mid"), "\"A1\"\n").expect("a file");
    let error = refused(name(&path), &ReadOptions::default());
    assert!(matches!(error, ReadError::Damaged { .. }), "{error}");
}

#[test]
fn a_line_beside_the_polygon_of_a_collection_is_left_out_and_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let polygon = r#"{"type":"Polygon","coordinates":[[[111,34],[111.1,34],[111.1,34.1],[111,34]]]}"#;
    let ring = r#"{"type":"LineString","coordinates":[[112,34],[112.1,34],[112.1,34.1],[112,34]]}"#;
    let lines = r#"{"type":"MultiLineString","coordinates":[[[112,34],[112.1,34]]]}"#;
    let point = r#"{"type":"Point","coordinates":[111,34]}"#;
    for (others, outcome) in [
        (point.to_owned(), Treatment::Kept),
        (ring.to_owned(), Treatment::Skipped),
        (format!("{point},{lines}"), Treatment::Skipped),
        (format!(r#"{{"type":"GeometryCollection","geometries":[{ring}]}}"#), Treatment::Skipped),
    ] {
        let text = format!(
            r#"{{"type":"Feature","properties":{{"BSM":"A1"}},"geometry":{{"type":"GeometryCollection","geometries":[{polygon},{others}]}}}}"#
        );
        let path = folder.path().join("a.geojson");
        std::fs::write(&path, &text).expect("a file");
        let stream = sanxian_io::read_stream("-", text.as_bytes(), Role::PLAN, &ReadOptions::default());
        for read in [read_path(&path), stream.expect("a layer")] {
            assert_eq!(read.layer.len(), 1, "the polygon is judged all the same");
            let told: Vec<_> = read.faults.iter().map(|fault| (fault.kind, fault.treatment)).collect();
            assert_eq!(told, [(FaultKind::NotPolygon, outcome)], "{text}");
            let detail = read.faults[0].detail.as_ref().expect("a detail");
            assert!(
                detail.en.contains(if others.contains("Line") {
                    "without 1 line"
                } else {
                    "without 1 point"
                }),
                "{detail:?}"
            );
        }
    }
}

#[test]
fn a_line_beside_a_curved_polygon_is_left_out_and_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    let arc = "CURVEPOLYGON (CIRCULARSTRING (480000 3790000, 480010 3790010, 480000 3790000))";
    let collection = format!("GEOMETRYCOLLECTION ({arc}, LINESTRING (480000 3790000, 480010 3790000))");
    geopackage(&path, &[("a", OGRwkbGeometryType::wkbUnknown, &[&collection])]);
    let read = read_path(&path);
    assert_eq!(read.layer.len(), 1);
    assert_eq!(read.faults.iter().filter(|fault| fault.treatment == Treatment::Skipped).count(), 1);
}

/// A GeoPackage of layers with geometries of these kinds, in EPSG:4546.
fn geopackage(path: &Path, layers: &[(&str, OGRwkbGeometryType::Type, &[&str])]) {
    let driver = gdal::DriverManager::get_driver_by_name("GPKG").expect("a driver");
    let mut dataset = driver.create_vector_only(path).expect("a file");
    let srs = gdal::spatial_ref::SpatialRef::from_epsg(4546).expect("a CRS");
    for (name, ty, geometries) in layers {
        let options = LayerOptions { name, srs: Some(&srs), ty: *ty, options: None };
        let mut layer = dataset.create_layer(options).expect("a layer");
        for wkt in *geometries {
            layer.create_feature(gdal::vector::Geometry::from_wkt(wkt).expect("WKT")).expect("a feature");
        }
    }
    dataset.close().expect("written");
}

#[test]
fn polygons_in_a_layer_of_any_kind_are_among_several_layers() {
    use OGRwkbGeometryType as Kind;
    let folder = tempfile::tempdir().expect("a folder");
    let square = "POLYGON ((480000 3790000, 480010 3790000, 480010 3790010, 480000 3790000))";
    let collection = format!("GEOMETRYCOLLECTION (POINT (480000 3790000), {square})");
    let point = "POINT (480000 3790000)";
    for (number, kind, geometries, is_among) in [
        (0, Kind::wkbUnknown, vec![point, square], true),
        (1, Kind::wkbGeometryCollection, vec![&*collection], true),
        (2, Kind::wkbUnknown, vec![point, "LINESTRING (480000 3790000, 480010 3790000)"], false),
        (3, Kind::wkbUnknown, vec![], false),
        (4, Kind::wkbPoint, vec![point], false),
    ] {
        let path = folder.path().join(format!("{number}.gpkg"));
        geopackage(&path, &[("a", Kind::wkbPolygon, &[square]), ("b", kind, &geometries)]);
        if is_among {
            let error = refused(name(&path), &ReadOptions::default());
            let told = error.to_string();
            assert!(matches!(error, ReadError::SeveralLayers { .. }), "{number}: {told}");
            assert!(told.contains(".gpkg#a") && told.contains(".gpkg#b"), "{told}");
        } else {
            assert_eq!(&*read_path(&path).layer.source.layer, "a", "{number}");
        }
    }
}
