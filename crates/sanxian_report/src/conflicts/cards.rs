//! The cards of the kinds of difference patches, and the page that tells how plans are compared and who decides.

use std::fmt::Write as _;
use std::io::{self, Write};

use sanxian_model::{Lang, Text};
use sanxian_rules::decision::{Guide, KindCard};

use crate::cards::CardFormat;
use crate::conflicts::record::KindRecord;
use crate::options::Options;
use crate::paint::Paint;
use crate::words::{list, pick};
use crate::wrap::wrap;

/// Writes the card of a kind.
///
/// # Errors
/// What `out` reports.
pub fn write_kind_card(
    kind: &KindCard,
    format: CardFormat,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let lang = options.lang;
    match format {
        CardFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &[KindRecord::from(kind)])?;
            writeln!(out)
        }
        CardFormat::Markdown => write!(out, "{}", section(kind, "#", lang)),
        CardFormat::Text => {
            let (width, paint) = (options.width.max(20), Paint::new(options.colour));
            for line in wrap(&format!("{} {}", kind.code, kind.title.in_lang(lang)), width) {
                writeln!(out, "{}", paint.bold(&line))?;
            }
            for ((zh, en), text) in parts(kind) {
                writeln!(out, "\n{}", paint.bold(pick(lang, zh, en)))?;
                for line in wrap(text.in_lang(lang), width - 2) {
                    writeln!(out, "  {line}")?;
                }
            }
            Ok(())
        }
    }
}

/// What a card says of a kind, under its headings.
fn parts(kind: &KindCard) -> [((&'static str, &'static str), &Text); 3] {
    [
        (("含义", "What it is"), &kind.about),
        (("处理建议", "What to do"), &kind.advice),
        (("来源", "Source"), &kind.source),
    ]
}

fn section(kind: &KindCard, marks: &str, lang: Lang) -> String {
    let mut text = format!("{marks} {} {}\n", kind.code, kind.title.in_lang(lang));
    let colon = pick(lang, "：", ": ");
    let [about, rest @ ..] = parts(kind);
    let _ = writeln!(text, "\n{}", about.1.in_lang(lang));
    for ((zh, en), words) in rest {
        let _ = writeln!(text, "\n**{}**{colon}{}", pick(lang, zh, en), words.in_lang(lang));
    }
    text
}

/// How plans are compared and who decides, as a page of Markdown: the kinds, the causes in the order in which they are looked
/// for, the order of decision, and the departments.
#[must_use]
pub fn guide_page(guide: &Guide, lang: Lang) -> String {
    let mut text = format!("# {}\n", pick(lang, "规划之间的矛盾", "Where plans contradict each other"));
    let _ = writeln!(
        text,
        "\n{}",
        pick(
            lang,
            "`sanxian conflicts` 比对多个规划，给出差异图斑：各规划给出同一组不同答案的最大连通范围。类型、原因、处理次序和部门取自多规合一的工作惯例，不是国家规定；各地另有指南的，以当地为准。",
            "`sanxian conflicts` compares plans and finds difference patches: the maximal connected areas on which they give one set \
             of different answers. Kinds, causes, order of decision and departments are practice in joining plans, not a national \
             norm; where a local guide exists, it is to be followed."
        )
    );
    let _ = writeln!(text, "\n## {}\n", pick(lang, "类型", "Kinds"));
    let kinds: Vec<String> = guide.kinds.iter().map(|kind| section(kind, "###", lang)).collect();
    text += &kinds.join("\n");

    let _ = writeln!(
        text,
        "\n## {}\n",
        pick(lang, "原因，按判断次序", "Causes, in the order in which they are looked for")
    );
    for cause in &guide.causes {
        let (title, about) = (cause.title.in_lang(lang), cause.about.in_lang(lang));
        let _ = writeln!(text, "- **{title}** (`{}`){}{about}", cause.name, pick(lang, "：", ": "));
    }
    let _ = writeln!(text, "\n## {}\n", pick(lang, "处理次序", "Order of decision"));
    for rank in &guide.ranks {
        let (title, reason) = (rank.title.in_lang(lang), rank.reason.in_lang(lang));
        let _ = writeln!(text, "{}. {title}{}{reason}", rank.number, pick(lang, "：", ": "));
    }
    let _ = writeln!(text, "\n## {}\n", pick(lang, "部门", "Departments"));
    for department in &guide.departments {
        let mut concerns: Vec<String> = Vec::new();
        if department.leads {
            concerns.push(pick(lang, "牵头", "leads").to_owned());
        }
        if !department.classes.is_empty() {
            let codes = list(&department.classes, lang);
            concerns.push(format!("{} {codes}", pick(lang, "地类", "classes")));
        }
        let lines = department.lines.iter().map(|role| role.title().in_lang(lang).to_owned());
        let lines: Vec<String> = lines.collect();
        if !lines.is_empty() {
            concerns.push(format!("{} {}", pick(lang, "控制线", "lines"), list(&lines, lang)));
        }
        let concerns = concerns.join(pick(lang, "；", "; "));
        let _ = writeln!(text, "- {}{}{concerns}", department.title.in_lang(lang), pick(lang, "：", ": "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wrap::columns;

    fn written(kind: &KindCard, format: CardFormat, options: &Options) -> String {
        let mut bytes = Vec::new();
        write_kind_card(kind, format, options, &mut bytes).expect("writing to memory works");
        String::from_utf8(bytes).expect("cards are UTF-8")
    }

    #[test]
    fn every_kind_has_a_card_that_fits_the_terminal_and_says_where_it_comes_from() {
        for kind in &Guide::embedded().kinds {
            for lang in [Lang::Zh, Lang::En] {
                let options = Options { lang, width: 60, ..Options::default() };
                let card = written(kind, CardFormat::Text, &options);
                assert!(
                    card.starts_with(&kind.code) && card.lines().all(|line| columns(line) <= 60),
                    "{card}"
                );
                let markdown = written(kind, CardFormat::Markdown, &options);
                assert!(markdown.contains(kind.source.in_lang(lang)), "{markdown}");
            }
            let json: serde_json::Value =
                serde_json::from_str(&written(kind, CardFormat::Json, &Options::default())).expect("JSON");
            assert_eq!(json[0]["code"], *kind.code);
        }
    }

    #[test]
    fn the_page_of_a_language_has_every_kind_and_no_word_of_the_other() {
        let guide = Guide::embedded();
        let (zh, en) = (guide_page(guide, Lang::Zh), guide_page(guide, Lang::En));
        assert!(
            guide.kinds.iter().all(|kind| zh.contains(&*kind.advice.zh) && en.contains(&*kind.advice.en))
        );
        assert!(!en.contains(|c: char| ('\u{4e00}'..'\u{9fff}').contains(&c)), "{en}");
        assert!(!zh.contains(" the ") && !zh.contains(" of "), "{zh}");
    }
}
