//! A section of a document.

use crate::document::{Block, Table, Tone};

/// A part of the document with a heading.
#[derive(Debug, Clone)]
pub struct Section<'a> {
    /// What it is about, the same in every language: `inputs`, `findings.error`, `findings.error.BF-01`, `lines`,
    /// `lines.warning`, `ledger`, `overlaps`, `faults`, `not-run`, `left-out`, `summary`.
    pub key: String,
    /// The heading; none for a section that stands by itself without one.
    pub heading: Option<Heading>,
    /// Depth: 1 for the sections of the document, 2 for theirs.
    pub level: u8,
    /// What it holds, in reading order; may be empty when sections of a higher level follow.
    pub blocks: Vec<Block<'a>>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// How it is said: the severity of findings, [`Tone::Strong`] for the rest.
    pub tone: Tone,
    /// Code of the rule that the section is about.
    pub code: Option<String>,
    /// The words.
    pub text: String,
    /// Name of the rule that the section is about.
    pub name: Option<String>,
}

impl Section<'_> {
    /// The tables of the section, in reading order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> + '_ {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }
}
