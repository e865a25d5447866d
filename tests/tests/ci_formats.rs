//! Formats of continuous integration, as the built program writes them: valid by their schemas with no finding, one and thirty thousand,
//! of a check and of two revisions; within the limits of the platforms, and what is left off told.

mod folder;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use folder::{ring, square};
use sanxian_tests::{Run, Sanxian, data, sanxian};
use serde_json::Value;

/// Results of a run that GitHub takes.
const SARIF_RESULTS: usize = 25_000;

/// A folder with a redline from 1000 m east of the corner, and plans.
struct Plans(tempfile::TempDir);

/// Name of a patch and its geometry.
type Patch = (String, String);

/// A patch of ten metres, so many metres east of the corner.
fn patch(name: &str, east: f64) -> Patch {
    (name.to_owned(), square(east))
}

impl Plans {
    fn new(plans: &[(&str, &[Patch])]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        let all = [
            [1_000.0, -9_000.0],
            [9_000.0, -9_000.0],
            [9_000.0, 9_000.0],
            [1_000.0, 9_000.0],
            [1_000.0, -9_000.0],
        ];
        // West of every plan, too, so that none lies apart from the layer.
        folder.write("redline.geojson", &[("R".to_owned(), ring(&all)), patch("S", -100.0)]);
        for (file, patches) in plans {
            folder.write(file, patches);
        }
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// A collection with a feature a line, the first of which is the third.
    fn write(&self, file: &str, patches: &[Patch]) {
        let mut text = String::from(
            "{\"type\":\"FeatureCollection\",\n\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::4546\"}},\"features\":[\n",
        );
        for (number, (name, geometry)) in patches.iter().enumerate() {
            let separator = if number + 1 < patches.len() { "," } else { "" };
            let (id, name) = (Value::from(format!("P{number}")), Value::from(name.as_str()));
            let properties =
                format!(r#"{{"BSM":{id},"MC":{name},"YDYHFLDM":"0701","ZRBHDFQ":"一般控制区"}}"#);
            let _ = writeln!(
                text,
                r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}{separator}"#
            );
        }
        text.push_str("]}\n");
        fs::write(self.path().join(file), text).expect("a file");
    }

    /// A command in this folder, with the redline and the one rule about it.
    fn run(&self, words: &[&str]) -> Sanxian {
        sanxian(words)
            .args(["--redline", "redline.geojson", "--select", "ER-02", "--quiet"])
            .folder(self.path())
    }

    fn check(&self, plan: &str, format: &str) -> Run {
        self.run(&["check", plan, "--output-format", format, "--exit-zero"]).ends(0)
    }

    fn diff(&self, old: &str, new: &str, format: &str) -> Run {
        self.run(&["diff", old, new, "--output-format", format, "--fail-on", "never"]).ends(0)
    }
}

fn schema(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schemas").join(name)
}

/// The document as JSON, valid by a schema.
#[track_caller]
fn valid(text: &str, name: &str) -> Value {
    let json: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text}"));
    let rules = fs::read_to_string(schema(name)).expect("a schema");
    // The pattern of languages has a bracket too many, with which it is no regular expression.
    let rules = rules.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
    let rules: Value = serde_json::from_str(&rules).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&rules).expect("a schema that can be read");
    let errors: Vec<String> = validator
        .iter_errors(&json)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
    json
}

fn valid_sarif(text: &str) -> Value {
    let mut json = valid(text, "sarif-2.1.0.json");
    json["runs"][0].take()
}

/// Valid by the XML schema of Jenkins, as `xmllint` judges it.
#[track_caller]
fn valid_junit(text: &str) {
    let mut lint = Command::new("xmllint");
    lint.args(["--huge", "--noout", "--schema"]).arg(schema("junit-10.xsd")).arg("-");
    let mut lint = lint
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("xmllint, which `make setup` installs");
    lint.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("xmllint reads");
    let output = lint.wait_with_output().expect("xmllint ends");
    assert!(output.status.success(), "{}\n{text:.2000}", String::from_utf8_lossy(&output.stderr));
}

/// The number in an attribute of the element at the top.
fn of_all(xml: &str, attribute: &str) -> usize {
    let top = &xml[xml.find("<testsuites").expect("suites")..];
    let top = &top[..top.find('>').expect("its end")];
    let value = top.split_once(&format!(" {attribute}=\"")).expect("the attribute").1;
    value.split('"').next().and_then(|value| value.parse().ok()).expect("a number")
}

/// Level, properties and message of each workflow command.
fn commands(text: &str) -> Vec<(String, String, String)> {
    let command = |line: &str| {
        let (head, message) = line.strip_prefix("::")?.split_once("::")?;
        let (level, properties) = head.split_once(' ').unwrap_or((head, ""));
        Some((level.to_owned(), properties.to_owned(), message.to_owned()))
    };
    text.lines().map(|line| command(line).unwrap_or_else(|| panic!("no command: {line}"))).collect()
}

fn results(run: &Value) -> &[Value] {
    run["results"].as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn every_format_is_valid_without_a_finding_and_with_one() {
    let plans =
        Plans::new(&[("clean.geojson", &[patch("远", 0.0)]), ("one.geojson", &[patch("近", 1_000.0)])]);
    for (plan, findings) in [("clean.geojson", 0), ("one.geojson", 1)] {
        for lang in ["zh", "en"] {
            let of = |format: &str| {
                let words = ["check", plan, "--output-format", format, "--exit-zero", "--lang", lang];
                plans.run(&words).ends(0).stdout
            };
            let run = valid_sarif(&of("sarif"));
            assert_eq!(results(&run).len(), findings);
            let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
            assert!(rules.iter().any(|rule| rule["id"] == "ER-02"), "{rules:?}");
            for rule in rules {
                let markdown = rule["help"]["markdown"].as_str().expect("help");
                assert!(markdown.len() > 100 && rule.get("helpUri").is_none(), "{rule}");
                assert!(rule["properties"]["tags"].as_array().is_some_and(|tags| tags.len() <= 20));
            }
            let xml = of("junit");
            valid_junit(&xml);
            assert_eq!(of_all(&xml, "failures"), findings);
            assert_eq!(of_all(&xml, "tests"), xml.matches("<testcase ").count());
            assert_eq!(commands(&of("github")).len(), findings + 1, "the verdict is told");
            let issues = valid(&of("gitlab"), "gitlab-code-quality.json");
            assert_eq!(issues.as_array().map(Vec::len), Some(findings), "{issues}");
            let diagnostics = valid(&of("rdjson"), "rdjson.json");
            assert_eq!(diagnostics["diagnostics"].as_array().map(Vec::len), Some(findings), "{diagnostics}");
        }
    }
}

#[test]
fn the_sample_county_is_valid_in_every_format() {
    let of = |format: &str| {
        let run = sanxian(["check", "--quiet", "--config"]).arg(data("demo/sanxian.toml"));
        run.args(["--output-format", format]).ends(1).stdout
    };
    let told = results(&valid_sarif(&of("sarif"))).len();
    assert!(told > 20, "{told}");
    let xml = of("junit");
    valid_junit(&xml);
    assert_eq!(of_all(&xml, "tests"), xml.matches("<testcase ").count());
    assert_eq!(valid(&of("gitlab"), "gitlab-code-quality.json").as_array().map(Vec::len), Some(told));
    let diagnostics = valid(&of("rdjson"), "rdjson.json");
    assert_eq!(diagnostics["diagnostics"].as_array().map(Vec::len), Some(told));
}

#[test]
fn a_finding_is_told_at_its_file_and_line() {
    // The largest is told first.
    let wide = ring(&[[1_000.0, 0.0], [1_020.0, 0.0], [1_020.0, 10.0], [1_000.0, 10.0], [1_000.0, 0.0]]);
    let patches = [patch("远", 0.0), ("近".to_owned(), wide), patch("更近", 1_100.0)];
    let plans = Plans::new(&[("规 划%1.geojson", &patches)]);
    let absolute = fs::canonicalize(plans.path().join("规 划%1.geojson")).expect("the plan");
    for plan in ["规 划%1.geojson", "./规 划%1.geojson", absolute.to_str().expect("UTF-8")] {
        let run = valid_sarif(&plans.check(plan, "sarif").stdout);
        let place = |result: &Value| {
            let physical = &result["locations"][0]["physicalLocation"];
            let uri = physical["artifactLocation"]["uri"].as_str().expect("a URI").to_owned();
            (uri, physical["region"]["startLine"].as_u64())
        };
        let places: Vec<_> = results(&run).iter().map(place).collect();
        let uri = "%E8%A7%84%20%E5%88%92%251.geojson".to_owned();
        assert_eq!(places, [(uri.clone(), Some(4)), (uri, Some(5))]);
        let qualified = |result: &Value| {
            let name = &result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"];
            name.as_str().is_some_and(|name| name.ends_with("/P1") || name.ends_with("/P2"))
        };
        assert!(results(&run).iter().all(qualified), "{run}");

        let issues = valid(&plans.check(plan, "gitlab").stdout, "gitlab-code-quality.json");
        assert_eq!(issues[0]["location"]["path"], "规 划%1.geojson");
        assert_eq!(issues[0]["location"]["lines"]["begin"], 4);
        let diagnostics = valid(&plans.check(plan, "rdjson").stdout, "rdjson.json");
        let location = &diagnostics["diagnostics"][1]["location"];
        assert_eq!(location["path"], "规 划%1.geojson");
        assert_eq!(location["range"]["start"]["line"], 5);
        let commands = commands(&plans.check(plan, "github").stdout);
        assert!(commands[0].1.starts_with("file=规 划%251.geojson,line=4,title="), "{commands:?}");
    }
    let elsewhere = tempfile::tempdir().expect("a folder");
    let redline = plans.path().join("redline.geojson");
    let run = sanxian(["check"]).arg(&absolute).arg("--redline").arg(redline).folder(elsewhere.path());
    let run = run.args(["--select", "ER-02", "--exit-zero", "--quiet", "--output-format", "sarif"]).ends(0);
    let run = valid_sarif(&run.stdout);
    let uri = &results(&run)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert!(uri.as_str().is_some_and(|uri| uri.starts_with("file:///")), "{uri}");
}

#[test]
fn a_finding_of_a_binary_file_is_told_on_its_first_line() {
    let run = sanxian(["check", "--quiet", "--config"]).arg(data("demo/sanxian.toml"));
    let run = valid_sarif(&run.args(["--output-format", "sarif"]).ends(1).stdout);
    let first = |result: &Value| result["locations"][0]["physicalLocation"]["region"]["startLine"] == 1;
    assert!(results(&run).iter().all(first));
}

#[test]
fn words_of_the_data_break_no_format() {
    let name = "a%b\r\n::error::c, d: e\u{1}\u{b} <f> & \"g\" ]]> \u{fffe}";
    let plans = Plans::new(&[("plan.geojson", &[patch(name, 1_000.0), patch("b", 1_100.0)])]);
    let commands = commands(&plans.check("plan.geojson", "github").stdout);
    assert_eq!(commands.len(), 3, "{commands:?}");
    assert!(commands.iter().any(|(.., message)| message.contains("a%25b")), "{commands:?}");
    valid_junit(&plans.check("plan.geojson", "junit").stdout);
    assert_eq!(results(&valid_sarif(&plans.check("plan.geojson", "sarif").stdout)).len(), 2);
    valid(&plans.check("plan.geojson", "gitlab").stdout, "gitlab-code-quality.json");
    valid(&plans.check("plan.geojson", "rdjson").stdout, "rdjson.json");
}

/// Rule, file and fingerprints of each result; no line and no measured value is in them.
fn fingerprints(run: &Value) -> Vec<String> {
    results(run).iter().map(|result| result["partialFingerprints"].to_string()).collect()
}

#[test]
fn fingerprints_stay_when_lines_and_areas_change_and_are_each_of_their_own() {
    let before = [patch("a", 1_000.0), patch("b", 1_100.0)];
    let grown =
        |east: f64| ring(&[[east, 0.0], [east + 50.0, 0.0], [east + 50.0, 20.0], [east, 20.0], [east, 0.0]]);
    let after = [("a".to_owned(), grown(1_000.0)), ("b".to_owned(), grown(1_100.0))];
    let plans = Plans::new(&[("before.geojson", &before), ("after.geojson", &after)]);
    let text = fs::read_to_string(plans.path().join("after.geojson")).expect("the plan");
    fs::write(plans.path().join("after.geojson"), text.replace("\"features\":[", "\n\n\"features\":[\n"))
        .expect("a file");
    let sarif = |plan: &str| fingerprints(&valid_sarif(&plans.check(plan, "sarif").stdout));
    assert_eq!(sarif("before.geojson"), sarif("after.geojson"));
    let gitlab = |plan: &str| {
        let issues = valid(&plans.check(plan, "gitlab").stdout, "gitlab-code-quality.json");
        let issues = issues.as_array().expect("issues").iter();
        issues.map(|issue| issue["fingerprint"].to_string()).collect::<BTreeSet<_>>()
    };
    assert_eq!(gitlab("before.geojson"), gitlab("after.geojson"));

    // One identifier twice: the findings are still two.
    let text = fs::read_to_string(plans.path().join("before.geojson")).expect("the plan");
    fs::write(plans.path().join("twice.geojson"), text.replace("\"P1\"", "\"P0\"")).expect("a file");
    assert_eq!(gitlab("twice.geojson").len(), 2);
    assert_eq!(sarif("twice.geojson").into_iter().collect::<BTreeSet<_>>().len(), 2);
}

#[test]
fn of_two_revisions_what_is_new_or_worse_is_told() {
    let big = ring(&[[1_000.0, 0.0], [1_050.0, 0.0], [1_050.0, 10.0], [1_000.0, 10.0], [1_000.0, 0.0]]);
    let old = [patch("worse", 1_000.0), patch("same", 1_100.0), patch("healed", 1_200.0)];
    let new =
        [("worse".to_owned(), big), patch("same", 1_100.0), patch("healed", 0.0), patch("new", 1_300.0)];
    let plans = Plans::new(&[("old.geojson", &old), ("new.geojson", &new)]);
    let of = |format: &str| plans.diff("old.geojson", "new.geojson", format).stdout;
    let run = valid_sarif(&of("sarif"));
    let states: BTreeSet<&str> =
        results(&run).iter().filter_map(|result| result["baselineState"].as_str()).collect();
    assert_eq!(states.into_iter().collect::<Vec<_>>(), ["absent", "new", "unchanged", "updated"]);
    assert_eq!(results(&run).len(), 4);
    let xml = of("junit");
    valid_junit(&xml);
    assert_eq!(of_all(&xml, "failures"), 2, "{xml}");
    assert_eq!(of_all(&xml, "tests"), xml.matches("<testcase ").count());
    let commands = commands(&of("github"));
    assert_eq!(commands.len(), 3, "{commands:?}");
    assert!(commands.iter().any(|(_, properties, _)| properties.contains("file=new.geojson,line=6")));
    let issues = valid(&of("gitlab"), "gitlab-code-quality.json");
    assert_eq!(issues.as_array().map(Vec::len), Some(2), "{issues}");
    let diagnostics = valid(&of("rdjson"), "rdjson.json");
    assert_eq!(diagnostics["diagnostics"].as_array().map(Vec::len), Some(2), "{diagnostics}");

    let of = |format: &str| plans.diff("new.geojson", "new.geojson", format).stdout;
    assert!(results(&valid_sarif(&of("sarif"))).iter().all(|result| result["baselineState"] == "unchanged"));
    valid_junit(&of("junit"));
    assert_eq!(of_all(&of("junit"), "failures"), 0);
    assert_eq!(valid(&of("gitlab"), "gitlab-code-quality.json"), Value::Array(Vec::new()));
}

#[test]
fn of_thirty_thousand_findings_the_limits_are_kept_and_what_is_left_off_is_told() {
    let side = |number: usize| 5.0 + number as f64 * 0.000_1;
    let at = |number: usize| [1_010.0 + (number % 200) as f64 * 12.0, (number / 200) as f64 * 12.0];
    let patches: Vec<Patch> = (0..30_000)
        .map(|number| {
            let ([x, y], side) = (at(number), side(number));
            (
                format!("n{number}"),
                ring(&[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]),
            )
        })
        .collect();
    let plans = Plans::new(&[("plan.geojson", &patches)]);
    let run = valid_sarif(&plans.check("plan.geojson", "sarif").stdout);
    assert_eq!(results(&run).len(), SARIF_RESULTS);
    let names: BTreeSet<&str> = results(&run)
        .iter()
        .filter_map(|result| {
            result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].as_str()?.rsplit('/').next()
        })
        .collect();
    assert!((5_000..30_000).all(|number| names.contains(&*format!("P{number}"))), "the largest are told");
    let told = run["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(told.contains("5000 more findings"), "{told}");

    let commands = commands(&plans.check("plan.geojson", "github").stdout);
    for level in ["error", "warning", "notice"] {
        assert!(commands.iter().filter(|(of, ..)| of == level).count() <= 10, "{level}");
    }
    let (_, _, last) = commands.last().expect("a command");
    assert!(last.contains("29991 more findings"), "{last}");

    let xml = plans.check("plan.geojson", "junit").stdout;
    valid_junit(&xml);
    assert_eq!(of_all(&xml, "failures"), 30_000);
    let issues = valid(&plans.check("plan.geojson", "gitlab").stdout, "gitlab-code-quality.json");
    let issues = issues.as_array().expect("issues").iter();
    let fingerprints: BTreeSet<String> = issues.map(|issue| issue["fingerprint"].to_string()).collect();
    assert_eq!(fingerprints.len(), 30_000);
    let diagnostics = valid(&plans.check("plan.geojson", "rdjson").stdout, "rdjson.json");
    assert_eq!(diagnostics["diagnostics"].as_array().map(Vec::len), Some(30_000));
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    for format in ["sarif", "junit", "github", "gitlab", "rdjson"] {
        let of = |threads: &str| {
            let run = sanxian(["check", "--quiet", "--config"]).arg(data("demo/sanxian.toml"));
            let mut command = run.args(["--output-format", format]).command();
            Run::of(command.env("RAYON_NUM_THREADS", threads).output().expect("the program starts")).stdout
        };
        assert_eq!(of("1"), of("4"), "{format}");
    }
}

#[test]
fn the_extension_of_a_file_asks_for_a_format() {
    let plans = Plans::new(&[("plan.geojson", &[patch("近", 1_000.0)])]);
    let read = |file: &str| fs::read_to_string(plans.path().join(file)).expect("a file");
    plans.run(&["check", "plan.geojson", "-o", "out.sarif"]).ends(1);
    assert_eq!(results(&valid_sarif(&read("out.sarif"))).len(), 1);
    plans.run(&["check", "plan.geojson", "-o", "out.xml"]).ends(1);
    valid_junit(&read("out.xml"));
    plans.run(&["diff", "plan.geojson", "plan.geojson", "-o", "diff.sarif"]).ends(0);
    assert_eq!(results(&valid_sarif(&read("diff.sarif"))).len(), 1);
}

#[test]
fn on_github_the_summary_of_the_step_has_the_whole_report() {
    let plans = Plans::new(&[("old.geojson", &[patch("远", 0.0)]), ("new.geojson", &[patch("近", 1_000.0)])]);
    let summary = plans.path().join("summary.md");
    fs::write(&summary, "# 之前\n").expect("a file");
    let run = |words: &[&str]| {
        let mut command = plans.run(words).args(["--lang", "zh"]).command();
        let output = command.env("GITHUB_STEP_SUMMARY", &summary).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        fs::read_to_string(&summary).expect("a summary")
    };
    let text = run(&["check", "new.geojson", "--output-format", "github"]);
    assert!(text.starts_with("# 之前\n# ") && text.contains("ER-02") && text.contains("P0"), "{text}");
    let longer = run(&["diff", "old.geojson", "new.geojson", "--output-format", "github"]);
    assert!(longer.starts_with(&text) && longer.contains("规划修改比对报告"), "{longer}");
    // Other formats leave it alone.
    assert_eq!(run(&["check", "new.geojson", "--output-format", "sarif"]), longer);
    // Of what stands there already nothing is cut; there is less room for more.
    fs::write(&summary, vec![b'\n'; (1 << 20) - 100]).expect("a file");
    let text = run(&["check", "new.geojson", "--output-format", "github"]);
    assert!(text.len() <= 1 << 20 && text.trim_start().starts_with("不符合"), "{}", text.trim_start());
}
