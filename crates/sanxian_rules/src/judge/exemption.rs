//! Which exception lifts a violation, and what its evidence is.

use std::collections::BTreeMap;

use arrow_array::{Float64Array, Int64Array, UInt32Array};
use sanxian_model::Layer;
use sanxian_model::finding::Exemption;

use super::columns::{Columns, View};
use super::selection::RoleColumns;
use super::violation::Violation;
use crate::error::RuleError;
use crate::exception::Exception;
use crate::filter::{Column, evaluate};
use crate::rule::Rule;

/// For each violation, the exception that leaves it mildest; the first of equals, as the file lists them.
pub(super) fn lifted<'r>(
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
pub(super) fn given(layer: &Layer, field: &str, row: usize) -> Option<String> {
    layer.text(field, row).filter(|text| !text.trim().is_empty())
}

/// The exception with the values that were its evidence: the fields it demands, then the declared fields
/// that its condition names.
pub(super) fn exemption(exception: &Exception, subject: Option<(&Layer, usize)>) -> Exemption {
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

#[cfg(test)]
mod tests {
    use sanxian_model::{Lang, Role, Severity};

    use crate::testing::{feature, layer, rect, rule, run};

    const RULE: &str = r#"
        subject.role = "plan"
        [test]
        predicate = "overlap-conditional"
        zone = "redline"
        allowed-when = "activity_class IN ('1', '2')"
        allowed-severity = "warning"
        allowed-evidence = ["prov_opinion_id"]
        allowed-message = { zh = "核实 {subject}：{evidence}", en = "verify {subject}: {evidence}" }"#;

    #[test]
    fn the_condition_needs_its_evidence() {
        let rule = rule(RULE);
        let zones = layer(&Role::REDLINE, &[feature(rect(0.0, 0.0, 100.0, 100.0), &[])]);
        let cases: [(&[(&str, &str)], Severity); 4] = [
            (&[("activity_class", "1"), ("prov_opinion_id", "17")], Severity::Warning),
            (&[("activity_class", "1"), ("prov_opinion_id", " ")], Severity::Error),
            (&[("activity_class", "3"), ("prov_opinion_id", "17")], Severity::Error),
            (&[("prov_opinion_id", "17")], Severity::Error),
        ];
        for (attributes, severity) in cases {
            let plan = layer(&Role::PLAN, &[feature(rect(1.0, 1.0, 5.0, 5.0), attributes)]);
            let checked = run(&rule, vec![plan, zones.clone()]);
            assert_eq!(checked.findings[0].severity, severity, "{attributes:?}");
            let own = crate::render_message(&rule, &checked.findings[0], Lang::En);
            let allowed = "verify #1: prov_opinion_id = 17, activity_class = 1";
            assert_eq!(own == allowed, severity == Severity::Warning, "{own}");
        }
    }
}
