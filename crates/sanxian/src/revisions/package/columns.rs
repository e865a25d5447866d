//! The attributes of a feature in two layers, column beside column.

use std::borrow::Cow;

use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow_schema::{DataType, Schema};
use sanxian_model::{CellValue, Layer, trimmed_cell};

use crate::layer::is_given_column;
use crate::revisions::features::columns::{is_of_database, place_of_column};

/// The columns of a newer layer, each with that of the older one that has its name or meaning; then those of the older one only.
/// Columns that a database keeps itself are left out.
pub(super) struct Columns<'a>(Vec<Column<'a>>);

struct Column<'a> {
    name: &'a str,
    old: Option<&'a ArrayRef>,
    new: Option<&'a ArrayRef>,
}

/// A column in which two features have different values.
pub(super) struct Difference {
    pub(super) column: String,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

impl<'a> Columns<'a> {
    pub(super) fn of(old: &'a Layer, new: &'a Layer) -> Self {
        let mut columns = Vec::new();
        let mut seen = vec![false; old.attributes.num_columns()];
        for (at, field) in new.attributes.schema_ref().fields().iter().enumerate() {
            let place = place_in(old, new, field.name());
            if let Some(place) = place {
                seen[place] = true;
            }
            columns.push(Column {
                name: field.name(),
                old: place.map(|place| old.attributes.column(place)),
                new: Some(new.attributes.column(at)),
            });
        }
        let only_old = old.attributes.schema_ref().fields().iter().enumerate().filter(|(at, _)| !seen[*at]);
        columns.extend(only_old.map(|(at, field)| Column {
            name: field.name(),
            old: Some(old.attributes.column(at)),
            new: None,
        }));
        columns.retain(|column| is_own(column.name));
        Self(columns)
    }

    /// The first column in which a feature of the older layer and one of the newer differ. Values are the same when they read the
    /// same, as in a comparison of revisions; and however a format keeps truth values, days and fractions of seconds.
    pub(super) fn difference(&self, old: usize, new: usize) -> Option<Difference> {
        let value = |column: Option<&ArrayRef>, row: usize| column.and_then(|column| text(column, row));
        self.0.iter().find_map(|column| {
            let (old, new) = (value(column.old, old), value(column.new, new));
            (old != new).then(|| Difference { column: column.name.to_owned(), old, new })
        })
    }
}

fn is_own(column: &str) -> bool {
    !is_of_database(column) && !is_given_column(column)
}

/// The place of the column of the older layer that has the name, or else the meaning, of one of the newer layer.
pub(super) fn place_in(old: &Layer, new: &Layer, name: &str) -> Option<usize> {
    let canonical = new.fields.iter().find(|(_, column)| *column == name);
    place_of_column(old, name, canonical.map(|(canonical, _)| canonical.as_str()))
}

/// The identifier of each feature: the values of the column that has those of `like`.
pub(super) fn identifiers(layer: &Layer, like: &Layer) -> Vec<Option<String>> {
    let name = like.fields.get("id");
    let at = name.and_then(|name| place_of_column(layer, name, Some("id")));
    let column = at.map(|at| layer.attributes.column(at));
    (0..layer.len()).map(|row| column.and_then(|column| text(column, row))).collect()
}

/// The layer without columns that are not its own: those that were given with it, and those that a database keeps itself.
pub(super) fn with_own_columns(mut layer: Layer) -> Layer {
    let fields = layer.attributes.schema_ref().fields().iter().zip(layer.attributes.columns());
    let own: Vec<_> = fields.filter(|(field, _)| is_own(field.name())).collect();
    if own.len() < layer.attributes.num_columns() {
        let (fields, columns): (Vec<_>, Vec<_>) =
            own.into_iter().map(|(field, column)| (field.clone(), column.clone())).unzip();
        let options = RecordBatchOptions::new().with_row_count(Some(layer.attributes.num_rows()));
        let batch = RecordBatch::try_new_with_options(Schema::new(fields).into(), columns, &options);
        layer.attributes = batch.expect("columns of the layer");
    }
    layer
}

/// Characters of a moment to the second, as in `2026-03-01T12:00:00`.
const TO_THE_SECOND: usize = 19;

/// The first moment of a day.
const MIDNIGHT: &str = "T00:00:00";

/// A value as text; none for no value and for an empty one.
pub(super) fn text(column: &ArrayRef, row: usize) -> Option<String> {
    let text = match CellValue::of(column, row) {
        CellValue::Boolean(truth) => u8::from(truth).to_string().into(),
        value => value.into_text()?,
    };
    let text = match column.data_type() {
        // A File Geodatabase keeps a day as its first moment.
        DataType::Timestamp(..) => {
            let moment: String = text.chars().take(TO_THE_SECOND).collect();
            Cow::Owned(moment.strip_suffix(MIDNIGHT).map(str::to_owned).unwrap_or(moment))
        }
        _ => text,
    };
    let text = trimmed_cell(&text);
    (!text.is_empty()).then(|| text.into_owned())
}
