//! Git and the program in a folder of a test, whatever surrounds it.

use std::path::Path;
use std::process::Command;

use crate::program::{Ran, program};

/// Variables that a hook sets, under which these tests may run too.
const OF_HOOKS: [&str; 5] =
    ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"];

/// Variables by which a platform of continuous integration is known, on which these tests may run.
const OF_PLATFORMS: [&str; 5] =
    ["GITHUB_ACTIONS", "GITHUB_BASE_REF", "GITHUB_STEP_SUMMARY", "GITLAB_CI", "JENKINS_URL"];

/// A command in a folder that knows no config but that of the repository, and finds none around the temporary folders.
pub(crate) fn alone(mut command: Command, folder: &Path) -> Command {
    for name in OF_HOOKS.into_iter().chain(OF_PLATFORMS) {
        command.env_remove(name);
    }
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir())
        .current_dir(folder);
    command
}

pub(crate) fn git(folder: &Path, words: &[&str]) -> String {
    let output = alone(Command::new("git"), folder).args(words).output().expect("git runs");
    assert!(output.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
}

pub(crate) fn run_in(folder: &Path, words: &[&str]) -> Ran {
    Ran::of(alone(program(), folder).args(words).output().expect("the program runs"))
}
