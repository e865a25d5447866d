//! One finding a line, as JSON; the same objects as in the `findings` of the JSON document.

use std::io::{self, Write};

use crate::record::FindingRecord;
use crate::report::Report;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        serde_json::to_writer(&mut *out, &FindingRecord::of(report, finding))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
