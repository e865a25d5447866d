//! Fingerprints of findings stay when layers and files are renamed, features reordered and layers saved in another format, with
//! identifiers and without. A Shapefile cuts two columns of the sample plan to one name, so it is tried without them.

use std::path::Path;

use sanxian_tests::{data, sanxian};
use serde_json::Value;

const LINES: [(&str, &str); 3] =
    [("--redline", "STBHHX"), ("--farmland", "YJJBNTBHTB"), ("--urban-boundary", "CZKFBJ")];

/// The fingerprints of a plan against the lines of the sample county, in order.
fn fingerprints(plan: &str) -> Vec<String> {
    let county = data("demo/county.gpkg").display().to_string();
    let lines = LINES.map(|(flag, layer)| [flag.to_owned(), format!("{county}#{layer}")]);
    let run = sanxian(["check", plan, "--no-config", "--scheme", "land-sea-2023", "--output-format", "json"])
        .args(lines.as_flattened())
        .ends(1);
    let report = run.json();
    let findings = report["findings"].as_array().expect("findings");
    let mut fingerprints: Vec<String> =
        findings.iter().map(|of| of["fingerprint"].as_str().expect("a fingerprint").to_owned()).collect();
    fingerprints.sort();
    fingerprints
}

fn convert(from: &str, to: &Path) -> String {
    sanxian(["convert", from]).arg(to).ends(0);
    to.display().to_string()
}

/// The features of a GeoJSON backwards, and without identifiers if so asked.
fn rewritten(from: &Path, to: &Path, with_ids: bool) -> String {
    let text = std::fs::read_to_string(from).expect("a file");
    let mut json: Value = serde_json::from_str(&text).expect("JSON");
    let features = json["features"].as_array_mut().expect("features");
    features.reverse();
    for feature in features {
        feature.as_object_mut().expect("a feature").remove("id");
        if !with_ids {
            let columns = feature["properties"].as_object_mut().expect("columns");
            columns.retain(|name, _| {
                ["YDYHFLDM", "YDYHFLMC", "项目类别", "XMLB", "CYFS"].contains(&name.as_str())
            });
        }
    }
    std::fs::write(to, json.to_string()).expect("a file");
    to.display().to_string()
}

#[test]
fn names_order_and_format_change_no_fingerprint() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let plan = format!("{}#GHYDYH", data("demo/county.gpkg").display());
    let wanted = fingerprints(&plan);
    assert!(wanted.len() > 20);
    convert(&plan, &at("plan.geojson"));
    for other in [
        convert(&plan, &at("另存.gdb")),
        convert(&plan, &at("other.gpkg")),
        convert(&plan, &at("other.fgb")),
        rewritten(&at("plan.geojson"), &at("backwards.geojson"), true),
    ] {
        assert_eq!(fingerprints(&other), wanted, "{other}");
    }
}

#[test]
fn features_without_identifiers_are_known_by_their_shapes() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let plan = format!("{}#GHYDYH", data("demo/county.gpkg").display());
    convert(&plan, &at("plan.geojson"));
    let bare = rewritten(&at("plan.geojson"), &at("bare.geojson"), false);
    let wanted = fingerprints(&bare);
    assert!(wanted.iter().filter(|of| of.contains("/plan/@")).count() > 10, "{wanted:?}");
    let different: std::collections::BTreeSet<&String> = wanted.iter().collect();
    assert_eq!(different.len(), wanted.len(), "no two findings look alike");
    for other in [
        rewritten(&at("bare.geojson"), &at("forwards.geojson"), false),
        convert(&bare, &at("无标识.shp")),
        convert(&bare, &at("bare.gpkg")),
    ] {
        assert_eq!(fingerprints(&other), wanted, "{other}");
    }
}
