//! One finding a line, as JSON; the same objects as in the `findings` of the JSON document. The last line is an
//! object with the one key `summary`, the same as in the document.

use std::io::{self, Write};

use serde::Serialize;

use crate::record::{FindingRecord, SummaryRecord};
use crate::report::Report;
use crate::summary::Summary;

pub(crate) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        serde_json::to_writer(&mut *out, &FindingRecord::of(report, finding))?;
        out.write_all(b"\n")?;
    }
    let summary = Summary::of(report);
    serde_json::to_writer(&mut *out, &LastLine { summary: SummaryRecord::of(report, &summary) })?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct LastLine<'a> {
    summary: SummaryRecord<'a>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;
    use serde_json::Value;

    #[test]
    fn the_lines_are_the_findings_and_the_summary_of_the_document() {
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
        let (last, findings) = lines.split_last().expect("a summary");
        assert_eq!(document["findings"].as_array().map(Vec::as_slice), Some(findings));
        assert_eq!(last.as_object().map(serde_json::Map::len), Some(1));
        assert_eq!(last["summary"], document["summary"]);
    }
}
