//! A revision of a plan beside the one before, each judged.

use std::io::{self, Write};
use std::sync::Arc;

use sanxian_model::revision::{FindingPair, LayerChange};
use sanxian_model::{Lang, Role};
use sanxian_report::revisions::{self, Revisions};
use sanxian_report::{Document, Format, Options};
use sanxian_rules::RuleBook;

use super::features::compare_layers;
use super::findings::pair_findings;
use super::options::RevisionOptions;
use crate::check::{CheckOptions, CheckReport, check_with};
use crate::error::Error;
use crate::plan::Plan;

/// A revision of a plan beside the one before, each judged by one set of rules.
#[derive(Debug, Clone)]
pub struct Revision {
    before: CheckReport,
    now: CheckReport,
    pairs: Vec<FindingPair>,
    layers: Arc<[LayerChange]>,
}

impl Revision {
    /// Compares a plan with the revision before, which is checked already, and checks it: by rules about changes, too. See
    /// [`compare_layers`] and [`pair_findings`].
    ///
    /// # Errors
    /// Those of [`compare_layers`] and [`check_with`].
    pub fn judge(
        before: CheckReport,
        plan: Plan,
        book: &RuleBook,
        options: &CheckOptions,
        revision: &RevisionOptions,
    ) -> Result<Self, Error> {
        let layers: Arc<[LayerChange]> = compare_layers(before.plan(), &plan, revision)?.into();
        // What changed can be told without lines, too.
        let has_lines = plan.roles().any(|layers| ![Role::PLAN, Role::PROJECT].contains(layers.role()));
        let may_judge_nothing = options.may_judge_nothing || !has_lines;
        let options = CheckOptions { since: Some(Arc::clone(&layers)), may_judge_nothing, ..options.clone() };
        let outcome = check_with(&plan, book, &options)?;
        let now = CheckReport::new(plan, outcome);
        let pairs = pair_findings(&before, &now);
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
