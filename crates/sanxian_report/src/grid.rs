//! A table that fits the terminal it is shown on.
//!
//! Too wide, it first narrows its columns of words, then leaves out the columns that only repeat another
//! in a different unit and tells which, and at last stands each row on end, one line for each cell. Figures and
//! identifiers are never cut.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, TableComponent, Width};

use crate::wrap::{columns, path_parts, wrap, wrap_path};

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
    /// Like words, broken at separators.
    Path,
}

/// A table in lines.
#[derive(Debug)]
pub(crate) struct Fitted {
    /// The lines.
    pub(crate) lines: Vec<String>,
    /// Headings of the columns that found no room.
    pub(crate) dropped: Vec<String>,
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
/// Names in a path longer than this are broken before another column goes.
const WIDEST_PART: usize = 32;

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

    /// The table, at most `width` columns wide.
    pub(crate) fn fit(self, width: usize) -> Fitted {
        let natural = self.widths(columns);
        let least = self.least_widths(&natural);
        let mut kept: Vec<usize> = (0..self.titles.len()).collect();
        loop {
            let of_kept = |widths: &[usize]| kept.iter().map(|&column| widths[column]).collect::<Vec<_>>();
            let gaps = GAP * kept.len().saturating_sub(1);
            let (natural, least) = (of_kept(&natural), of_kept(&least));
            let needed = least.iter().sum::<usize>() + gaps;
            if needed <= width {
                let lines = self.table(&kept, &share_out(&least, &natural, width - needed));
                let titles = self.titles.iter().enumerate();
                let dropped = titles.filter(|(column, _)| !kept.contains(column));
                return Fitted { lines, dropped: dropped.map(|(_, title)| title.clone()).collect() };
            }
            match kept.iter().rposition(|&c| matches!(self.kinds[c], Kind::Convenience | Kind::Aside)) {
                Some(last) => kept.remove(last),
                // On end there is room for every cell.
                None => return Fitted { lines: self.on_end(width), dropped: Vec::new() },
            };
        }
    }

    /// The widest cell of each column, its heading among them.
    fn widths(&self, of: impl Fn(&str) -> usize) -> Vec<usize> {
        (0..self.titles.len())
            .map(|column| {
                let cells = self.rows.iter().map(|row| of(&row[column]));
                cells.chain([of(&self.titles[column])]).max().unwrap_or(0)
            })
            .collect()
    }

    /// How narrow each column may become before another has to go.
    fn least_widths(&self, natural: &[usize]) -> Vec<usize> {
        let parts = self.widths(|path| path_parts(path).map(columns).max().unwrap_or(0));
        let least = |column: usize| match self.kinds[column] {
            Kind::Words => natural[column].min(NARROWEST_WORDS),
            Kind::Path => natural[column].min(parts[column].clamp(NARROWEST_WORDS, WIDEST_PART)),
            _ => natural[column],
        };
        (0..natural.len()).map(least).collect()
    }

    fn table(&self, kept: &[usize], widths: &[usize]) -> Vec<String> {
        let fitted = |cells: &[String]| -> Vec<String> {
            kept.iter().zip(widths).map(|(&c, &w)| self.kinds[c].wrap(&cells[c], w).join("\n")).collect()
        };
        let mut table = Table::new();
        table
            .load_preset(comfy_table::presets::NOTHING)
            // Box-drawing characters are two columns wide on some Chinese terminals and fonts; a hyphen is one
            // everywhere.
            .set_style(TableComponent::HeaderLines, '-')
            .set_style(TableComponent::MiddleHeaderIntersections, '-')
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::MAX)
            .set_header(fitted(&self.titles));
        for row in &self.rows {
            table.add_row(fitted(row));
        }
        let last = widths.len().saturating_sub(1);
        for (index, column) in table.column_iter_mut().enumerate() {
            // `comfy-table` puts one blank between columns of its own accord.
            let gap = if index == last { 0 } else { GAP as u16 - 1 };
            column.set_padding((0, gap));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(
                u16::try_from(widths[index]).unwrap_or(u16::MAX - GAP as u16) + gap,
            )));
            if matches!(self.kinds[kept[index]], Kind::Figure | Kind::Convenience) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table.lines().map(|line| line.trim_end().to_owned()).collect()
    }

    /// One line for each cell, one block for each row.
    fn on_end(&self, width: usize) -> Vec<String> {
        let mut lines = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            if number > 0 {
                lines.push(String::new());
            }
            let cells = self.titles.iter().zip(&self.kinds).zip(row);
            for ((title, kind), cell) in cells.filter(|(_, cell)| !cell.is_empty()) {
                let text = if title.is_empty() { cell.clone() } else { format!("{title}: {cell}") };
                lines.extend(kind.wrap(&text, width));
            }
        }
        lines
    }
}

impl Kind {
    /// A cell broken to a width. `comfy-table` would break Chinese before punctuation.
    fn wrap(self, cell: &str, width: usize) -> Vec<String> {
        match self {
            Self::Path => wrap_path(cell, width.max(1)),
            _ => wrap(cell, width.max(1)),
        }
    }
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
        let lines = grid().fit(80).lines;
        insta::assert_snapshot!(lines.join("\n"), @r"
        图斑       名称                         面积 m²     亩
        ------------------------------------------------------
        410881001  沁河滨河生态公园配套停车场  12345.67  18.52
        7          路                              0.51   0.00
        ");
    }

    #[test]
    fn room_is_found_step_by_step() {
        let fit = |width| grid().fit(width);
        assert!(fit(46).lines.len() > 4 && fit(46).dropped.is_empty(), "names are broken first");
        assert!(!fit(40).lines.join("").contains('亩'), "then mu goes");
        assert_eq!(fit(40).dropped, ["亩"]);
        assert!(fit(24).lines.join("\n").contains("面积 m²: 12345.67"), "then rows stand on end");
        assert!(fit(24).lines.join("\n").contains("亩: 18.52") && fit(24).dropped.is_empty());
        for width in 1..90 {
            assert!(
                grid().fit(width).lines.iter().all(|line| columns(line) <= width.max(2)),
                "width {width}"
            );
        }
    }

    #[test]
    fn a_path_is_broken_between_its_names() {
        let mut grid = Grid::new(&[("来源", Kind::Path), ("要素", Kind::Figure)]);
        grid.row(vec!["规划成果/济源市/生态保护红线.gpkg#STBHHX".into(), "12".into()]);
        let lines = grid.fit(30).lines;
        insta::assert_snapshot!(lines.join("\n"), @r"
        来源                      要素
        ------------------------------
        规划成果/济源市/            12
        生态保护红线.gpkg#STBHHX
        ");
    }
}
