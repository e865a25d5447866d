//! The main job: a plan against the lines, by the rules of a profile.

mod builder;
mod options;
mod outcome;
mod parts;

pub use builder::{Check, CheckReport};
pub use options::CheckOptions;
pub use outcome::Outcome;
pub use parts::{PartError, PartedCheck, Partial};

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use sanxian_model::{FaultKind, Finding, Layer, Ledger, Metres, Role, RoleLayers, SquareMetres};
use sanxian_report::ZoneTotal;
use sanxian_rules::{CheckOptions as RuleOptions, Facts, Rule, RuleBook, needed_overlaps};

use crate::accounts::{ledger, lines_of};
use crate::error::Error;
use crate::measured::{Measured, Wanted};
use crate::pieces::FindingPieces;
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
    let chosen = Chosen::of(plan, book, options, scope)?;
    let watch = &options.watch;

    watch.begin(Stage::Index)?;
    let started = Instant::now();
    let mut measured = index(plan)?;
    let index_seconds = started.elapsed().as_secs_f64();

    watch.begin(Stage::Overlap)?;
    let started = Instant::now();
    measured.measure(&wanted(plan, &chosen.rules));
    watch.go_on()?;
    options.area.apply(&mut measured)?;
    let subject = plan.subject().map(|layers| layers.role());
    let ledger = subject.map_or_else(Ledger::default, |role| ledger(&measured, role, chosen.tolerance));
    let overlap_seconds = started.elapsed().as_secs_f64();

    watch.begin(Stage::Rules)?;
    let started = Instant::now();
    let mut outcome = judge(plan, chosen, options, &measured, ledger)?;
    outcome.stats = Stats {
        read_seconds: plan.read_seconds,
        index_seconds,
        overlap_seconds,
        rules_seconds: started.elapsed().as_secs_f64(),
        ..outcome.stats
    };
    Ok(outcome)
}

/// What is measured of a plan, and what can be asked about findings that follow from it.
pub(crate) trait Ground: Facts {
    /// Names for each finding a position inside the region that it is about.
    fn locate(&self, findings: &mut [Finding]);

    /// For each finding the mean width of what it is about and the limit that it is below; none when it is not.
    fn narrow(&self, findings: &[Finding], asked: Option<Metres>) -> Vec<Option<(Metres, Metres)>>;

    /// The shapes of what the findings are about.
    fn cut(&self, findings: &[Finding]) -> FindingPieces;
}

/// The rules of a check, and what follows from choosing them.
pub(crate) struct Chosen<'b> {
    pub(crate) rules: Vec<&'b Rule>,
    pub(crate) tolerance: SquareMetres,
    usual_tolerance: SquareMetres,
    left_out: Vec<Arc<str>>,
    replaced: Vec<Arc<str>>,
}

impl<'b> Chosen<'b> {
    pub(crate) fn of(
        plan: &Plan,
        book: &'b RuleBook,
        options: &CheckOptions,
        scope: Scope,
    ) -> Result<Self, Error> {
        let mut rules = book.pick(&options.profile, &options.select, &options.ignore)?;
        rules.retain(|rule| scope.holds(rule));
        let usual_tolerance = book.profile(&options.profile)?.tolerance;
        Ok(Self {
            left_out: left_out(plan, book, options, scope, &rules)?,
            replaced: replaced(book, &options.profile)?,
            rules,
            tolerance: options.tolerance.unwrap_or(usual_tolerance),
            usual_tolerance,
        })
    }

    /// What the rules are told.
    pub(crate) fn rule_options(&self, options: &CheckOptions) -> RuleOptions {
        RuleOptions { tolerance: options.tolerance, default_tolerance: self.usual_tolerance }
    }
}

/// Judges by the rules what was measured.
pub(crate) fn judge(
    plan: &Plan,
    chosen: Chosen<'_>,
    options: &CheckOptions,
    ground: &dyn Ground,
    mut ledger: Ledger,
) -> Result<Outcome, Error> {
    let watch = &options.watch;
    let mut checked = sanxian_rules::check(&chosen.rules, ground, &chosen.rule_options(options))?;
    if checked.run.is_empty() {
        return Err(Error::NothingJudged { not_run: checked.not_run });
    }
    watch.go_on()?;
    tell_apart(plan, &mut checked.findings);
    ground.locate(&mut checked.findings);
    watch.go_on()?;
    let narrow = ground.narrow(&checked.findings, options.sliver_width);
    let (findings, slivers) = slivers::set_aside(checked.findings, narrow);
    let subject = plan.subject();
    if let Some(subject) = subject {
        slivers::mark(&mut ledger, &slivers, subject);
    }
    let pieces = options.pieces.then(|| ground.cut(&findings));
    watch.go_on()?;
    let zones = zone_totals(plan, ground, subject.map(|layers| layers.role()));
    let stats = Stats {
        features: plan.layers.iter().map(Layer::len).sum(),
        vertices: plan.layers.iter().map(|layer| layer.polygons.coords().len()).sum(),
        pairs: zones.iter().map(|zone| zone.pairs).sum(),
        ..Stats::default()
    };
    Ok(Outcome {
        findings,
        slivers,
        ledger,
        zones,
        rules_run: checked.run,
        not_run: checked.not_run,
        left_out: chosen.left_out,
        replaced: chosen.replaced,
        usual_tolerance: chosen.usual_tolerance,
        concerned: checked.concerned,
        rules: chosen.rules.into_iter().cloned().collect(),
        profile: options.profile.clone(),
        tolerance: chosen.tolerance,
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
    let about = |rule: &Rule| rule.roles.iter().any(|role| !is_subject(role) || plan.of_role(role).is_some());
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

/// Adds the feature id to identifiers that several features of a layer carry, and the layer to those that several layers
/// of a role carry, so that no two findings look alike and each keeps a fingerprint of its own.
fn tell_apart(plan: &Plan, findings: &mut [Finding]) {
    let shared: BTreeSet<(&str, &str, &str)> = plan
        .faults
        .iter()
        .filter(|fault| fault.kind == FaultKind::DuplicateId)
        .filter_map(|fault| Some((&*fault.place.path, &*fault.place.layer, fault.place.id.as_deref()?)))
        .collect();
    let (tags, carried_twice) = (plan.tags(), plan.carried_twice());
    for finding in findings {
        let subject = &mut finding.subject;
        let Some(fid) = subject.fid else { continue };
        let own = subject.id.clone().filter(|id| !id.trim().is_empty());
        let in_two_layers =
            own.as_ref().is_none_or(|id| carried_twice.contains(&(finding.layer, id.clone())));
        if let Some(id) = &own
            && shared.contains(&(&*subject.path, &*subject.layer, id.as_str()))
        {
            subject.id = Some(format!("{id}#{fid}"));
        }
        if in_two_layers && let Some(tag) = &tags[finding.layer.number()] {
            subject.id = Some(format!("{tag}:{}", subject.label()));
        }
    }
}

/// The overlaps that rules and ledger need.
pub(crate) fn wanted(plan: &Plan, rules: &[&Rule]) -> Wanted {
    let mut tables: BTreeSet<(Role, Role)> = needed_overlaps(rules)
        .into_iter()
        .filter(|(subject, zone)| plan.of_role(subject).is_some() && plan.of_role(zone).is_some())
        .collect();
    let mut lines = Vec::new();
    if let Some(subject) = plan.subject() {
        lines = lines_of(plan);
        tables.extend(lines.iter().map(|line| (subject.role().clone(), line.clone())));
    }
    Wanted { tables, lines }
}

/// How much of the subject lies on each zone layer, in the order of precedence.
fn zone_totals(plan: &Plan, facts: &dyn Ground, subject: Option<&Role>) -> Vec<ZoneTotal> {
    let Some(subject) = subject else { return Vec::new() };
    let mut zones: Vec<RoleLayers<'_>> = plan.roles().collect();
    zones.sort_by_key(|zone| zone.role().precedence());
    let mut totals = Vec::new();
    for zone in zones {
        let Some(table) = facts.overlaps(subject, zone.role()) else { continue };
        for (_, numbers, layer) in zone.iter() {
            let total = table.total(|zone| numbers.contains(&(zone as usize)));
            totals.push(ZoneTotal {
                role: zone.role().clone(),
                layer: layer.source.layer.to_string(),
                pairs: total.pairs,
                patches: total.subjects,
                overlap: total.area,
                planar: plan.crs.has_plane().then_some(total.planar),
            });
        }
    }
    totals
}
