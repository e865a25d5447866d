//! Code Quality of GitLab: one JSON array of issues. Fingerprints hold no line and no measured value, so that an issue is the same one in
//! the next pipeline. An error is `critical`, a warning `minor`, a note `info`. When something was not judged, a first issue
//! `not-judged` tells it: an empty array would read as a pass.

use std::io::{self, Write};

use sanxian_model::Severity;
use serde::Serialize;

use super::told::Findings;
use crate::json::array;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Writes the issues: what was not judged, then the findings, the gravest first.
pub(super) fn write(findings: &Findings<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let not_judged = findings.not_judged().into_iter().map(|told| Issue {
        description: told.text,
        check_name: "not-judged",
        fingerprint: "not-judged".to_owned(),
        severity: if told.is_grave { "major" } else { "info" },
        location: Location { path: told.path, lines: Lines { begin: 1 } },
    });
    let issues = findings.gravest(usize::MAX).into_iter().map(|told| Issue {
        description: told.titled_message_with_basis(findings.lang),
        check_name: &told.finding.rule,
        fingerprint: told.fingerprint.clone(),
        severity: match told.finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "minor",
            Severity::Note => "info",
        },
        location: Location { path: told.path(), lines: Lines { begin: told.line() } },
    });
    let issues = not_judged.chain(issues);
    array(out, issues, |out, issue| Ok(serde_json::to_writer(&mut *out, &issue)?))?;
    writeln!(out)
}
