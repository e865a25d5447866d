//! The documents that a finding rests on (依据), in every machine format.

use sanxian_rules::Source;
use serde::Serialize;

/// A document, and how much of it was read.
#[derive(Debug, Serialize)]
pub(crate) struct SourceRecord<'a> {
    document: &'a str,
    version: &'a str,
    article: &'a str,
    grade: &'static str,
}

impl<'a> From<&'a Source> for SourceRecord<'a> {
    fn from(source: &'a Source) -> Self {
        Self {
            document: &source.document,
            version: &source.version,
            article: &source.article,
            grade: source.grade.name(),
        }
    }
}
