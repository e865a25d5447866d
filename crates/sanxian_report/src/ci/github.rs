//! Workflow commands of GitHub: annotations of files. A step shows ten at most of each level, so the nine gravest are told, and one
//! more line tells what it amounts to.

use std::io::{self, Write};

use sanxian_model::Severity;

use super::told::Findings;

/// Findings that are told one by one.
const MOST: usize = 9;

/// Writes the commands, a line each.
pub(super) fn write(findings: &Findings<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let lang = findings.lang;
    for told in findings.gravest(MOST) {
        let (file, line) = (told.path(), told.line());
        let (level, title) = (command(told.finding.severity), told.title(lang));
        let text: Vec<String> = [told.message(lang)].into_iter().chain(told.basis(lang)).collect();
        writeln!(
            out,
            "::{level} file={},line={line},title={}::{}",
            property(&file),
            property(&title),
            data(&text.join("\n"))
        )?;
    }
    // A run that could not judge everything is no good news, whatever it found.
    let (least, mut text) = match findings.not_judged() {
        Some(not_judged) => (Severity::Warning, not_judged.text),
        None => (Severity::Note, findings.headline.clone()),
    };
    let level = command(findings.worst().map_or(least, |worst| worst.max(least)));
    if let Some(left_off) = findings.left_off(findings.told.len(), MOST) {
        text.push_str(crate::words::pick(lang, "；", "; "));
        text.push_str(&left_off);
    }
    writeln!(out, "::{level} title=sanxian::{}", data(&text))
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// What stands after the colons.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
