//! A revision of a plan beside the one before, each judged.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::Instant;

use sanxian_layer::crs::same_crs;
use sanxian_model::revision::{FindingPair, LayerChange};
use sanxian_model::{Lang, Role};
use sanxian_report::revisions::{self, Revisions};
use sanxian_report::{Document, Format, Options};
use sanxian_rules::RuleBook;

use super::features::{compare_layers, compare_measured};
use super::findings::pair_findings;
use super::options::RevisionOptions;
use crate::check::{CheckOptions, CheckReport, Outcome, check_with, run_measured};
use crate::error::Error;
use crate::measure::{Known, Measured};
use crate::plan::Plan;
use crate::stats::Stage;

/// A revision of a plan beside the one before, each judged by one set of rules.
#[derive(Debug, Clone)]
pub struct Revision {
    before: CheckReport,
    now: CheckReport,
    pairs: Vec<FindingPair>,
    layers: Arc<[LayerChange]>,
}

impl Revision {
    /// Compares a plan with the revision before, and judges both by one set of rules: the newer one by rules about changes, too. See
    /// [`compare_layers`] and [`pair_findings`]. What is the same in both is measured once.
    ///
    /// # Errors
    /// Those of [`compare_layers`] and [`check_with`].
    pub fn judge(
        before: Plan,
        now: Plan,
        book: &RuleBook,
        options: &CheckOptions,
        revision: &RevisionOptions,
    ) -> Result<Self, Error> {
        // What changed can be told without lines, too; and the rules may all be about what changed since.
        let has_lines = now.roles().any(|layers| ![Role::PLAN, Role::PROJECT].contains(layers.role()));
        let may_judge_nothing = options.may_judge_nothing || !has_lines;
        let of_before = CheckOptions { since: None, may_judge_nothing: true, ..options.clone() };
        let of_now = |layers: &Arc<[LayerChange]>| CheckOptions {
            since: Some(Arc::clone(layers)),
            may_judge_nothing,
            ..options.clone()
        };
        let (outcomes, layers) = if same_crs(before.crs(), now.crs()) {
            judge_together([&before, &now], book, &of_before, of_now, revision)?
        } else {
            let layers: Arc<[LayerChange]> = compare_layers(&before, &now, revision)?.into();
            let outcome = check_with(&before, book, &of_before)?;
            ([outcome, check_with(&now, book, &of_now(&layers))?], layers)
        };
        let [of_before, of_now] = outcomes;
        let (before, now) = (CheckReport::new(before, of_before), CheckReport::new(now, of_now));
        let pairs = pair_findings(&before, &now, &layers);
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

/// Judges both revisions, of one CRS, and compares them in between.
fn judge_together(
    [before, now]: [&Plan; 2],
    book: &RuleBook,
    of_before: &CheckOptions,
    of_now: impl Fn(&Arc<[LayerChange]>) -> CheckOptions,
    revision: &RevisionOptions,
) -> Result<([Outcome; 2], Arc<[LayerChange]>), Error> {
    let stop = revision.watch.asked();
    revision.watch.begin(Stage::Index)?;
    let started = Instant::now();
    let mut measured = Measured::index(now, stop)?;
    let index_seconds = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let mut earlier = Measured::beside(before, &measured, stop)?;
    let index_seconds_before = started.elapsed().as_secs_f64();
    let compared = compare_measured(&earlier, &measured, revision)?;
    let mut same: BTreeMap<Role, Vec<(u32, u32)>> = BTreeMap::new();
    let mut layers = Vec::with_capacity(compared.len());
    for compared in compared {
        same.insert(compared.change.role.clone(), compared.same_shape);
        layers.push(compared.change);
    }
    let layers: Arc<[LayerChange]> = layers.into();
    let outcome_now = run_measured(now, book, &of_now(&layers), &mut measured, index_seconds)?;
    earlier.know(Known { measured: &measured, same: &same });
    let outcome = run_measured(before, book, of_before, &mut earlier, index_seconds_before)?;
    Ok(([outcome, outcome_now], layers))
}
