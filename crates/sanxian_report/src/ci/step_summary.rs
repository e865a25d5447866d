//! The Markdown that GitHub shows as the summary of a step. It takes a mebibyte of it and shows nothing of more, so tables of findings and
//! of faults have as many rows as fit, and tell how many there are besides.

use crate::concise::one_line;
use crate::document::{Document, Scope};
use crate::options::Options;
use crate::render::markdown;
use crate::report::Report;
use crate::revisions::{self, Revisions};
use crate::verdict_line::verdict_line;

/// Bytes of all that GitHub shows as the summary of a step.
pub const STEP_SUMMARY_BYTES: usize = 1 << 20;

/// A check as the summary of a step, in at most so many bytes; of its options, language and rows count.
#[must_use]
pub fn step_summary(report: &Report<'_>, options: &Options, most: usize) -> String {
    let page = |rows| markdown::text(&Document::of(report, Scope { lang: options.lang, rows }));
    let all = report.findings.len().max(report.faults.len());
    fitting(page, options.rows, all, most)
        .unwrap_or_else(|| verdict(&verdict_line(report, options.lang), most))
}

/// Two revisions as the summary of a step, in at most so many bytes.
#[must_use]
pub fn step_summary_of_revisions(revisions: &Revisions<'_>, options: &Options, most: usize) -> String {
    let page = |rows| markdown::text(&revisions::document::of(revisions, Scope { lang: options.lang, rows }));
    let changes = revisions.layers.iter().map(|layer| layer.changed.len().max(layer.ground.len()));
    let all = changes.fold(revisions.pairs.len(), usize::max).max(revisions.new.faults.len());
    fitting(page, options.rows, all, most)
        .unwrap_or_else(|| verdict(&revisions::headline(revisions, options.lang), most))
}

/// The page with as many rows as fit, by halves of what there is; none when it is too long without any.
pub(super) fn fitting(
    page: impl Fn(Option<usize>) -> String,
    rows: Option<usize>,
    all: usize,
    most: usize,
) -> Option<String> {
    let whole = page(rows);
    if whole.len() <= most {
        return Some(whole);
    }
    let mut rows = rows.unwrap_or(all).min(all);
    while rows > 0 {
        rows /= 2;
        let cut = page(Some(rows));
        if cut.len() <= most {
            return Some(cut);
        }
    }
    None
}

/// The verdict alone; nothing where not even that fits.
fn verdict(line: &str, most: usize) -> String {
    let line = one_line(line) + "\n";
    if line.len() <= most { line } else { String::new() }
}
