//! Columns computed on reading: what a land class means ([`land_class`]), and which parts of control zones there are
//! ([`control_zones`]).

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{DataType, Field, Schema};
use sanxian_model::{Fault, Layer};

use crate::LayerOptions;
use crate::normalise::{control_zones, land_class};

/// Adds `land_scheme`, `land_nature`, `land_space`, `land_name` where there is a land class, `protection_zone` where
/// there is a zone of a protected area, and `zoning_code` where there is one.
pub(crate) fn fill(layer: &mut Layer, options: &LayerOptions, faults: &mut Vec<Fault>) {
    let mut columns: Vec<(&'static str, ArrayRef)> = Vec::new();
    if layer.fields.contains_key("land_class") {
        columns.extend(land_class::columns(layer, options, faults));
    }
    columns.extend(control_zones::protection_zone(layer).map(|zones| ("protection_zone", zones)));
    columns.extend(control_zones::zoning_code(layer).map(|codes| ("zoning_code", codes)));
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
