//! What became of findings: a section for each change, with a table for each rule.

use sanxian_model::revision::{FindingChange, FindingPair};
use sanxian_model::{Lang, SquareMetres};

use crate::document::build::builder::{note, section};
use crate::document::{Block, Cell, Column, Heading, Kind, Scope, Section, Table, Tone, Unit};
use crate::message;
use crate::revisions::input::Revisions;
use crate::revisions::words;
use crate::words::pick;

pub(super) fn of_change<'a>(
    revisions: &Revisions<'a>,
    change: FindingChange,
    scope: Scope,
) -> Vec<Section<'a>> {
    let lang = scope.lang;
    let pairs: Vec<&FindingPair> = revisions.pairs.iter().filter(|pair| pair.change == change).collect();
    if pairs.is_empty() {
        return Vec::new();
    }
    let tone = match change {
        FindingChange::New => Tone::Error,
        FindingChange::Worse => Tone::Warning,
        FindingChange::Better | FindingChange::Healed => Tone::Good,
        FindingChange::Unchanged => Tone::Plain,
    };
    let title = match lang {
        Lang::Zh => format!("{}（{}）", words::change(change, lang), pairs.len()),
        Lang::En => format!("{} ({})", capitalised(words::change(change, lang)), pairs.len()),
    };
    let mut parent = section(change.name(), &title, vec![]);
    if let Some(heading) = &mut parent.heading {
        heading.tone = tone;
    }
    let mut sections = vec![parent];
    // Findings come ordered by rule code, so those of one rule stand together.
    for of_rule in pairs.chunk_by(|a, b| revisions.finding(a).1.rule == revisions.finding(b).1.rule) {
        let (report, first) = revisions.finding(of_rule[0]);
        let shown = scope.rows.map_or(of_rule.len(), |most| most.min(of_rule.len()));
        let mut table = table(revisions, &of_rule[..shown], lang);
        table.left_off = of_rule.len() - shown;
        let mut blocks = vec![Block::Table(table.without_empty_columns())];
        let basis = message::basis_in(report, first, lang);
        blocks.extend(basis.map(|basis| note("basis", format!("{}{basis}", pick(lang, "依据：", "by: ")))));
        sections.push(Section {
            key: format!("{}.{}", change.name(), first.code),
            heading: Some(Heading {
                tone: first.severity.into(),
                code: Some(first.code.to_string()),
                text: message::title_in(report, first, lang).to_owned(),
                name: Some(first.rule.to_string()),
            }),
            level: 2,
            blocks,
        });
    }
    sections
}

fn table(revisions: &Revisions<'_>, pairs: &[&FindingPair], lang: Lang) -> Table {
    let say = |zh, en| pick(lang, zh, en);
    let area = |key, zh, en| Column::area(key, say(zh, en), Unit::SquareMetre);
    let mut table = Table::new(vec![
        Column::new("subject", say("图斑", "patch"), Kind::Identifier),
        Column::new("name", say("名称", "name"), Kind::Text),
        area("before_m2", "修改前", "before").brief(say("修改前 m²", "before m²")),
        area("now_m2", "修改后", "now").brief(say("修改后 m²", "now m²")),
        area("more_m2", "增减", "more").brief(say("增减 m²", "more m²")),
        Column::new("message", say("说明", "message"), Kind::Text).beside(),
    ]);
    let cell = |area: Option<SquareMetres>| area.map_or(Cell::Empty, Cell::area);
    for pair in pairs {
        let (report, finding) = revisions.finding(pair);
        let now = pair.new.and_then(|_| finding.area());
        table.row(vec![
            Cell::identifier(finding.subject.label()),
            Cell::text(finding.name.clone().unwrap_or_default()),
            cell(revisions.before(pair).and_then(sanxian_model::Finding::area)),
            cell(now),
            cell(pair.more),
            Cell::text(message::sentence_in(report, finding, lang)),
        ]);
    }
    table
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
