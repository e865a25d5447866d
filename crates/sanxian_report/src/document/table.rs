//! A table of typed cells.

use crate::document::{Cell, Column};

/// Rows under typed columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with one cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// The last row, which stands for the whole.
    pub total: Option<Total>,
    /// Rows that belong here and were left off; see [`Scope::rows`](crate::document::Scope::rows).
    pub left_off: usize,
}

/// The row under a table that stands for the whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    /// One cell for each column.
    pub cells: Vec<Cell>,
    /// For each column, whether its cell is the exact sum of the rows'. Rounded, the rows may add up to something
    /// else: see [`Table::unequal_sums`].
    pub sums: Vec<bool>,
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new(), total: None, left_off: 0 }
    }

    /// Adds a row, with one cell for each column.
    pub fn row(&mut self, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.columns.len(), "a row has one cell for each column");
        self.rows.push(cells);
    }

    /// The rows and, last, the total.
    pub fn lines(&self) -> impl Iterator<Item = &[Cell]> {
        self.rows.iter().chain(self.total.as_ref().map(|total| &total.cells)).map(Vec::as_slice)
    }

    /// Takes out the columns in which every cell is empty.
    #[must_use]
    pub fn without_empty_columns(mut self) -> Self {
        let filled: Vec<bool> = (0..self.columns.len())
            .map(|column| self.lines().any(|cells| !cells[column].is_empty()))
            .collect();
        retain(&mut self.columns, &filled);
        for row in &mut self.rows {
            retain(row, &filled);
        }
        if let Some(total) = &mut self.total {
            retain(&mut total.cells, &filled);
            retain(&mut total.sums, &filled);
        }
        self
    }

    /// The columns whose total is the exact sum of the rows and whose rows, as printed, add up to something else.
    #[must_use]
    pub fn unequal_sums(&self) -> Vec<usize> {
        let Some(total) = &self.total else { return Vec::new() };
        let differs = |column: usize| {
            let last_digits = |cell: &Cell| self.columns[column].last_digits(cell);
            let parts = self.rows.iter().filter_map(|row| last_digits(&row[column])).sum::<i128>();
            last_digits(&total.cells[column]).is_some_and(|whole| whole != parts)
        };
        (0..self.columns.len()).filter(|&column| total.sums[column] && differs(column)).collect()
    }
}

fn retain<T>(items: &mut Vec<T>, keep: &[bool]) {
    let mut keep = keep.iter();
    items.retain(|_| keep.next().copied().unwrap_or(true));
}
