//! How a run ended.

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Complete, nothing at or above `--fail-on`.
    Clean,
    /// Complete, with findings.
    Findings,
    /// Ran, but some input was left out.
    Incomplete,
}
