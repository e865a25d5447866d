//! The main job: a plan against the lines, by the rules of a profile.

mod builder;
mod options;
mod outcome;

pub use builder::{Check, CheckReport};
pub use options::CheckOptions;
pub use outcome::Outcome;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use sanxian_model::{FaultKind, Finding, Ledger, Role};
use sanxian_report::ZoneTotal;
use sanxian_rules::{CheckOptions as RuleOptions, Rule, RuleBook, needed_overlaps};

use crate::accounts::{ledger, lines_of};
use crate::error::Error;
use crate::measured::{Measured, Wanted};
use crate::pieces::{cut, locate};
use crate::plan::Plan;
use crate::slivers;
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

/// What a check judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The plan, the project, and the lines among themselves.
    Everything,
    /// The plan and the project.
    Subjects,
}

impl Scope {
    fn holds(self, rule: &Rule) -> bool {
        self == Self::Everything || rule.roles.iter().any(is_subject)
    }
}

/// Checks a plan that `index` indexes and measures.
pub(crate) fn run<'p>(
    plan: &'p Plan,
    book: &RuleBook,
    options: &CheckOptions,
    scope: Scope,
    index: impl FnOnce(&'p Plan) -> Result<Measured<'p>, Error>,
) -> Result<Outcome, Error> {
    let mut rules = book.pick(&options.profile, &options.select, &options.ignore)?;
    rules.retain(|rule| scope.holds(rule));
    let left_out = left_out(plan, book, options, scope, &rules)?;
    let default_tolerance = book.profile(&options.profile)?.tolerance;
    let tolerance = options.tolerance.unwrap_or(default_tolerance);
    let watch = &options.watch;

    watch.begin(Stage::Index)?;
    let started = Instant::now();
    let mut measured = index(plan)?;
    let index_seconds = started.elapsed().as_secs_f64();

    watch.begin(Stage::Overlap)?;
    let started = Instant::now();
    let wanted = wanted(plan, &rules);
    measured.measure(&wanted);
    watch.go_on()?;
    options.area.apply(&mut measured)?;
    let subject = plan.subject().map(|layer| layer.role.clone());
    let mut ledger = subject.as_ref().map_or_else(Ledger::default, |role| ledger(&measured, role, tolerance));
    let overlap_seconds = started.elapsed().as_secs_f64();

    watch.begin(Stage::Rules)?;
    let started = Instant::now();
    let rule_options = RuleOptions { tolerance: options.tolerance, default_tolerance };
    let mut checked = sanxian_rules::check(&rules, &measured, &rule_options)?;
    if checked.run.is_empty() {
        return Err(Error::NothingJudged { not_run: checked.not_run });
    }
    watch.go_on()?;
    tell_apart(plan, &mut checked.findings);
    locate(&measured, &mut checked.findings);
    watch.go_on()?;
    let (findings, slivers) = slivers::set_aside(&measured, checked.findings, options.sliver_width);
    if let Some(subject) = &subject {
        slivers::mark(&mut ledger, &slivers, subject);
    }
    let pieces = options.pieces.then(|| cut(&measured, &findings));
    let zones = zone_totals(&measured, subject.as_ref());
    watch.go_on()?;
    let stats = Stats {
        read_seconds: plan.read_seconds,
        index_seconds,
        overlap_seconds,
        rules_seconds: started.elapsed().as_secs_f64(),
        features: plan.layers.iter().map(sanxian_model::Layer::len).sum(),
        vertices: plan.layers.iter().map(|layer| layer.polygons.coords().len()).sum(),
        pairs: zones.iter().map(|zone| zone.pairs).sum(),
    };
    Ok(Outcome {
        findings,
        slivers,
        ledger,
        zones,
        rules_run: checked.run,
        not_run: checked.not_run,
        left_out,
        replaced: replaced(book, &options.profile)?,
        usual_tolerance: default_tolerance,
        concerned: checked.concerned,
        rules: rules.into_iter().cloned().collect(),
        profile: options.profile.clone(),
        tolerance,
        pieces,
        stats,
    })
}

/// The rules that would be judged if nobody had selected or ignored any, and are not. Rules about a plan are none
/// of them where there is no plan.
fn left_out(
    plan: &Plan,
    book: &RuleBook,
    options: &CheckOptions,
    scope: Scope,
    rules: &[&Rule],
) -> Result<Vec<Arc<str>>, Error> {
    let all = book.pick(&options.profile, &[], &[])?;
    let runs = |rule: &Rule| rules.iter().any(|other| other.name == rule.name);
    let about = |rule: &Rule| rule.roles.iter().any(|role| !is_subject(role) || plan.layer(role).is_some());
    let left_out = all.into_iter().filter(|rule| scope.holds(rule) && !runs(rule) && about(rule));
    Ok(left_out.map(|rule| Arc::clone(&rule.code)).collect())
}

/// The rules of a profile that the user's own have replaced.
fn replaced(book: &RuleBook, profile: &str) -> Result<Vec<Arc<str>>, Error> {
    let embedded = RuleBook::embedded();
    let Ok(rules) = embedded.pick(profile, &[], &[]) else { return Ok(Vec::new()) };
    let mut replaced = Vec::new();
    for rule in rules {
        if book.rule(&rule.name)?.file != rule.file {
            replaced.push(Arc::clone(&rule.code));
        }
    }
    Ok(replaced)
}

fn is_subject(role: &Role) -> bool {
    [Role::PLAN, Role::PROJECT].contains(role)
}

/// Adds the feature id to identifiers that several features of a layer carry, so that no two findings look
/// alike and each keeps a fingerprint of its own.
fn tell_apart(plan: &Plan, findings: &mut [Finding]) {
    let shared: BTreeSet<(&str, &str, &str)> = plan
        .faults
        .iter()
        .filter(|fault| fault.kind == FaultKind::DuplicateId)
        .filter_map(|fault| Some((&*fault.place.path, &*fault.place.layer, fault.place.id.as_deref()?)))
        .collect();
    for finding in findings {
        let subject = &mut finding.subject;
        if let (Some(id), Some(fid)) = (&subject.id, subject.fid)
            && shared.contains(&(&*subject.path, &*subject.layer, id.as_str()))
        {
            subject.id = Some(format!("{id}#{fid}"));
        }
    }
}

/// The overlaps that rules and ledger need.
fn wanted(plan: &Plan, rules: &[&Rule]) -> Wanted {
    let mut tables: BTreeSet<(Role, Role)> = needed_overlaps(rules)
        .into_iter()
        .filter(|(subject, zone)| plan.layer(subject).is_some() && plan.layer(zone).is_some())
        .collect();
    let mut lines = Vec::new();
    if let Some(subject) = plan.subject() {
        lines = lines_of(plan.layers.iter().map(|layer| &layer.role));
        tables.extend(lines.iter().map(|line| (subject.role.clone(), line.clone())));
    }
    Wanted { tables, lines }
}

/// How much of the subject lies on each zone layer, in the order of precedence.
fn zone_totals(measured: &Measured<'_>, subject: Option<&Role>) -> Vec<ZoneTotal> {
    let Some(subject) = subject.and_then(|role| measured.number(role)) else { return Vec::new() };
    let mut zones: Vec<(usize, &sanxian_model::Layer)> = measured.plan.layers.iter().enumerate().collect();
    zones.sort_by_key(|(_, layer)| layer.role.precedence());
    zones
        .into_iter()
        .filter_map(|(number, layer)| {
            let table = measured.overlaps_of(subject, number)?;
            Some(ZoneTotal {
                role: layer.role.clone(),
                layer: layer.source.layer.to_string(),
                pairs: table.pairs().len(),
                patches: table.subjects_touched(),
                overlap: table.total(),
                planar: measured.scale.planar().map(|_| table.total_planar()),
            })
        })
        .collect()
}
