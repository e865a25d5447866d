//! Several layers of one role are judged as the one layer that holds the features of all, and reports name each.

use std::collections::BTreeSet;

use geo_types::{LineString, Polygon};
use proptest::prelude::*;
use sanxian::{Check, CheckOptions, Error, Lang, Layer, PartedCheck, RuleBook};
use sanxian_model::Explain;
use sanxian_tests::county::{Encoding, LAYERS, forget_origins, source, table, told};
use sanxian_tests::sanxian;
use serde_json::{Value, json};

/// The county with each layer cut at these shares of its rows.
fn cut_county(cuts: &[f64]) -> Check {
    let mut check = Check::lines();
    for (role, name) in &LAYERS {
        let (table, _) = table(name, Encoding::Wkb);
        let rows = table.num_rows();
        let mut ends: Vec<usize> = cuts.iter().map(|share| (share * rows as f64) as usize).collect();
        ends.push(rows);
        ends.sort_unstable();
        let mut from = 0;
        for (k, to) in ends.into_iter().enumerate() {
            let layer = Layer::from_arrow([table.slice(from, to - from)], "geom").expect("a layer");
            let name = if cuts.is_empty() { (*name).to_owned() } else { format!("{name}-{k}") };
            check = check.layer(role.clone(), layer.feature_ids("fid").expect("numbers").named(&name));
            from = to;
        }
    }
    check
}

/// A report without the lists of what was read, and without the names of layers.
fn without_layers(mut report: Value) -> Value {
    fn forget(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.remove("layer");
                members.values_mut().for_each(forget);
            }
            Value::Array(items) => items.iter_mut().for_each(forget),
            _ => {}
        }
    }
    let zones = report["zones"].take();
    let sum = |role: &Value, key: &str| -> f64 {
        let of_role = zones.as_array().expect("a list").iter().filter(|zone| zone["role"] == *role);
        of_role.map(|zone| zone[key].as_f64().expect("a number")).sum()
    };
    let mut roles: Vec<Value> =
        zones.as_array().expect("a list").iter().map(|zone| zone["role"].clone()).collect();
    roles.dedup();
    report["zones"] = roles
        .iter()
        .map(|role| {
            let area = format!("{:.3}", sum(role, "overlap_m2"));
            json!({"role": role, "pairs": sum(role, "pairs"), "overlap_m2": area})
        })
        .collect();
    report["inputs"].take();
    for idle in ["empty_layers", "idle_layers", "layers_apart"] {
        report["summary"][idle].take();
    }
    forget_origins(&mut report);
    forget(&mut report);
    // Sorted by the names of layers, which are others.
    let findings = report["findings"].as_array_mut().expect("a list");
    for about_layers in findings.iter_mut().filter(|finding| finding["subject"]["fid"].is_null()) {
        about_layers["message"].take();
    }
    findings.sort_by_key(|finding| format!("{} {}", finding["code"], finding["fingerprint"]));
    report
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_county_in_any_number_of_layers_is_the_county(
        cuts in proptest::collection::vec(0.0_f64..1.0, 1..4),
    ) {
        let whole = cut_county(&[]).run().expect("a check");
        let cut_up = cut_county(&cuts).run().expect("a check");
        let (whole, cut_up) = (told(&whole.report()), told(&cut_up.report()));
        prop_assert_eq!(cut_up["inputs"].as_array().map(Vec::len), Some(LAYERS.len() * (cuts.len() + 1)));
        prop_assert!(cut_up["findings"].as_array().is_some_and(|findings| findings.len() > 20));
        let (mut whole, mut cut_up) = (without_layers(whole), without_layers(cut_up));
        // An empty or distant part of a layer is told.
        for report in [&mut whole, &mut cut_up] {
            report["faults"].as_array_mut().expect("a list").retain(|fault| !fault["fid"].is_null());
        }
        prop_assert_eq!(&cut_up["findings"], &whole["findings"]);
        prop_assert_eq!(&cut_up["ledger"], &whole["ledger"]);
        prop_assert_eq!(&cut_up["zones"], &whole["zones"]);
        prop_assert_eq!(&cut_up["faults"], &whole["faults"]);
        prop_assert_eq!(&cut_up["slivers"], &whole["slivers"]);
    }
}

#[test]
fn parts_of_a_plan_in_several_layers_are_the_plan() {
    let options = CheckOptions { pieces: true, ..CheckOptions::default() };
    let report = cut_county(&[0.3, 0.55]).options(options.clone()).run().expect("a check");
    let book = RuleBook::embedded();
    let check = PartedCheck::new(report.plan(), &book, &options).expect("lines");
    let patches = report.plan().subject().expect("a plan").len() as u32;
    let part = |of: u32| {
        let rows: Vec<u32> = (0..patches).filter(|row| row % 3 == of).collect();
        check.part(&rows).expect("a part")
    };
    let merged = part(2).merge(check.rest().expect("the rest").merge(part(0))).merge(part(1));
    let outcome = check.finish(merged).expect("a whole");
    assert_eq!(outcome.findings, report.findings());
    assert_eq!(&outcome.ledger, report.ledger());
    assert_eq!(told(&outcome.report(report.plan())), told(&report.report()));
}

/// A square of 100 m with an identifier.
fn square(x: f64, id: Option<&str>, crs: &sanxian::Crs) -> Layer {
    let (y, e, n) = (3_790_000.0, x + 100.0, 3_790_100.0);
    let square = Polygon::new(LineString::from(vec![(x, y), (e, y), (e, n), (x, n)]), Vec::new());
    let schema = std::sync::Arc::new(arrow_schema::Schema::new(vec![arrow_schema::Field::new(
        "BSM",
        arrow_schema::DataType::Utf8,
        true,
    )]));
    let column = std::sync::Arc::new(arrow_array::StringArray::from(vec![id]));
    let attributes = arrow_array::RecordBatch::try_new(schema, vec![column]).expect("one column");
    Layer::from_geo_with(&[square], attributes, crs.clone()).expect("a layer")
}

#[test]
fn findings_of_layers_that_share_identifiers_stay_apart() {
    let crs = sanxian::crs::from_epsg(4546).expect("a CRS");
    let prints = |ids: [Option<&str>; 3], names: [&str; 3]| -> Vec<String> {
        let farmland = square(480_000.0, None, &crs).named("farmland");
        let mut check = Check::lines().farmland(farmland).select(["TL-01"]);
        for (k, (id, name)) in ids.iter().zip(names).enumerate() {
            let layer = square(480_010.0 + k as f64, *id, &crs).named(name);
            let layer = layer.shown_as(&format!("{k}.gpkg"));
            check = check.redline(layer);
        }
        check.run().expect("a check").findings().iter().map(sanxian::Finding::fingerprint).collect()
    };
    let of = |ids| prints(ids, ["a", "b", "b"]);
    let told = |ids: [&str; 3]| ids.map(|id| format!("farmland-in-redline/redline/{id}/farmland")).to_vec();
    let known = of([Some("1"), Some("2"), Some("3")]);
    // What is in one layer alone keeps its name whatever the layers are called.
    assert_eq!(known, told(["1", "2", "3"]));
    // What several layers carry, or none, is known by its shape besides: whatever the layers are called, and in whatever order.
    for (ids, begin) in [
        ([Some("1"), Some("1"), Some("3")], ["1@", "1@", "3/"]),
        ([None, None, Some("1")], ["@", "@", "1/"]),
        ([Some("1"), Some("1"), Some("1")], ["1@", "1@", "1@"]),
    ] {
        let known = of(ids);
        for (print, begin) in known.iter().zip(begin) {
            assert!(print.starts_with(&format!("farmland-in-redline/redline/{begin}")), "{print}");
        }
        let different: BTreeSet<&String> = known.iter().collect();
        assert_eq!(different.len(), 3, "{known:?}");
        assert_eq!(prints(ids, ["x", "y", "z"]), known);
    }
}

#[test]
fn a_layer_that_is_there_twice_is_refused() {
    let crs = sanxian::crs::from_epsg(4546).expect("a CRS");
    let layer = |name: &str| square(480_000.0, None, &crs).named(name);
    let twice = |first: &str, second: &str| {
        Check::new(layer("plan")).farmland(layer(first)).farmland(layer(second)).run()
    };
    let Err(error @ Error::LayerTwice { .. }) = twice("town", "town") else { panic!("one layer twice") };
    assert!(error.explain().lines(Lang::Zh).contains("图层 `town` 作为 `farmland` 给出了两次"), "{error}");
    assert!(twice("town", "other").is_ok());
}

#[test]
fn the_command_line_and_a_config_take_several_layers_of_a_role() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = sanxian([
        "lines",
        "--farmland",
        &source("YJJBNTBHTB"),
        "--redline",
        &source("STBHHX"),
        "--output-format",
        "json",
    ]);
    let towns: Vec<String> = (0..2)
        .map(|k| {
            let path = folder.path().join(format!("镇{k}.geojson"));
            let (table, _) = table("YJJBNTBHTB", Encoding::Wkb);
            let half = table.num_rows() / 2;
            write_rows(&path, if k == 0 { 0..half } else { half..table.num_rows() });
            path.display().to_string()
        })
        .collect();
    let flags = sanxian([
        "lines",
        "--redline",
        &source("STBHHX"),
        "--farmland",
        &towns[0],
        "--farmland",
        &towns[1],
        "--output-format",
        "json",
    ]);
    let config = folder.path().join("sanxian.toml");
    let text = format!(
        "[layers]\nredline = {:?}\nfarmland = [\"镇0.geojson\", {{ source = \"镇1.geojson\" }}]\n",
        source("STBHHX")
    );
    std::fs::write(&config, text).expect("a config");
    let by_config = sanxian(["lines", "--config", &config.display().to_string(), "--output-format", "json"]);
    let read = |run: sanxian_tests::Sanxian| run.run().json();
    let (whole, flags, by_config) = (read(whole), read(flags), read(by_config));
    assert!(whole["findings"].as_array().is_some_and(|findings| !findings.is_empty()), "{whole}");
    let area = |report: &Value| -> f64 {
        let findings = report["findings"].as_array().expect("a list");
        findings.iter().filter_map(|finding| finding["measure"]["area_m2"].as_f64()).sum()
    };
    for report in [&flags, &by_config] {
        assert_eq!(report["inputs"].as_array().map(Vec::len), Some(3));
        assert_eq!(report["findings"].as_array().map(Vec::len), whole["findings"].as_array().map(Vec::len));
        assert!((area(report) - area(&whole)).abs() < 0.05, "{} {}", area(report), area(&whole));
    }
}

/// Some rows of the farmland as GeoJSON.
fn write_rows(path: &std::path::Path, rows: std::ops::Range<usize>) {
    let all = path.with_extension("all.geojson");
    let run = sanxian(["convert", &source("YJJBNTBHTB"), &all.display().to_string()]).run();
    assert_eq!(run.code, Some(0), "{run:?}");
    let mut json: Value =
        serde_json::from_str(&std::fs::read_to_string(&all).expect("a file")).expect("JSON");
    let features = json["features"].as_array_mut().expect("features");
    let taken = features[rows].to_vec();
    *features = taken;
    std::fs::write(path, json.to_string()).expect("a file");
    std::fs::remove_file(all).expect("it is there");
}

#[test]
fn zones_without_identifiers_say_which_layer_they_are_of() {
    let crs = sanxian::crs::from_epsg(4546).expect("a CRS");
    let layer = |x: f64, name: &str| square(x, None, &crs).named(name);
    let check = Check::lines().redline(layer(480_000.0, "redline")).select(["TL-01"]);
    let report =
        check.farmland(layer(480_050.0, "东")).farmland(layer(479_950.0, "西")).run().expect("a check");
    let [finding] = report.findings() else { panic!("{:?}", report.findings()) };
    let zones: Vec<String> = finding.zones.iter().map(|zone| zone.place.label()).collect();
    assert_eq!(zones, ["东:#0", "西:#0"]);
    let message = report.message(finding, Lang::Zh);
    assert!(message.contains("东:#0"), "{message}");
}
