//! Columns computed on reading: what a land class means ([`land_class`]), and in which part of a protected area a
//! redline lies.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{DataType, Field, Schema};
use sanxian_model::{Fault, Layer, Scheme};

use crate::normalise::land_class;

/// Adds `land_scheme`, `land_nature`, `land_space`, `land_name` where there is a land class, and
/// `protection_zone` where there is a zone of a protected area.
pub(crate) fn fill(layer: &mut Layer, given: Option<Scheme>, faults: &mut Vec<Fault>) {
    let mut columns: Vec<(&'static str, ArrayRef)> = Vec::new();
    if layer.fields.contains_key("land_class") {
        columns.extend(land_class::columns(layer, given, faults));
    }
    if let Some(zone) = protection_zone(layer) {
        columns.push(("protection_zone", zone));
    }
    let fields: Vec<Field> =
        columns.iter().map(|(name, _)| Field::new(*name, DataType::Utf8, true)).collect();
    let options = RecordBatchOptions::new().with_row_count(Some(layer.len()));
    layer.derived = RecordBatch::try_new_with_options(
        Arc::new(Schema::new(fields)),
        columns.into_iter().map(|(_, column)| column).collect(),
        &options,
    )
    .expect("derived columns have a row for each feature");
}

/// `core` and `general` from what deliveries write into 自然保护地分区. The older division has three parts, of
/// which the first two are the core of today.
fn protection_zone(layer: &Layer) -> Option<ArrayRef> {
    let column = layer.column("protection_zone")?;
    let words: StringArray = (0..column.len())
        .map(|row| {
            let text = layer.text("protection_zone", row)?;
            let plain = text.trim().to_ascii_lowercase();
            match plain.as_str() {
                "core" => Some("core".to_owned()),
                "general" => Some("general".to_owned()),
                "" => None,
                _ if plain.contains("核心") || plain.contains("缓冲") => Some("core".to_owned()),
                _ if plain.contains("一般") || plain.contains("实验") => Some("general".to_owned()),
                // Unknown words stay, so that a filter of the user's own can name them.
                _ => Some(text.trim().to_owned()),
            }
        })
        .collect();
    Some(Arc::new(words))
}
