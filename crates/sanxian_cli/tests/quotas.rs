//! Quotas as a shell and a config give them: floors and caps of the sample county, before and after its revision.

mod program;

use std::path::{Path, PathBuf};

use program::{Ran, program};
use serde_json::Value;

fn demo(layer: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo").join(layer).display().to_string()
}

fn run(words: &[&str]) -> Ran {
    Ran::of(program().args(words).output().expect("the program runs"))
}

/// Checks the lines of the sample county against quotas of farmland.
fn check(more: &[&str]) -> Ran {
    let (plan, farmland) = (demo("county.gpkg#GHYDYH"), demo("county.gpkg#YJJBNTBHTB"));
    run(&[&["check", &plan, "--farmland", &farmland, "--no-config", "--output-format", "json"], more]
        .concat())
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).expect("a report is JSON")
}

/// The caps and floors with these codes: code, whether it holds.
fn holds(report: &Value, codes: &[&str]) -> Vec<(String, bool)> {
    let quantities = report["quantities"].as_array().expect("a list").iter();
    let of = |quantity: &Value| {
        (quantity["code"].as_str().unwrap_or_default().to_owned(), quantity["holds"] == Value::Bool(true))
    };
    quantities.map(of).filter(|(code, _)| codes.contains(&code.as_str())).collect()
}

#[test]
fn a_floor_is_judged_where_its_quota_is_given_and_only_there() {
    let select = ["--select", "BF-01,QT-02"];
    let without = json(&check(&["--ignore", "ER,UB,TL,IN"]));
    assert!(holds(&without, &["QT-02"]).is_empty());
    let left = without["summary"]["rules_left_out"].as_array().expect("a list");
    assert!(!left.contains(&"QT-02".into()), "nobody left it out");
    let missed = json(&check(&[&select[..], &["--quota", "permanent-farmland=2300ha"]].concat()));
    assert_eq!(holds(&missed, &["QT-02"]), [("QT-02".to_owned(), false)]);
    let finding = missed["findings"].as_array().expect("a list").iter().find(|of| of["code"] == "QT-02");
    let missed_by = finding.and_then(|of| {
        let [area, limit] = ["area_m2", "limit_m2"].map(|key| of["measure"][key].as_f64());
        Some(limit? - area?)
    });
    assert!((missed_by.expect("a total") - (23_000_000.0 - 22_858_755.0)).abs() < 2.0, "{missed_by:?}");
    let met = json(&check(&[&select[..], &["--quota", "permanent-farmland=3.4万亩"]].concat()));
    assert_eq!(holds(&met, &["QT-02"]), [("QT-02".to_owned(), true)]);
}

#[test]
fn a_slip_in_a_quota_is_told() {
    for (given, told) in [
        ("permanent-farmlnd=1ha", "did you mean `permanent-farmland`?"),
        ("permanent-farmland=80%", "must be an area"),
        ("expansion-multiple=1ha", "must be a percentage"),
        ("permanent-farmland=80", "is not an area"),
        ("permanent-farmland", "is not NAME=VALUE"),
    ] {
        let ran = check(&["--quota", given]).ends(2);
        assert!(ran.err.contains(told), "{given}: {}", ran.err);
    }
}

#[test]
fn a_config_holds_quotas_and_a_flag_wins() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |text: &str| -> PathBuf {
        let layers = format!(
            "[layers]\nplan = '{}'\nfarmland = '{}'\n",
            demo("county.gpkg#GHYDYH"),
            demo("county.gpkg#YJJBNTBHTB")
        );
        let path = folder.path().join("sanxian.toml");
        std::fs::write(&path, format!("select = [\"BF-01\", \"QT-02\"]\n{text}\n{layers}")).expect("a file");
        path
    };
    let check = |config: &Path, more: &[&str]| {
        let config = config.display().to_string();
        run(&[&["check", "--config", &config, "--output-format", "json"], more].concat())
    };
    let config = write("[quotas]\npermanent-farmland = \"2300 ha\"");
    assert_eq!(holds(&json(&check(&config, &[])), &["QT-02"]), [("QT-02".to_owned(), false)]);
    let over = check(&config, &["--quota", "permanent-farmland=2200ha"]);
    assert_eq!(holds(&json(&over), &["QT-02"]), [("QT-02".to_owned(), true)]);
    let slip = check(&write("[quotas]\npermanent-farms = \"2300 ha\""), &[]);
    assert!(slip.err.contains("quotas.permanent-farms"), "{}", slip.err);
    let bare = check(&write("[quotas]\npermanent-farmland = \"2300\""), &[]);
    assert!(bare.err.contains("sanxian.toml:3:22"), "{}", bare.err);
}

#[test]
fn a_revision_tells_caps_and_floors_before_and_after() {
    let (old, new) = (demo("county.gpkg#GHYDYH"), demo("revision.gpkg#GHYDYH2027"));
    let (farmland, boundary) = (demo("county.gpkg#YJJBNTBHTB"), demo("county.gpkg#CZKFBJ"));
    let words = ["diff", &old, &new, "--farmland", &farmland, "--urban-boundary", &boundary, "--no-config"];
    let quotas = ["permanent-farmland=2200ha", "urban-land-2020=500ha", "expansion-multiple=130%"];
    let quotas: Vec<&str> = quotas.iter().flat_map(|quota| ["--quota", quota]).collect();
    let ran = run(&[&words[..], &quotas, &["--output-format", "json"]].concat());
    let report: Value = json(&ran);
    let wanted = [("QT-02", true), ("UB-08", false), ("UB-10", false)];
    for side in ["old", "new"] {
        let told = holds(&report[side], &["QT-02", "UB-08", "UB-10"]);
        assert_eq!(told, wanted.map(|(code, holds)| (code.to_owned(), holds)), "{side}");
    }
    let text = run(&[&words[..], &quotas, &["--lang", "zh"]].concat()).out;
    assert!(text.contains("城镇开发边界扩展倍数") && text.contains("≤ 130.00%"), "{text}");
}
