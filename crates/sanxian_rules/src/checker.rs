//! Runs rules over prepared facts: which features break which rule, which exceptions lift that, and which
//! rules could not be judged.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{Float64Array, Int64Array, UInt32Array};
use arrow_buffer::BooleanBuffer;
use sanxian_model::finding::Exemption;
use sanxian_model::{Finding, Layer, Role, RoleLayers, Severity, SquareMetres, ZoneShare};

use crate::columns::{Columns, View};
use crate::error::RuleError;
use crate::facts::Facts;
use crate::filter::{Column, Filter, evaluate};
use crate::not_run::{Gap, NotRun, Reason};
use crate::rule::{Exception, Rule};
use crate::rule_input::{RuleInput, Unjudged, Violation, Zones};
use crate::selection::{RoleColumns, select};

/// What the caller may set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CheckOptions {
    /// Largest area that is let pass, whatever the rules say; none leaves it to each rule.
    pub tolerance: Option<SquareMetres>,
    /// For rules that set no tolerance of their own: that of the profile.
    pub default_tolerance: SquareMetres,
}

impl Default for CheckOptions {
    fn default() -> Self {
        // Approval tables print hectares with four decimals, so less than 0.5 m² prints as zero.
        Self { tolerance: None, default_tolerance: SquareMetres(0.5) }
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
pub fn check(rules: &[&Rule], facts: &dyn Facts, options: &CheckOptions) -> Result<Checked, RuleError> {
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
}

/// One rule over the subjects of one role.
fn check_one(
    rule: &Rule,
    subjects: &RoleColumns<'_>,
    layers: &BTreeMap<&Role, RoleColumns<'_>>,
    facts: &dyn Facts,
    options: &CheckOptions,
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
    if let Some(columns) = zone_columns {
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
    let input = RuleInput { rule, facts, subjects, rows, zones, tolerance };
    let judged = rule.predicate.check(&input)?;
    gaps.extend(judged.gaps);
    let exceptions = lifted(rule, subjects, &judged.violations)?;
    let zone_layers = zone_columns.map(|columns| columns.layers);
    let findings = judged
        .violations
        .into_iter()
        .zip(exceptions)
        .map(|(violation, exception)| finding(rule, subjects.layers, zone_layers, violation, exception))
        .collect();
    Ok(Answer { findings, rows: input.rows, gaps })
}

/// For each violation, the exception that leaves it mildest; the first of equals, as the file lists them.
fn lifted<'r>(
    rule: &'r Rule,
    subjects: &RoleColumns<'_>,
    violations: &[Violation],
) -> Result<Vec<Option<&'r Exception>>, RuleError> {
    let mut best: Vec<Option<&Exception>> = Vec::with_capacity(violations.len());
    let mut rest = violations;
    for ((_, numbers, _), columns) in subjects.layers.iter().zip(&subjects.columns) {
        // Violations stand in the order of their subjects. One about the layers as a whole has no row to carry a declaration.
        let of_layer = rest.partition_point(|v| v.row.is_some_and(|row| (row as usize) < numbers.end));
        let (here, later) = rest.split_at(of_layer);
        best.extend(lifted_in_layer(rule, columns, numbers.start, here)?);
        rest = later;
    }
    best.resize(violations.len(), None);
    Ok(best)
}

/// The same for violations of one layer, whose first feature has the number `first`.
fn lifted_in_layer<'r>(
    rule: &'r Rule,
    columns: &Columns<'_>,
    first: usize,
    violations: &[Violation],
) -> Result<Vec<Option<&'r Exception>>, RuleError> {
    let mut best: Vec<Option<&Exception>> = vec![None; violations.len()];
    let rows: UInt32Array = violations.iter().map(|violation| Some(violation.row? - first as u32)).collect();
    let number = |value: fn(&Violation) -> f64| {
        Column::Number(violations.iter().map(|violation| Some(value(violation))).collect::<Float64Array>())
    };
    let measured = BTreeMap::from([
        ("overlap_m2", number(|violation| violation.overlap.get())),
        ("overlap_share", number(|violation| violation.overlap.share_of(violation.area))),
        ("outside_m2", number(|violation| (violation.area.get() - violation.overlap.get()).max(0.0))),
        (
            "zone_count",
            Column::Whole(
                violations.iter().map(|violation| Some(violation.zones.len() as i64)).collect::<Int64Array>(),
            ),
        ),
    ]);
    for exception in rule.all_exceptions() {
        let view = View { rule: &rule.name, columns, rows: Some(&rows), facts: measured.clone() };
        let holds = evaluate(&exception.filter, &view)?.yes;
        for index in holds.set_indices() {
            let row = rows.value(index) as usize;
            let milder = best[index].is_none_or(|other| exception.severity < other.severity);
            if milder && exception.evidence.iter().all(|field| is_evidence(columns.layer(), field, row)) {
                best[index] = Some(exception);
            }
        }
    }
    Ok(best)
}

/// What people write into a field that they have nothing for; none of it is a number of a document.
const NOTHING_GIVEN: [&str; 12] =
    ["0", "-", "--", "/", "\\", "无", "否", "null", "none", "n/a", "false", "无文号"];

/// Whether a field holds a document, and not a word for having none. The number of a document has a digit that is
/// not zero.
fn is_evidence(layer: &Layer, field: &str, row: usize) -> bool {
    let numbers_documents = field.ends_with("_no") || field.ends_with("_id");
    let has_number = |text: &str| text.chars().any(|c| matches!(c, '1'..='9' | '１'..='９'));
    given(layer, field, row).is_some_and(|text| {
        let nothing = NOTHING_GIVEN.contains(&text.trim().to_lowercase().as_str());
        !nothing && (!numbers_documents || has_number(&text))
    })
}

/// The text of a field, unless it is missing or empty.
fn given(layer: &Layer, field: &str, row: usize) -> Option<String> {
    layer.text(field, row).filter(|text| !text.trim().is_empty())
}

fn finding(
    rule: &Rule,
    layers: RoleLayers<'_>,
    zone_layers: Option<RoleLayers<'_>>,
    violation: Violation,
    exception: Option<&Exception>,
) -> Finding {
    let share = |zones: &RoleLayers<'_>, number: u32, area: SquareMetres| {
        let (id, layer, row) = zones.at(number as usize);
        let (place, name) = (layer.place(row), given(layer, "name", row));
        ZoneShare { place, layer: id, row: row as u32, name, area }
    };
    let zones = zone_layers.map_or_else(Vec::new, |zones| {
        violation.zones.iter().map(|(number, area)| share(&zones, *number, *area)).collect()
    });
    let severity = exception.map_or(rule.severity, |exception| exception.severity);
    let of_row = violation.row.map(|number| layers.at(number as usize));
    let first = layers.iter().next().map(|(id, ..)| id).unwrap_or_default();
    Finding {
        rule: Arc::clone(&rule.name),
        code: Arc::clone(&rule.code),
        severity,
        preview: rule.is_preview(),
        role: layers.role().clone(),
        subject: of_row.map_or_else(|| layers.whole(), |(_, layer, row)| layer.place(row)),
        layer: of_row.map_or(first, |(id, ..)| id),
        row: of_row.map(|(.., row)| row as u32),
        name: of_row.and_then(|(_, layer, row)| given(layer, "name", row)),
        zone_role: rule.zone().cloned(),
        zones,
        measure: violation.measure,
        exemption: exception
            .map(|exception| exemption(exception, of_row.map(|(_, layer, row)| (layer, row)))),
        point: None,
    }
}

/// The exception with the values that were its evidence: the fields it demands, then the declared fields
/// that its condition names.
fn exemption(exception: &Exception, subject: Option<(&Layer, usize)>) -> Exemption {
    let mut evidence: Vec<(String, String)> = Vec::new();
    let fields = exception.evidence.iter().map(String::as_str).chain(exception.filter.names());
    for field in fields {
        let value = subject.and_then(|(layer, row)| given(layer, field, row));
        if let Some(value) = value.filter(|_| evidence.iter().all(|(known, _)| known != field)) {
            evidence.push((field.to_owned(), value));
        }
    }
    Exemption { condition: exception.filter.text().to_owned(), evidence }
}

/// The worst severity of some findings.
#[must_use]
pub fn worst(findings: &[Finding]) -> Option<Severity> {
    findings.iter().map(|finding| finding.severity).max()
}
