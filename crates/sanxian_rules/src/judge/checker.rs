//! Runs rules over prepared facts: which features break which rule, which exceptions lift that, and which
//! rules could not be judged.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_buffer::BooleanBuffer;
use sanxian_model::{Finding, Quantity, Role, Severity, SquareMetres};

use super::exemption::lifted;
use super::finding::finding;
use super::input::{RuleInput, Zones};
use super::predicate;
use super::selection::{RoleColumns, select};
use super::violation::Unjudged;
use crate::error::RuleError;
use crate::facts::Facts;
use crate::filter::Filter;
use crate::not_run::{Gap, NotRun, Reason};
use crate::quota::Quotas;
use crate::rule::Rule;

/// The limits that the caller sets.
#[derive(Debug, Clone, PartialEq)]
pub struct Limits {
    /// Largest area that is let pass, whatever the rules say; none leaves it to each rule.
    pub tolerance: Option<SquareMetres>,
    /// For rules that set no tolerance of their own: that of the profile.
    pub default_tolerance: SquareMetres,
    /// What the place is given.
    pub quotas: Quotas,
}

impl Default for Limits {
    fn default() -> Self {
        // Approval tables print hectares with four decimals, so less than 0.5 m² prints as zero.
        Self { tolerance: None, default_tolerance: SquareMetres(0.5), quotas: Quotas::default() }
    }
}

/// The answer of a check.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Checked {
    /// What was found, in the order of [`Finding::order`].
    pub findings: Vec<Finding>,
    /// Codes of the rules that were judged for at least one subject role, in order.
    pub run: Vec<Arc<str>>,
    /// Rules that could not be judged, for all subjects or for some, in the order of their codes. A rule that was
    /// judged for some features only stands here and in `run`.
    pub not_run: Vec<NotRun>,
    /// Caps and floors that were judged, in the order of their codes.
    pub quantities: Vec<Quantity>,
    /// For each subject role, how many of its features at least one rule was about.
    pub concerned: BTreeMap<Role, usize>,
}

/// Checks rules over prepared facts.
///
/// # Promises
/// Findings are in total order and each names one subject and one rule; `point` is left empty. The same facts
/// give the same answer.
///
/// # Errors
/// When a filter of a rule does not fit a layer, or an overlap that [`needed_overlaps`](crate::needed_overlaps)
/// names was not prepared.
pub fn check(rules: &[&Rule], facts: &dyn Facts, options: &Limits) -> Result<Checked, RuleError> {
    let mut roles: Vec<&Role> = rules.iter().flat_map(|rule| rule.roles.iter().chain(rule.zone())).collect();
    roles.sort_unstable();
    roles.dedup();
    let layers: BTreeMap<&Role, RoleColumns<'_>> = roles
        .into_iter()
        .filter_map(|role| facts.layers(role).map(|layers| (role, RoleColumns::new(layers))))
        .collect();

    let mut checked = Checked::default();
    let mut concerned: BTreeMap<&Role, BooleanBuffer> = BTreeMap::new();
    for rule in rules {
        let mut not_run = |role: Option<&Role>, reason: Reason| {
            checked.not_run.push(NotRun {
                rule: Arc::clone(&rule.name),
                code: Arc::clone(&rule.code),
                role: role.cloned(),
                reason,
            });
        };
        let subjects: Vec<_> = rule.roles.iter().filter_map(|role| layers.get(role)).collect();
        if subjects.is_empty() {
            let reason = Reason::NoSubject(rule.roles.clone());
            let not_asked = reason.gap() == Gap::NotAsked;
            not_run(None, reason);
            if not_asked {
                continue;
            }
        }
        let mut roles = subjects.iter().map(|layers| layers.role());
        if rule.predicate.is_about_changes() && roles.all(|role| facts.change(role).is_none()) {
            not_run(None, Reason::NoEarlierRevision);
            continue;
        }
        if let Some(zone) = rule.zone().filter(|zone| !layers.contains_key(zone)) {
            not_run(None, Reason::NoZone(zone.clone()));
            continue;
        }
        let mut judged = false;
        for subjects in subjects {
            let role = subjects.role();
            match check_one(rule, subjects, &layers, facts, options) {
                Ok(answer) => {
                    judged = true;
                    checked.findings.extend(answer.findings);
                    checked.quantities.extend(answer.quantity);
                    let before = concerned
                        .entry(role)
                        .or_insert_with(|| BooleanBuffer::new_unset(subjects.layers.len()));
                    *before = &*before | &answer.rows;
                    answer.gaps.into_iter().for_each(|reason| not_run(Some(role), reason));
                }
                Err(Unjudged::NotRun(reasons)) => {
                    for reason in reasons {
                        not_run(Some(role), reason);
                    }
                }
                Err(Unjudged::Error(error)) => return Err(error),
            }
        }
        if judged {
            checked.run.push(Arc::clone(&rule.code));
        }
    }
    // Role and layer decide last, for two may share one file.
    checked.findings.sort_by(|a, b| (a.order(), &a.role, a.layer).cmp(&(b.order(), &b.role, b.layer)));
    checked.run.sort();
    checked.quantities.sort_by(|a, b| (&a.code, &a.role).cmp(&(&b.code, &b.role)));
    checked.not_run.sort_by(|a, b| (&a.code, &a.role).cmp(&(&b.code, &b.role)));
    checked.concerned =
        concerned.into_iter().map(|(role, rows)| (role.clone(), rows.count_set_bits())).collect();
    Ok(checked)
}

/// What one rule says about the subjects of one role.
struct Answer {
    findings: Vec<Finding>,
    /// The features that the rule is about.
    rows: BooleanBuffer,
    /// Why it says nothing about some features, though it could judge the others.
    gaps: Vec<Reason>,
    quantity: Option<Quantity>,
}

/// One rule over the subjects of one role.
fn check_one(
    rule: &Rule,
    subjects: &RoleColumns<'_>,
    layers: &BTreeMap<&Role, RoleColumns<'_>>,
    facts: &dyn Facts,
    options: &Limits,
) -> Result<Answer, Unjudged> {
    let mut gaps = Vec::new();
    let mut choose = |of: &RoleColumns<'_>, filter: &Filter| -> Result<BooleanBuffer, Unjudged> {
        let selection = select(rule, of, filter)?;
        if selection.blind {
            return Err(Unjudged::NotRun(selection.gaps));
        }
        gaps.extend(selection.gaps);
        Ok(selection.rows)
    };
    let rows = match &rule.subject_filter {
        Some(filter) => choose(subjects, filter)?,
        None => BooleanBuffer::new_set(subjects.layers.len()),
    };
    let zone_columns = rule.zone().map(|zone| &layers[zone]);
    let mut zones = None;
    if let Some(columns) = zone_columns.filter(|_| rule.predicate.needs_overlaps()) {
        let chosen = match rule.predicate.zone_filter() {
            Some(filter) => Some(choose(columns, filter)?),
            None => None,
        };
        let role = columns.role();
        let table = facts.overlaps(subjects.role(), role).ok_or_else(|| RuleError::OverlapsNotPrepared {
            rule: rule.name.to_string(),
            subject: subjects.role().clone(),
            zone: role.clone(),
        })?;
        zones = Some(Zones { role, table, chosen });
    }
    let tolerance = options.tolerance.or(rule.predicate.tolerance()).unwrap_or(options.default_tolerance);
    let input = RuleInput { rule, facts, subjects, rows, zones, tolerance, quotas: &options.quotas };
    let judged = predicate::judge(&input)?;
    gaps.extend(judged.gaps);
    let exceptions = lifted(rule, subjects, &judged.violations)?;
    let zone_layers = zone_columns.map(|columns| columns.layers);
    let findings = judged
        .violations
        .into_iter()
        .zip(exceptions)
        .map(|(violation, exception)| finding(rule, subjects.layers, zone_layers, violation, exception))
        .collect();
    let quantity = judged.quantity.map(|(measure, holds)| Quantity {
        rule: Arc::clone(&rule.name),
        code: Arc::clone(&rule.code),
        role: subjects.role().clone(),
        measure,
        holds,
    });
    Ok(Answer { findings, rows: input.rows, gaps, quantity })
}

/// The worst severity of some findings.
#[must_use]
pub fn worst(findings: &[Finding]) -> Option<Severity> {
    findings.iter().map(|finding| finding.severity).max()
}
