//! A column of a table: what its cells are, in which unit they are printed, and how they are rounded.

use sanxian_model::Lang;

use crate::document::Cell;
use crate::figures;
use crate::words::pick;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it holds, the same in every language; unique in its table.
    pub key: &'static str,
    /// Heading, without the unit.
    pub title: String,
    /// Heading where room is short, with the unit; none when title and unit are short enough.
    pub brief: Option<String>,
    /// What its cells are.
    pub kind: Kind,
    /// Unit in which areas are printed; none for columns of anything else.
    pub unit: Option<Unit>,
    /// Whether it must be shown. Others repeat a column in another unit, or can be done without where room is short.
    pub essential: bool,
}

/// What the cells of a column are, so how they are aligned and broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Words.
    Text,
    /// Identifiers and codes, never broken.
    Identifier,
    /// Files, broken at separators.
    Path,
    /// Counts.
    Integer,
    /// Areas.
    Area,
    /// Lengths.
    Length,
    /// Parts of one.
    Share,
    /// Positions.
    Position,
}

/// A unit of area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// m², two decimals.
    SquareMetre,
    /// Hectare (公顷), four decimals.
    Hectare,
    /// Mu (亩), a fifteenth of a hectare, two decimals.
    Mu,
}

impl Kind {
    /// Whether the cells are numbers, set flush right.
    #[must_use]
    pub fn is_figure(self) -> bool {
        matches!(self, Self::Integer | Self::Area | Self::Length | Self::Share)
    }
}

impl Unit {
    /// How the unit is written.
    #[must_use]
    pub fn symbol(self, lang: Lang) -> &'static str {
        match self {
            Self::SquareMetre => "m²",
            Self::Hectare => pick(lang, "公顷", "ha"),
            Self::Mu => pick(lang, "亩", "mu"),
        }
    }
}

impl Column {
    pub(crate) fn new(key: &'static str, title: &str, kind: Kind) -> Self {
        Self { key, title: title.to_owned(), brief: None, kind, unit: None, essential: true }
    }

    pub(crate) fn area(key: &'static str, title: &str, unit: Unit) -> Self {
        Self { unit: Some(unit), ..Self::new(key, title, Kind::Area) }
    }

    /// The heading that a column of areas has where room is short.
    pub(crate) fn brief(self, brief: &str) -> Self {
        Self { brief: Some(brief.to_owned()), ..self }
    }

    /// A column that a reader can do without where room is short.
    pub(crate) fn beside(self) -> Self {
        Self { essential: false, ..self }
    }

    /// Heading with the unit: `net area (m²)`, `净占用（m²）`.
    #[must_use]
    pub fn heading(&self, lang: Lang) -> String {
        match (self.unit, lang) {
            (None, _) => self.title.clone(),
            (Some(unit), Lang::Zh) => format!("{}（{}）", self.title, unit.symbol(lang)),
            (Some(unit), Lang::En) => format!("{} ({})", self.title, unit.symbol(lang)),
        }
    }

    /// Heading where room is short, with the unit.
    #[must_use]
    pub fn short_heading(&self) -> &str {
        self.brief.as_deref().unwrap_or(&self.title)
    }

    /// A cell of the column in print: the only place where numbers are rounded. Shares carry their sign, areas no
    /// unit, for it stands in the heading.
    #[must_use]
    pub fn print(&self, cell: &Cell, lang: Lang) -> String {
        match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Identifier(text) | Cell::Path(text) => text.clone(),
            Cell::Value(value) => format!("`{value}`"),
            Cell::Integer(count) => count.to_string(),
            Cell::Area { value, limit } => match self.unit.unwrap_or(Unit::SquareMetre) {
                Unit::SquareMetre => {
                    limit.map_or_else(|| figures::m2(*value), |limit| figures::m2_beside(*value, limit))
                }
                Unit::Hectare => figures::hectares(*value),
                Unit::Mu => figures::mu(*value),
            },
            Cell::Length(length) => figures::metres(*length),
            Cell::Share(share) => figures::percent(*share, lang),
            Cell::Position { at, geographic } => figures::position(*at, *geographic),
        }
    }

    /// A count or an area in print as an integer in units of its last digit, so that sums of printed numbers are
    /// exact; none for other cells.
    pub(crate) fn last_digits(&self, cell: &Cell) -> Option<i128> {
        match cell {
            Cell::Integer(count) => Some(i128::from(*count)),
            Cell::Area { value, .. } => {
                self.print(&Cell::area(*value), Lang::En).replace('.', "").parse().ok()
            }
            _ => None,
        }
    }
}
