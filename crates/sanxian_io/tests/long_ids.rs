//! Identifiers of more digits than a 64-bit integer has: their text is kept, or it is told that it cannot be.

mod made_files;

use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array};
use made_files::*;
use sanxian_io::{ReadOptions, read_stream};
use sanxian_layer::NormalisedLayer;
use sanxian_model::{FaultKind, Role};

/// Two squares with these properties and these members beside them.
fn collection(properties: [&str; 2], members: [&str; 2]) -> String {
    let features: Vec<String> = (0..2)
        .map(|row| {
            let x = 111.0 + f64::from(row);
            let ring = format!("[[{x},34],[{},34],[{},34.1],[{x},34]]", x + 0.1, x + 0.1);
            let (properties, members) = (properties[row as usize], members[row as usize]);
            format!(
                r#"{{"type":"Feature",{members}"properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}"#
            )
        })
        .collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn ids(read: &NormalisedLayer) -> Vec<String> {
    (0..read.layer.len()).map(|row| read.layer.place(row).id.unwrap_or_default()).collect()
}

fn of_file(path: &Path, text: &str) -> NormalisedLayer {
    std::fs::write(path, text).expect("a file");
    read(path.to_str().expect("a name"), &ReadOptions::default())
}

const LONG: [&str; 2] = ["12345678901234567890", "12345678901234567891"];

#[test]
fn ids_above_64_bits_keep_their_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("规划.geojson");
    let property = |id: &str| format!(r#""BSM":{id}"#);
    let cases = [
        (collection([&property(LONG[0]), &property(LONG[1])], ["", ""]), LONG),
        // Some of them are shorter, and one is what GDAL makes of those that are too long.
        (collection([&property(LONG[0]), &property("7")], ["", ""]), [LONG[0], "7"]),
        (
            collection([&property("9223372036854775807"), &property("-9223372036854775808")], ["", ""]),
            ["9223372036854775807", "-9223372036854775808"],
        ),
        // The identifier of the feature itself.
        (collection(["", ""], [&format!(r#""id":{},"#, LONG[0]), &format!(r#""id":{},"#, LONG[1])]), LONG),
    ];
    for (text, wanted) in cases {
        let stream = read_stream("-", text.as_bytes(), Role::PLAN, &ReadOptions::default()).expect("a layer");
        assert_eq!(ids(&stream), wanted, "{text}");
        assert_eq!(ids(&of_file(&path, &text)), wanted, "{text}");
    }
    // Beside a number with a fraction an integer of 19 digits would become one of 16 on a pipe.
    let text = collection([&property("1234567890123456789"), &property("1.5")], ["", ""]);
    let stream = read_stream("-", text.as_bytes(), Role::PLAN, &ReadOptions::default()).expect("a layer");
    assert_eq!(ids(&stream), ["1234567890123456789", "1.5"]);
}

#[test]
fn ids_that_a_virtual_file_would_change_are_refused() {
    let name = "/vsimem/long_ids.geojson";
    let property = |id: &str| format!(r#""BSM":{id}"#);
    let store = |ids: [&str; 2]| {
        let text = collection([&property(ids[0]), &property(ids[1])], ["", ""]);
        gdal::vsi::create_mem_file(name, text.into_bytes()).expect("a file");
    };
    store(["7", "8"]);
    assert_eq!(ids(&read(name, &ReadOptions::default())), ["7", "8"]);
    store(LONG);
    let error = refused(name, &ReadOptions::default()).to_string();
    assert!(error.contains("`BSM`") && error.contains("64 bits") && error.contains("do:"), "{error}");
    gdal::vsi::unlink_mem_file(name).expect("it is there");
}

#[test]
fn ids_that_a_table_holds_as_floating_point_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.gpkg");
    let written = |values: Vec<f64>| {
        let column: ArrayRef = Arc::new(Float64Array::from(values));
        write(&path, "plan", &crs("EPSG:4546"), &three(CORNER, 100.0), &table(vec![("BSM", column)]));
        read(path.to_str().expect("a name"), &ReadOptions::default())
    };
    let long = written(vec![1.234_567_890_123_456_8e19, 2.0, 3.0]);
    assert_eq!(ids(&long), ["", "", ""], "features are named by feature id");
    assert_eq!(long.faults.len(), 1);
    assert_eq!(long.faults[0].kind, FaultKind::DuplicateId);
    let detail = long.faults[0].detail.clone().unwrap_or_default().en;
    assert!(detail.contains("`BSM`") && detail.contains("digits"), "{detail}");
    let short = written(vec![411_402_001.0, 2.0, 3.0]);
    assert_eq!((ids(&short)[0].as_str(), short.faults.len()), ("411402001", 0));
}
