//! How a report is printed.

use sanxian_model::Lang;

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Language of the words.
    pub lang: Lang,
    /// Columns of the terminal; below 20 counts as 20.
    pub width: usize,
    /// Whether to colour with ANSI sequences.
    pub colour: bool,
    /// How many rows a table of findings shows before it counts the rest; none for all.
    pub rows: Option<usize>,
    /// Whether a CSV begins with a byte-order mark, without which Excel garbles Chinese.
    pub bom: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { lang: Lang::En, width: 100, colour: false, rows: None, bom: false }
    }
}
