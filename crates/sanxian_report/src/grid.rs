//! A table that fits the terminal it is shown on.
//!
//! Too wide, it first narrows its columns of words, then leaves out the columns that only repeat another
//! in a different unit, and at last stands each row on end, one line for each cell. Figures and identifiers
//! are never cut.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, TableComponent, Width};

use crate::wrap::{columns, wrap};

/// What a column holds, and so how it may shrink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Right-aligned, never broken.
    Figure,
    /// Like a figure, and the same as another column in other units: left out when room is short.
    Convenience,
    /// Left-aligned words that a reader can do without: left out when room is short.
    Aside,
    /// Left-aligned, never broken: an identifier.
    Key,
    /// Left-aligned, broken over lines when room is short.
    Words,
}

/// A table in the making.
#[derive(Debug)]
pub(crate) struct Grid {
    titles: Vec<String>,
    kinds: Vec<Kind>,
    rows: Vec<Vec<String>>,
}

/// Blanks between two columns.
const GAP: usize = 2;
/// Columns of words are not made narrower than this.
const NARROWEST_WORDS: usize = 16;

impl Grid {
    pub(crate) fn new(columns: &[(&str, Kind)]) -> Self {
        Self {
            titles: columns.iter().map(|(title, _)| (*title).to_owned()).collect(),
            kinds: columns.iter().map(|(_, kind)| *kind).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row; it has as many cells as there are columns.
    pub(crate) fn row(&mut self, cells: Vec<String>) {
        debug_assert_eq!(cells.len(), self.titles.len(), "a row has one cell for each column");
        self.rows.push(cells);
    }

    /// The lines of the table, each at most `width` columns wide.
    pub(crate) fn lines(mut self, width: usize) -> Vec<String> {
        loop {
            let natural = self.natural_widths();
            let gaps = GAP * natural.len().saturating_sub(1);
            if natural.iter().sum::<usize>() + gaps <= width {
                return self.table(&natural);
            }
            let narrow: Vec<usize> = natural
                .iter()
                .zip(&self.kinds)
                .map(|(&n, kind)| if *kind == Kind::Words { n.min(NARROWEST_WORDS) } else { n })
                .collect();
            let least = narrow.iter().sum::<usize>() + gaps;
            if least <= width {
                return self.table(&share_out(&narrow, &natural, width - least));
            }
            match self.kinds.iter().rposition(|kind| matches!(kind, Kind::Convenience | Kind::Aside)) {
                Some(column) => self.remove(column),
                None => return self.on_end(width),
            }
        }
    }

    fn remove(&mut self, column: usize) {
        self.titles.remove(column);
        self.kinds.remove(column);
        for row in &mut self.rows {
            row.remove(column);
        }
    }

    fn natural_widths(&self) -> Vec<usize> {
        (0..self.titles.len())
            .map(|column| {
                let cells = self.rows.iter().map(|row| columns(&row[column]));
                cells.chain([columns(&self.titles[column])]).max().unwrap_or(0)
            })
            .collect()
    }

    fn table(self, widths: &[usize]) -> Vec<String> {
        let mut table = Table::new();
        table
            .load_preset(comfy_table::presets::NOTHING)
            // Box-drawing characters are two columns wide on some Chinese terminals and fonts; a hyphen is one
            // everywhere.
            .set_style(TableComponent::HeaderLines, '-')
            .set_style(TableComponent::MiddleHeaderIntersections, '-')
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::MAX)
            .set_header(fitted(&self.titles, widths));
        for row in &self.rows {
            table.add_row(fitted(row, widths));
        }
        let last = widths.len().saturating_sub(1);
        for (index, column) in table.column_iter_mut().enumerate() {
            // `comfy-table` puts one blank between columns of its own accord.
            let gap = if index == last { 0 } else { GAP as u16 - 1 };
            column.set_padding((0, gap));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(
                u16::try_from(widths[index]).unwrap_or(u16::MAX - GAP as u16) + gap,
            )));
            if matches!(self.kinds[index], Kind::Figure | Kind::Convenience) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table.lines().map(|line| line.trim_end().to_owned()).collect()
    }

    /// One line for each cell, one block for each row.
    fn on_end(self, width: usize) -> Vec<String> {
        let mut lines = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            if number > 0 {
                lines.push(String::new());
            }
            for (title, cell) in self.titles.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
                let text = if title.is_empty() { cell.clone() } else { format!("{title}: {cell}") };
                lines.extend(wrap(&text, width));
            }
        }
        lines
    }
}

/// Cells broken to the widths of their columns. `comfy-table` would break Chinese before punctuation.
fn fitted(cells: &[String], widths: &[usize]) -> Vec<String> {
    cells.iter().zip(widths).map(|(cell, &width)| wrap(cell, width.max(1)).join("\n")).collect()
}

/// Gives the room left over to the columns that want more, one blank at a time from the left.
fn share_out(narrow: &[usize], natural: &[usize], mut room: usize) -> Vec<usize> {
    let mut widths = narrow.to_vec();
    while room > 0 {
        let mut given = false;
        for (width, &want) in widths.iter_mut().zip(natural) {
            if room > 0 && *width < want {
                *width += 1;
                room -= 1;
                given = true;
            }
        }
        if !given {
            break;
        }
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let mut grid = Grid::new(&[
            ("图斑", Kind::Key),
            ("名称", Kind::Words),
            ("面积 m²", Kind::Figure),
            ("亩", Kind::Convenience),
        ]);
        grid.row(vec![
            "410881001".into(),
            "沁河滨河生态公园配套停车场".into(),
            "12345.67".into(),
            "18.52".into(),
        ]);
        grid.row(vec!["7".into(), "路".into(), "0.51".into(), "0.00".into()]);
        grid
    }

    #[test]
    fn chinese_columns_line_up() {
        let lines = grid().lines(80);
        insta::assert_snapshot!(lines.join("\n"), @r"
        图斑       名称                         面积 m²     亩
        ------------------------------------------------------
        410881001  沁河滨河生态公园配套停车场  12345.67  18.52
        7          路                              0.51   0.00
        ");
    }

    #[test]
    fn room_is_found_step_by_step() {
        assert!(grid().lines(46).len() > 4, "names are broken first");
        assert!(!grid().lines(40).join("").contains('亩'), "then mu goes");
        assert!(grid().lines(24).join("\n").contains("面积 m²: 12345.67"), "then rows stand on end");
        for width in 1..90 {
            assert!(grid().lines(width).iter().all(|line| columns(line) <= width.max(2)), "width {width}");
        }
    }
}
