//! The cards of rules on a terminal, as Markdown and as data; and the list from which one is chosen. What a
//! card says is the rule's own business ([`sanxian_rules::card_text`]).

use std::io::{self, Write};

use sanxian_model::Lang;
use sanxian_rules::{Rule, RuleCard, Status, card_markdown, card_text};

use crate::grid::{Grid, Kind};
use crate::options::Options;
use crate::paint::Paint;
use crate::words::{self, pick};
use crate::wrap::wrap;

/// A format for cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CardFormat {
    /// For a terminal.
    #[default]
    Text,
    /// For a page of documentation.
    Markdown,
    /// For programs, in both languages.
    Json,
}

impl CardFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Text, Self::Markdown, Self::Json];

    /// The word used in flags.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Json => "json",
        }
    }
}

/// Writes the cards of rules, one after the other.
///
/// # Errors
/// What `out` reports.
pub fn write_cards(
    rules: &[&Rule],
    format: CardFormat,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    if format == CardFormat::Json {
        let cards: Vec<RuleCard> = rules.iter().map(|rule| RuleCard::from(*rule)).collect();
        serde_json::to_writer_pretty(&mut *out, &cards)?;
        return writeln!(out);
    }
    for (number, rule) in rules.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        if format == CardFormat::Markdown {
            write!(out, "{}", card_markdown(rule, options.lang))?;
        } else {
            text(rule, options, out)?;
        }
    }
    Ok(())
}

/// A card broken to the width of the terminal. Its first line is the head; lines without an indent are the
/// headings.
fn text(rule: &Rule, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let width = options.width.max(20);
    let paint = Paint::new(options.colour);
    for (number, line) in card_text(rule, options.lang).lines().enumerate() {
        let body = line.trim_start();
        let indent = &line[..line.len() - body.len()];
        for part in wrap(body, width.saturating_sub(indent.len())) {
            let part = match (number, indent.is_empty()) {
                (0, _) => paint.severity(rule.severity, &part),
                (_, true) => paint.bold(&part),
                (_, false) => part,
            };
            writeln!(out, "{}", format!("{indent}{part}").trim_end())?;
        }
    }
    Ok(())
}

/// Writes a list of rules, one a line, for choosing.
///
/// # Errors
/// What `out` reports.
pub fn write_rule_list(rules: &[&Rule], options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let lang = options.lang;
    let mut grid = Grid::new(&[
        (pick(lang, "编号", "code"), Kind::Key),
        (pick(lang, "规则", "rule"), Kind::Words),
        (pick(lang, "等级", "severity"), Kind::Words),
        (pick(lang, "状态", "status"), Kind::Aside),
        (pick(lang, "依据", "demand"), Kind::Aside),
        (pick(lang, "名称", "title"), Kind::Words),
    ]);
    for rule in rules {
        grid.row(vec![
            rule.code.to_string(),
            rule.name.to_string(),
            words::severity(rule.severity, lang).to_owned(),
            status(rule.status, lang).to_owned(),
            rule.sources.first().map_or_else(String::new, |demand| demand.grade.title(lang).to_owned()),
            rule.title.in_lang(lang).to_owned(),
        ]);
    }
    let fitted = grid.fit(options.width.max(20));
    for line in fitted.lines {
        writeln!(out, "{line}")?;
    }
    if let Some(text) = words::not_shown(&fitted.dropped, lang) {
        writeln!(out, "{}", Paint::new(options.colour).dim(&text))?;
    }
    Ok(())
}

fn status(status: Status, lang: Lang) -> &'static str {
    match status {
        Status::Stable => pick(lang, "正式", "stable"),
        Status::Preview => pick(lang, "依据待核", "preview"),
        Status::Deprecated => pick(lang, "停用", "deprecated"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wrap::columns;
    use sanxian_rules::RuleBook;

    fn written(rules: &[&Rule], format: CardFormat, options: &Options) -> String {
        let mut bytes = Vec::new();
        write_cards(rules, format, options, &mut bytes).expect("writing to memory works");
        String::from_utf8(bytes).expect("cards are UTF-8")
    }

    #[test]
    fn every_rule_of_the_book_has_a_card_that_fits_the_terminal() {
        let book = RuleBook::embedded();
        for rule in book.rules() {
            for lang in [Lang::Zh, Lang::En] {
                let options = Options { lang, width: 60, ..Options::default() };
                let card = written(&[rule], CardFormat::Text, &options);
                assert!(
                    card.contains(rule.title.in_lang(lang)) || rule.title.in_lang(lang).len() > 40,
                    "{card}"
                );
                assert!(card.lines().all(|line| columns(line) <= 60), "{card}");
            }
        }
    }

    #[test]
    fn a_card_names_its_documents() {
        let book = RuleBook::embedded();
        let rule = book.rule("BF-01").expect("a rule of the core pack");
        let card = written(&[rule], CardFormat::Markdown, &Options::default());
        for source in &rule.sources {
            assert!(card.contains(&source.document), "{card}");
        }
        let json: serde_json::Value =
            serde_json::from_str(&written(&[rule], CardFormat::Json, &Options::default())).expect("JSON");
        assert_eq!(json[0]["name"], "permanent-farmland-occupied");
    }
}
