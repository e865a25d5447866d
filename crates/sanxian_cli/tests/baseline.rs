//! The baseline as a shell uses it: findings that are accepted, until they grow or expire, and the file that keeps them.

mod program;

use std::fmt::Write;
use std::path::Path;

use program::{Ran, program};
use serde_json::Value;

/// The first of March 2026, in seconds.
const MARCH: &str = "1772323200";
/// The second of June 2026.
const JUNE: &str = "1780358400";

const BASELINE: &str = "sanxian.baseline.json";

/// A patch of a hundred metres: identifier, west and east.
type Patch = (&'static str, f64, f64);

const THREE: [Patch; 3] = [("A", 1_000.0, 1_010.0), ("B", 1_100.0, 1_120.0), ("C", 1_200.0, 1_210.0)];

/// A folder with a redline from x = 1000.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    plan(folder.path(), "redline", &[("R", 1_000.0, 9_000.0)]);
    folder
}

/// Writes a layer of patches. One with an empty identifier has none.
fn plan(folder: &Path, name: &str, patches: &[Patch]) {
    let ring = |(_, west, east): &Patch| vec![[*west, 0.0], [*east, 0.0], [*east, 100.0], [*west, 100.0]];
    let rings: Vec<(&str, Vec<[f64; 2]>)> = patches.iter().map(|patch| (patch.0, ring(patch))).collect();
    layer(folder, name, &rings);
}

fn layer(folder: &Path, name: &str, features: &[(&str, Vec<[f64; 2]>)]) {
    let feature = |(id, ring): &(&str, Vec<[f64; 2]>)| {
        let mut positions = String::new();
        for [x, y] in ring.iter().chain(&ring[..1]) {
            let comma = if positions.is_empty() { "" } else { "," };
            write!(positions, "{comma}[{:.3},{:.3}]", 480_000.0 + x, 3_790_000.0 + y).expect("memory");
        }
        let id = if id.is_empty() { String::new() } else { format!(r#""BSM":"{id}","#) };
        format!(
            r#"{{"type":"Feature","properties":{{{id}"YDYHFLDM":"0701","ZRBHDFQ":"一般控制区"}},"geometry":{{"type":"Polygon","coordinates":[[{positions}]]}}}}"#
        )
    };
    let features: Vec<String> = features.iter().map(feature).collect();
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4546"}}"#;
    let text = format!(r#"{{"type":"FeatureCollection",{crs},"features":[{}]}}"#, features.join(","));
    std::fs::write(folder.join(format!("{name}.geojson")), text).expect("a file");
}

fn run_on(day: &str, folder: &Path, words: &[&str]) -> Ran {
    let mut program = program();
    let program = program.args(words).current_dir(folder).env("SOURCE_DATE_EPOCH", day);
    Ran::of(program.output().expect("the program runs"))
}

const LINES: [&str; 6] = ["--redline", "redline.geojson", "--select", "ER-02", "--baseline", BASELINE];

/// Checks a plan by the rule about building in the redline.
fn check_on(day: &str, folder: &Path, plan: &str, more: &[&str]) -> Ran {
    let plan = format!("{plan}.geojson");
    run_on(day, folder, &[&["check", &plan, "--output-format", "concise"][..], &LINES, more].concat())
}

fn check(folder: &Path, plan: &str, more: &[&str]) -> Ran {
    check_on(MARCH, folder, plan, more)
}

fn baseline(folder: &Path) -> String {
    std::fs::read_to_string(folder.join(BASELINE)).expect("a baseline")
}

fn entries(folder: &Path) -> Vec<Value> {
    let baseline: Value = serde_json::from_str(&baseline(folder)).expect("JSON");
    baseline["entries"].as_array().expect("entries").clone()
}

fn json(folder: &Path, plan: &str) -> Value {
    let plan = format!("{plan}.geojson");
    let words = [&["check", &plan, "--output-format", "json"][..], &LINES].concat();
    serde_json::from_str(&run_on(MARCH, folder, &words).out).expect("JSON")
}

#[test]
fn a_plan_with_old_findings_is_held_to_no_new_ones() {
    let folder = folder();
    let path = folder.path();
    plan(path, "plan", &THREE[..2]);
    let ran = check(path, "plan", &[]).ends(2);
    assert!(ran.err.contains(BASELINE) && ran.err.contains("--update-baseline"), "{}", ran.err);

    let accept =
        ["--update-baseline", "--reason", "现状", "--approval", "皖自然资〔2025〕7号", "--by", "planning"];
    let ran = check(path, "plan", &accept).ends(0);
    assert!(ran.err.contains(": 2 added, 0 updated, 0 kept, 0 removed"), "{}", ran.err);
    let told = "To be verified: no findings; 2 accepted by the baseline; ";
    assert!(ran.out.starts_with(told), "{}", ran.out);
    let expected = r#"{
  "schema_version": 1,
  "profile": "national-2026",
  "entries": [
    {
      "fingerprint": "redline-occupied/plan/A/redline",
      "code": "ER-02",
      "subject": "A",
      "severity": "error",
      "area_m2": 999.99,
      "reason": "现状",
      "approval": "皖自然资〔2025〕7号",
      "expires": null,
      "by": "planning"
    },
"#;
    assert!(baseline(path).starts_with(expected), "{}", baseline(path));

    // A renamed layer with its features in another order, redrawn within the tolerance, and a new finding.
    plan(path, "规划_v2", &[THREE[2], ("B", 1_100.0, 1_120.002), THREE[0]]);
    let before = baseline(path);
    let ran = check(path, "规划_v2", &["--lang", "zh"]).ends(1);
    assert!(ran.out.contains(": 不符合 ER-02 ") && ran.out.contains("C 占用"), "{}", ran.out);
    assert!(ran.out.contains("不符合：不符合 1 项；基线认可 2 项；"), "{}", ran.out);
    assert_eq!(baseline(path), before);

    let report = json(path, "规划_v2");
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["summary"]["accepted"], 2);
    assert_eq!(report["accepted"][0]["entry"]["approval"], "皖自然资〔2025〕7号");
    assert_eq!(report["accepted"][0]["finding"]["subject"]["id"], "B");
    let ran = run_on(MARCH, path, &[&["check", "规划_v2.geojson", "--lang", "zh"][..], &LINES].concat());
    for told in ["基线认可的问题（2）", "批准文号", "皖自然资〔2025〕7号"] {
        assert!(ran.out.contains(told), "{told}: {}", ran.out);
    }

    // What stays keeps its reason; what is added has none unless it is given.
    let ran = check(path, "规划_v2", &["--update-baseline"]).ends(0);
    assert!(ran.err.contains(": 1 added, 0 updated, 2 kept, 0 removed"), "{}", ran.err);
    let reasons: Vec<Value> = entries(path).iter().map(|entry| entry["reason"].clone()).collect();
    assert_eq!(reasons, ["现状".into(), "现状".into(), Value::Null]);
    let before = baseline(path);
    check(path, "规划_v2", &["--update-baseline", "--prune-baseline"]).ends(0);
    assert_eq!(baseline(path), before);
}

#[test]
fn what_has_grown_or_is_expired_stands_and_says_why() {
    let folder = folder();
    let path = folder.path();
    plan(path, "plan", &THREE[..2]);
    check(path, "plan", &["--update-baseline", "--expires", "2026-06-01", "--reason", "old"]).ends(0);
    plan(path, "grown", &[("A", 1_000.0, 1_015.0), THREE[1]]);
    let ran = check(path, "grown", &[]).ends(1);
    assert!(ran.out.contains("(accepted 999.99 m², now 1499.99 m²) [《"), "{}", ran.out);
    assert!(ran.out.contains("1 error; 1 accepted by the baseline"), "{}", ran.out);
    let finding = &json(path, "grown")["findings"][0];
    assert_eq!(
        (&finding["baseline"]["why"], &finding["baseline"]["entry"]["reason"]),
        (&"grown".into(), &"old".into())
    );
    let ran = check(path, "grown", &["--lang", "zh"]).ends(1);
    assert!(ran.out.contains("（基线认可 999.99 m²，现为 1499.99 m²）"), "{}", ran.out);
    // Nothing hides in the document for people.
    let ran = run_on(MARCH, path, &[&["check", "grown.geojson"][..], &LINES].concat()).ends(1);
    assert!(ran.out.contains("A: accepted 999.99 m², now 1499.99 m²"), "{}", ran.out);

    // One that is less than what was accepted stays accepted for as much.
    plan(path, "less", &[("A", 1_000.0, 1_005.0), THREE[1]]);
    check(path, "less", &["--update-baseline"]).ends(0);
    assert_eq!(entries(path)[0]["area_m2"], 999.99);

    let ran = check(path, "grown", &["--update-baseline"]).ends(0);
    assert!(ran.err.contains(": 0 added, 1 updated, 1 kept, 0 removed"), "{}", ran.err);
    let entry = &entries(path)[0];
    assert_eq!((&entry["area_m2"], &entry["reason"]), (&1_499.99.into(), &"old".into()));

    // On the last day it is accepted, and the day after no longer.
    check_on("1780271999", path, "grown", &[]).ends(0);
    let ran = check_on(JUNE, path, "grown", &[]).ends(1);
    assert!(
        ran.out.contains("(accepted until 2026-06-01, expired)") && ran.out.contains("2 errors"),
        "{}",
        ran.out
    );
    let ran = check_on(JUNE, path, "grown", &["--lang", "zh"]).ends(1);
    assert!(ran.out.contains("（基线认可至 2026-06-01，已过期）"), "{}", ran.out);
    // Nothing renews it unasked.
    let ran = check_on(JUNE, path, "grown", &["--update-baseline"]).ends(1);
    assert!(ran.err.contains("2 kept, 0 removed; 2 expired, renewed only with --expires"), "{}", ran.err);
    let ran = check_on(JUNE, path, "grown", &["--update-baseline", "--expires", "2026-06-01"]).ends(2);
    assert!(ran.err.contains("expired already"), "{}", ran.err);
    let ran = check_on(JUNE, path, "grown", &["--update-baseline", "--expires", "2026-12-31"]).ends(0);
    assert!(ran.err.contains(": 0 added, 2 updated, 0 kept, 0 removed"), "{}", ran.err);
    assert_eq!(entries(path)[1]["expires"], "2026-12-31");
}

#[test]
fn what_nothing_used_is_told_and_removed_only_when_everything_was_judged() {
    let folder = folder();
    let path = folder.path();
    plan(path, "farmland", &[("F", 1_000.0, 9_000.0)]);
    plan(path, "plan", &THREE);
    let both = ["check", "plan.geojson", "--redline", "redline.geojson", "--farmland", "farmland.geojson"];
    let more = ["--select", "ER-02,BF-01", "--baseline", BASELINE, "--update-baseline"];
    run_on(MARCH, path, &[&both[..], &more].concat()).ends(0);
    assert_eq!(entries(path).len(), 6);

    plan(path, "plan", &THREE[1..]);
    let ran = check(path, "plan", &[]).ends(0);
    assert!(ran.out.contains("; 4 entries of the baseline unused"), "{}", ran.out);
    let unused = json(path, "plan")["baseline_unused"].clone();
    let judged = unused.as_array().expect("a list").iter().filter(|of| of["judged"] == true);
    let gone: Vec<&Value> = judged.map(|of| &of["entry"]["fingerprint"]).collect();
    assert_eq!(gone, ["redline-occupied/plan/A/redline"]);
    let ran = run_on(MARCH, path, &[&["check", "plan.geojson", "--lang", "zh"][..], &LINES].concat());
    assert!(
        ran.out.contains("基线中 4 条未用到：") && ran.out.contains("其中 1 条的问题已不存在"),
        "{}",
        ran.out
    );

    // Neither the rules that were not selected nor a wider tolerance, and not where a layer was not given.
    let ran = check(path, "plan", &["--prune-baseline", "--tolerance", "1 ha"]).ends(0);
    assert!(ran.err.contains("0 removed; 6 not judged in full"), "{}", ran.err);
    let words = ["check", "plan.geojson", "--farmland", "farmland.geojson", "--select", "ER-02,BF-01"];
    let ran = run_on(MARCH, path, &[&words[..], &["--baseline", BASELINE, "--prune-baseline"]].concat());
    assert!(ran.err.contains("5 kept, 1 removed; 3 not judged in full"), "{}", ran.err);
    assert!(ran.err.contains("this run could not judge everything"), "{}", ran.err);
    let ran = check(path, "plan", &["--prune-baseline", "--lang", "zh"]).ends(0);
    assert!(
        ran.err.contains("新增 0 条，更新 0 条，保留 4 条，删去 1 条；2 条本次未全部检查，不删去"),
        "{}",
        ran.err
    );
    assert!(entries(path).iter().all(|entry| entry["subject"] != "A"));

    // A feature that is left out could be the one.
    layer(
        path,
        "broken",
        &[("C", vec![[1_200.0, 0.0], [1_210.0, 0.0]]), ("", vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]])],
    );
    let before = baseline(path);
    let ran = check(path, "broken", &["--prune-baseline"]);
    assert_eq!(baseline(path), before, "{}", ran.err);
}

#[test]
fn subjects_without_identifier_are_known_by_their_ground() {
    let folder = folder();
    let path = folder.path();
    // Two halves of one square, of which the upper lies on the redline less than the lower.
    let patches = |by: f64| {
        let square = |west: f64| {
            let (low, high) = (west + by, west + 10.0 + by);
            vec![[low, -by], [high, -by], [high, 10.0 - by], [low, 10.0 - by]]
        };
        let corner =
            [[995.0 + by, -by], [1_005.0 + by, -by], [1_005.0 + by, 10.0 - by], [995.0 + by, 10.0 - by]];
        let lower = vec![corner[0], corner[1], corner[2]];
        let upper = vec![corner[0], corner[2], corner[3]];
        vec![("", square(1_100.0)), ("", lower), ("", upper), ("", square(1_300.0))]
    };
    layer(path, "plan", &patches(0.0));
    check(path, "plan", &["--update-baseline", "--reason", "old"]).ends(0);
    assert_eq!(entries(path).len(), 4, "{}", baseline(path));
    assert!(baseline(path).contains("\"crs\": \"EPSG:4546\",\n      \"box\": [481"), "{}", baseline(path));
    for (number, by) in [-0.02, 0.02, 0.0].into_iter().enumerate() {
        let mut moved = patches(by);
        moved.rotate_left(number + 1);
        moved.reverse();
        layer(path, "moved", &moved);
        let ran = check(path, "moved", &[]);
        assert!(ran.out.contains("4 accepted by the baseline") && !ran.out.contains("unused"), "{}", ran.out);
    }
    let before = baseline(path);
    check(path, "moved", &["--update-baseline", "--prune-baseline"]).ends(0);
    assert_eq!(baseline(path), before);

    // Only the half that was not there is new, though it has the box of one that was.
    let mut one = patches(0.0);
    one.remove(1);
    layer(path, "one", &one);
    std::fs::remove_file(path.join(BASELINE)).expect("a file");
    check(path, "one", &["--update-baseline"]).ends(0);
    let ran = check(path, "plan", &[]).ends(1);
    assert!(ran.out.contains("1 error; 3 accepted by the baseline"), "{}", ran.out);

    // Another patch under a number that was accepted, and identifiers that two features carry.
    layer(path, "other", &[("", vec![[1_500.0, 0.0], [1_510.0, 0.0], [1_510.0, 10.0], [1_500.0, 10.0]])]);
    let ran = check(path, "other", &[]).ends(1);
    assert!(ran.out.contains("1 error; "), "{}", ran.out);
    std::fs::remove_file(path.join(BASELINE)).expect("a file");
    plan(path, "twice", &[("A", 1_000.0, 1_010.0), ("A", 1_100.0, 1_120.0)]);
    check(path, "twice", &["--update-baseline"]);
    plan(path, "turned", &[("A", 1_100.0, 1_120.0), ("A", 1_000.0, 1_010.0)]);
    let ran = check(path, "turned", &[]);
    assert!(ran.out.contains("no findings; 2 accepted by the baseline"), "{}", ran.out);
    // The same shape twice is counted.
    std::fs::remove_file(path.join(BASELINE)).expect("a file");
    plan(path, "same", &[("", 1_000.0, 1_010.0), ("", 1_000.0, 1_010.0)]);
    check(path, "same", &["--update-baseline"]);
    assert_eq!(entries(path)[0]["count"], 2, "{}", baseline(path));
    plan(path, "again", &[("", 1_000.0, 1_010.0), ("", 1_000.0, 1_010.0), ("", 1_000.0, 1_010.0)]);
    let ran = check(path, "again", &[]).ends(1);
    assert!(ran.out.contains("(accepted 2 findings, 1999.98 m², now 3 findings, 2999.97 m²)"), "{}", ran.out);
}

#[test]
fn what_is_accepted_is_neither_new_nor_healed() {
    let folder = folder();
    let path = folder.path();
    plan(path, "old", &THREE[..2]);
    plan(path, "new", &[("A", 1_000.0, 1_020.0), THREE[2]]);
    check(path, "old", &["--update-baseline"]).ends(0);
    let diff = |old: &str, new: &str, more: &[&str]| {
        let (old, new) = (format!("{old}.geojson"), format!("{new}.geojson"));
        run_on(MARCH, path, &[&["diff", &old, &new, "--output-format", "concise"][..], &LINES, more].concat())
    };
    let ran = diff("old", "old", &[]).ends(0);
    assert!(ran.out.contains("no worse finding; 2 accepted by the baseline; plan: no change"), "{}", ran.out);
    // Of B nobody says that it is healed; A is more than was accepted, and C is new.
    let ran = diff("old", "new", &[]).ends(1);
    assert!(
        ran.out.contains("(accepted 999.99 m², now 1999.98 m²)") && ran.out.contains(": 2 new; "),
        "{}",
        ran.out
    );
    // Back again: A stood, and is accepted now.
    let ran = diff("new", "old", &["--lang", "zh"]).ends(0);
    assert!(ran.out.contains("：已消除 1 项；基线认可 2 项；"), "{}", ran.out);
    let words = [&["diff", "old.geojson", "new.geojson", "-o", "diff.json"][..], &LINES].concat();
    run_on(MARCH, path, &words).ends(1);
    let text = std::fs::read_to_string(path.join("diff.json")).expect("a file");
    let report: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(report["old"]["accepted"].as_array().map(Vec::len), Some(2));
    assert_eq!(report["new"]["summary"]["accepted"], 0);
}

#[test]
fn lines_and_a_config_have_a_baseline_too() {
    let folder = folder();
    let path = folder.path();
    plan(path, "farmland", &[("F1", 900.0, 1_100.0), ("F2", 500.0, 600.0)]);
    std::fs::create_dir(path.join("county")).expect("a folder");
    let config = "baseline = \"accepted.json\"\nselect = \"TL-01\"\n[layers]\nredline = \"../redline.geojson\"\nfarmland = \"../farmland.geojson\"\n";
    std::fs::write(path.join("county/sanxian.toml"), config).expect("a file");
    let lines = ["lines", "--config", "county/sanxian.toml", "--output-format", "concise"];
    run_on(MARCH, path, &lines).ends(2);
    let ran = run_on(MARCH, path, &[&lines[..], &["--update-baseline"]].concat()).ends(0);
    assert!(
        path.join("county/accepted.json").is_file() && ran.out.contains("1 accepted by the baseline"),
        "{}",
        ran.out
    );
    run_on(MARCH, path, &lines).ends(0);
    // A report never takes its place.
    run_on(MARCH, path, &[&lines[..], &["-o", "county/accepted.json"]].concat()).ends(2);
    let ran =
        run_on(MARCH, path, &["lines", "--redline", "redline.geojson", "--update-baseline", "--no-config"])
            .ends(2);
    assert!(ran.err.contains("no baseline is named"), "{}", ran.err);
}

#[test]
fn a_mistake_in_the_file_is_told_with_its_entry_in_both_languages() {
    let folder = folder();
    let path = folder.path();
    plan(path, "plan", &THREE[..2]);
    check(path, "plan", &["--update-baseline", "--expires", "2026-06-01"]).ends(0);
    let good = baseline(path);
    let cases = [
        ("\"reason\"", "\"reasn\"", "did you mean `reason`?", "是否想写 `reason`？"),
        ("2026-06-01", "2026-6-1", "as in 2026-12-31", "应为日期"),
        ("/A/", "/B/", "entries 1 and 2 of the baseline have one fingerprint", "第 1 条与第 2 条的指纹相同"),
        ("999.99", "\"much\"", "`area_m2` of the baseline cannot be `much`", "`area_m2` 不能是 `much`"),
        ("\"code\": \"ER-02\",", "", "the key `code` of the baseline is missing", "缺少键 `code`"),
        ("\"schema_version\": 1", "\"schema_version\": 9", "of the baseline is 9, not 1", "是 9，应为 1"),
        ("\"entries\": [", "\"entries\": [,", "the baseline is not JSON", "不是有效的 JSON"),
        ("redline-occupied/plan/A/redline", "A", "rule/role/identifier/role", "规则/用途/标识/用途"),
        ("\"error\"", "\"fatal\"", "one of error, warning, note", "error、warning 或 note"),
    ];
    for (from, to, en, zh) in cases {
        std::fs::write(path.join(BASELINE), good.replacen(from, to, 1)).expect("a file");
        for (lang, told) in [("en", en), ("zh", zh)] {
            let ran = check(path, "plan", &["--lang", lang]).ends(2);
            assert!(ran.err.contains(told) && ran.err.contains(BASELINE), "{told}: {}", ran.err);
        }
        // An update does not write over what it cannot read.
        check(path, "plan", &["--update-baseline"]).ends(2);
    }
    std::fs::write(path.join(BASELINE), good.replacen("2026-06-01", "tomorrow", 1)).expect("a file");
    let ran = check(path, "plan", &[]).ends(2);
    assert!(
        ran.err.contains(&format!("{BASELINE}, entry 1 (`redline-occupied/plan/A/redline`)")),
        "{}",
        ran.err
    );
}
