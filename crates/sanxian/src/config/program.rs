//! Settings that only the program has.

use std::path::PathBuf;

use sanxian_model::{Lang, Severity};
use sanxian_report::Format;

/// Settings that only the program has: each is the flag of the same name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProgramConfig {
    /// From which findings on the run fails.
    pub fail_on: Option<FailOn>,
    /// Whether findings end with 0.
    pub exit_zero: Option<bool>,
    /// Whether a check that is only a part ends with 3.
    pub require_complete: Option<bool>,
    /// Language of reports and messages.
    pub lang: Option<Lang>,
    /// Format of the report.
    pub output_format: Option<Format>,
    /// Where the report goes, each file in the format of its extension; `-` is standard output. None: standard output.
    pub output: Vec<PathBuf>,
    /// Whether a file that is no report, or that holds other data, is replaced.
    pub overwrite: Option<bool>,
    /// Whether a CSV begins with a byte-order mark.
    pub bom: Option<bool>,
    /// Most rows that are shown for each rule.
    pub rows: Option<usize>,
    /// Where times, counts and peak memory go.
    pub stats: Option<PathBuf>,
}

/// From which findings on a run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// From those of this severity up.
    Severity(Severity),
    /// Whatever is found.
    Never,
}

impl FailOn {
    /// Every value by its name.
    pub(super) fn named() -> impl Iterator<Item = (&'static str, Self)> {
        let severities = Severity::ALL.into_iter().rev();
        severities.map(|severity| (severity.name(), Self::Severity(severity))).chain([("never", Self::Never)])
    }

    /// The severity from which on a run fails, if any makes it fail.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Severity(severity) => Some(severity),
            Self::Never => None,
        }
    }
}
