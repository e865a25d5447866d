//! Judges `attribute-in`.

use arrow_buffer::BooleanBuffer;
use sanxian_model::{Measure, SquareMetres};

use super::columns::View;
use super::input::RuleInput;
use super::selection::joined;
use super::violation::{Judged, Unjudged, Violation};
use crate::filter::evaluate;
use crate::not_run::Reason;
use crate::predicates::AttributeIn;

/// The selected subjects whose value is not accepted; layers without the field are gaps.
pub(super) fn judge(test: &AttributeIn, input: &RuleInput<'_>) -> Result<Judged, Unjudged> {
    let (mut of_layers, mut gaps) = (Vec::new(), Vec::new());
    for columns in &input.subjects.columns {
        let layer = columns.layer();
        let truth = evaluate(&test.in_list, &View::whole(&input.rule.name, columns))?;
        if layer.column(&test.field).is_none() && !layer.is_empty() {
            gaps.push(Reason::FieldMissing {
                role: layer.role.clone(),
                layer: layer.source.layer.to_string(),
                field: test.field.clone(),
            });
            of_layers.push(BooleanBuffer::new_unset(layer.len()));
        } else {
            of_layers.push(if test.missing_passes { truth.no } else { !&truth.yes });
        }
    }
    if gaps.len() == of_layers.len() {
        return Err(Unjudged::NotRun(gaps));
    }
    let violation = |number: usize| {
        let (_, layer, row) = input.layers().at(number);
        Violation {
            row: Some(number as u32),
            zones: Vec::new(),
            measure: Measure::Value {
                field: test.field.clone(),
                found: layer.text(&test.field, row).unwrap_or_default(),
                accepted: test.accepted.clone(),
            },
            overlap: SquareMetres::ZERO,
            area: input.area(number),
        }
    };
    let violations = (&joined(&of_layers) & &input.rows).set_indices().map(violation).collect();
    Ok(Judged { violations, gaps, quantity: None })
}

#[cfg(test)]
mod tests {
    use sanxian_model::{Lang, Measure, Role};

    use crate::not_run::Reason;
    use crate::testing::{feature, layer, rect, rule, run};

    const RULE: &str = r#"
        subject.role = "farmland"
        test = { predicate = "attribute-in", field = "land_class", accepted = ["0101", "0102", "0103"] }"#;

    fn patches() -> sanxian_model::Layer {
        let codes: [&[(&str, &str)]; 3] = [&[("land_class", "0103")], &[("land_class", "0301")], &[]];
        let features = codes.map(|attributes| feature(rect(0.0, 0.0, 10.0, 10.0), attributes));
        layer(&Role::FARMLAND, &features)
    }

    #[test]
    fn other_values_and_missing_ones_are_found() {
        let checked = run(&rule(RULE), vec![patches()]);
        let found: Vec<_> = checked
            .findings
            .iter()
            .map(|finding| match &finding.measure {
                Measure::Value { found, accepted, .. } => (finding.row, found.as_str(), accepted.len()),
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(found, [(Some(1), "0301", 3), (Some(2), "", 3)]);
    }

    #[test]
    fn a_missing_value_may_pass_and_a_missing_field_never_does() {
        let lenient = rule(&RULE.replace("accepted", "missing = \"passes\", accepted"));
        assert_eq!(run(&lenient, vec![patches()]).findings.len(), 1);
        let bare = layer(&Role::FARMLAND, &[feature(rect(0.0, 0.0, 10.0, 10.0), &[])]);
        let checked = run(&lenient, vec![bare]);
        assert!(checked.findings.is_empty());
        assert!(
            matches!(&checked.not_run[0].reason, Reason::FieldMissing { field, .. } if field == "land_class")
        );
    }

    #[test]
    fn values_with_quotes_and_the_sentence_survive() {
        let text = RULE.replace("\"0101\"", "\"it's\"").replace("\"0102\", \"0103\"", "\"0301\"");
        let mut rule = rule(&text);
        rule.message.en = "{field} of {subject} is {found}, not {accepted}".to_owned();
        let checked = run(&rule, vec![patches()]);
        let last = checked.findings.last().unwrap();
        assert_eq!(
            crate::render_message(&rule, last, Lang::En),
            "land_class of #3 is (empty), not it's, 0301"
        );
    }
}
