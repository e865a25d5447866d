//! Does a feature lie on zones where it may only under a condition?

use sanxian_model::Text;

use super::ZoneTest;
use super::overlap_forbidden::overlaps;
use crate::error::RuleError;
use crate::rule::Exception;
use crate::rule_file::{milder, template};
use crate::scene::{Hit, Scene};
use crate::toml_reader::{Reader, Value};

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
    pub(super) fn read(table: &mut Reader<'_>, severity: sanxian_model::Severity) -> Result<Self, RuleError> {
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
    pub(super) fn check(&self, scene: &Scene<'_>) -> Vec<Hit> {
        overlaps(scene)
    }
}
