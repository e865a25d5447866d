//! The CRS in the metadata of a geometry column.

use arrow_schema::Field;
use sanxian_model::Crs;
use serde_json::Value;

use crate::crs::{self, DefinitionError};

/// Key of a field's metadata for those of its extension type.
const METADATA: &str = "ARROW:extension:metadata";

/// The CRS of a geometry column: PROJJSON as an object or in a text, a code, or WKT. None when nothing is said, or that
/// it is not known.
pub(super) fn of_field(field: &Field) -> Result<Option<Crs>, DefinitionError> {
    let Some(text) = field.metadata().get(METADATA).filter(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    let metadata: Value = serde_json::from_str(text).ok().ok_or_else(|| crs::not_understood(text))?;
    match metadata.get("crs") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => crs::from_text(text).map(Some),
        Some(definition) => crs::from_projjson(definition).map(Some),
    }
}
