//! The page that tells how plans are compared and who decides, in both languages.

use sanxian::Lang;
use sanxian::conflicts::{Guide, guide_page};

use super::page::Page;

/// `docs/conflicts.md` and `docs/conflicts.zh.md`.
pub(crate) fn pages() -> [Page; 2] {
    [Lang::En, Lang::Zh].map(|lang| {
        let (path, other, link, source) = match lang {
            Lang::En => ("docs/conflicts.md", "conflicts.zh.md", "中文", "Made from"),
            Lang::Zh => ("docs/conflicts.zh.md", "conflicts.md", "English", "出自"),
        };
        let page = guide_page(Guide::embedded(), lang);
        let file = "conflicts/practice.toml";
        let text = format!("{page}\n---\n\n[{link}]({other}) · {source} [`{file}`](../data/{file})\n");
        Page { path: path.to_owned(), text }
    })
}
