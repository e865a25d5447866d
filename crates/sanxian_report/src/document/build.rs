//! A report becomes a document: the only place where a report of a run is put into sections and words.

use sanxian_model::{Lang, Severity};

use crate::document::{Block, Document, Heading, Note, Scope, Section, Sentence, Tone};
use crate::report::{About, Report};
use crate::summary::Summary;
use crate::words::pick;

mod conclusion;
mod faults;
mod findings;
mod inputs;
mod ledger;
mod not_run;
mod overlaps;
mod summary;

/// What every section is built from.
struct Builder<'r, 'a> {
    report: &'r Report<'a>,
    summary: Summary,
    scope: Scope,
}

pub(super) fn document<'a>(report: &Report<'a>, scope: Scope) -> Document<'a> {
    let build = Builder { report, summary: Summary::of(report), scope };
    let lang = scope.lang;
    let mut sections = Vec::new();
    sections.extend(inputs::section(&build));
    for severity in Severity::ALL.into_iter().rev() {
        sections.extend(findings::sections(&build, severity, About::Subject));
    }
    if build.summary.lines.all() > 0 {
        let title = pick(lang, "控制线自身的问题", "Faults among the lines themselves");
        sections.push(section("lines", title, vec![]));
        for severity in Severity::ALL.into_iter().rev() {
            sections.extend(findings::sections(&build, severity, About::Lines));
        }
    }
    // Where there is no plan, what matters is how much the lines share.
    if report.ledger.rows.is_empty() {
        sections.extend(overlaps::section(&build));
    } else {
        sections.push(ledger::section(&build));
    }
    sections.extend(faults::section(&build));
    sections.extend(not_run::sections(&build));
    sections.push(summary::section(&build));
    Document {
        title: pick(lang, "控制线检查报告", "Control line check").to_owned(),
        lang,
        crs: report.crs,
        conclusion: conclusion::conclusion(&build),
        sections,
    }
}

impl Builder<'_, '_> {
    fn lang(&self) -> Lang {
        self.scope.lang
    }

    fn pick<'w>(&self, zh: &'w str, en: &'w str) -> &'w str {
        pick(self.scope.lang, zh, en)
    }

    /// How many of `total` rows a table takes.
    fn shown(&self, total: usize) -> usize {
        self.scope.rows.map_or(total, |most| most.min(total))
    }
}

/// A section of the first level.
fn section<'a>(key: &str, heading: &str, blocks: Vec<Block<'a>>) -> Section<'a> {
    let text = heading.to_owned();
    let heading = Some(Heading { tone: Tone::Strong, code: None, text, name: None });
    Section { key: key.to_owned(), heading, level: 1, blocks }
}

/// A section of the first level that stands by itself.
fn without_heading<'a>(key: &str, block: Block<'a>) -> Section<'a> {
    Section { key: key.to_owned(), heading: None, level: 1, blocks: vec![block] }
}

fn sentence(tone: Tone, text: String) -> Sentence {
    Sentence { tone, text }
}

fn note<'a>(key: &'static str, text: String) -> Block<'a> {
    Block::Note(Note { key, text })
}
