//! `sanxian diff --base`: what a branch changes, of plan and lines, by the config of a project that git keeps.

mod in_git;
mod program;
mod repository;

use repository::Repository;
use serde_json::Value;

/// A layer of squares of a hundred metres, each with an identifier, a land class and its west.
fn layer(patches: &[(&str, &str, i32)]) -> String {
    let feature = |(id, class, west): &(&str, &str, i32)| {
        let at = |x: i32, y: i32| format!("[{},{}]", 480_000 + x, 3_790_000 + y);
        let (west, east) = (*west, west + 100);
        let ring = [at(west, 0), at(east, 0), at(east, 100), at(west, 100), at(west, 0)].join(",");
        format!(
            r#"{{"type":"Feature","properties":{{"BSM":"{id}","YDYHFLDM":"{class}","ZRBHDFQ":"一般控制区"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
        )
    };
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4546"}}"#;
    let features: Vec<String> = patches.iter().map(feature).collect();
    format!(r#"{{"type":"FeatureCollection",{crs},"features":[{}]}}"#, features.join(","))
}

const CONFIG: &str = r#"
select = ["ER-02"]

[layers]
plan = "数据/规划.geojson"
redline = "数据/红线.geojson"
"#;

/// A repository with a plan beside a redline, and on a branch a plan that occupies it, not committed.
fn repository() -> Repository {
    let repository = Repository::new();
    repository.write("sanxian.toml", CONFIG);
    repository.write("数据/规划.geojson", &layer(&[("A", "0701", 0)]));
    repository.write("数据/红线.geojson", &layer(&[("R", "", 1_000)]));
    repository.commit();
    repository.git(&["checkout", "--quiet", "-b", "修改"]);
    repository.write("数据/规划.geojson", &layer(&[("A", "0701", 0), ("B", "0701", 1_050)]));
    repository
}

#[test]
fn a_branch_is_compared_with_its_base_by_the_config_of_the_project() {
    let repository = repository();
    let ran = repository.run(&["diff", "--base", "main", "--output-format", "concise"]).ends(1);
    let last = ran.out.lines().last().expect("a headline");
    assert_eq!(
        last,
        "The revision has new or worse findings: 1 new; plan: 1 change of features, 1.0000 ha of ground changed"
    );
    // From a folder below, and the plan named there.
    let below = repository.path().join("数据");
    let words = ["diff", "规划.geojson", "--base", "main", "--output-format", "concise"];
    assert_eq!(in_git::run_in(&below, &words).ends(1).out.lines().last(), Some(last));
    // Committed, between two revisions, wherever the working folder stands.
    repository.commit();
    repository.write("数据/规划.geojson", &layer(&[]));
    let words = ["diff", "--base", "main", "--head", "修改", "-o", "diff.json"];
    repository.run(&words).ends(1);
    let text = std::fs::read_to_string(repository.path().join("diff.json")).expect("a file");
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let path = |side: &str| report[side]["inputs"][0]["path"].as_str().expect("a path").to_owned();
    assert_eq!([path("old"), path("new")], ["main:数据/规划.geojson", "修改:数据/规划.geojson"]);
}

#[test]
fn lines_are_those_of_the_base_too_unless_git_does_not_keep_them() {
    let repository = repository();
    // The branch moves the redline onto a patch that was there before.
    repository.write("数据/规划.geojson", &layer(&[("A", "0701", 0)]));
    repository.write("数据/红线.geojson", &layer(&[("R", "", 50)]));
    let ran = repository.run(&["diff", "--base", "main", "--output-format", "concise"]).ends(1);
    assert!(ran.out.contains("; ecological redline: 1 change of features, 2.0000 ha"), "{}", ran.out);
    // The same line for both when it is not in the repository.
    let outside = tempfile::tempdir().expect("a folder");
    let line = outside.path().join("红线.geojson");
    std::fs::write(&line, layer(&[("R", "", 50)])).expect("a file");
    let line = line.to_str().expect("a name");
    let words = ["diff", "--base", "main", "--redline", line, "--output-format", "concise"];
    let ran = repository.run(&words).ends(0);
    assert_eq!(
        ran.out,
        "The revision has no new and no worse finding: 1 unchanged; plan: no change of features\n"
    );
    // And another line before, named by hand.
    let before = "redline=HEAD:数据/红线.geojson";
    let words =
        ["diff", "--base", "main", "--redline", line, "--before", before, "--output-format", "concise"];
    assert!(repository.run(&words).ends(1).out.contains("1 new"));
}

#[test]
fn a_line_that_is_changed_without_an_approval_is_found() {
    let repository = Repository::new();
    repository.write("sanxian.toml", &CONFIG.replace("ER-02", "TL-13"));
    repository.write("数据/规划.geojson", &layer(&[("A", "0701", 0)]));
    repository.write("数据/红线.geojson", &layer(&[("R", "", 1_000), ("S", "", 2_000)]));
    repository.commit();
    repository.write("数据/红线.geojson", &layer(&[("R", "", 1_020), ("S", "", 2_000)]));
    let words = ["diff", "--base", "HEAD", "--output-format", "concise"];
    let ran = repository.run(&words).ends(1);
    let told = "TL-13 line-changed-without-approval: ecological redline: 3999.96 m² changed since the revision before, 1999.98 m² gained, 1999.98 m² lost";
    assert!(ran.out.starts_with("new ") && ran.out.contains(told), "{}", ran.out);
    let ran = repository.run(&[&words[..], &["--lang", "zh"]].concat()).ends(1);
    let told = "生态保护红线与修改前相比调整 3999.96 m²：增加 1999.98 m²，减少 1999.98 m²，改变类别 0.00 m²，没有批准文号";
    assert!(ran.out.contains(told), "{}", ran.out);
    // With a number on the feature that moved.
    let approved = layer(&[("R", "", 1_020), ("S", "", 2_000)])
        .replace(r#""BSM":"R","#, r#""BSM":"R","批准文号":"示例〔2026〕1号","#);
    repository.write("数据/红线.geojson", &approved);
    repository.run(&words).ends(0);
    // Nothing to compare with: the rule is not asked about.
    repository.run(&["check"]).ends(2);
}

#[test]
fn what_cannot_be_compared_with_a_base_is_told() {
    let repository = repository();
    for (words, told) in [
        (&["diff"][..], "a plan before and a plan as revised are needed"),
        (&["diff", "a.gpkg"], "a plan before and a plan as revised are needed"),
        (&["diff", "a.gpkg", "b.gpkg", "--base", "main"], "--base says what to compare with"),
        (&["diff", "a.gpkg", "b.gpkg", "--head", "main"], "--head goes with --base"),
        (&["diff", "--base", "maim"], "main"),
        (&["diff", "--base", "main", "--before", "park=a.gpkg"], "--before gives park"),
    ] {
        let ran = repository.run(words).ends(2);
        assert!(ran.err.contains(told), "{words:?}: {}", ran.err);
    }
    let elsewhere = tempfile::tempdir().expect("a folder");
    std::fs::write(elsewhere.path().join("a.geojson"), layer(&[("A", "0701", 0)])).expect("a file");
    let ran = in_git::run_in(elsewhere.path(), &["diff", "a.geojson", "--base", "main"]).ends(2);
    assert!(ran.err.contains("git"), "{}", ran.err);
}
