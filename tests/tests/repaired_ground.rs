//! Rings that cover ground twice, or not where they seem to: what the built program makes of them, in degrees and in
//! metres. The areas are worked out by hand; the kernel's own tests hold them against GEOS.

use std::fs;

use sanxian_tests::{Run, sanxian};
use serde_json::Value;

/// A box as a ring, in the units of the CRS about its corner; `side` is the unit.
fn ring([west, south, east, north]: [f64; 4], [x, y]: [f64; 2], side: f64) -> String {
    let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    let points = corners.map(|(u, v)| format!("[{:?},{:?}]", x + u * side, y + v * side));
    format!("[{}]", points.join(","))
}

/// CRS, corner, and a unit of about 60 m.
const SYSTEMS: [(u32, [f64; 2], f64); 4] = [
    (4546, [480_000.0, 3_790_000.0], 60.0),
    (4525, [37_480_000.0, 3_790_000.0], 60.0),
    (4490, [111.0, 34.25], 0.0006),
    (4326, [111.0, 34.25], 0.0006),
];

/// A folder with a plan of one multi-polygon and a redline that holds everything.
fn folder(parts: &[&[[f64; 4]]], (epsg, corner, unit): (u32, [f64; 2], f64)) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, properties: &str, parts: &[&[[f64; 4]]]| {
        let parts: Vec<String> = parts
            .iter()
            .map(|rings| {
                let rings: Vec<String> = rings.iter().map(|bounds| ring(*bounds, corner, unit)).collect();
                format!("[{}]", rings.join(","))
            })
            .collect();
        let geometry = format!(r#"{{"type":"MultiPolygon","coordinates":[{}]}}"#, parts.join(","));
        let crs =
            format!(r#""crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::{epsg}"}}}}"#);
        let feature = format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#);
        let text = format!(r#"{{"type":"FeatureCollection",{crs},"features":[{feature}]}}"#);
        fs::write(folder.path().join(name), text).expect("a file");
    };
    write("plan.geojson", r#""BSM":"P1","YDYHFLDM":"070301""#, parts);
    write("redline.geojson", r#""BSM":"R1","ZRBHDFQ":"一般控制区""#, &[&[[-5.0, -5.0, 9.0, 9.0]]]);
    folder
}

fn check(folder: &tempfile::TempDir) -> Run {
    let words = ["check", "plan.geojson", "--redline", "redline.geojson", "--select", "ER-02"];
    sanxian(words).args(["--output-format", "json"]).folder(folder.path()).run()
}

/// The area of the redline that the plan takes, in squares of the unit, and the faults.
fn taken(parts: &[&[[f64; 4]]], system: (u32, [f64; 2], f64)) -> (f64, Vec<String>) {
    let whole = check(&folder(&[&[[0.0, 0.0, 1.0, 1.0]]], system)).json();
    let report = check(&folder(parts, system)).json();
    let area = |report: &Value| report["findings"][0]["measure"]["area_m2"].as_f64().expect("an area");
    let faults = report["faults"].as_array().expect("faults").iter();
    let kinds = faults.map(|fault| fault["kind"].as_str().expect("a kind").to_owned()).collect();
    (area(&report) / area(&whole), kinds)
}

#[test]
fn two_identical_squares_are_one_square_and_a_fault_in_degrees_too() {
    let square = [0.0, 0.0, 1.0, 1.0];
    for system in SYSTEMS {
        let (squares, faults) = taken(&[&[square], &[square]], system);
        assert!((squares - 1.0).abs() < 1e-6, "{system:?}: {squares} squares");
        assert_eq!(faults, ["nesting"], "{system:?}");
    }
}

#[test]
fn a_hole_wholly_outside_its_shell_is_ground() {
    // The hole is a quarter of the square, and lies beside it.
    for system in SYSTEMS {
        let (squares, faults) = taken(&[&[[0.0, 0.0, 1.0, 1.0], [2.0, 0.0, 2.5, 0.5]]], system);
        assert!((squares - 1.25).abs() < 1e-4, "{system:?}: {squares} squares");
        assert_eq!(faults, ["nesting"], "{system:?}");
    }
}

#[test]
fn a_hole_of_one_part_inside_another_part_takes_nothing_from_it() {
    let (a, b) = ([0.0, 0.0, 1.0, 1.0], [2.0, 0.0, 3.0, 1.0]);
    for system in SYSTEMS {
        let (squares, faults) = taken(&[&[a], &[b, [0.25, 0.25, 0.75, 0.75]]], system);
        assert!((squares - 2.0).abs() < 1e-4, "{system:?}: {squares} squares");
        assert_eq!(faults, ["nesting"], "{system:?}");
    }
}

#[test]
fn a_hole_equal_to_its_shell_leaves_nothing_and_the_feature_is_left_out() {
    let square = [0.0, 0.0, 1.0, 1.0];
    for system in SYSTEMS {
        let folder = folder(&[&[square, square]], system);
        // The plan has no other feature, so there is nothing to check and no verdict.
        let run = check(&folder);
        assert_eq!(run.code, Some(3), "{}{}", run.stdout, run.stderr);
        let report = run.json();
        assert_eq!(report["summary"]["verdict"], "incomplete");
        assert_eq!(
            (&report["summary"]["skipped"], &report["faults"][0]["outcome"]),
            (&1.into(), &"skipped".into())
        );
        let pairs = sanxian(["overlap", "plan.geojson", "redline.geojson"]).folder(folder.path()).ends(3);
        assert_eq!(pairs.stdout.lines().count(), 1, "no row of area zero: {}", pairs.stdout);
    }
}
