//! The card of a rule: what it asks, why, which documents it rests on, how it is measured, what it cannot see.

use std::io::{self, Write};

use sanxian_model::{Lang, Severity};
use sanxian_rules::{Rule, Status};
use serde::Serialize;

use crate::format::Options;
use crate::grid::{Grid, Kind};
use crate::paint::Paint;
use crate::record::TextRecord;
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
    match format {
        CardFormat::Text => {
            for (number, rule) in rules.iter().enumerate() {
                if number > 0 {
                    writeln!(out)?;
                }
                text(rule, options, out)?;
            }
            Ok(())
        }
        CardFormat::Markdown => {
            for (number, rule) in rules.iter().enumerate() {
                if number > 0 {
                    writeln!(out)?;
                }
                markdown(rule, options.lang, out)?;
            }
            Ok(())
        }
        CardFormat::Json => {
            let cards: Vec<CardRecord<'_>> = rules.iter().map(|rule| CardRecord::from(*rule)).collect();
            serde_json::to_writer_pretty(&mut *out, &cards)?;
            writeln!(out)
        }
    }
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
        (pick(lang, "名称", "title"), Kind::Words),
    ]);
    for rule in rules {
        grid.row(vec![
            rule.code.to_string(),
            rule.name.to_string(),
            words::severity(rule.severity, lang).to_owned(),
            status(rule.status, lang).to_owned(),
            rule.title.in_lang(lang).to_owned(),
        ]);
    }
    for line in grid.lines(options.width.max(20)) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn status(status: Status, lang: Lang) -> &'static str {
    match status {
        Status::Stable => pick(lang, "正式", "stable"),
        Status::Preview => pick(lang, "试行", "preview"),
        Status::Deprecated => pick(lang, "停用", "deprecated"),
    }
}

/// The parts of a card that are a heading and sentences.
fn sections(rule: &Rule, lang: Lang) -> Vec<(&'static str, Vec<String>)> {
    let mut sections = Vec::new();
    let mut add = |title, lines: Vec<String>| {
        let lines: Vec<String> = lines.into_iter().filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() {
            sections.push((title, lines));
        }
    };
    let say = |zh, en| pick(lang, zh, en);
    add(say("为什么", "Why"), vec![rule.why.in_lang(lang).to_owned()]);
    add(say("检查对象", "Checked"), vec![subject(rule, lang)]);
    add(say("如何量算", "How it is measured"), vec![rule.measured.in_lang(lang).to_owned()]);
    add(say("例外", "Exceptions"), rule.all_exceptions().map(|e| exception(e, lang)).collect());
    add(say("如何处理", "What to do"), vec![rule.help.in_lang(lang).to_owned()]);
    add(say("局限", "Blind spots"), vec![rule.blind_spots.in_lang(lang).to_owned()]);
    add(say("依据", "Sources"), rule.sources.iter().map(|s| source(s, lang)).collect());
    add(say("主管部门", "Department"), vec![rule.department.in_lang(lang).to_owned()]);
    sections
}

fn subject(rule: &Rule, lang: Lang) -> String {
    let titles: Vec<String> = rule.roles.iter().map(|role| role.title().in_lang(lang).to_owned()).collect();
    let mut text = words::list(&titles, lang);
    if let Some(filter) = &rule.subject_filter {
        let filter = filter.text().split_whitespace().collect::<Vec<_>>().join(" ");
        let where_words = match lang {
            Lang::Zh => format!("，其中 `{filter}`"),
            Lang::En => format!(", where `{filter}`"),
        };
        text.push_str(&where_words);
    }
    if let Some(zone) = rule.zone() {
        let zone = zone.title().in_lang(lang).to_owned();
        let against = match lang {
            Lang::Zh => format!("；对照{zone}"),
            Lang::En => format!("; against the {zone}"),
        };
        text.push_str(&against);
    }
    text
}

fn exception(exception: &sanxian_rules::Exception, lang: Lang) -> String {
    let about = exception.about.in_lang(lang);
    let severity = words::severity(exception.severity, lang);
    let filter = exception.filter.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let evidence = words::list(&exception.evidence, lang);
    match (lang, evidence.is_empty()) {
        (Lang::Zh, true) => format!("{about}，降为{severity}：`{filter}`"),
        (Lang::Zh, false) => format!("{about}，降为{severity}：`{filter}`，须填写 {evidence}"),
        (Lang::En, true) => format!("{about}: becomes a {severity} when `{filter}`"),
        (Lang::En, false) => {
            format!("{about}: becomes a {severity} when `{filter}`, with {evidence} filled in")
        }
    }
}

fn source(source: &sanxian_rules::Source, lang: Lang) -> String {
    let mut text = format!("《{}》", source.document);
    for part in [&source.version, &source.article] {
        if !part.is_empty() {
            text.push_str(pick(lang, "，", ", "));
            text.push_str(part);
        }
    }
    text.push_str(match (source.checked, lang) {
        (true, Lang::Zh) => "（已核对原文）",
        (true, Lang::En) => " (compared with the text)",
        (false, Lang::Zh) => "（尚未核对原文）",
        (false, Lang::En) => " (not yet compared with the text)",
    });
    if let Some(note) = &source.note {
        text.push_str(pick(lang, "：", ": "));
        text.push_str(note.in_lang(lang));
    }
    text
}

fn text(rule: &Rule, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let lang = options.lang;
    let width = options.width.max(20);
    let paint = Paint::new(options.colour);
    let head = format!("{} {}", rule.code, rule.title.in_lang(lang));
    for line in wrap(&head, width) {
        writeln!(out, "{}", paint.severity(rule.severity, &line))?;
    }
    let (severity, status) = (words::severity(rule.severity, lang), status(rule.status, lang));
    let facts = words::list(&[rule.name.to_string(), severity.to_owned(), status.to_owned()], lang);
    for line in wrap(&facts, width) {
        writeln!(out, "{}", paint.dim(&line))?;
    }
    for (title, lines) in sections(rule, lang) {
        writeln!(out, "\n{}", paint.bold(title))?;
        for line in lines.iter().flat_map(|line| wrap(line, width - 2)) {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

fn markdown(rule: &Rule, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## {} {}\n", rule.code, rule.title.in_lang(lang))?;
    let (severity, status) = (words::severity(rule.severity, lang), status(rule.status, lang));
    writeln!(out, "`{}` · {severity} · {status}", rule.name)?;
    for (title, lines) in sections(rule, lang) {
        writeln!(out, "\n**{title}**\n")?;
        if let [line] = lines.as_slice() {
            writeln!(out, "{line}")?;
        } else {
            for line in lines {
                writeln!(out, "- {line}")?;
            }
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct CardRecord<'a> {
    code: &'a str,
    name: &'a str,
    status: &'static str,
    severity: &'static str,
    title: TextRecord,
    roles: Vec<&'a str>,
    filter: Option<&'a str>,
    zone: Option<&'a str>,
    message: TextRecord,
    help: TextRecord,
    department: TextRecord,
    why: TextRecord,
    measured: TextRecord,
    blind_spots: TextRecord,
    sources: Vec<SourceRecord<'a>>,
    exceptions: Vec<ExceptionRecord<'a>>,
}

#[derive(Serialize)]
struct SourceRecord<'a> {
    document: &'a str,
    version: &'a str,
    article: &'a str,
    checked: bool,
    note: Option<TextRecord>,
}

#[derive(Serialize)]
struct ExceptionRecord<'a> {
    filter: &'a str,
    severity: &'static str,
    evidence: &'a [String],
    about: TextRecord,
}

impl<'a> From<&'a Rule> for CardRecord<'a> {
    fn from(rule: &'a Rule) -> Self {
        Self {
            code: &rule.code,
            name: &rule.name,
            status: rule.status.name(),
            severity: Severity::name(rule.severity),
            title: rule.title.clone().into(),
            roles: rule.roles.iter().map(sanxian_model::Role::name).collect(),
            filter: rule.subject_filter.as_ref().map(sanxian_rules::Filter::text),
            zone: rule.zone().map(sanxian_model::Role::name),
            message: rule.message.clone().into(),
            help: rule.help.clone().into(),
            department: rule.department.clone().into(),
            why: rule.why.clone().into(),
            measured: rule.measured.clone().into(),
            blind_spots: rule.blind_spots.clone().into(),
            sources: rule
                .sources
                .iter()
                .map(|source| SourceRecord {
                    document: &source.document,
                    version: &source.version,
                    article: &source.article,
                    checked: source.checked,
                    note: source.note.clone().map(Into::into),
                })
                .collect(),
            exceptions: rule
                .all_exceptions()
                .map(|exception| ExceptionRecord {
                    filter: exception.filter.text(),
                    severity: exception.severity.name(),
                    evidence: &exception.evidence,
                    about: exception.about.clone().into(),
                })
                .collect(),
        }
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
