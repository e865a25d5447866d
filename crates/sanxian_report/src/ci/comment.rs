//! Two revisions as a comment of a pull or merge request: what is new first, with the map, and the rest folded.

use std::fmt::Write as _;

use sanxian_model::Lang;

use super::step_summary::fitting;
use crate::document::{Scope, Section};
use crate::options::Options;
use crate::picture;
use crate::render::markdown;
use crate::revisions::{self, Revisions};
use crate::words::pick;

/// Characters that a comment of GitHub may have. Counted in bytes, of which a character has one at least.
pub const COMMENT_BYTES: usize = 1 << 16;

/// The map that goes with a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommentMap<'a> {
    /// It is shown from this address.
    At(&'a str),
    /// It is named as a file among the reports.
    File(&'a str),
}

/// Two revisions as a comment, in at most so many bytes: what became of findings, and how many features changed; folded under it what
/// was read, what changed piece by piece, and faults. Of its options, language and rows count.
#[must_use]
pub fn comment(
    revisions: &Revisions<'_>,
    map: Option<CommentMap<'_>>,
    options: &Options,
    most: usize,
) -> String {
    let lead = map.map(|map| map.markdown(options.lang));
    let lang = options.lang;
    // The counts of a role stand under `changed.ROLE`, the pieces deeper.
    let is_open = |section: &Section<'_>| {
        let parts = section.key.split('.').count();
        !["inputs", "verdict", "faults"].contains(&&*section.key)
            && (!section.key.starts_with("changed.") || parts == 2)
    };
    let page = |rows| {
        let document = revisions::document::of(revisions, Scope { lang, rows });
        markdown::folded(
            &document,
            lead.as_deref(),
            is_open,
            pick(lang, "数据和逐项变化", "What was read, and each change"),
        )
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

impl CommentMap<'_> {
    fn markdown(self, lang: Lang) -> String {
        match self {
            Self::At(url) => format!("![{}]({})", picture::title_of_revisions(lang), address(url)),
            Self::File(name) => markdown::words(&format!("{}`{name}`", pick(lang, "地图：", "Map: "))),
        }
    }
}

/// An address in which nothing ends a link of Markdown: what would is escaped byte by byte, and what is escaped already stays.
fn address(url: &str) -> String {
    let mut address = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_whitespace() || c.is_control() || "<>()[]\\\"`".contains(c) {
            for byte in c.to_string().bytes() {
                // Writing to a String cannot fail.
                let _ = write!(address, "%{byte:02X}");
            }
        } else {
            address.push(c);
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_stays_in_its_link() {
        let map = CommentMap::At("https://host/a b(1).svg?x=%20&y=图");
        let wanted = "![Map of a revision of a plan](https://host/a%20b%281%29.svg?x=%20&y=图)";
        assert_eq!(map.markdown(Lang::En), wanted);
        assert_eq!(CommentMap::File("map*.svg").markdown(Lang::Zh), "地图：`map*.svg`");
    }
}
