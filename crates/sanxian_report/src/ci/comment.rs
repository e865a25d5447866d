//! Two revisions as a comment of a pull or merge request: what is new first, and the rest folded.

use super::step_summary::fitting;
use crate::document::{Scope, Section};
use crate::options::Options;
use crate::render::markdown;
use crate::revisions::{self, Revisions};
use crate::words::pick;

/// Characters that a comment of GitHub may have. Counted in bytes, of which a character has one at least.
pub const COMMENT_BYTES: usize = 1 << 16;

/// Two revisions as a comment, in at most so many bytes: what became of findings, and how many features changed; folded under it what
/// was read, what changed piece by piece, and faults. Of its options, language and rows count.
#[must_use]
pub fn comment(revisions: &Revisions<'_>, options: &Options, most: usize) -> String {
    let lang = options.lang;
    // The counts of a role stand under `changed.ROLE`, the pieces deeper.
    let is_open = |section: &Section<'_>| {
        let parts = section.key.split('.').count();
        !["inputs", "verdict", "faults"].contains(&&*section.key)
            && (!section.key.starts_with("changed.") || parts == 2)
    };
    let page = |rows| {
        let document = revisions::document::of(revisions, Scope { lang, rows });
        markdown::folded(&document, is_open, pick(lang, "数据和逐项变化", "What was read, and each change"))
    };
    let changes = revisions.layers.iter().map(|layer| layer.changed.len().max(layer.ground.len()));
    let all = changes.fold(revisions.pairs.len(), usize::max).max(revisions.new.faults.len());
    fitting(page, options.rows, all, most).unwrap_or_else(|| {
        let mut headline = revisions::headline(revisions, lang);
        while headline.len() > most {
            headline.pop();
        }
        headline
    })
}
