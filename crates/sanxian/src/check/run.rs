//! The main job: a plan against the lines, by the rules of a profile.

use std::time::Instant;

use sanxian_model::Ledger;
use sanxian_rules::RuleBook;

use super::chosen::{Chosen, Scope};
use super::judge::judge;
use super::options::CheckOptions;
use super::outcome::Outcome;
use crate::error::Error;
use crate::measure::{Measured, Wanted, ledger};
use crate::plan::Plan;
use crate::stats::{Stage, Stats};

/// Checks a plan by the rules of a profile.
///
/// # Errors
/// [`Error::Rules`] for an unknown profile or rule, [`Error::Scale`] when the layers lie outside the area of their
/// CRS, [`Error::NothingJudged`] when no rule could be judged with the layers of the plan.
pub fn check(plan: &Plan, options: &CheckOptions) -> Result<Outcome, Error> {
    check_with(plan, &RuleBook::embedded(), options)
}

/// Checks a plan by the rules of a book, which may hold the user's own.
///
/// # Errors
/// As [`check`].
pub fn check_with(plan: &Plan, book: &RuleBook, options: &CheckOptions) -> Result<Outcome, Error> {
    run(plan, book, options, Scope::Everything, |plan| Measured::index(plan, options.watch.asked()))
}

/// Checks a plan that `index` indexes and measures.
pub(crate) fn run<'p>(
    plan: &'p Plan,
    book: &RuleBook,
    options: &CheckOptions,
    scope: Scope,
    index: impl FnOnce(&'p Plan) -> Result<Measured<'p>, Error>,
) -> Result<Outcome, Error> {
    let chosen = Chosen::of(plan, book, options, scope)?;
    let watch = &options.watch;

    watch.begin(Stage::Index)?;
    let started = Instant::now();
    let mut measured = index(plan)?;
    let index_seconds = started.elapsed().as_secs_f64();
    judge_measured(plan, chosen, options, &mut measured, index_seconds)
}

/// Checks by all rules a plan that is indexed and measured, which took so long.
pub(crate) fn run_measured<'p>(
    plan: &'p Plan,
    book: &RuleBook,
    options: &CheckOptions,
    measured: &mut Measured<'p>,
    index_seconds: f64,
) -> Result<Outcome, Error> {
    let chosen = Chosen::of(plan, book, options, Scope::Everything)?;
    judge_measured(plan, chosen, options, measured, index_seconds)
}

fn judge_measured<'p>(
    plan: &'p Plan,
    chosen: Chosen<'_>,
    options: &CheckOptions,
    measured: &mut Measured<'p>,
    index_seconds: f64,
) -> Result<Outcome, Error> {
    let watch = &options.watch;
    watch.begin(Stage::Overlap)?;
    let started = Instant::now();
    measured.since.clone_from(&options.since);
    measured.measure(&Wanted::of(plan, &chosen.rules));
    watch.go_on()?;
    options.area.apply(measured)?;
    let subject = plan.subject().map(|layers| layers.role());
    let ledger = subject.map_or_else(Ledger::default, |role| ledger(measured, role, chosen.tolerance));
    let overlap_seconds = started.elapsed().as_secs_f64();

    watch.begin(Stage::Rules)?;
    let started = Instant::now();
    let mut outcome = judge(plan, chosen, options, measured, ledger)?;
    outcome.stats = Stats {
        read_seconds: plan.read_seconds,
        index_seconds,
        overlap_seconds,
        rules_seconds: started.elapsed().as_secs_f64(),
        ..outcome.stats
    };
    Ok(outcome)
}
