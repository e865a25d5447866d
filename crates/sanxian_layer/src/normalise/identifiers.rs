//! Identifiers that more than one feature carries, and columns of identifiers that tell no feature apart.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;
use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Float64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use sanxian_model::{CellValue, Fault, FaultKind, FieldMap, Layer, Text, Treatment};

/// The column that names the features.
pub(crate) fn column<'a>(attributes: &'a RecordBatch, fields: &FieldMap) -> Option<&'a Field> {
    let wanted = fields.get("id").map_or("id", String::as_str);
    attributes
        .schema_ref()
        .fields()
        .iter()
        .find(|field| field.name().eq_ignore_ascii_case(wanted))
        .map(AsRef::as_ref)
}

/// The one value of a column of identifiers that tells no feature apart, such as the `Id` of a Shapefile by
/// `ArcGIS`, which is 0 everywhere; empty when none has one. None for a column that is of use.
pub(crate) fn only_value(column: &ArrayRef) -> Option<String> {
    let value = |row| CellValue::of(column, row).into_text().unwrap_or_default();
    if column.len() < 2 {
        return None;
    }
    let first = value(0);
    (1..column.len()).all(|row| value(row) == first).then(|| first.into_owned())
}

/// Whether a column holds whole numbers as floating point that are so long that their last digits have changed: a
/// table with a numeric column of 19 digits or more is read so.
pub(crate) fn has_lost_digits(column: &ArrayRef) -> bool {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let numbers = column.as_any().downcast_ref::<Float64Array>();
    numbers.is_some_and(|numbers| numbers.iter().flatten().any(|number| number.abs() > EXACT))
}

/// Says that the digits of a column cannot be trusted.
pub(crate) fn tell_lost_digits(layer: &Layer, column: &str, faults: &mut Vec<Fault>) {
    let detail = Text::new(
        format!("字段 `{column}` 以浮点数存储超过 15 位的数字，末几位已丢失，改以要素号标识要素"),
        format!(
            "column `{column}` has numbers of more than 15 digits as floating point, whose last digits are lost; \
             features are named by feature id"
        ),
    );
    faults.push(Fault {
        place: layer.whole(),
        kind: FaultKind::DuplicateId,
        near: None,
        detail: Some(detail),
        treatment: Treatment::Kept,
    });
}

/// Says that a column tells no feature apart.
pub(crate) fn tell_only_value(layer: &Layer, column: &str, value: &str, faults: &mut Vec<Fault>) {
    let value = match value {
        "" => Text::new("空", "empty"),
        value => Text::new(format!(" `{value}`"), format!("`{value}`")),
    };
    let detail = Text::new(
        format!("字段 `{column}` 的值全部为{}，改以要素号标识要素", value.zh),
        format!("column `{column}` is {} everywhere; features are named by feature id", value.en),
    );
    faults.push(Fault {
        place: layer.whole(),
        kind: FaultKind::DuplicateId,
        near: None,
        detail: Some(detail),
        treatment: Treatment::Kept,
    });
}

/// Lets features be named by their feature id: no identifier is found from here on.
pub(crate) fn name_by_feature_id(layer: &mut Layer) {
    let schema = layer.derived.schema();
    let mut derived: Vec<Arc<Field>> = schema.fields().iter().map(Arc::clone).collect();
    let mut columns: Vec<ArrayRef> = layer.derived.columns().to_vec();
    if columns.iter().any(|column| column.len() != layer.len()) {
        (derived, columns) = (Vec::new(), Vec::new());
    }
    derived.push(Arc::new(Field::new("id", DataType::Utf8, true)));
    columns.push(Arc::new(StringArray::new_null(layer.len())));
    layer.fields.remove("id");
    layer.derived = RecordBatch::try_new(Arc::new(Schema::new(derived)), columns)
        .expect("each column has a row for each feature");
}

/// Tells each feature whose identifier an earlier feature carries. All of them are used: findings name the
/// feature id beside the identifier.
pub(crate) fn tell_duplicates(layer: &Layer, faults: &mut Vec<Fault>) {
    let mut tell = |row: usize, first: usize| {
        let fid = layer.fids[first];
        let detail = Text::new(format!("与要素号 {fid} 的要素相同"), format!("feature {fid} carries it too"));
        faults.push(Fault {
            place: layer.place(row),
            kind: FaultKind::DuplicateId,
            near: None,
            detail: Some(detail),
            treatment: Treatment::Kept,
        });
    };
    let texts = layer.column("id").and_then(|column| column.as_any().downcast_ref::<StringArray>());
    if let Some(texts) = texts {
        // The usual case, without a copy of each identifier.
        let mut first = HashMap::with_capacity(layer.len());
        for (row, id) in texts.iter().enumerate() {
            note(&mut first, id.filter(|id| !id.is_empty()), row, &mut tell);
        }
    } else {
        let mut first = HashMap::with_capacity(layer.len());
        for row in 0..layer.len() {
            note(&mut first, layer.text("id", row).filter(|id| !id.is_empty()), row, &mut tell);
        }
    }
}

fn note<K: Eq + Hash>(
    first: &mut HashMap<K, usize>,
    id: Option<K>,
    row: usize,
    tell: &mut impl FnMut(usize, usize),
) {
    let Some(id) = id else { return };
    match first.entry(id) {
        Entry::Vacant(entry) => {
            entry.insert(row);
        }
        Entry::Occupied(entry) => tell(row, *entry.get()),
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::{StringViewArray, UInt32Array};

    use super::*;

    #[test]
    fn identifiers_of_any_type_tell_features_apart() {
        let columns: [ArrayRef; 2] =
            [Arc::new(UInt32Array::from(vec![1, 2])), Arc::new(StringViewArray::from(vec!["甲", "乙"]))];
        for column in columns {
            assert_eq!(only_value(&column), None, "{}", column.data_type());
        }
        let zeros: ArrayRef = Arc::new(UInt32Array::from(vec![0, 0]));
        assert_eq!(only_value(&zeros), Some("0".to_owned()));
    }
}
