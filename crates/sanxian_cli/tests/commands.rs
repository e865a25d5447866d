//! The built program, as a shell runs it: exit codes, standard output, standard error, and files.

mod program;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use program::{Ran, program};
use serde_json::Value;

/// A folder with a plan of two patches and a redline that takes half of the first.
struct Folder(tempfile::TempDir);

/// Squares of 0.001 degrees with attributes, as GeoJSON.
fn squares(features: &[(f64, &str)]) -> String {
    let features: Vec<String> = features
        .iter()
        .map(|(x, properties)| {
            let (east, south, north) = (x + 0.001, 34.0, 34.001);
            format!(
                r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":[[[{x},{south}],[{east},{south}],[{east},{north}],[{x},{north}],[{x},{south}]]]}}}}"#
            )
        })
        .collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        let plan = [
            (111.0, r#""BSM":"A1","MC":"沁河小区","YDYHFLDM":"0701""#),
            (111.01, r#""BSM":"A2","MC":"城东小区","YDYHFLDM":"0701""#),
        ];
        folder.write("plan.geojson", &squares(&plan));
        folder.write(
            "redline.geojson",
            &squares(&[(111.0005, r#""BSM":"R1","MC":"太行山","ZRBHDFQ":"一般控制区""#)]),
        );
        folder.write(
            "far.geojson",
            &squares(&[(111.02, r#""BSM":"R2","MC":"王屋山","ZRBHDFQ":"一般控制区""#)]),
        );
        folder.write("empty.geojson", &squares(&[]));
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("a file");
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file that was written")
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.text(name)).expect("JSON")
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = program();
        command.args(words).current_dir(self.0.path());
        command
    }

    fn run(&self, words: &[&str]) -> Ran {
        Ran::of(self.command(words).output().expect("the program runs"))
    }
}

const CHECK: [&str; 4] = ["check", "plan.geojson", "--redline", "redline.geojson"];

fn check(more: &[&'static str]) -> Vec<&'static str> {
    [&CHECK, more].concat()
}

#[test]
fn a_finding_is_told_and_ends_with_one() {
    let ran = Folder::new().run(&check(&[])).ends(1);
    assert!(ran.out.contains("Does not conform") && ran.out.contains("A1") && !ran.out.contains('\u{1b}'));
    // What was not judged is told beside the report; otherwise a run that is no terminal's says nothing there.
    assert!(ran.err.starts_with("Does not conform: 1 error; not given: "), "{}", ran.err);
    let whole = Folder::new().run(&check(&["--select", "ER"])).ends(1);
    assert_eq!(whole.err, "");
}

#[test]
fn the_language_follows_the_flag_then_the_locale() {
    let folder = Folder::new();
    let chinese = folder.command(&check(&[])).env("LANG", "zh_CN.UTF-8").output().expect("it runs");
    assert!(String::from_utf8_lossy(&chinese.stdout).contains("不符合"));
    let english =
        folder.command(&check(&["--lang", "en"])).env("LANG", "zh_CN.UTF-8").output().expect("it runs");
    assert!(String::from_utf8_lossy(&english.stdout).contains("Does not conform"));
}

#[test]
fn the_exit_code_follows_what_was_asked() {
    let folder = Folder::new();
    folder.run(&check(&["--fail-on", "never"])).ends(0);
    folder.run(&check(&["--exit-zero"])).ends(0);
    folder.run(&check(&["--ignore", "ER-02"])).ends(0);
    let far = ["check", "plan.geojson", "--redline", "far.geojson"];
    folder.run(&far).ends(0);
    folder.run(&[&far[..], &["--require-complete"]].concat()).ends(3);
    folder.run(&[&far[..], &["--require-complete", "--select", "ER"]].concat()).ends(0);
    folder.run(&[&far[..], &["--ignore", "ER"]].concat()).ends(2);
}

#[test]
fn an_empty_layer_is_no_proof() {
    let folder = Folder::new();
    let ran = folder.run(&["check", "plan.geojson", "--redline", "empty.geojson"]).ends(3);
    assert!(ran.out.contains("empty"), "{}", ran.out);
    folder.run(&["check", "plan.geojson", "--redline", "empty.geojson", "--allow-empty"]).ends(0);
}

#[test]
fn the_extension_says_the_format() {
    let folder = Folder::new();
    for (name, part) in [
        ("a.json", "\"schema_version\": 2"),
        ("a.ndjson", "{\"code\":"),
        ("a.geojson", "FeatureCollection"),
        ("a.csv", "severity,code,rule"),
        ("a.txt", "Does not conform"),
    ] {
        folder.run(&check(&["-o"]).into_iter().chain([name]).collect::<Vec<_>>()).ends(1);
        assert!(folder.text(name).contains(part), "{name}");
    }
    folder.run(&check(&["-o", "a.gpkg"])).ends(1);
    assert!(fs::read(folder.path("a.gpkg")).expect("a GeoPackage").starts_with(b"SQLite format 3\0"));
    folder.run(&check(&["-o", "a.docx"])).ends(2);
    folder.run(&check(&["-o", "a.docx", "--output-format", "json"])).ends(1);
    folder.run(&check(&["--output-format", "gpkg"])).ends(2);
}

#[test]
fn the_bytes_do_not_depend_on_threads_or_language() {
    let folder = Folder::new();
    folder.run(&check(&["-o", "one.json", "--threads", "1", "--lang", "zh"])).ends(1);
    folder.run(&check(&["-o", "two.json", "--threads", "2", "--lang", "en"])).ends(1);
    assert_eq!(folder.text("one.json"), folder.text("two.json"));
}

#[test]
fn a_csv_for_excel_begins_with_its_mark() {
    let folder = Folder::new();
    folder.run(&check(&["-o", "a.csv", "--bom", "--lang", "zh"])).ends(1);
    assert!(folder.text("a.csv").starts_with("\u{feff}severity,"));
}

#[test]
fn statistics_have_a_file_of_their_own() {
    let folder = Folder::new();
    folder.run(&check(&["--stats", "stats.json", "-o", "a.json"])).ends(1);
    let stats = folder.json("stats.json");
    for key in ["read_s", "index_s", "overlap_s", "rules_s", "write_s", "total_s"] {
        assert!(stats[key].as_f64().is_some_and(|seconds| seconds >= 0.0), "{key} in {stats}");
    }
    assert_eq!(stats["features"], 3);
    assert_eq!(stats["pairs"], 1);
    assert!(!folder.text("a.json").contains("total_s"));
}

#[test]
fn a_config_names_layers_and_settings_and_flags_win() {
    let folder = Folder::new();
    fs::create_dir(folder.path("county")).expect("a folder");
    for name in ["plan.geojson", "redline.geojson"] {
        fs::rename(folder.path(name), folder.path("county").join(name)).expect("a move");
    }
    folder.write(
        "county/sanxian.toml",
        "fail-on = \"never\"\nlang = \"zh\"\n[layers]\nplan = \"plan.geojson\"\nredline = \"redline.geojson\"\n",
    );
    let ran = folder.run(&["check", "--config", "county/sanxian.toml"]).ends(0);
    assert!(ran.out.contains("不符合"), "{}", ran.out);
    folder.run(&["check", "--config", "county/sanxian.toml", "--fail-on", "error"]).ends(1);
    let ran =
        folder.run(&["check", "--config", "county/sanxian.toml", "--redline", "far.geojson", "--lang", "en"]);
    assert!(ran.ends(0).out.starts_with("Checked in part: no findings"));
}

#[test]
fn the_config_is_found_from_the_working_folder_upward_also_when_layers_are_named() {
    let folder = Folder::new();
    folder.write("sanxian.toml", "[layers]\nplan = \"plan.geojson\"\nredline = \"redline.geojson\"\n");
    folder.run(&["check"]).ends(1);
    folder.run(&["check", "plan.geojson"]).ends(1);
    folder.run(&["check", "plan.geojson", "--redline", "far.geojson"]).ends(0);
    folder.run(&["check", "plan.geojson", "--no-config"]).ends(2);
    fs::create_dir_all(folder.path("a/b")).expect("folders");
    let deep = |words: &[&str]| {
        let mut command = program();
        Ran::of(command.args(words).current_dir(folder.path("a/b")).output().expect("it runs"))
    };
    let ran = deep(&["check"]).ends(1);
    assert!(ran.err.starts_with("config: ") && !ran.err.contains("(config)"), "told unasked: {}", ran.err);
    let ran = deep(&["check", "-v"]).ends(1);
    assert!(ran.err.contains("sanxian.toml") && ran.err.contains("(config)"), "{}", ran.err);
    assert!(ran.err.contains("land_class=YDYHFLDM"), "{}", ran.err);
    let ran = deep(&["check", "-v", "--redline", "../../far.geojson"]).ends(0);
    assert!(ran.err.contains("redline: ../../far.geojson (command line)"), "{}", ran.err);
}

#[test]
fn what_is_asked_about_is_what_is_judged() {
    let folder = Folder::new();
    folder.write(
        "sanxian.toml",
        "[layers]\nplan = \"plan.geojson\"\nproject = \"project.geojson\"\nredline = \"redline.geojson\"\n",
    );
    folder.write("project.geojson", &squares(&[(111.0004, r#""BSM":"X1","MC":"甲""#)]));
    folder.write("other.geojson", &squares(&[(111.0003, r#""BSM":"X2","MC":"乙""#)]));
    let subjects = |words: &[&str]| -> Vec<String> {
        let ran = folder.run(&[words, &["--select", "ER-02", "--output-format", "json"]].concat()).ends(1);
        let report: Value = serde_json::from_str(&ran.out).expect("a report");
        let findings = report["findings"].as_array().expect("findings");
        findings.iter().map(|f| f["subject"]["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(subjects(&["check"]), ["A1", "X1"]);
    assert_eq!(subjects(&["check", "--project", "other.geojson"]), ["X2"]);
    assert_eq!(subjects(&["check", "plan.geojson"]), ["A1"]);
    assert_eq!(subjects(&["check", "plan.geojson", "--project", "other.geojson"]), ["X2", "A1"]);
}

#[test]
fn unknown_roles_and_words_are_errors_with_the_nearest() {
    let folder = Folder::new();
    folder.write("typo.toml", "[layers]\nplan = \"plan.geojson\"\nfarmlands = \"redline.geojson\"\n");
    folder.write(
        "own.toml",
        "roles = [\"village\"]\n[layers]\nplan = \"plan.geojson\"\nvillage = \"redline.geojson\"\nredline = \"redline.geojson\"\n",
    );
    for (words, part) in [
        (vec!["check", "--config", "typo.toml"], "did you mean `farmland`?"),
        (check(&["--zone", "farmlands=far.geojson"]), "did you mean `farmland`?"),
        (check(&["--crs", "redlin=EPSG:4490"]), "did you mean `redline`?"),
        (check(&["--field", "landclass=YDYHFLDM"]), "did you mean `land_class`?"),
        (check(&["--scheme", "land-sea-2032"]), "did you mean `land-sea-2023`?"),
        (check(&["--zone", "village=far.geojson"]), "--role village"),
    ] {
        let ran = folder.run(&words).ends(2);
        assert!(ran.err.contains(part) && ran.out.is_empty(), "{words:?}: {}", ran.err);
    }
    folder.run(&["check", "--config", "own.toml"]).ends(1);
    folder.run(&check(&["--zone", "village=far.geojson", "--role", "village"])).ends(1);
}

#[test]
fn more_threads_than_any_machine_has_are_refused() {
    let ran = Folder::new().run(&check(&["--threads", "20000"])).ends(2);
    assert!(ran.err.contains("20000") && ran.err.contains("leave --threads out"), "{}", ran.err);
}

#[test]
fn a_mistake_in_the_config_ends_with_two() {
    let folder = Folder::new();
    folder.write("sanxian.toml", "tolerence = \"1 m2\"\n[layers]\nplan = \"plan.geojson\"\n");
    let ran = folder.run(&["check"]).ends(2);
    assert!(
        ran.err.contains("unknown key `tolerence`") && ran.err.contains("where: sanxian.toml"),
        "{}",
        ran.err
    );
    let ran = folder.run(&["check", "--lang", "zh"]).ends(2);
    assert!(ran.err.contains("未知的键") && !ran.err.contains("unknown"), "{}", ran.err);
    folder.run(&["check", "--config", "missing.toml"]).ends(2);
}

#[test]
fn what_cannot_run_says_what_and_what_to_do() {
    let folder = Folder::new();
    for (words, part) in [
        (vec!["check", "missing.shp"], "missing.shp"),
        (vec!["check"], "no plan"),
        (vec!["lines"], "no line"),
        (check(&["--select", "BF-99"]), "BF-99"),
        (check(&["--profile", "national-1900"]), "national-2026"),
        (check(&["--tolerance", "0.5"]), "m2, ha, mu, km2"),
        (check(&["-o", "redline.geojson"]), "also an input"),
        (check(&["--stats", "plan.geojson"]), "also an input"),
        (check(&["-o", "missing/a.json"]), "no folder"),
        (check(&["--zone", "park"]), "ROLE=SRC"),
        (check(&["--zone", "redline=redline.geojson"]), "given twice"),
        (vec!["check", "-", "--redline", "-"], "standard input"),
        (vec!["convert", "plan.geojson", "plan.geojson"], "also an input"),
        (vec!["rule", "BF-99"], "BF-99"),
    ] {
        let before = folder.text("redline.geojson");
        let ran = folder.run(&words).ends(2);
        assert!(ran.err.contains(part), "{words:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{words:?}");
        assert_eq!(folder.text("redline.geojson"), before);
    }
}

#[test]
fn overlaps_are_rows_with_every_digit() {
    let folder = Folder::new();
    let ran = folder.run(&["overlap", "plan.geojson", "redline.geojson", "far.geojson"]).ends(0);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], "subject_id,zone_layer,zone_id,area_m2,planar_m2,share");
    assert!(lines.len() == 2 && lines[1].starts_with("A1,redline,R1,"), "{}", ran.out);
    folder.run(&["overlap", "plan.geojson", "redline.geojson", "--id", "MC", "-o", "a.ndjson"]).ends(0);
    let row: Value = serde_json::from_str(folder.text("a.ndjson").trim()).expect("a row");
    assert_eq!(row["subject_id"], "沁河小区");
    assert_eq!(row["planar_m2"], Value::Null, "degrees have no plane");
    assert!((row["share"].as_f64().expect("a share") - 0.5).abs() < 1e-6);
}

#[test]
fn standard_input_and_output_are_a_dash() {
    let folder = Folder::new();
    let mut child = folder
        .command(&["check", "-", "--redline", "redline.geojson", "--output-format", "json", "-o", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let plan = folder.text("plan.geojson");
    child.stdin.take().expect("a pipe").write_all(plan.as_bytes()).expect("it reads");
    let ran = Ran::of(child.wait_with_output().expect("it ends")).ends(1);
    let report: Value = serde_json::from_str(&ran.out).expect("a report");
    assert_eq!(report["findings"][0]["subject"]["id"], "A1");
}

#[test]
fn lines_are_held_against_each_other() {
    let folder = Folder::new();
    let ran = folder.run(&["lines", "--redline", "redline.geojson", "--farmland", "plan.geojson"]).ends(1);
    assert!(ran.out.contains("TL-01"), "{}", ran.out);
    let two = ["lines", "--redline", "redline.geojson", "--farmland", "far.geojson"];
    let ran = folder.run(&[&two[..], &["--output-format", "json"]].concat()).ends(0);
    let report: Value = serde_json::from_str(&ran.out).expect("a report");
    let left_out = |report: &Value| report["summary"]["rules_left_out"].as_array().map(Vec::len);
    assert_eq!(left_out(&report), Some(0), "rules about plans are not left out by the user");
    let ran = folder.run(&[&two[..], &["--output-format", "json", "--ignore", "UB"]].concat()).ends(0);
    assert_eq!(left_out(&serde_json::from_str(&ran.out).expect("a report")), Some(1));
}

#[test]
fn a_layer_is_converted_there_and_back() {
    let folder = Folder::new();
    let ran = folder.run(&["convert", "plan.geojson", "plan.gpkg", "--to-crs", "EPSG:4546"]).ends(0);
    assert!(ran.err.contains("2 features written") && ran.err.contains("EPSG:4546"), "{}", ran.err);
    folder.run(&["convert", "plan.gpkg", "again.geojson", "-q"]).ends(0);
    let again = folder.json("again.geojson");
    assert_eq!(again["features"].as_array().map(Vec::len), Some(2));
    assert_eq!(again["features"][0]["properties"]["MC"], "沁河小区");
}

#[test]
fn rules_are_listed_and_have_cards() {
    let folder = Folder::new();
    let list = folder.run(&["rule"]).ends(0).out;
    assert!(list.contains("BF-01") && list.contains("permanent-farmland-occupied"), "{list}");
    let card = folder.run(&["rule", "permanent-farmland-occupied", "--lang", "zh"]).ends(0).out;
    assert!(card.contains("占用永久基本农田") && card.contains("土地管理法"), "{card}");
    let json = folder.run(&["rule", "--all", "--output-format", "json"]).ends(0).out;
    let cards: Value = serde_json::from_str(&json).expect("cards");
    assert!(cards.as_array().is_some_and(|cards| cards.len() > 10));
}

#[test]
fn own_rules_are_added_from_a_folder() {
    let folder = Folder::new();
    fs::create_dir(folder.path("rules")).expect("a folder");
    let ran = folder.run(&check(&["--rules", "rules"])).ends(2);
    assert!(ran.err.contains("no rule file"), "{}", ran.err);
    folder.write("rules/broken.toml", "name = 3");
    let ran = folder.run(&check(&["--rules", "rules"])).ends(2);
    assert!(ran.err.contains("broken.toml"), "{}", ran.err);
}

#[test]
fn every_command_has_help_with_examples() {
    let folder = Folder::new();
    for command in ["check", "lines", "overlap", "rule", "demo", "convert", "completions"] {
        let ran = folder.run(&[command, "--help"]).ends(0);
        assert!(
            ran.out.contains("Example") && ran.out.contains(&format!("sanxian {command}")),
            "{}",
            ran.out
        );
    }
    folder.run(&["--version"]).ends(0);
    folder.run(&["frobnicate"]).ends(2);
}

#[test]
fn completions_name_the_flags() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = Folder::new().run(&["completions", shell]).ends(0);
        assert!(ran.out.contains("urban-boundary"), "{shell}");
    }
}

#[test]
fn the_demo_ends_in_a_table_a_ledger_and_files() {
    let folder = Folder::new();
    let ran = folder.run(&["demo", "--output-dir", "out"]).ends(0);
    for part in ["Does not conform", "Ledger", "findings.gpkg", "findings.geojson", "report.json"] {
        assert!(ran.out.contains(part), "{part} in {}", ran.out);
    }
    let report = folder.json("out/report.json");
    assert!(report["findings"].as_array().is_some_and(|findings| !findings.is_empty()));
    folder.run(&["check", "--config", "out/county/sanxian.toml", "-q"]).ends(1);
}

#[cfg(unix)]
#[test]
fn a_broken_pipe_never_turns_findings_into_zero() {
    let folder = Folder::new();
    for format in ["json", "ndjson", "geojson", "csv", "concise", "full"] {
        let mut child = folder
            .command(&check(&["--output-format", format]))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        drop(child.stdout.take());
        let ran = Ran::of(child.wait_with_output().expect("it ends")).ends(1);
        assert!(!ran.err.contains("error:"), "{format}: {}", ran.err);
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = Folder::new();
    let mut child = folder
        .command(&["rule", "--all", "--output-format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let ran = Ran::of(child.wait_with_output().expect("it ends")).ends(0);
    assert_eq!(ran.err, "");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_with_130_and_leaves_nothing() {
    let folder = Folder::new();
    let mut child = folder
        .command(&["check", "-", "--redline", "redline.geojson", "-o", "a.json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let before = names(folder.0.path());
    // Waiting for a child closes its input, and the end of the input would race with the signal.
    let open_pipe = child.stdin.take();
    // Reading blocks on the open pipe, so the program is at work whenever the signal comes; only the handler
    // needs a moment to be there.
    std::thread::sleep(std::time::Duration::from_millis(500));
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert!(killed.success());
    let status = child.wait().expect("it ends");
    drop(open_pipe);
    assert_eq!(status.code(), Some(130));
    assert_eq!(names(folder.0.path()), before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_not_a_half_report() {
    let ran = Folder::new().run(&check(&["-o", "/dev/full", "--output-format", "json"])).ends(2);
    assert!(ran.err.contains("/dev/full"), "{}", ran.err);
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn neither_the_config_nor_another_output_is_written_over() {
    let folder = Folder::new();
    let config = "[layers]\nplan = \"plan.geojson\"\nredline = \"redline.geojson\"\n";
    folder.write("own.toml", config);
    let ran =
        folder.run(&["check", "--config", "own.toml", "-o", "own.toml", "--output-format", "json"]).ends(2);
    assert!(ran.err.contains("own.toml"), "{}", ran.err);
    assert_eq!(fs::read_to_string(folder.path("own.toml")).expect("the config"), config);
    let ran =
        folder.run(&["check", "--config", "own.toml", "-o", "same.json", "--stats", "./same.json"]).ends(2);
    assert!(ran.err.contains("two outputs go to one file"), "{}", ran.err);
    assert!(!folder.path("same.json").exists());
}

#[test]
fn what_makes_a_run_incomplete_is_told_whatever_the_format() {
    let folder = Folder::new();
    for format in ["concise", "csv", "ndjson", "geojson"] {
        let ran = folder
            .run(&["check", "plan.geojson", "--redline", "empty.geojson", "--output-format", format])
            .ends(3);
        assert!(ran.err.contains("empty.geojson#") && ran.err.contains("empty"), "{format}: {}", ran.err);
    }
    let ran = folder.run(&["overlap", "plan.geojson", "empty.geojson"]).ends(3);
    assert!(ran.err.contains("empty.geojson#"), "{}", ran.err);
}

#[test]
fn features_with_one_identifier_have_findings_of_their_own() {
    let folder = Folder::new();
    let twice = [(111.0, r#""BSM":"B0","YDYHFLDM":"0701""#), (111.0, r#""BSM":"B0","YDYHFLDM":"0701""#)];
    folder.write("twice.geojson", &squares(&twice));
    let ran = folder
        .run(&[
            "check",
            "twice.geojson",
            "--redline",
            "redline.geojson",
            "--output-format",
            "json",
            "--select",
            "ER-02",
        ])
        .ends(1);
    let report: Value = serde_json::from_str(&ran.out).expect("JSON");
    let prints: std::collections::BTreeSet<&str> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .map(|finding| finding["fingerprint"].as_str().expect("a fingerprint"))
        .collect();
    assert_eq!(prints.len(), 2, "{prints:?}");
}
