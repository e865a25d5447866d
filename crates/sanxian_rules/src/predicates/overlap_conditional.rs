//! Does a feature lie on zones where it may only under a condition?

use sanxian_model::Text;

use super::ZoneTest;
use super::overlap_forbidden::overlaps;
use crate::rule::Exception;
use crate::rule_file::{milder, template};
use crate::rule_input::{RuleInput, Violation};
use crate::toml_reader::{Reader, TomlError, Value};

/// `overlap-conditional`: area may be shared with the zones only when a condition holds.
///
/// # Question
/// As in `overlap-forbidden`; then, does the subject meet `allowed-when`, with every field of
/// `allowed-evidence` filled in? If so, the overlap is told with `allowed-severity`, else with the rule's own.
///
/// # Parameters
/// `zone`, `zone-where`, `tolerance`, `allowed-when`, `allowed-severity`, `allowed-evidence`,
/// `allowed-about`, `allowed-message`.
///
/// # Units and edge cases
/// As in `overlap-forbidden`. A condition that is unknown because a value is missing does not hold.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OverlapConditional {
    /// Which zones, and what is let pass.
    pub zones: ZoneTest,
    /// The condition, and how an overlap that meets it is told.
    pub allowed: Exception,
}

impl OverlapConditional {
    pub(super) fn read(table: &mut Reader<'_>, severity: sanxian_model::Severity) -> Result<Self, TomlError> {
        let zones = ZoneTest::read(table)?;
        let allowed = Exception {
            filter: table.need("allowed-when")?.filter(true)?,
            severity: milder(table.need("allowed-severity")?, severity)?,
            evidence: table.optional("allowed-evidence", Value::strings)?.unwrap_or_default(),
            about: table.optional("allowed-about", Value::text)?.unwrap_or_else(Text::default),
            message: table.optional("allowed-message", template)?,
        };
        Ok(Self { zones, allowed })
    }

    /// The checker applies the condition together with the rule's exceptions.
    #[expect(clippy::unused_self, reason = "every predicate is asked the same way")]
    pub(super) fn check(&self, input: &RuleInput<'_>) -> Vec<Violation> {
        overlaps(input)
    }
}

#[cfg(test)]
mod tests {
    use sanxian_model::{Lang, Role, Severity};

    use crate::rule::Rule;
    use crate::testing::{feature, layer, rect, rule, rule_text, run};

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

    #[test]
    fn the_condition_cannot_be_left_out_or_made_worse() {
        let without = RULE.replace("allowed-when", "# allowed-when");
        let error = Rule::parse("test.toml", &rule_text(&without)).unwrap_err();
        assert!(error.to_string().contains("`test.allowed-when` is missing"), "{error}");
        let text = rule_text(RULE).replace("severity = \"error\"", "severity = \"note\"");
        let error = Rule::parse("test.toml", &text).unwrap_err();
        assert!(error.to_string().contains("cannot be worse"), "{error}");
    }
}
