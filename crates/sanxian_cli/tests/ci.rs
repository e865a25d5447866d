//! `sanxian ci` under the variables of each platform, in a repository of a plan.

mod in_git;
mod program;
mod repository;

use in_git::alone;
use program::{Ran, program};
use repository::Repository;
use serde_json::Value;

const CONFIG: &str = "select = [\"ER-02\"]\n[layers]\nplan = \"规划.geojson\"\nredline = \"红线.geojson\"\n";

/// A layer of squares of a hundred metres, a line each, with an identifier and its west.
fn layer(patches: &[(&str, i32)]) -> String {
    let feature = |(id, west): &(&str, i32)| {
        let at = |x: i32, y: i32| format!("[{},{}]", 480_000 + x, 3_790_000 + y);
        let (west, east) = (*west, west + 100);
        let ring = [at(west, 0), at(east, 0), at(east, 100), at(west, 100), at(west, 0)].join(",");
        format!(
            r#"{{"type":"Feature","properties":{{"BSM":"{id}","YDYHFLDM":"0701","ZRBHDFQ":"一般控制区"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
        )
    };
    let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4546"}}"#;
    let features: Vec<String> = patches.iter().map(feature).collect();
    format!("{{\"type\":\"FeatureCollection\",{crs},\"features\":[\n{}]}}", features.join(",\n"))
}

/// A repository whose plan occupies the redline with an old patch, and since the last commit with a new one.
fn repository() -> Repository {
    let repository = Repository::new();
    repository.write("sanxian.toml", CONFIG);
    repository.write("红线.geojson", &layer(&[("R", 1_000)]));
    repository.write("规划.geojson", &layer(&[("old", 950)]));
    repository.commit();
    repository.write("规划.geojson", &layer(&[("old", 950), ("fine", 0), ("new", 1_060)]));
    repository.commit();
    repository
}

/// Runs under the variables of a platform, and of no other.
fn ci(repository: &Repository, variables: &[(&str, &str)], words: &[&str]) -> Ran {
    let mut command = alone(program(), repository.path());
    for name in ["GITHUB_ACTIONS", "GITHUB_BASE_REF", "GITLAB_CI", "JENKINS_URL", "GITHUB_STEP_SUMMARY"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).arg("ci").args(words);
    Ran::of(command.output().expect("the program runs"))
}

fn file(repository: &Repository, name: &str) -> String {
    std::fs::read_to_string(repository.path().join("sanxian-report").join(name)).expect(name)
}

#[test]
fn github_has_annotations_a_summary_and_sarif() {
    let repository = repository();
    repository.git(&["update-ref", "refs/remotes/origin/main", "HEAD~1"]);
    repository.write("summary.md", "# Before\n");
    let variables =
        [("GITHUB_ACTIONS", "true"), ("GITHUB_BASE_REF", "main"), ("GITHUB_STEP_SUMMARY", "summary.md")];
    let ran = ci(&repository, &variables, &[]).ends(1);
    let lines: Vec<&str> = ran.out.lines().collect();
    // The third feature stands on line four.
    let annotation = "::error file=规划.geojson,line=4,title=ER-02 Building in the ecological redline::new: ";
    assert!(lines[0].starts_with(annotation), "{}", ran.out);
    assert!(
        lines[1].starts_with("::error title=sanxian::The revision has new or worse findings: 1 new"),
        "{}",
        ran.out
    );
    let base = repository.git(&["rev-parse", "HEAD~1"]);
    assert!(
        lines[2].starts_with(&format!("sanxian ci: GitHub, against {base}, The revision has")),
        "{}",
        ran.out
    );
    let summary = std::fs::read_to_string(repository.path().join("summary.md")).expect("a summary");
    assert!(
        summary.starts_with("# Before\n# Revision of a plan\n") && summary.contains("## New (1)"),
        "{summary}"
    );
    let comment = file(&repository, "comment.md");
    let (open, folded) =
        comment.split_once("<details>\n<summary>What was read, and each change</summary>\n").expect("a fold");
    assert!(
        open.contains("## New (1)") && open.contains("## What changed: plan") && !open.contains("## Read"),
        "{comment}"
    );
    assert!(
        folded.contains("## Read") && folded.contains("## Ground") && folded.ends_with("\n</details>\n"),
        "{comment}"
    );
    let sarif: Value = serde_json::from_str(&file(&repository, "sanxian.sarif")).expect("SARIF");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    // All that there is, and not what became of it.
    assert!(results.len() == 2 && results.iter().all(|result| result["baselineState"].is_null()), "{sarif}");
    let new = results
        .iter()
        .find(|result| result["message"]["text"].as_str().is_some_and(|text| text.starts_with("new:")));
    let place = &new.expect("the new finding")["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "%E8%A7%84%E5%88%92.geojson");
    assert_eq!(place["region"]["startLine"], 4);
}

#[test]
fn gitlab_and_jenkins_have_what_they_read() {
    let repository = repository();
    let before = repository.git(&["rev-parse", "HEAD~1"]);
    let variables = [("GITLAB_CI", "true"), ("CI_COMMIT_BEFORE_SHA", &*before)];
    let ran = ci(&repository, &variables, &["--lang", "zh"]).ends(1);
    assert!(
        ran.out.starts_with(&format!(
            "sanxian ci: GitLab，与 {before} 比对，修改后有新增或加重的问题：新增 1 项，未变 1 项"
        )),
        "{}",
        ran.out
    );
    let issues: Value = serde_json::from_str(&file(&repository, "gl-code-quality.json")).expect("JSON");
    assert_eq!(issues.as_array().map(Vec::len), Some(1));
    assert_eq!(issues[0]["fingerprint"], "redline-occupied/plan/new/redline");
    assert_eq!(issues[0]["location"]["lines"]["begin"], 4);
    let junit = file(&repository, "junit.xml");
    assert!(junit.contains(r#"tests="2" failures="1""#) && junit.contains("规划/new"), "{junit}");
    let jenkins = [("JENKINS_URL", "https://ci.example.org/"), ("GIT_PREVIOUS_COMMIT", &*before)];
    ci(&repository, &jenkins, &["--output-dir", "报告"]).ends(1);
    assert!(repository.path().join("报告").join("sanxian.sarif").exists());
}

#[test]
fn a_map_stands_beside_the_reports_and_in_the_comment() {
    let repository = repository();
    let base = ["--base", "HEAD~1"];
    let ran = ci(&repository, &[], &[&base[..], &["--map", "map.svg"]].concat()).ends(1);
    assert!(ran.err.contains("map.svg"), "{}", ran.err);
    let svg = file(&repository, "map.svg");
    assert!(svg.contains("1. ER-02 new, new, ") && svg.contains(">gained (plan)<"), "{svg}");
    let comment = file(&repository, "comment.md");
    assert!(comment.contains("\nMap: `map.svg`\n"), "{comment}");
    let url = "https://reports.example.org/a b/map.svg";
    ci(&repository, &[], &[&base[..], &["--lang", "zh", "--map", "map.svg", "--map-url", url]].concat())
        .ends(1);
    let comment = file(&repository, "comment.md");
    let (shown, table) = ("![规划修改比对图](https://reports.example.org/a%20b/map.svg)", "## 新增");
    assert!(comment.find(shown).expect("the map") < comment.find(table).expect("a table"), "{comment}");
    // Where every finding is new, the map is that of a check.
    let zeros = "0000000000000000000000000000000000000000";
    let variables = [("GITLAB_CI", "true"), ("CI_COMMIT_BEFORE_SHA", zeros)];
    ci(&repository, &variables, &["--map", "map.svg"]).ends(1);
    assert!(file(&repository, "map.svg").contains("Map of a control line check"));
    for words in [&["--map", "map.png"][..], &["--map-url", url]] {
        let ran = ci(&repository, &[], &[&base[..], words].concat()).ends(2);
        assert!(ran.err.contains("--map"), "{}", ran.err);
    }
}

#[test]
fn where_there_is_nothing_to_compare_with_every_finding_is_new() {
    let repository = repository();
    let zeros = "0000000000000000000000000000000000000000";
    let variables = [("GITLAB_CI", "true"), ("CI_COMMIT_BEFORE_SHA", zeros)];
    let ran = ci(&repository, &variables, &[]).ends(1);
    assert!(ran.out.starts_with("sanxian ci: GitLab, Does not conform: 2 errors"), "{}", ran.out);
    // The plan came with this commit.
    repository.git(&["mv", "规划.geojson", "新规划.geojson"]);
    repository.write("sanxian.toml", &CONFIG.replace("规划.geojson", "新规划.geojson"));
    repository.commit();
    let ran = repository.run(&["ci", "--base", "HEAD~1"]).ends(1);
    assert!(ran.out.contains("Does not conform: 2 errors"), "{}", ran.out);
    // And nothing fails where nobody asks for it.
    repository.run(&["ci", "--base", "HEAD~1", "--fail-on", "never"]).ends(0);
}

#[test]
fn in_a_bare_repository_the_last_commit_is_compared_with_the_one_before() {
    let repository = repository();
    let served = tempfile::tempdir().expect("a folder");
    let bare = served.path().join("plan.git");
    let bare_name = bare.to_str().expect("a name");
    repository.git(&["clone", "--quiet", "--bare", ".", bare_name]);
    let report = served.path().join("report");
    let report = report.to_str().expect("a name");
    let ran = in_git::run_in(&bare, &["ci", "--output-dir", report]).ends(1);
    assert!(
        ran.out.starts_with(
            "sanxian ci: against HEAD~1, The revision has new or worse findings: 1 new, 1 unchanged"
        ),
        "{}",
        ran.out
    );
    // Any two revisions, as a hook of a server is told of them.
    let words =
        ["ci", "--base", "HEAD", "--head", "HEAD", "--config", "HEAD:sanxian.toml", "--output-dir", report];
    let ran = in_git::run_in(&bare, &words).ends(0);
    assert!(ran.out.contains("plan: no change of features"), "{}", ran.out);
}

#[test]
fn what_to_compare_with_must_be_known_and_there() {
    let repository = repository();
    let ran = repository.run(&["ci"]).ends(2);
    assert!(
        ran.err.contains("nothing says what to compare with") && ran.err.contains("--base"),
        "{}",
        ran.err
    );
    let variables = [("GITHUB_ACTIONS", "true"), ("GITHUB_BASE_REF", "main")];
    let ran = ci(&repository, &variables, &[]).ends(2);
    assert!(ran.err.contains("origin/main"), "{}", ran.err);
    repository.write("sanxian-report", "a file in the way");
    let ran = repository.run(&["ci", "--base", "HEAD~1"]).ends(2);
    assert!(ran.err.contains("sanxian-report") && ran.err.contains("--output-dir"), "{}", ran.err);
}
