//! A revision of a plan beside the one before, each judged.

use std::io::{self, Write};

use sanxian_model::Lang;
use sanxian_model::revision::FindingPair;
use sanxian_report::revisions::{self, Revisions};
use sanxian_report::{Document, Format, Options};

use super::findings::pair_findings;
use crate::check::CheckReport;

/// A revision of a plan beside the one before, each judged by one set of rules.
#[derive(Debug, Clone)]
pub struct Revision {
    before: CheckReport,
    now: CheckReport,
    pairs: Vec<FindingPair>,
}

impl Revision {
    /// Puts a check of the revision before and one of this revision side by side; see [`pair_findings`].
    #[must_use]
    pub fn between(before: CheckReport, now: CheckReport) -> Self {
        let pairs = pair_findings(&before, &now);
        Self { before, now, pairs }
    }

    /// The check of the revision before.
    #[must_use]
    pub fn before(&self) -> &CheckReport {
        &self.before
    }

    /// The check of this revision.
    #[must_use]
    pub fn now(&self) -> &CheckReport {
        &self.now
    }

    /// The findings of both, each with the one that it was.
    #[must_use]
    pub fn pairs(&self) -> &[FindingPair] {
        &self.pairs
    }

    /// Both as the one input of every renderer.
    #[must_use]
    pub fn revisions(&self) -> Revisions<'_> {
        Revisions { old: self.before.report(), new: self.now.report(), pairs: &self.pairs }
    }

    /// Both as a document with every row.
    #[must_use]
    pub fn document(&self, lang: Lang) -> Document<'_> {
        revisions::document(&self.revisions(), lang)
    }

    /// Writes both as text.
    ///
    /// # Errors
    /// What `out` reports; and [`io::ErrorKind::Unsupported`] for a format that is not in [`revisions::FORMATS`].
    pub fn write(&self, format: Format, options: &Options, out: &mut dyn Write) -> io::Result<()> {
        revisions::write(&self.revisions(), format, options, out)
    }
}
