//! Code Quality of GitLab: one JSON array of issues. Fingerprints hold no line and no measured value, so that an issue is the same one in
//! the next pipeline; a second issue of one fingerprint has its number after it.

use std::collections::BTreeMap;
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

/// Writes the issues, the gravest first.
pub(super) fn write(findings: &Findings<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let issues = findings.gravest(usize::MAX).into_iter().map(|told| {
        let finding = told.finding;
        let mut fingerprint = finding.fingerprint();
        let times = seen.entry(fingerprint.clone()).or_default();
        *times += 1;
        if *times > 1 {
            fingerprint = format!("{fingerprint}~{times}");
        }
        Issue {
            description: format!("{}: {}", told.title(findings.lang), told.message(findings.lang)),
            check_name: &finding.rule,
            fingerprint,
            severity: match finding.severity {
                Severity::Error => "critical",
                Severity::Warning => "minor",
                Severity::Note => "info",
            },
            location: Location { path: told.path(), lines: Lines { begin: told.line() } },
        }
    });
    array(out, issues, |out, issue| Ok(serde_json::to_writer(&mut *out, &issue)?))?;
    writeln!(out)
}
