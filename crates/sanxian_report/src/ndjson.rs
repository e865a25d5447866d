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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;
    use serde_json::Value;

    #[test]
    fn the_lines_are_the_findings_of_the_document() {
        let sample = Sample::county();
        let (mut lines, mut document) = (Vec::new(), Vec::new());
        write(&sample.report(), &mut lines).expect("writing to memory works");
        crate::json::write(&sample.report(), &mut document).expect("writing to memory works");
        let lines: Vec<Value> = lines
            .split(|&b| b == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).expect("a finding"))
            .collect();
        let document: Value = serde_json::from_slice(&document).expect("a document");
        assert_eq!(document["findings"].as_array(), Some(&lines));
    }
}
