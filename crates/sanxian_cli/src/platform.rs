//! The platform of continuous integration that runs the program, as its environment tells, and what a change is to be compared with.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// A platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Platform {
    GitHub,
    GitLab,
    Jenkins,
    /// None of these: a person, a hook, another platform.
    Other,
}

/// What a change is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Base {
    /// The branch that it is to go to, where it left that branch.
    Target(String),
    /// A commit.
    Commit(String),
    /// Nothing was there before.
    Nothing,
    /// The environment does not tell.
    Unknown,
}

/// What the environment says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) platform: Platform,
    pub(crate) base: Base,
    /// The file to which the summary of the step is appended.
    pub(crate) summary: Option<PathBuf>,
}

impl Platform {
    /// The name, as the platform spells it.
    pub(crate) fn name(self) -> Option<&'static str> {
        match self {
            Self::GitHub => Some("GitHub"),
            Self::GitLab => Some("GitLab"),
            Self::Jenkins => Some("Jenkins"),
            Self::Other => None,
        }
    }
}

impl Change {
    /// By the variables of the environment; `read` reads the file in which GitHub describes what happened.
    pub(crate) fn of(
        variable: impl Fn(&str) -> Option<String>,
        read: impl Fn(&Path) -> Option<String>,
    ) -> Self {
        let given = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let branch = |name: &str| given(name).map(|branch| Base::Target(format!("origin/{branch}")));
        let commit = |name: &str| given(name).map(commit_before);
        if given("GITHUB_ACTIONS").as_deref() == Some("true") {
            let pushed = || {
                let event = read(Path::new(&given("GITHUB_EVENT_PATH")?))?;
                let event: Value = serde_json::from_str(&event).ok()?;
                Some(commit_before(event["before"].as_str()?.to_owned()))
            };
            return Self {
                platform: Platform::GitHub,
                base: branch("GITHUB_BASE_REF").or_else(pushed).unwrap_or(Base::Unknown),
                summary: given("GITHUB_STEP_SUMMARY").map(PathBuf::from),
            };
        }
        let (platform, base) = if given("GITLAB_CI").as_deref() == Some("true") {
            let merge = || commit("CI_MERGE_REQUEST_DIFF_BASE_SHA");
            (Platform::GitLab, merge().or_else(|| commit("CI_COMMIT_BEFORE_SHA")))
        } else if given("JENKINS_URL").is_some() {
            let last = || commit("GIT_PREVIOUS_SUCCESSFUL_COMMIT").or_else(|| commit("GIT_PREVIOUS_COMMIT"));
            (Platform::Jenkins, branch("CHANGE_TARGET").or_else(last))
        } else {
            (Platform::Other, None)
        };
        Self { platform, base: base.unwrap_or(Base::Unknown), summary: None }
    }
}

/// A commit that was there before; platforms say so many zeros where there was none.
fn commit_before(commit: String) -> Base {
    if commit.bytes().all(|byte| byte == b'0') { Base::Nothing } else { Base::Commit(commit) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZEROS: &str = "0000000000000000000000000000000000000000";

    fn change(variables: &[(&str, &str)], event: &str) -> Change {
        let variable = |name: &str| {
            let found = variables.iter().find(|(of, _)| *of == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Change::of(variable, |_| Some(event.to_owned()))
    }

    #[test]
    fn each_platform_says_what_to_compare_with() {
        let github = ("GITHUB_ACTIONS", "true");
        let (event, gitlab) = (("GITHUB_EVENT_PATH", "event.json"), ("GITLAB_CI", "true"));
        let jenkins = ("JENKINS_URL", "https://ci.example.org/");
        let target = |branch: &str| Base::Target(branch.to_owned());
        let commit = |id: &str| Base::Commit(id.to_owned());
        for (variables, text, platform, base) in [
            (vec![github, ("GITHUB_BASE_REF", "main"), event], "", Platform::GitHub, target("origin/main")),
            (
                vec![github, ("GITHUB_BASE_REF", ""), event],
                r#"{"before":"abc"}"#,
                Platform::GitHub,
                commit("abc"),
            ),
            (vec![github, event], r#"{"before":"000"}"#, Platform::GitHub, Base::Nothing),
            (vec![github, event], "{}", Platform::GitHub, Base::Unknown),
            (vec![gitlab, ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "abc")], "", Platform::GitLab, commit("abc")),
            (vec![gitlab, ("CI_COMMIT_BEFORE_SHA", ZEROS)], "", Platform::GitLab, Base::Nothing),
            (vec![jenkins, ("CHANGE_TARGET", "main")], "", Platform::Jenkins, target("origin/main")),
            (vec![jenkins, ("GIT_PREVIOUS_COMMIT", "abc")], "", Platform::Jenkins, commit("abc")),
            (vec![jenkins], "", Platform::Jenkins, Base::Unknown),
            (vec![], "", Platform::Other, Base::Unknown),
        ] {
            let change = change(&variables, text);
            assert_eq!((change.platform, change.base), (platform, base), "{variables:?}");
        }
    }
}
