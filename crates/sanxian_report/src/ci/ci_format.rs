//! Which formats there are for continuous integration.

/// A format that platforms of continuous integration read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CiFormat {
    /// SARIF 2.1.0.
    Sarif,
    /// Test results as JUnit XML.
    Junit,
    /// Workflow commands of GitHub.
    GitHub,
    /// Code Quality of GitLab.
    GitLab,
    /// Diagnostics of reviewdog.
    Rdjson,
}
