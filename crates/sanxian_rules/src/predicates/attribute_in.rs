//! Is a value among those accepted?

use crate::filter::Filter;
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
    /// The same as a filter.
    pub(crate) in_list: Filter,
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
}
