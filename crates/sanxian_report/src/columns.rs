//! Columns of a map layer, each with the heading that a reader sees.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};

/// Columns with the heading that a reader sees.
#[derive(Default)]
pub(crate) struct Columns {
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
    aliases: Vec<(String, String)>,
}

impl Columns {
    fn add(&mut self, name: &str, alias: &str, kind: DataType, array: ArrayRef) {
        self.fields.push(Field::new(name, kind, true));
        self.arrays.push(array);
        self.aliases.push((name.to_owned(), alias.to_owned()));
    }

    pub(crate) fn text(&mut self, name: &str, alias: &str, cells: impl Iterator<Item = Option<String>>) {
        self.add(name, alias, DataType::Utf8, Arc::new(cells.collect::<StringArray>()));
    }

    pub(crate) fn whole(&mut self, name: &str, alias: &str, cells: impl Iterator<Item = Option<i64>>) {
        self.add(name, alias, DataType::Int64, Arc::new(cells.collect::<Int64Array>()));
    }

    pub(crate) fn number(&mut self, name: &str, alias: &str, cells: impl Iterator<Item = Option<f64>>) {
        self.add(name, alias, DataType::Float64, Arc::new(cells.collect::<Float64Array>()));
    }

    pub(crate) fn flag(&mut self, name: &str, alias: &str, cells: impl Iterator<Item = bool>) {
        let cells: BooleanArray = cells.map(Some).collect();
        self.add(name, alias, DataType::Boolean, Arc::new(cells));
    }

    /// The columns, and their names with their headings.
    pub(crate) fn batch(self) -> (RecordBatch, Vec<(String, String)>) {
        let batch = RecordBatch::try_new(Arc::new(Schema::new(self.fields)), self.arrays)
            .expect("every column has one cell for each row");
        (batch, self.aliases)
    }
}
