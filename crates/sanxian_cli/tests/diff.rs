//! `sanxian diff` as a shell runs it: what a revision makes new, worse, better or heals, and its exit codes.

mod program;

use std::path::Path;

use program::{Ran, program};
use serde_json::Value;

/// Runs the command in a folder.
fn run(folder: &Path, words: &[&str]) -> Ran {
    Ran::of(program().args(words).current_dir(folder).output().expect("the program runs"))
}

/// Identifier, class, west and east of a patch of a hundred metres.
type Patch = (&'static str, &'static str, i32, i32);

/// A folder with a redline from x = 1000, and revisions of a plan.
fn folder(revisions: &[(&str, &[Patch])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4546"}}"#;
    let write = |name: &str, features: &[Patch]| {
        let feature = |(id, class, west, east): &Patch| {
            let at = |x: &i32, y: i32| format!("[{},{}]", 480_000 + x, 3_790_000 + y);
            let ring = [at(west, 0), at(east, 0), at(east, 100), at(west, 100), at(west, 0)].join(",");
            format!(
                r#"{{"type":"Feature","properties":{{"BSM":"{id}","YDYHFLDM":"{class}","ZRBHDFQ":"一般控制区"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
            )
        };
        let features: Vec<String> = features.iter().map(feature).collect();
        let text = format!(r#"{{"type":"FeatureCollection",{crs},"features":[{}]}}"#, features.join(","));
        std::fs::write(folder.path().join(format!("{name}.geojson")), text).expect("a file");
    };
    write("redline", &[("R", "", 1_000, 9_000)]);
    for (name, patches) in revisions {
        write(name, patches);
    }
    folder
}

const LINES: [&str; 4] = ["--redline", "redline.geojson", "--select", "ER-02"];

fn diff(folder: &Path, old: &str, new: &str, more: &[&str]) -> Ran {
    run(folder, &[&["diff", old, new][..], &LINES, more].concat())
}

#[test]
fn a_revision_fails_on_what_it_makes_new_and_when_asked_on_what_it_makes_worse() {
    let folder = folder(&[
        ("old", &[("A", "0701", 1_000, 1_010), ("B", "0701", 1_100, 1_120), ("C", "0701", 1_200, 1_210)]),
        ("same", &[("C", "0701", 1_200, 1_210), ("A", "0701", 1_000, 1_010), ("B", "0701", 1_100, 1_120)]),
        ("worse", &[("A", "0701", 1_000, 1_030), ("B", "0701", 1_100, 1_110), ("C", "0701", 100, 110)]),
        ("new", &[("A", "0701", 1_000, 1_010), ("B", "0701", 1_100, 1_120), ("D", "0701", 1_300, 1_310)]),
    ]);
    let path = folder.path();
    let [old, same, worse, new] = ["old.geojson", "same.geojson", "worse.geojson", "new.geojson"];
    let ran = diff(path, old, same, &["--output-format", "concise"]);
    assert_eq!(
        (ran.code, &*ran.out),
        (Some(0), "The revision has no new and no worse finding: 3 unchanged; plan: no change of features\n"),
        "{}",
        ran.err
    );
    let ran = diff(path, old, worse, &["--output-format", "concise"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(
        lines[0].starts_with("worse worse.geojson#worse:") && lines[0].ends_with(", +1999.98 m²"),
        "{}",
        ran.out
    );
    assert!(
        lines[1].starts_with("better ") && lines[2].starts_with("healed old.geojson#old:"),
        "{}",
        ran.out
    );
    assert_eq!(
        lines[3],
        "The revision has new or worse findings: 1 worse, 1 better, 1 healed; plan: 3 changes of features, 0.5000 ha of ground changed"
    );
    diff(path, old, worse, &["--fail-on", "worse"]).ends(1);
    let ran = diff(path, old, new, &["--lang", "zh"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    for told in [
        "修改后有新增或加重的问题：新增 1 项，未变 2 项，已消除 1 项；规划图斑变化 2 处，0.2000 公顷地面有变化",
        "新增（1）",
        "已消除（1）",
        "未变的问题 2 项",
    ] {
        assert!(ran.out.contains(told), "{told}: {}", ran.out);
    }
    diff(path, old, new, &["--fail-on", "never"]).ends(0);
    diff(path, new, old, &[]).ends(1);
}

#[test]
fn what_changed_is_told_without_lines_too() {
    let folder = folder(&[
        ("old", &[("A", "0701", 1_000, 1_010), ("B", "0701", 1_100, 1_120)]),
        ("new", &[("A", "0701", 1_000, 1_030), ("B", "0101", 1_100, 1_120)]),
    ]);
    let path = folder.path();
    let ran = run(path, &["diff", "old.geojson", "new.geojson", "-o", "diff.json"]).ends(0);
    let line = "No line was given, so only what changed is told; plan: 2 changes of features, 0.4000 ha of ground changed";
    assert!(ran.err.contains(line), "{}", ran.err);
    let report = std::fs::read_to_string(path.join("diff.json")).expect("a file");
    let report: Value = serde_json::from_str(&report).expect("JSON");
    let layer = &report["layers"][0];
    let shapes: Vec<&Value> =
        layer["changed"].as_array().expect("changes").iter().map(|of| &of["shape"]).collect();
    assert_eq!(shapes, ["reshaped", "same"]);
    let field = &layer["changed"][1]["fields"][0];
    assert_eq!(
        (&field["field"], &field["old"], &field["new"]),
        (&"YDYHFLDM".into(), &"0701".into(), &"0101".into())
    );
    let ground = layer["ground"].as_array().expect("ground");
    let told: Vec<_> = ground.iter().map(|of| (&of["was"]["code"], &of["is"]["code"])).collect();
    let (housing, farm) = (Value::from("0701"), Value::from("0101"));
    assert_eq!(told, [(&housing, &farm), (&Value::Null, &housing)]);
    for (lang, headings) in [
        (
            "en",
            ["What changed: plan", "Features", "Ground", "Balance", "Areas by class", "From class to class"],
        ),
        ("zh", ["规划图斑的变化", "变化的要素", "变化的地面", "增减平衡", "各类面积", "由何类变为何类"]),
    ] {
        let words = ["diff", "old.geojson", "new.geojson", "--output-format", "md", "--lang", lang];
        let ran = run(path, &words).ends(0);
        let found: Vec<&str> = ran
            .out
            .lines()
            .filter_map(|line| {
                line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#'))
            })
            .collect();
        assert!(found.ends_with(&headings), "{}", ran.out);
        assert!(ran.out.contains("| 0701"), "{}", ran.out);
    }
    let ran = run(path, &["diff", "old.geojson", "old.geojson", "--lang", "zh"]).ends(0);
    assert!(
        ran.out.contains("没有提供控制线，只比对变化；规划图斑没有变化") && !ran.out.contains("的变化\n"),
        "{}",
        ran.out
    );
    // Strips of three centimetres.
    let wide = ["diff", "old.geojson", "new.geojson", "--noise-width", "50 m", "--output-format", "concise"];
    assert!(run(path, &wide).ends(0).out.contains("plan: 1 change of features\n"));
}

#[test]
fn the_documents_of_a_revision_hold_both_findings() {
    let folder = folder(&[
        ("old", &[("A", "0701", 1_000, 1_010), ("B", "0701", 1_100, 1_120)]),
        ("new", &[("A", "0701", 1_000, 1_030), ("X", "0701", 1_101, 1_121)]),
    ]);
    let path = folder.path();
    for (lang, threads, file) in [("zh", "1", "1.json"), ("en", "2", "2.json")] {
        let words = ["-o", file, "--lang", lang, "--threads", threads];
        let ran = diff(path, "old.geojson", "new.geojson", &words);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
    let [one, two] =
        ["1.json", "2.json"].map(|file| std::fs::read_to_string(path.join(file)).expect("a file"));
    assert_eq!(one, two);
    let report: Value = serde_json::from_str(&one).expect("JSON");
    let findings = report["findings"].as_array().expect("findings");
    let told: Vec<_> = findings
        .iter()
        .map(|pair| {
            [
                &pair["change"],
                &pair["paired_by"],
                &pair["old"]["subject"]["id"],
                &pair["new"]["subject"]["id"],
            ]
        })
        .collect();
    let expected: [[&str; 4]; 2] = [["worse", "fingerprint", "A", "A"], ["unchanged", "ground", "B", "X"]];
    assert_eq!(told, expected);
    let more = findings[0]["more_m2"].as_f64().expect("an area");
    let area = |side: &str| findings[0][side]["measure"]["area_m2"].as_f64().expect("an area");
    assert!((area("new") - area("old") - more).abs() < 1e-9);
    assert_eq!((&report["summary"]["worse"], &report["summary"]["new"]), (&1.into(), &0.into()));
    let markdown = diff(path, "old.geojson", "new.geojson", &["--output-format", "md"]);
    assert!(
        markdown.out.starts_with("# Revision of a plan\n") && markdown.out.contains("## Worse (1)"),
        "{}",
        markdown.out
    );
}

#[test]
fn a_revision_is_drawn_as_a_map() {
    let folder = folder(&[
        ("old", &[("A", "0701", 1_000, 1_010), ("B", "0701", 100, 200)]),
        ("new", &[("A", "0701", 1_000, 1_010), ("B", "0701", 150, 200), ("D", "0701", 1_300, 1_310)]),
    ]);
    let path = folder.path();
    let ran = diff(path, "old.geojson", "new.geojson", &["-o", "map.svg"]).ends(1);
    assert!(ran.out.is_empty() && ran.err.contains("wrote map.svg"), "{}", ran.err);
    let svg = std::fs::read_to_string(path.join("map.svg")).expect("a map");
    for words in [">gained (plan)<", ">lost (plan)<", ">ER-02 D<", ">new, 999.99 m², ", ">EPSG:4546<"] {
        assert!(svg.contains(words), "no {words} in {svg}");
    }
    // Without a change the whole plan is there.
    let ran = diff(path, "old.geojson", "old.geojson", &["--output-format", "svg", "--lang", "zh"]).ends(0);
    assert!(ran.out.contains("规划图斑没有变化") && ran.out.contains("图为全部范围"), "{}", ran.out);
    let again = diff(path, "old.geojson", "new.geojson", &["--output-format", "svg"]).ends(1);
    assert_eq!(again.out, svg);
    let words = ["check", "new.geojson", "-o", "check.svg", "--lang", "zh", "--exit-zero"];
    run(path, &[&words[..], &LINES].concat()).ends(0);
    let svg = std::fs::read_to_string(path.join("check.svg")).expect("a map");
    assert!(svg.contains("控制线检查图") && svg.contains("2. ER-02 D，不符合"), "{svg}");
}

#[test]
fn a_revision_that_could_not_be_judged_whole_is_not_called_healed_without_saying_so() {
    let folder = folder(&[("old", &[("A", "0701", 1_000, 1_010)]), ("empty", &[])]);
    let path = folder.path();
    let ran = diff(path, "old.geojson", "empty.geojson", &["--output-format", "concise"]).ends(3);
    let last = ran.out.lines().last().expect("a headline");
    assert_eq!(
        last,
        "The revision has no new and no worse finding: 1 healed; plan: 1 change of features, 0.1000 ha of ground changed; part of the newer revision could not be judged"
    );
    assert!(ran.err.contains("empty.geojson"), "{}", ran.err);
    let words = ["--lang", "zh", "--output-format", "concise"];
    let ran = diff(path, "empty.geojson", "old.geojson", &words).ends(1);
    let last = ran.out.lines().last().expect("a headline");
    assert!(last.ends_with("；修改前有内容未能判断，新增的可能原已存在"), "{last}");
}

#[test]
fn what_cannot_be_compared_is_told() {
    let folder = folder(&[
        ("old", &[("A", "0701", 1_000, 1_010)]),
        ("unknown", &[("A", "0701", 1_000, 1_010), ("B", "X9", 1_100, 1_110)]),
    ]);
    let path = folder.path();
    let ran = diff(
        path,
        "old.geojson",
        "unknown.geojson",
        &["--select", "UB-01", "--urban-boundary", "redline.geojson"],
    );
    ran.ends(3);
    for (words, told) in [
        (vec!["diff", "old.geojson", "unknown.geojson", "-o", "a.gpkg"], "revisions are not written as gpkg"),
        (vec!["diff", "-", "-"], "standard input holds one layer"),
        (vec!["diff", "old.geojson", "nowhere.gpkg"], "nowhere.gpkg"),
        (
            vec!["diff", "old.geojson", "unknown.geojson", "-o", "old.geojson", "--output-format", "json"],
            "old.geojson",
        ),
    ] {
        let ran = run(path, &[&words[..], &LINES].concat());
        assert!(ran.code == Some(2) && ran.err.contains(told), "{words:?}: {:?} {}", ran.code, ran.err);
    }
    run(path, &["diff", "old.geojson"]).ends(2);
}
