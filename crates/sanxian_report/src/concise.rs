//! One line for each finding, as compilers write them: `path#layer:feature: CODE name: message`.

use std::io::{self, Write};

use sanxian_model::Lang;

use crate::message;
use crate::report::Report;
use crate::words;

pub(crate) fn write(report: &Report<'_>, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        let place = &finding.subject;
        write!(out, "{}#{}:", place.path, place.layer)?;
        if let Some(fid) = place.fid {
            write!(out, "{fid}:")?;
        }
        writeln!(
            out,
            " {} {} {}: {}",
            words::severity(finding.severity, lang),
            finding.code,
            finding.rule,
            one_line(&message::sentence_in(report, finding, lang))
        )?;
    }
    Ok(())
}

/// A message that comes from data may hold a line break; a line must stay a line.
fn one_line(text: &str) -> String {
    text.split(['\r', '\n']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
