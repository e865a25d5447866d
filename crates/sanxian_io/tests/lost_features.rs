//! Files in which GDAL leaves out features without a word: each is read whole, or is an error that says where.

mod made_files;

use std::path::Path;

use made_files::*;
use sanxian_io::{ReadError, ReadOptions};

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
