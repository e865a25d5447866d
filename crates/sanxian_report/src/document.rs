//! The report of a run as a document: sections, tables with typed cells, sentences and figures, in one language.
//!
//! The document holds every number as it was computed. A renderer lays it out and rounds, once, with
//! [`Column::print`]; it adds no word of the run's own and leaves out nothing without saying so. Areas are
//! square metres ([`SquareMetres`](sanxian_model::SquareMetres)) whatever unit a column prints; shares are parts
//! of one. Geometry is in the CRS of the run ([`Document::crs`]), x east and y north.

use sanxian_model::{Crs, Lang};

mod block;
pub(crate) mod build;
mod cell;
mod column;
mod conclusion;
mod figure;
mod section;
mod sentence;
mod table;

pub use block::{Block, Note};
pub use build::document;
pub use cell::Cell;
pub use column::{Column, Kind, Unit};
pub use conclusion::Conclusion;
pub use figure::{Figure, Shape};
pub use section::{Heading, Section};
pub use sentence::{Sentence, Tone};
pub use table::{Table, Total};

/// The report of a run, ready to be laid out.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    /// Title of the whole.
    pub title: String,
    /// Language of every word in it.
    pub lang: Lang,
    /// CRS of the run, that of every [`Figure`]; none where there is no run.
    pub crs: Option<&'a Crs>,
    /// The verdict, if there is one, and what it rests on; stands first.
    pub conclusion: Conclusion,
    /// The sections in reading order. A section belongs to the last one before it of a lower level.
    pub sections: Vec<Section<'a>>,
}

/// What a document takes up of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// Language of the words.
    pub lang: Lang,
    /// Rows at most in a table of findings or of faults; the rest is counted in [`Table::left_off`]. None for all.
    pub rows: Option<usize>,
}

impl<'a> Document<'a> {
    /// The section with that key.
    #[must_use]
    pub fn section(&self, key: &str) -> Option<&Section<'a>> {
        self.sections.iter().find(|section| section.key == key)
    }

    /// Every table, in reading order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> + '_ {
        self.sections.iter().flat_map(Section::tables)
    }

    /// Every figure, in reading order.
    pub fn figures(&self) -> impl Iterator<Item = &Figure<'a>> + '_ {
        self.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Figure(figure) => Some(figure),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests;
