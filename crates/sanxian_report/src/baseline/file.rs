//! The file that keeps what was accepted.

use serde::Serialize;
use serde_json::Serializer;

use super::entry::BaselineEntry;
use super::error::BaselineError;
use super::field_lines::FieldLines;
use super::read;
use super::record::EntryRecord;

/// Version of the file.
pub const BASELINE_VERSION: u32 = 1;

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

    /// Reads the text of a baseline; `file` names it in errors.
    ///
    /// # Errors
    /// [`BaselineError`] with the entry of the first mistake.
    pub fn parse(file: &str, text: &str) -> Result<Self, BaselineError> {
        read::baseline(file, text)
    }

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
