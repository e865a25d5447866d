//! The file that keeps what was accepted.

use serde::Serialize;
use serde_json::Serializer;

use super::entry::BaselineEntry;
use super::field_lines::FieldLines;
use super::record::EntryRecord;
use super::version::BASELINE_VERSION;

/// The findings that were accepted (基线), so that a plan with old findings can be held to no new ones.
///
/// ```
/// use sanxian_report::Baseline;
///
/// let text = r#"{
///   "schema_version": 1,
///   "profile": "national-2026",
///   "entries": [
///     {
///       "fingerprint": "redline-occupied/plan/A/redline",
///       "code": "ER-02",
///       "subject": "A",
///       "severity": "error",
///       "area_m2": 120.0,
///       "approval": "2026-17"
///     }
///   ]
/// }"#;
/// let baseline = Baseline::parse("sanxian.baseline.json", text)?;
/// assert_eq!(baseline.entries[0].approval.as_deref(), Some("2026-17"));
/// assert_eq!(Baseline::parse("again", &baseline.to_text())?, baseline);
/// # Ok::<(), sanxian_report::BaselineError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Baseline {
    /// The dated rule set by which findings were made when the file was written.
    pub profile: String,
    /// What was accepted, in the order of fingerprints.
    pub entries: Vec<BaselineEntry>,
}

#[derive(Serialize)]
struct FileRecord<'a> {
    schema_version: u32,
    profile: &'a str,
    entries: Vec<EntryRecord<'a>>,
}

impl Baseline {
    /// The name that the file usually has.
    pub const FILE_NAME: &str = "sanxian.baseline.json";

    /// The text of the file: entries in the order of fingerprints, one field a line, so that what changes between two versions is
    /// what was accepted.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut entries: Vec<&BaselineEntry> = self.entries.iter().collect();
        entries.sort_by(|a, b| a.fingerprint.cmp(&b.fingerprint));
        let entries = entries.into_iter().map(EntryRecord::from).collect();
        let record = FileRecord { schema_version: BASELINE_VERSION, profile: &self.profile, entries };
        let mut bytes = Vec::new();
        // Writing texts and numbers to memory cannot fail, and JSON is UTF-8.
        let _ = record.serialize(&mut Serializer::with_formatter(&mut bytes, FieldLines::default()));
        bytes.push(b'\n');
        String::from_utf8(bytes).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use sanxian_model::Lang;

    use super::*;
    use crate::format::{Format, write};
    use crate::options::Options;
    use crate::sample::Sample;
    use crate::summary::{Summary, Verdict};
    use crate::verdict_line;

    #[test]
    fn a_file_comes_back_as_it_was_with_one_field_a_line() {
        let sample = Sample::accepted();
        let effect = sample.baseline.as_ref().expect("a baseline");
        let text = effect.baseline.to_text();
        let again = Baseline::parse("a.json", &text).expect("a baseline");
        assert_eq!(again.to_text(), text);
        assert_eq!(again.entries.len(), effect.baseline.entries.len());
        assert!(again.entries.is_sorted_by(|a, b| a.fingerprint < b.fingerprint));
        assert!(
            text.contains("      \"box\": [1.0, 2.0, 3.0, 4.0],\n      \"point\": [2.0, 3.0],\n"),
            "{text}"
        );
        assert_eq!(
            Baseline::default().to_text(),
            "{\n  \"schema_version\": 1,\n  \"profile\": \"\",\n  \"entries\": []\n}\n"
        );
    }

    #[test]
    fn what_is_accepted_is_told_in_every_report_for_people() {
        let sample = Sample::accepted();
        for (lang, told) in [(Lang::Zh, "基线认可 1 项"), (Lang::En, "1 accepted by the baseline")] {
            for format in [Format::Full, Format::Markdown, Format::Concise] {
                let mut bytes = Vec::new();
                let options = Options { lang, width: 200, ..Options::default() };
                write(&sample.report(), format, &options, &mut bytes).expect("writing to memory works");
                let text = String::from_utf8(bytes).expect("UTF-8");
                assert!(text.contains(told), "{format:?}: {text}");
            }
        }
    }

    #[test]
    fn an_accepted_error_conforms_to_nothing() {
        let mut sample = Sample::accepted();
        sample.findings.clear();
        sample.piece_of.clear();
        sample.faults.clear();
        sample.not_run.clear();
        let told = "To be verified: no findings; 1 accepted by the baseline; 1 entry of the baseline unused";
        assert_eq!(verdict_line(&sample.report(), Lang::En), told);
        let note = |sample: &mut Sample| {
            let effect = sample.baseline.as_mut().expect("a baseline");
            effect.accepted[0].finding.severity = sanxian_model::Severity::Note;
        };
        note(&mut sample);
        assert_eq!(Summary::of(&sample.report()).verdict(), Verdict::Conforms);
    }
}
