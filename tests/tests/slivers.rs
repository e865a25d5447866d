//! What is too narrow to be told from the rounding of coordinates is set aside, told, and decides nothing.

mod folder;

use std::collections::BTreeSet;

use folder::{Folder, ring};
use sanxian_tests::{Sanxian, data, sanxian};
use serde_json::Value;

const LENGTH: f64 = 1000.0;

/// A box of a kilometre from west to east.
fn block(west: f64, east: f64) -> String {
    ring(&[[west, 0.0], [east, 0.0], [east, LENGTH], [west, LENGTH], [west, 0.0]])
}

/// A plan of one box, and a redline that reaches so many metres into it; each has a corner on a millimetre.
fn strip(inside: f64) -> Folder {
    let folder = Folder::new();
    folder.features("plan.geojson", &[block(-0.001, 100.0)]);
    folder.features("redline.geojson", &[block(100.0 - inside, 300.001)]);
    folder
}

const CHECK: [&str; 6] =
    ["check", "plan.geojson", "--redline", "redline.geojson", "--select=ER-02", "--scheme=land-sea-2023"];

fn report(folder: &Folder, more: &[&str], exit: i32) -> Value {
    folder.sanxian(&CHECK).args(["--output-format", "json"]).args(more).ends(exit).json()
}

#[test]
fn a_strip_narrower_than_the_coordinates_can_tell_is_no_finding_and_is_told() {
    // On millimetres, edges that were one are √2 mm apart at most.
    let folder = strip(0.001);
    let told = report(&folder, &[], 0);
    assert_eq!(told["summary"]["verdict"], "conforms", "{told}");
    assert_eq!(told["summary"]["slivers"]["findings"], 1);
    let sliver = &told["slivers"][0];
    let (width, limit) = (sliver["mean_width_m"].as_f64(), sliver["width_limit_m"].as_f64());
    assert!((width.expect("a width") - 0.001).abs() < 1e-5, "{sliver}");
    assert!((limit.expect("a limit") - 0.001_414).abs() < 1e-6, "{sliver}");
    assert_eq!(sliver["finding"]["code"], "ER-02");
    assert_eq!(told["ledger"]["rows"][0]["lines"][0]["sliver"], true);
    assert_eq!(told["findings"].as_array().map(Vec::len), Some(0));
    for format in ["full", "concise", "csv", "ndjson", "geojson"] {
        let run = folder.sanxian(&CHECK).args(["--lang", "en", "--output-format", format]).ends(0);
        assert!(run.stdout.contains("sliver"), "{format}: {}", run.stdout);
    }
}

#[test]
fn a_wider_strip_is_a_finding_and_so_is_a_narrow_one_when_asked() {
    let told = report(&strip(0.002), &[], 1);
    assert_eq!(told["summary"]["slivers"]["findings"], 0, "{told}");
    assert_eq!(report(&strip(0.001), &["--sliver-width", "0"], 1)["findings"][0]["code"], "ER-02");
    let wide = strip(0.04);
    assert_eq!(report(&wide, &["--sliver-width", "5 cm"], 0)["summary"]["slivers"]["findings"], 1);
    assert_eq!(report(&wide, &["--sliver-width", "3 cm"], 1)["summary"]["slivers"]["findings"], 0);
}

#[test]
fn whole_metres_are_how_a_layer_was_drawn_and_hide_nothing() {
    let folder = Folder::new();
    folder.features("plan.geojson", &[block(0.0, 100.0)]);
    folder.features("redline.geojson", &[block(99.0, 300.0)]);
    assert_eq!(report(&folder, &[], 1)["findings"][0]["code"], "ER-02");
}

/// Seven decimals of a degree are a centimetre, and a common edge of a kilometre then makes strips of square metres.
#[test]
fn a_plan_written_with_seven_decimals_of_a_degree_has_the_findings_of_the_plan_itself() {
    let folder = Folder::new();
    let source = format!("{}#GHYDYH", data("demo/county.gpkg").display());
    folder.sanxian(&["convert", &source, "whole.geojson"]).ends(0);
    let whole = std::fs::read_to_string(folder.path("whole.geojson")).expect("a file");
    let mut rounded: Value = serde_json::from_str(&whole).expect("GeoJSON");
    for feature in rounded["features"].as_array_mut().expect("features") {
        round(&mut feature["geometry"]["coordinates"]);
    }
    folder.write("rounded.geojson", rounded.to_string());
    let config = std::fs::read_to_string(data("demo/sanxian.toml")).expect("the config");
    let home = data("demo").canonicalize().expect("a folder").display().to_string();
    let config = config
        .replace("county.gpkg#GHYDYH", "rounded.geojson")
        .replace("\"county", &format!("\"{home}/county"))
        .replace("\"项目", &format!("\"{home}/项目"));
    folder.write("sanxian.toml", config);
    let found = |check: Sanxian| {
        let told = check.ends(1).json();
        let key = |finding: &Value| format!("{} {}", finding["code"], finding["subject"]["id"]);
        let findings = told["findings"].as_array().expect("findings").iter().map(key);
        let findings: BTreeSet<String> = findings.collect();
        (findings, told["summary"]["slivers"]["findings"].as_u64().expect("a count") as usize)
    };
    let check = ["check", "--output-format", "json"];
    let (whole, none) = found(sanxian(check).arg("--config").arg(data("demo/sanxian.toml")));
    let (rounded, slivers) = found(folder.sanxian(&check));
    let (with_slivers, no_slivers) = found(folder.sanxian(&check).args(["--sliver-width", "0"]));
    assert_eq!((none, no_slivers), (0, 0));
    assert_eq!(rounded, whole);
    assert_eq!(rounded.len() + slivers, with_slivers.len());
    assert!(slivers > 10, "{slivers}");
}

/// Rounds every number of nested lists to seven decimals.
fn round(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(round),
        number => {
            let written = format!("{:.7}", number.as_f64().expect("a coordinate"));
            *number = written.parse::<f64>().expect("a number").into();
        }
    }
}
