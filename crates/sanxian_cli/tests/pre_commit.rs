//! The hook of `.pre-commit-hooks.yaml`, run by pre-commit itself, from a repository that holds it.

mod in_git;
mod program;

use std::path::{Path, PathBuf};
use std::process::Command;

use in_git::{alone, git, run_in};
use program::{Ran, program};

/// The version that is installed where there is none.
const VERSION: &str = "pre-commit==4.0.1";

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the project")
}

/// The program `pre-commit`, in an environment of its own.
fn pre_commit() -> PathBuf {
    let environment = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pre-commit");
    let installed = environment.join("bin").join("pre-commit");
    if !installed.exists() {
        let run = |command: &mut Command| Ran::of(command.output().expect("python3 runs")).ends(0);
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment));
        run(Command::new(environment.join("bin").join("pip")).args(["install", "--quiet", VERSION]));
    }
    installed
}

fn set_up(folder: &Path) {
    git(folder, &["-c", "init.defaultBranch=main", "init", "--quiet"]);
    for (key, value) in
        [("user.name", "Tester"), ("user.email", "tester@example.org"), ("commit.gpgsign", "false")]
    {
        git(folder, &["config", key, value]);
    }
}

/// A repository with the hook and its scripts, committed; and the commit.
fn hooks(folder: &Path) -> String {
    std::fs::create_dir_all(folder.join("scripts")).expect("a folder");
    for file in [".pre-commit-hooks.yaml", "scripts/pre-commit.sh", "scripts/program.sh"] {
        std::fs::copy(project().join(file), folder.join(file)).expect("a copy");
    }
    set_up(folder);
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "hooks"]);
    git(folder, &["rev-parse", "HEAD"])
}

#[test]
fn a_commit_that_newly_occupies_farmland_is_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let (hooks_at, plan) = (folder.path().join("hooks"), folder.path().join("plan"));
    let revision = hooks(&hooks_at);
    let build = project().join("examples/plan-in-git/build.sh");
    let mut command = alone(Command::new("bash"), folder.path());
    Ran::of(command.arg(build).arg(&plan).output().expect("bash runs")).ends(0);
    let config =
        format!("repos:\n- repo: {}\n  rev: {revision}\n  hooks:\n  - id: sanxian\n", hooks_at.display());
    std::fs::write(plan.join(".pre-commit-config.yaml"), config).expect("a file");
    git(&plan, &["add", "--all"]);
    git(&plan, &["commit", "--quiet", "--message", "the hook"]);

    let program = Path::new(program().get_program()).parent().expect("a folder").to_owned();
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths([program].into_iter().chain(std::env::split_paths(&folders))).expect("a path");
    let pre_commit = pre_commit();
    for (branch, code, told) in [
        ("1-newly-occupies", 1, "new plan.geojson#GHYDYH:4: BF-01"),
        ("2-heals", 0, "Passed"),
        ("3-saved-again", 0, "Passed"),
        ("5-changes-a-line", 1, "TL-13 line-changed-without-approval"),
    ] {
        // The files of the revision, staged beside the last commit.
        git(&plan, &["checkout", "--quiet", branch, "--", "."]);
        let mut command = alone(Command::new(&pre_commit), &plan);
        command
            .arg("run")
            .env("PATH", &path)
            .env("PRE_COMMIT_HOME", folder.path().join("cache"))
            .env("LC_ALL", "C.UTF-8");
        let ran = Ran::of(command.output().expect("pre-commit runs")).ends(code);
        assert!(ran.out.contains(told), "{branch}: {}", ran.out);
        git(&plan, &["reset", "--quiet", "--hard"]);
    }
    // What is committed has nothing new beside itself.
    run_in(&plan, &["diff", "--base", "HEAD"]).ends(0);
}
