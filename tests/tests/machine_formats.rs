//! One run in every machine format: a thing has one name and one value in all of them, whatever the language.

use std::collections::BTreeMap;
use std::path::Path;

use gdal::Dataset;
use gdal::vector::{FieldValue, LayerAccess};
use sanxian_tests::{data, sanxian};
use serde_json::Value;

/// A finding by the names of its columns; what is not there is null.
type Row = BTreeMap<String, Value>;

/// Writes the findings of the sample county in every format into a folder.
fn write(folder: &Path, lang: &str) {
    let county = data("demo/county.gpkg").display().to_string();
    let config = data("demo/sanxian.toml").display().to_string();
    let mut run = sanxian(["check", &format!("{county}#GHYDYH"), "--config", &config, "--lang", lang]);
    for name in ["a.json", "a.ndjson", "a.csv", "a.geojson", "a.gpkg"] {
        run = run.arg("-o").arg(folder.join(name));
    }
    run.ends(1);
}

/// The findings of the JSON report, flattened.
fn of_json(finding: &Value, lang: &str) -> Row {
    let mut row = Row::new();
    let mut set = |name: &str, value: &Value| {
        row.insert(name.to_owned(), value.clone());
    };
    for name in ["severity", "code", "rule", "preview", "fingerprint"] {
        set(name, &finding[name]);
    }
    for name in ["title", "message", "help"] {
        set(name, &finding[name][lang]);
    }
    for name in ["role", "path", "layer", "fid", "id", "name"] {
        set(&format!("subject_{name}"), &finding["subject"][name]);
    }
    set("zone_role", &finding["zone"]["role"]);
    let measure = &finding["measure"];
    for name in ["planar_m2", "tolerance_m2"] {
        set(name, &measure[name]);
    }
    set("share", &measure[if measure["kind"] == "ratio" { "value" } else { "share" }]);
    if ["overlap", "outside"].contains(&measure["kind"].as_str().expect("a kind")) {
        set("area_m2", &measure["area_m2"]);
    }
    set("point_x", &finding["point"][0]);
    set("point_y", &finding["point"][1]);
    for name in ["document", "article", "grade"] {
        set(name, &finding["basis"][0][name]);
    }
    row
}

/// The cells of a sheet as what they stand for in `like`.
fn of_csv(path: &Path, like: &[Row]) -> Vec<Row> {
    let mut sheet = csv::Reader::from_path(path).expect("a sheet");
    let names = sheet.headers().expect("headings").clone();
    let rows = sheet.records().map(|record| record.expect("a row")).zip(like);
    let cell = |text: &str, like: &Value| match like {
        _ if text.is_empty() => Value::Null,
        Value::Number(_) => serde_json::from_str(text).expect("a number"),
        Value::Bool(_) => Value::Bool(text == "true"),
        _ => text.into(),
    };
    let row = |(record, like): (csv::StringRecord, &Row)| -> Row {
        let like = |name: &str| like.get(name).cloned().unwrap_or_default();
        names.iter().zip(&record).map(|(name, text)| (name.to_owned(), cell(text, &like(name)))).collect()
    };
    rows.map(row).collect()
}

fn of_geopackage(path: &Path) -> Vec<Row> {
    let dataset = Dataset::open(path).expect("a GeoPackage");
    let mut layer = dataset.layer_by_name("findings").expect("findings");
    let cell = |value: Option<FieldValue>| match value {
        Some(FieldValue::StringValue(text)) => text.into(),
        Some(FieldValue::RealValue(number)) => number.into(),
        Some(FieldValue::Integer64Value(number)) => number.into(),
        Some(FieldValue::IntegerValue(number)) => (number != 0).into(),
        _ => Value::Null,
    };
    layer
        .features()
        .map(|feature| feature.fields().map(|(name, value)| (name, cell(value))).collect())
        .collect()
}

#[test]
fn a_thing_has_one_name_and_one_value_in_every_format() {
    for lang in ["zh", "en"] {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        write(folder.path(), lang);
        let text = |name: &str| std::fs::read_to_string(at(name)).expect("a file");
        let report: Value = serde_json::from_str(&text("a.json")).expect("JSON");
        let findings = report["findings"].as_array().expect("findings");
        let wanted: Vec<Row> = findings.iter().map(|finding| of_json(finding, lang)).collect();
        assert!(wanted.len() > 25);

        let lines: Vec<Value> =
            text("a.ndjson").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(&lines[..findings.len()], findings);

        let map: Value = serde_json::from_str(&text("a.geojson")).expect("JSON");
        let features = map["features"].as_array().expect("features").iter();
        let of_geojson: Vec<Row> = features
            .map(|of| of["properties"].as_object().expect("columns").clone().into_iter().collect())
            .collect();
        let of_csv = of_csv(&at("a.csv"), &of_geojson);
        let of_geopackage = of_geopackage(&at("a.gpkg"));
        for (format, rows) in [("geojson", &of_geojson), ("csv", &of_csv), ("gpkg", &of_geopackage)] {
            assert_eq!(rows.len(), wanted.len(), "{format}");
            for (row, wanted) in rows.iter().zip(&wanted) {
                for (name, value) in wanted {
                    let found = row.get(name).unwrap_or_else(|| panic!("{format} has no {name}"));
                    assert_eq!(found, value, "{format} {lang}: {name} of {}", wanted["fingerprint"]);
                }
            }
            // And every column that one of these formats has, the others have.
            let names = |row: &Row| row.keys().cloned().collect::<Vec<_>>();
            assert_eq!(names(&rows[0]), names(&of_geojson[0]), "{format}");
        }
        for (a, b) in of_csv.iter().zip(&of_geojson) {
            assert_eq!(a, b);
        }
    }
}
