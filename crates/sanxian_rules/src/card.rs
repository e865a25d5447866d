//! The card of a rule: everything a reader wants to know about it, as text, as Markdown, and as data.

use std::fmt::Write as _;

use sanxian_model::{Lang, Text};
use serde::Serialize;

use crate::example::Example;
use crate::exception::Exception;
use crate::figures::{area_text, percent};
use crate::rule::{Rule, Source, Status};

/// Version of [`RuleCard`] as data; it changes when a field is renamed or removed.
pub const CARD_SCHEMA_VERSION: &str = "2";

/// A rule as data, for JSON.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RuleCard {
    /// [`CARD_SCHEMA_VERSION`].
    pub schema_version: &'static str,
    /// The rule's identity.
    pub name: String,
    /// Its second key.
    pub code: String,
    /// `stable`, `preview` or `deprecated`.
    pub status: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// A few words.
    pub title: Words,
    /// Department that answers for the matter.
    pub department: Words,
    /// The documents it rests on.
    pub sources: Vec<CardSource>,
    /// Who is judged.
    pub subject: CardSubject,
    /// The question.
    pub test: CardTest,
    /// What lifts a finding; the condition of the question itself comes first.
    pub exceptions: Vec<CardException>,
    /// Template of the message.
    pub message: Words,
    /// Template of the advice.
    pub help: Words,
    /// Why the rule exists.
    pub why: Words,
    /// How it is measured.
    pub measured: Words,
    /// What it cannot see.
    pub blind_spots: Words,
    /// Its examples.
    pub examples: Vec<CardExample>,
}

/// Words in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardSource {
    /// Full title.
    pub document: String,
    /// Number or date.
    pub version: String,
    /// Article or section.
    pub article: String,
    /// How much of it was read: `text`, `copy`, `report`, `secondary` or `unread`.
    pub grade: &'static str,
    /// What the check left open.
    pub note: Option<Words>,
}

/// Who is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardSubject {
    /// Roles of the layers.
    pub roles: Vec<String>,
    /// Which of their features; none means all.
    #[serde(rename = "where")]
    pub filter: Option<String>,
    /// The same in words.
    pub about: Option<Words>,
}

/// The question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardTest {
    /// Name of the predicate.
    pub predicate: &'static str,
    /// Its parameters, in the words of the rule file.
    pub parameters: Vec<CardParameter>,
}

/// One parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardParameter {
    /// Key of the rule file.
    pub key: &'static str,
    /// Its value as text.
    pub value: String,
}

/// An exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardException {
    /// The condition.
    #[serde(rename = "where")]
    pub filter: String,
    /// Severity of a finding it applies to.
    pub severity: &'static str,
    /// Fields that must be filled in.
    pub evidence: Vec<String>,
    /// The exception in words.
    pub about: Words,
}

/// An example.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CardExample {
    /// What it shows.
    pub about: Words,
    /// Severity of the finding; none when nothing may be found.
    pub severity: Option<&'static str>,
    /// Overlap in square metres.
    pub overlap_m2: Option<f64>,
    /// Area outside in square metres.
    pub outside_m2: Option<f64>,
    /// Ratio, 0.15 for 15 %.
    pub ratio: Option<f64>,
}

impl From<&Text> for Words {
    fn from(text: &Text) -> Self {
        Self { zh: text.zh.clone(), en: text.en.clone() }
    }
}

impl From<&Exception> for CardException {
    fn from(exception: &Exception) -> Self {
        Self {
            filter: exception.filter.text().to_owned(),
            severity: exception.severity.name(),
            evidence: exception.evidence.clone(),
            about: Words::from(&exception.about),
        }
    }
}

impl From<&Example> for CardExample {
    fn from(example: &Example) -> Self {
        Self {
            about: Words::from(&example.about),
            severity: example.expect.severity.map(sanxian_model::Severity::name),
            overlap_m2: example.expect.overlap.map(sanxian_model::SquareMetres::get),
            outside_m2: example.expect.outside.map(sanxian_model::SquareMetres::get),
            ratio: example.expect.ratio,
        }
    }
}

impl From<&Rule> for RuleCard {
    fn from(rule: &Rule) -> Self {
        let parameters = rule.predicate.parameters();
        Self {
            schema_version: CARD_SCHEMA_VERSION,
            name: rule.name.to_string(),
            code: rule.code.to_string(),
            status: rule.status.name(),
            severity: rule.severity.name(),
            title: Words::from(&rule.title),
            department: Words::from(&rule.department),
            sources: rule
                .sources
                .iter()
                .map(|source| CardSource {
                    document: source.document.clone(),
                    version: source.version.clone(),
                    article: source.article.clone(),
                    grade: source.grade.name(),
                    note: source.note.as_ref().map(Words::from),
                })
                .collect(),
            subject: CardSubject {
                roles: rule.roles.iter().map(ToString::to_string).collect(),
                filter: rule.subject_filter.as_ref().map(|filter| filter.text().to_owned()),
                about: rule.subject_about.as_ref().map(Words::from),
            },
            test: CardTest {
                predicate: rule.predicate.name(),
                parameters: parameters.into_iter().map(|(key, value)| CardParameter { key, value }).collect(),
            },
            exceptions: rule.all_exceptions().map(CardException::from).collect(),
            message: Words::from(&rule.message),
            help: Words::from(&rule.help),
            why: Words::from(&rule.why),
            measured: Words::from(&rule.measured),
            blind_spots: Words::from(&rule.blind_spots),
            examples: rule.examples.iter().map(CardExample::from).collect(),
        }
    }
}

/// The card as plain text for a terminal.
#[must_use]
pub fn card_text(rule: &Rule, lang: Lang) -> String {
    let mut card = format!("{}  {}\n{}\n", rule.code, rule.name, rule.title(lang));
    let _ = writeln!(card, "{}", facts_line(rule, lang));
    for (title, body) in sections(rule, lang) {
        let _ = write!(card, "\n{title}\n");
        for line in body.lines() {
            let _ = writeln!(card, "  {}", line.replace('`', ""));
        }
    }
    card
}

/// The card as Markdown, for a page of the documentation.
#[must_use]
pub fn card_markdown(rule: &Rule, lang: Lang) -> String {
    let mut card = format!("## {} {}\n\n`{}`\n\n", rule.code, rule.title(lang), rule.name);
    let _ = writeln!(card, "{}", facts_line(rule, lang));
    for (title, body) in sections(rule, lang) {
        let _ = write!(card, "\n### {title}\n\n");
        let several = body.lines().count() > 1;
        for line in body.lines() {
            let bullet = if several && !line.starts_with(' ') { "- " } else { "" };
            let _ = writeln!(card, "{bullet}{line}");
        }
    }
    card
}

/// Status, severity and department on one line.
fn facts_line(rule: &Rule, lang: Lang) -> String {
    let severity = severity_word(Some(rule.severity), lang);
    let department = rule.department.in_lang(lang);
    match lang {
        Lang::Zh => format!("{}，{severity}，{department}", status_word(rule.status)),
        Lang::En => format!("{}, {severity}; {department}", rule.status),
    }
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Stable => "正式",
        Status::Preview => "依据待核",
        Status::Deprecated => "停用",
    }
}

fn severity_word(severity: Option<sanxian_model::Severity>, lang: Lang) -> &'static str {
    use sanxian_model::Severity;
    match (severity, lang) {
        (None, Lang::Zh) => "不报告",
        (None, Lang::En) => "nothing",
        (Some(Severity::Error), Lang::Zh) => "不符合",
        (Some(Severity::Warning), Lang::Zh) => "需核实",
        (Some(Severity::Note), Lang::Zh) => "提示",
        (Some(other), Lang::En) => other.name(),
    }
}

/// The parts of a card below its head: a title, and a body with one line for each entry.
fn sections(rule: &Rule, lang: Lang) -> Vec<(&'static str, String)> {
    let zh = lang == Lang::Zh;
    let mut sections = vec![
        (if zh { "为什么" } else { "Why" }, rule.why.in_lang(lang).to_owned()),
        (if zh { "判断什么" } else { "What is asked" }, question(rule, lang)),
    ];
    let exceptions: Vec<String> = rule.all_exceptions().map(|e| exception_line(e, lang)).collect();
    if !exceptions.is_empty() {
        sections.push((if zh { "例外" } else { "Exceptions" }, exceptions.join("\n")));
    }
    sections.push((
        if zh { "面积计算口径" } else { "How it is measured" },
        rule.measured.in_lang(lang).to_owned(),
    ));
    sections.push((if zh { "处理建议" } else { "What to do" }, rule.help.in_lang(lang).to_owned()));
    let blind = rule.blind_spots.in_lang(lang).to_owned();
    sections.push((if zh { "适用局限" } else { "What it cannot see" }, blind));
    sections.push((if zh { "依据" } else { "Sources" }, sources(rule, lang)));
    let examples: Vec<String> = rule.examples.iter().map(|example| example_line(example, lang)).collect();
    if !examples.is_empty() {
        sections.push((if zh { "示例" } else { "Examples" }, examples.join("\n")));
    }
    sections
}

fn question(rule: &Rule, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let roles = rule.roles.iter().map(|role| format!("`{role}`")).collect::<Vec<_>>().join(", ");
    let about = rule
        .subject_about
        .as_ref()
        .map_or_else(String::new, |about| format!("{}{}", if zh { "：" } else { ": " }, about.in_lang(lang)));
    let mut lines = vec![format!("{} {roles}{about}", if zh { "对象:" } else { "subjects:" })];
    if let Some(filter) = &rule.subject_filter {
        lines.push(format!("{} `{}`", if zh { "条件:" } else { "where:" }, filter.text()));
    }
    lines.push(format!("{} `{}`", if zh { "判断:" } else { "question:" }, rule.predicate.name()));
    // The condition of a conditional overlap is told under the exceptions.
    let own = rule.predicate.parameters();
    let parameters = own.iter().filter(|(key, _)| !key.starts_with("allowed-"));
    lines.extend(parameters.map(|(key, value)| format!("{key}: `{value}`")));
    lines.join("\n")
}

fn exception_line(exception: &Exception, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let severity = severity_word(Some(exception.severity), lang);
    let mut line = exception.about.in_lang(lang).to_owned();
    let _ = write!(line, "{}`{}`", if zh { "：" } else { ": " }, exception.filter.text());
    if !exception.evidence.is_empty() {
        let fields: Vec<String> = exception.evidence.iter().map(|field| format!("`{field}`")).collect();
        let fields = fields.join(", ");
        let _ = if zh {
            write!(line, "，须填写 {fields}")
        } else {
            write!(line, ", with {fields} filled in")
        };
    }
    line + &if zh { format!("，改为{severity}") } else { format!("; then {severity}") }
}

fn sources(rule: &Rule, lang: Lang) -> String {
    let line = |source: &Source| {
        let note = source.note.as_ref().map(|note| note.in_lang(lang));
        let colon = if lang == Lang::Zh { "：" } else { ": " };
        source.line(lang) + &note.map_or_else(String::new, |note| format!("{colon}{note}"))
    };
    rule.sources.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn example_line(example: &Example, lang: Lang) -> String {
    let expect = &example.expect;
    let measured = expect
        .overlap
        .or(expect.outside)
        .map(|area| area_text(area, lang))
        .or_else(|| expect.ratio.map(percent));
    let outcome = severity_word(expect.severity, lang);
    let about = example.about.in_lang(lang);
    match (measured, lang) {
        (Some(measured), Lang::Zh) => format!("{about}：{outcome}，{measured}"),
        (Some(measured), Lang::En) => format!("{about}: {outcome}, {measured}"),
        (None, Lang::Zh) => format!("{about}：{outcome}"),
        (None, Lang::En) => format!("{about}: {outcome}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::RuleBook;

    #[test]
    fn a_card_tells_law_question_exceptions_and_limits() {
        let book = RuleBook::embedded();
        let rule = book.rule("BF-02").unwrap();
        let zh = card_text(rule, Lang::Zh);
        for words in
            ["BF-02", "第三十五条", "《中华人民共和国土地管理法》", "例外", "approval_no", "适用局限"]
        {
            assert!(zh.contains(words), "{words} is missing from\n{zh}");
        }
        let en = card_markdown(rule, Lang::En);
        for words in ["## BF-02 Key project", "### Exceptions", "(text read)", "then warning", "- subjects:"]
        {
            assert!(en.contains(words), "{words} is missing from\n{en}");
        }
    }

    #[test]
    fn every_card_speaks_its_language() {
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for rule in RuleBook::embedded().rules() {
            let texts =
                [&rule.title, &rule.message, &rule.help, &rule.why, &rule.measured, &rule.blind_spots];
            let about = rule.all_exceptions().map(|exception| &exception.about);
            let examples = rule.examples.iter().map(|example| &example.about);
            for text in texts.into_iter().chain(about).chain(examples) {
                assert!(chinese(&text.zh), "{}: `{}` is not Chinese", rule.code, text.zh);
                assert!(!text.en.is_empty(), "{}: `{}` has no English", rule.code, text.zh);
            }
            for text in [&rule.title, &rule.why, &rule.message, &rule.department] {
                assert!(!chinese(&text.en), "{}: `{}` is not English", rule.code, text.en);
            }
            assert!(!card_text(rule, Lang::En).contains('`'));
        }
    }

    #[test]
    fn the_card_as_data_holds_the_same_rule() {
        let book = RuleBook::embedded();
        let rule = book.rule("elastic-zone-over-cap").unwrap();
        let card = RuleCard::from(rule);
        assert_eq!((card.code.as_str(), card.status, card.severity), ("UB-08", "preview", "warning"));
        let cap = card.test.parameters.iter().find(|parameter| parameter.key == "cap").unwrap();
        assert_eq!(cap.value, "15.00 %");
        assert_eq!(card.examples.len(), rule.examples.len());
    }
}
