//! A sheet of comma-separated values, read column by name.

use std::path::Path;

/// Rows with named columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Takes a text apart. Quoted cells may hold commas, quotes and line ends.
    ///
    /// # Panics
    /// When there is no header, or a row has another number of cells than it.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut rows = Vec::new();
        let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        let mut letters = text.trim_start_matches('\u{feff}').chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !quoted => {}
                '\n' if !quoted => {
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                letter => cell.push(letter),
            }
        }
        if !cell.is_empty() || !row.is_empty() {
            row.push(cell);
            rows.push(row);
        }
        let columns = rows.remove(0);
        assert!(rows.iter().all(|row| row.len() == columns.len()), "a row of another length in\n{text}");
        Self { columns, rows }
    }

    /// Reads a file.
    ///
    /// # Panics
    /// When it is not there or not a table.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        let text =
            std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self::parse(&text)
    }

    /// How many rows there are below the header.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, each with the cells of the named columns.
    ///
    /// # Panics
    /// When a column is not there.
    pub fn select<const N: usize>(&self, names: [&str; N]) -> impl Iterator<Item = [&str; N]> {
        let numbers = names.map(|name| {
            let found = self.columns.iter().position(|column| column == name);
            found.unwrap_or_else(|| panic!("no column {name} in {:?}", self.columns))
        });
        self.rows.iter().map(move |row| numbers.map(|number| &*row[number]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_cells_are_cells() {
        let table = Table::parse("\u{feff}a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n2,");
        let rows: Vec<_> = table.select(["b", "a"]).collect();
        assert_eq!(rows, [["x, \"y\"\nz", "1"], ["", "2"]]);
    }
}
