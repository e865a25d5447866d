//! A revision of a plan beside the one before, each judged.

use std::io::{self, Write};

use sanxian_model::Lang;
use sanxian_model::revision::{FindingPair, LayerChange};
use sanxian_report::revisions::{self, Revisions};
use sanxian_report::{Document, Format, Options};

use super::features::compare_layers;
use super::findings::pair_findings;
use super::options::RevisionOptions;
use crate::check::CheckReport;
use crate::error::Error;

/// A revision of a plan beside the one before, each judged by one set of rules.
#[derive(Debug, Clone)]
pub struct Revision {
    before: CheckReport,
    now: CheckReport,
    pairs: Vec<FindingPair>,
    layers: Vec<LayerChange>,
}

impl Revision {
    /// Puts a check of the revision before and one of this revision side by side; see [`pair_findings`] and
    /// [`compare_layers`].
    ///
    /// # Errors
    /// Those of [`compare_layers`].
    pub fn between(before: CheckReport, now: CheckReport, options: &RevisionOptions) -> Result<Self, Error> {
        let pairs = pair_findings(&before, &now);
        let layers = compare_layers(before.plan(), now.plan(), options)?;
        Ok(Self { before, now, pairs, layers })
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

    /// What became of the features and the ground of each role.
    #[must_use]
    pub fn layers(&self) -> &[LayerChange] {
        &self.layers
    }

    /// Both as the one input of every renderer.
    #[must_use]
    pub fn revisions(&self) -> Revisions<'_> {
        Revisions {
            old: self.before.report(),
            new: self.now.report(),
            pairs: &self.pairs,
            layers: &self.layers,
        }
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
