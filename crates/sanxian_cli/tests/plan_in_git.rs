//! The five revisions of `examples/plan-in-git`, through git itself: by the program, by the script of the action of GitHub, and by
//! the lines of the component of GitLab.

mod in_git;
mod program;

use std::path::{Path, PathBuf};
use std::process::Command;

use in_git::alone;
use program::{Ran, program};
use serde_json::Value;

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project")
}

/// The repository of the example in a temporary folder.
fn built() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let script = project().join("examples/plan-in-git/build.sh");
    let mut command = alone(Command::new("bash"), folder.path());
    Ran::of(command.arg(script).arg("plan").output().expect("bash runs")).ends(0);
    folder
}

/// Branch, exit code and what is said, by the table of the example.
fn expected() -> Vec<(String, i32, String)> {
    let table =
        std::fs::read_to_string(project().join("examples/plan-in-git/expected.tsv")).expect("a table");
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        let [branch, code, says] = cells[..] else { panic!("{row}") };
        (branch.to_owned(), code.parse().expect("a number"), says.to_owned())
    })
    .collect()
}

fn checkout(plan: &Path, branch: &str) {
    in_git::git(plan, &["checkout", "--quiet", branch]);
}

#[test]
fn each_revision_ends_as_a_person_wrote_down() {
    let folder = built();
    let plan = folder.path().join("plan");
    let expected = expected();
    let branches = in_git::git(&plan, &["for-each-ref", "--format=%(refname:short)", "refs/heads"]);
    let names: Vec<&str> = expected.iter().map(|(branch, ..)| branch.as_str()).chain(["main"]).collect();
    assert_eq!(branches.lines().collect::<Vec<_>>(), names);
    for (branch, code, says) in expected {
        checkout(&plan, &branch);
        let ran = in_git::run_in(&plan, &["ci", "--base", "main"]).ends(code);
        assert_eq!(ran.out, format!("sanxian ci: against main, {says}\n"), "{branch}");
        // The same from the history, wherever the working folder stands.
        checkout(&plan, "main");
        let words = ["diff", "--base", "main", "--head", &branch, "--output-format", "concise"];
        let ran = in_git::run_in(&plan, &words).ends(code);
        assert_eq!(ran.out.lines().last(), Some(&*says), "{branch}");
    }
}

#[test]
fn the_action_runs_its_script() {
    let folder = built();
    let plan = folder.path().join("plan");
    let action = std::fs::read_to_string(project().join("action.yml")).expect("action.yml");
    assert!(action.contains("run: ${{ github.action_path }}/scripts/action.sh\n"), "{action}");
    in_git::git(&plan, &["update-ref", "refs/remotes/origin/main", "main"]);
    for (branch, code, _) in expected() {
        checkout(&plan, &branch);
        let mut command = alone(Command::new("bash"), &plan);
        let program = Path::new(program().get_program()).parent().expect("a folder").to_owned();
        let path = std::env::join_paths(
            [program].into_iter().chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
        );
        command
            .arg(project().join("scripts/action.sh"))
            .env("PATH", path.expect("a path"))
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_BASE_REF", "main")
            .env("GITHUB_OUTPUT", folder.path().join("output"))
            .env("GITHUB_STEP_SUMMARY", folder.path().join("summary.md"))
            .env("SANXIAN_OUTPUT_DIR", folder.path().join("report"))
            .env("SANXIAN_ARGUMENTS", "--noise-width 0.002m --quiet");
        let ran = Ran::of(command.output().expect("bash runs")).ends(code);
        let errors = ran.out.lines().filter(|line| line.starts_with("::error file=")).count();
        assert_eq!(errors > 0, code == 1, "{branch}: {}", ran.out);
        let sarif = std::fs::read_to_string(folder.path().join("report/sanxian.sarif")).expect("SARIF");
        let sarif: Value = serde_json::from_str(&sarif).expect("JSON");
        assert_eq!(sarif["version"], "2.1.0", "{branch}");
    }
    let output = std::fs::read_to_string(folder.path().join("output")).expect("outputs");
    assert!(output.contains("/report/sanxian.sarif\n") && output.contains("/report/report.md\n"), "{output}");
    let summary = std::fs::read_to_string(folder.path().join("summary.md")).expect("a summary");
    assert_eq!(summary.matches("# Revision of a plan\n").count(), 5);
}

#[test]
fn the_component_of_gitlab_runs_its_line() {
    let folder = built();
    let plan = folder.path().join("plan");
    let template = std::fs::read_to_string(project().join("templates/sanxian.yml")).expect("a template");
    let line = template.lines().find_map(|line| line.trim().strip_prefix("- sanxian ")).expect("a line");
    let line = line
        .replace("$[[ inputs.lang ]]", "zh")
        .replace("$[[ inputs.fail-on ]]", "new")
        .replace("$[[ inputs.plan ]]", "");
    let base = in_git::git(&plan, &["rev-parse", "main"]);
    for (branch, code, _) in expected() {
        checkout(&plan, &branch);
        let mut command = alone(program(), &plan);
        command.args(line.split_whitespace());
        command.env("GITLAB_CI", "true").env("CI_MERGE_REQUEST_DIFF_BASE_SHA", &base);
        Ran::of(command.output().expect("the program runs")).ends(code);
        let issues =
            std::fs::read_to_string(plan.join("sanxian-report/gl-code-quality.json")).expect("issues");
        let issues: Value = serde_json::from_str(&issues).expect("JSON");
        let mut issues = issues.as_array().expect("issues").iter();
        assert_eq!(issues.any(|issue| issue["severity"] == "critical"), code == 1, "{branch}");
        in_git::git(&plan, &["clean", "--quiet", "--force", "-d"]);
    }
}
