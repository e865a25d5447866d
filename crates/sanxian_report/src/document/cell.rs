//! One cell of a table.

use sanxian_model::{Metres, SquareMetres};

/// A value as it was computed or read.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing to say.
    Empty,
    /// Words.
    Text(String),
    /// Words that name one thing and are not to be broken.
    Identifier(String),
    /// A file, with the layer after `#`.
    Path(String),
    /// A value as it stands in the data.
    Value(String),
    /// A count.
    Integer(u64),
    /// An area on the ellipsoid; the column says in which unit it is printed.
    Area {
        /// The area.
        value: SquareMetres,
        /// The limit that it stands beside: as many decimals are printed as it takes to tell the two apart.
        limit: Option<SquareMetres>,
    },
    /// A length, printed in metres with two decimals.
    Length(Metres),
    /// A part of one, printed as a percentage.
    Share(f64),
    /// A position in the CRS of its layer as delivered: x east and y north, or longitude and latitude.
    Position {
        /// The position.
        at: [f64; 2],
        /// Whether it is in degrees.
        geographic: bool,
    },
}

impl Cell {
    /// Words, or [`Cell::Empty`] for none.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// An identifier, or [`Cell::Empty`] for none.
    #[must_use]
    pub fn identifier(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Identifier(text) }
    }

    /// A count.
    #[must_use]
    pub fn count(count: usize) -> Self {
        Self::Integer(count as u64)
    }

    /// A count, or [`Cell::Empty`] for none.
    #[must_use]
    pub fn some(count: usize) -> Self {
        if count == 0 { Self::Empty } else { Self::count(count) }
    }

    /// An area.
    #[must_use]
    pub fn area(value: SquareMetres) -> Self {
        Self::Area { value, limit: None }
    }

    /// Whether there is nothing to print.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
}
