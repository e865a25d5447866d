//! Findings in the formats that platforms of continuous integration read: SARIF, JUnit, workflow commands of GitHub, Code Quality of
//! GitLab, and the diagnostics of reviewdog.
//!
//! A check tells all of its findings. Of two revisions those are told that the newer one has anew, or worse; SARIF and JUnit also hold
//! the others, marked as what they are. Names of fields are those of each format; messages are in the language of the options. Where a
//! platform takes no more than so many findings, the gravest and largest are told, and in the same file how many there are besides.

mod artifact;
mod ci_format;
mod comment;
mod fingerprints;
mod github;
mod gitlab;
mod junit;
mod rdjson;
mod sarif;
mod step_summary;
#[cfg(test)]
mod tests;
mod told;

use std::io::{self, Write};

use sanxian_model::Lang;

use crate::report::Report;
use crate::revisions::Revisions;
use told::Findings;

pub(crate) use ci_format::CiFormat;
pub use comment::{COMMENT_BYTES, CommentMap, comment};
pub use step_summary::{STEP_SUMMARY_BYTES, step_summary, step_summary_of_revisions};

/// Writes the findings of a check.
pub(crate) fn write(
    report: &Report<'_>,
    format: CiFormat,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_findings(&Findings::of(report, lang), format, out)
}

/// Writes what a revision makes of findings.
pub(crate) fn write_revisions(
    revisions: &Revisions<'_>,
    format: CiFormat,
    lang: Lang,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_findings(&Findings::of_revisions(revisions, lang), format, out)
}

fn write_findings(findings: &Findings<'_, '_>, format: CiFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        CiFormat::Sarif => sarif::write(findings, out),
        CiFormat::Junit => junit::write(findings, out),
        CiFormat::GitHub => github::write(findings, out),
        CiFormat::GitLab => gitlab::write(findings, out),
        CiFormat::Rdjson => rdjson::write(findings, out),
    }
}
