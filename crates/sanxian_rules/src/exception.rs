//! What lifts a finding to a milder severity, and which evidence it takes.

use sanxian_model::{Severity, Text};

use crate::filter::Filter;
use crate::template;
use crate::toml_reader::{Reader, TomlError, Value};

/// What lifts a finding to a milder severity, and which evidence it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Exception {
    /// The condition on the subject and on what was measured.
    pub filter: Filter,
    /// Severity of the finding when the exception applies.
    pub severity: Severity,
    /// Fields of the subject that must be filled in for the exception to apply.
    pub evidence: Vec<String>,
    /// The exception in words.
    pub about: Text,
    /// Template that replaces the rule's message, when the exception tells something else.
    pub message: Option<Text>,
}

impl Exception {
    /// Reads an `[[unless]]` table of a rule with that severity.
    pub(crate) fn read(mut table: Reader<'_>, rule: Severity) -> Result<Self, TomlError> {
        let exception = Self {
            filter: table.need("where")?.filter(true)?,
            severity: milder(table.need("severity")?, rule)?,
            evidence: table.optional("evidence", Value::strings)?.unwrap_or_default(),
            about: table.text("about")?,
            message: table.optional("message", template::read)?,
        };
        table.finish()?;
        Ok(exception)
    }
}

/// The severity that an exception leaves. It cannot be worse than the rule's own, and there is no way to
/// leave nothing: what was excused is still told.
pub(crate) fn milder(value: Value<'_>, rule: Severity) -> Result<Severity, TomlError> {
    let bad = value.bad(
        format!("例外不能比规则本身（`{rule}`）更重"),
        format!("an exception cannot be worse than the rule itself, which is `{rule}`"),
    );
    let found = value.severity()?;
    if found <= rule { Ok(found) } else { Err(bad) }
}
