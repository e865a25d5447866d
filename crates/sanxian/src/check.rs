//! The main job: a plan against the lines, by the rules of a profile.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Instant;

use sanxian_model::{FaultKind, Finding, Ledger, Metres, Role, Severity, Sliver, SquareMetres};
use sanxian_report::ZoneTotal;
use sanxian_rules::{CheckOptions as RuleOptions, NotRun, Rule, RuleBook, needed_overlaps};

use crate::accounts::{ledger, lines_of};
use crate::area_method::AreaMethod;
use crate::error::Error;
use crate::measured::{Measured, Wanted};
use crate::pieces::{FindingPieces, cut, locate};
use crate::plan::Plan;
use crate::slivers;
use crate::stats::{Stage, Stats};

/// What a check may be told.
#[derive(Debug, Clone)]
pub struct CheckOptions {
    /// Dated rule set: `national-2026`.
    pub profile: String,
    /// Rules to run instead of those of the profile: names, codes, or the letters of a family.
    pub select: Vec<String>,
    /// Rules to leave out.
    pub ignore: Vec<String>,
    /// Areas below this are slivers, whatever rules and profile say.
    pub tolerance: Option<SquareMetres>,
    /// Mean width below which an overlap is a [`Sliver`]: by default as far as the coordinates of both layers cannot
    /// tell two edges from one; zero sets nothing aside.
    pub sliver_width: Option<Metres>,
    /// How areas on the ellipsoid are measured.
    pub area: AreaMethod,
    /// Whether the shapes of the overlaps are wanted.
    pub pieces: bool,
    /// Called when a stage begins.
    pub progress: Option<fn(Stage)>,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            profile: RuleBook::DEFAULT_PROFILE.to_owned(),
            select: Vec::new(),
            ignore: Vec::new(),
            tolerance: None,
            sliver_width: None,
            area: AreaMethod::Straight,
            pieces: false,
            progress: None,
        }
    }
}

/// What a check found.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The findings in their total order.
    pub findings: Vec<Finding>,
    /// Findings that were set aside because what they are about is too narrow, in the same order.
    pub slivers: Vec<Sliver>,
    /// Where the area of each patch of the plan went.
    pub ledger: Ledger,
    /// How much of the plan lies on each zone layer.
    pub zones: Vec<ZoneTotal>,
    /// Codes of the rules that were judged, in order.
    pub rules_run: Vec<Arc<str>>,
    /// Rules that could not be judged, for all features or for some, and why.
    pub not_run: Vec<NotRun>,
    /// Codes of the rules of the profile that [`CheckOptions::select`] and [`CheckOptions::ignore`] left out.
    pub left_out: Vec<Arc<str>>,
    /// Codes of the rules of the profile in whose place rules of the user's own stand.
    pub replaced: Vec<Arc<str>>,
    /// The tolerance of the profile, whatever the user asked for.
    pub usual_tolerance: SquareMetres,
    /// How many features of the plan, the project and each other subject layer at least one rule was about.
    pub concerned: BTreeMap<Role, usize>,
    /// The rules that took part.
    pub rules: Vec<Rule>,
    /// The dated rule set.
    pub profile: String,
    /// Areas below this were slivers.
    pub tolerance: SquareMetres,
    /// The shapes behind the findings, when they were asked for.
    pub pieces: Option<FindingPieces>,
    /// What the run cost.
    pub stats: Stats,
}

impl Outcome {
    /// The worst severity found.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// The rule of a finding.
    #[must_use]
    pub fn rule_of(&self, finding: &Finding) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.name == finding.rule)
    }

    /// A finding as a sentence.
    #[must_use]
    pub fn message(&self, finding: &Finding, lang: sanxian_model::Lang) -> String {
        self.rule_of(finding)
            .map_or_else(String::new, |rule| sanxian_rules::render_message(rule, finding, lang))
    }
}

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
    let rules = book.pick(&options.profile, &options.select, &options.ignore)?;
    let left_out = left_out(plan, book, options, &rules)?;
    let default_tolerance = book.profile(&options.profile)?.tolerance;
    let tolerance = options.tolerance.unwrap_or(default_tolerance);
    let stage = |stage: Stage| {
        if let Some(progress) = options.progress {
            progress(stage);
        }
    };

    stage(Stage::Index);
    let started = Instant::now();
    let mut measured = Measured::index(plan)?;
    let index_seconds = started.elapsed().as_secs_f64();

    stage(Stage::Overlap);
    let started = Instant::now();
    let wanted = wanted(plan, &rules);
    measured.measure(&wanted);
    options.area.apply(&mut measured)?;
    let subject = plan.subject().map(|layer| layer.role.clone());
    let mut ledger = subject.as_ref().map_or_else(Ledger::default, |role| ledger(&measured, role, tolerance));
    let overlap_seconds = started.elapsed().as_secs_f64();

    stage(Stage::Rules);
    let started = Instant::now();
    let rule_options = RuleOptions { tolerance: options.tolerance, default_tolerance };
    let mut checked = sanxian_rules::check(&rules, &measured, &rule_options)?;
    if checked.run.is_empty() {
        return Err(Error::NothingJudged { not_run: checked.not_run });
    }
    tell_apart(plan, &mut checked.findings);
    locate(&measured, &mut checked.findings);
    let (findings, slivers) = slivers::set_aside(&measured, checked.findings, options.sliver_width);
    if let Some(subject) = &subject {
        slivers::mark(&mut ledger, &slivers, subject);
    }
    let pieces = options.pieces.then(|| cut(&measured, &findings));
    let zones = zone_totals(&measured, subject.as_ref());
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
    rules: &[&Rule],
) -> Result<Vec<Arc<str>>, Error> {
    let all = book.pick(&options.profile, &[], &[])?;
    let runs = |rule: &Rule| rules.iter().any(|other| other.name == rule.name);
    let about = |rule: &Rule| rule.roles.iter().any(|role| !is_subject(role) || plan.layer(role).is_some());
    let left_out = all.into_iter().filter(|rule| !runs(rule) && about(rule));
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
