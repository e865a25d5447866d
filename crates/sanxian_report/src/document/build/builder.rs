//! What every section of a report is built from, and the blocks that several of them have.

use sanxian_model::Lang;

use crate::document::{Block, Heading, Note, Scope, Section, Sentence, Tone};
use crate::report::Report;
use crate::summary::Summary;
use crate::words::pick;

/// What every section is built from.
pub(super) struct Builder<'r, 'a> {
    pub(super) report: &'r Report<'a>,
    pub(super) summary: Summary,
    scope: Scope,
}

impl<'r, 'a> Builder<'r, 'a> {
    pub(super) fn new(report: &'r Report<'a>, scope: Scope) -> Self {
        Self { report, summary: Summary::of(report), scope }
    }

    pub(super) fn lang(&self) -> Lang {
        self.scope.lang
    }

    pub(super) fn pick<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        pick(self.scope.lang, zh, en)
    }

    /// How many of `total` rows a table takes.
    pub(super) fn shown(&self, total: usize) -> usize {
        self.scope.rows.map_or(total, |most| most.min(total))
    }
}

/// A section of the first level.
pub(crate) fn section<'a>(key: &str, heading: &str, blocks: Vec<Block<'a>>) -> Section<'a> {
    let text = heading.to_owned();
    let heading = Some(Heading { tone: Tone::Strong, code: None, text, name: None });
    Section { key: key.to_owned(), heading, level: 1, blocks }
}

/// A section of the first level that stands by itself.
pub(crate) fn without_heading<'a>(key: &str, block: Block<'a>) -> Section<'a> {
    Section { key: key.to_owned(), heading: None, level: 1, blocks: vec![block] }
}

pub(crate) fn sentence(tone: Tone, text: String) -> Sentence {
    Sentence { tone, text }
}

pub(crate) fn note<'a>(key: &'static str, text: String) -> Block<'a> {
    Block::Note(Note { key, text })
}
