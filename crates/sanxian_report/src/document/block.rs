//! What a section is made of.

use crate::document::{Figure, Sentence, Table};

/// One thing in a section.
#[derive(Debug, Clone)]
pub enum Block<'a> {
    /// Running text.
    Sentence(Sentence),
    /// Typed rows.
    Table(Table),
    /// A remark on the block before it.
    Note(Note),
    /// Lines that are printed as they are, such as a command.
    Code(String),
    /// A map of one finding.
    Figure(Figure<'a>),
}

/// A remark on the block before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is about, the same in every language: `transformed`, `exception`, `remedy`, `precedence`, `repair`,
    /// `rounding`, `not-a-sum`, `left-out`.
    pub key: &'static str,
    /// The words.
    pub text: String,
}
