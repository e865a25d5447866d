//! The diagnostics of reviewdog (`rdjson`). When something was not judged, a first diagnostic `not-judged` tells it: an empty list would
//! read as a pass.

use std::io::{self, Write};

use sanxian_model::Severity;
use serde::Serialize;

use super::told::Findings;
use crate::json::list;

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location,
    severity: &'static str,
    code: Code<'a>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Start,
}

#[derive(Serialize)]
struct Start {
    line: usize,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

/// Writes the result.
pub(super) fn write(findings: &Findings<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let worst = findings.worst().map_or("INFO", severity);
    write!(out, "{{\"source\": {{\"name\": \"sanxian\"}}, \"severity\": \"{worst}\", ")?;
    let not_judged = findings.not_judged().into_iter().map(|told| Diagnostic {
        message: told.text,
        location: Location { path: told.path, range: Range { start: Start { line: 1 } } },
        severity: if told.is_grave { "WARNING" } else { "INFO" },
        code: Code { value: "not-judged" },
    });
    let diagnostics = findings.gravest(usize::MAX).into_iter().map(|told| Diagnostic {
        message: told.titled_message_with_basis(findings.lang),
        location: Location { path: told.path(), range: Range { start: Start { line: told.line() } } },
        severity: severity(told.finding.severity),
        code: Code { value: &told.finding.code },
    });
    list(out, "diagnostics", not_judged.chain(diagnostics))?;
    writeln!(out, "}}")
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "INFO",
    }
}
