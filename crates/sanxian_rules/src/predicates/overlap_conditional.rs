//! Does a feature lie on zones where it may only under a condition?

use sanxian_model::Text;

use super::ZoneTest;
use crate::exception::{Exception, milder};
use crate::template;
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
/// As in `overlap-forbidden`. A condition that is unknown because a value is missing does not hold. The condition is
/// judged together with the exceptions of the rule.
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
            message: table.optional("allowed-message", template::read)?,
        };
        Ok(Self { zones, allowed })
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::Rule;
    use crate::testing::rule_text;

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
    fn the_condition_cannot_be_left_out_or_made_worse() {
        let without = RULE.replace("allowed-when", "# allowed-when");
        let error = Rule::parse("test.toml", &rule_text(&without)).unwrap_err();
        assert!(error.to_string().contains("`test.allowed-when` is missing"), "{error}");
        let text = rule_text(RULE).replace("severity = \"error\"", "severity = \"note\"");
        let error = Rule::parse("test.toml", &text).unwrap_err();
        assert!(error.to_string().contains("cannot be worse"), "{error}");
    }
}
