//! Attributes of a layer, row by row: how do made-up values become an Arrow record batch?

use std::borrow::Cow;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use arrow_array::builder::{Float64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch};

/// A value of one column.
#[derive(Debug, Clone)]
pub(crate) enum Cell<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A number, in the unit of its column.
    Number(f64),
    /// Nothing was entered.
    Empty,
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

enum Column {
    Text(StringBuilder),
    Number(Float64Builder),
}

/// Rows that will be a record batch.
pub(crate) struct Table {
    names: Vec<String>,
    columns: Vec<Column>,
    rows: usize,
}

impl Table {
    /// A table with these columns; a name that ends in `#` is a column of numbers.
    pub(crate) fn new(names: &[&str]) -> Self {
        let columns = names
            .iter()
            .map(|name| {
                if name.ends_with('#') {
                    Column::Number(Float64Builder::new())
                } else {
                    Column::Text(StringBuilder::new())
                }
            })
            .collect();
        let names = names.iter().map(|name| name.trim_end_matches('#').to_owned()).collect();
        Self { names, columns, rows: 0 }
    }

    /// Adds a row: one value for each column, of its kind.
    pub(crate) fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        ensure!(cells.len() == self.columns.len(), "a row has {} values for {:?}", cells.len(), self.names);
        for ((column, cell), name) in self.columns.iter_mut().zip(cells).zip(&self.names) {
            match (column, cell) {
                (Column::Text(builder), Cell::Text(text)) => builder.append_value(text),
                (Column::Text(builder), Cell::Empty) => builder.append_null(),
                (Column::Number(builder), Cell::Number(number)) => builder.append_value(*number),
                (Column::Number(builder), Cell::Empty) => builder.append_null(),
                (_, cell) => anyhow::bail!("column {name} cannot hold {cell:?}"),
            }
        }
        self.rows += 1;
        Ok(())
    }

    /// Number of rows so far.
    pub(crate) fn len(&self) -> usize {
        self.rows
    }

    /// The batch.
    pub(crate) fn finish(self) -> Result<RecordBatch> {
        let columns = self.columns.into_iter().map(|column| -> ArrayRef {
            match column {
                Column::Text(mut builder) => Arc::new(builder.finish()),
                Column::Number(mut builder) => Arc::new(builder.finish()),
            }
        });
        // A column of nothing but numbers may still hold nulls: every column says so.
        RecordBatch::try_from_iter_with_nullable(
            self.names.into_iter().zip(columns).map(|(name, column)| (name, column, true)),
        )
        .context("columns of one table have one length")
    }
}
