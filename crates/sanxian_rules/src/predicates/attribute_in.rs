//! Is a value among those accepted?

use arrow_buffer::BooleanBuffer;
use sanxian_model::{Measure, SquareMetres};

use crate::columns::View;
use crate::filter::{Filter, evaluate};
use crate::not_run::Reason;
use crate::rule_input::{Judged, RuleInput, Unjudged, Violation};
use crate::selection::joined;
use crate::toml_reader::{Reader, TomlError, Value};

/// `attribute-in`: a field must hold one of the accepted values.
///
/// # Question
/// Is the value of `field` in the list `accepted`?
///
/// # Parameters
/// `field`, `accepted` (a list of texts), `missing` (`"found"`, the default, or `"passes"`).
///
/// # Edge cases
/// Numbers are compared as they are written: 6 and 6.0 are `6`. Empty text is missing. A layer without the
/// field cannot be judged.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AttributeIn {
    /// Canonical name or column (`field`).
    pub field: String,
    /// The values accepted (`accepted`).
    pub accepted: Vec<String>,
    /// Whether a missing value passes (`missing`).
    pub missing_passes: bool,
    in_list: Filter,
}

impl AttributeIn {
    pub(super) fn read(table: &mut Reader<'_>) -> Result<Self, TomlError> {
        let field = table.need("field")?;
        let bad_field = field.bad("应为字段名", "expected the name of a field");
        let field = field.string()?;
        let accepted = table.need("accepted")?;
        let bad_list = accepted.bad("应有至少一个非空的文字", "expected at least one text that is not empty");
        let accepted = accepted.strings()?;
        let missing_passes = table
            .optional("missing", |value: Value<'_>| value.one_of([("found", false), ("passes", true)]))?
            .unwrap_or(false);
        if field.trim().is_empty() {
            return Err(bad_field);
        }
        if accepted.is_empty() || accepted.iter().any(|text| text.trim().is_empty()) {
            return Err(bad_list);
        }
        let in_list = Filter::one_of(&field, &accepted);
        Ok(Self { field, accepted, missing_passes, in_list })
    }

    pub(super) fn check(&self, input: &RuleInput<'_>) -> Result<Judged, Unjudged> {
        let (mut of_layers, mut gaps) = (Vec::new(), Vec::new());
        for columns in &input.subjects.columns {
            let layer = columns.layer();
            let truth = evaluate(&self.in_list, &View::whole(&input.rule.name, columns))?;
            if layer.column(&self.field).is_none() && !layer.is_empty() {
                gaps.push(Reason::FieldMissing {
                    role: layer.role.clone(),
                    layer: layer.source.layer.to_string(),
                    field: self.field.clone(),
                });
                of_layers.push(BooleanBuffer::new_unset(layer.len()));
            } else {
                of_layers.push(if self.missing_passes { truth.no } else { !&truth.yes });
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
                    field: self.field.clone(),
                    found: layer.text(&self.field, row).unwrap_or_default(),
                    accepted: self.accepted.clone(),
                },
                overlap: SquareMetres::ZERO,
                area: input.area(number),
            }
        };
        let violations = (&joined(&of_layers) & &input.rows).set_indices().map(violation).collect();
        Ok(Judged { violations, gaps })
    }
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
