//! Two revisions as a document: what became of findings, the gravest first, with a table for each rule.

use sanxian_model::revision::{FindingChange, FindingPair};
use sanxian_model::{Lang, SquareMetres};

use crate::document::build::builder::{note, section, sentence, without_heading};
use crate::document::build::{faults, inputs};
use crate::document::{
    Block, Cell, Column, Conclusion, Document, Heading, Kind, Scope, Section, Table, Tone, Unit,
};
use crate::figures;
use crate::message;
use crate::report::Input;
use crate::revisions::counts::ChangeCounts;
use crate::revisions::input::Revisions;
use crate::revisions::words;
use crate::summary::{Summary, Verdict};
use crate::verdict_line::verdict_line;
use crate::words::{crs_name, pick};

/// Two revisions as a document, with every row.
#[must_use]
pub fn document<'a>(revisions: &Revisions<'a>, lang: Lang) -> Document<'a> {
    of(revisions, Scope { lang, rows: None })
}

/// The document of two revisions.
pub(super) fn of<'a>(revisions: &Revisions<'a>, scope: Scope) -> Document<'a> {
    let lang = scope.lang;
    let (old, new) = (pick(lang, "修改前", "before"), pick(lang, "修改后", "now"));
    let sides = [(old, &revisions.old), (new, &revisions.new)];
    // Lines are mostly those of both, and told once.
    let of_both =
        |input: &Input| revisions.old.inputs.contains(input) && revisions.new.inputs.contains(input);
    let title = |side: &str, input: &Input| {
        let role = input.role.title();
        match (of_both(input), lang) {
            (true, _) => role.in_lang(lang).to_owned(),
            (false, Lang::Zh) => format!("{}（{side}）", role.in_lang(lang)),
            (false, Lang::En) => format!("{} ({side})", role.in_lang(lang)),
        }
    };
    let of_old = revisions.old.inputs.iter().filter(|input| !of_both(input));
    let titled = of_old.map(|input| (title(old, input), input));
    let titled = titled.chain(revisions.new.inputs.iter().map(|input| (title(new, input), input)));
    let mut sections = Vec::new();
    sections.extend(inputs::section(titled, lang));
    for change in [FindingChange::New, FindingChange::Worse, FindingChange::Better, FindingChange::Healed] {
        sections.extend(of_change(revisions, change, scope));
    }
    let unchanged = ChangeCounts::of(revisions).all(FindingChange::Unchanged);
    if unchanged > 0 {
        let text = match lang {
            Lang::Zh => format!("未变的问题 {unchanged} 项，不逐项列出"),
            Lang::En => format!("{} unchanged, not listed", crate::words::counted(unchanged, "finding")),
        };
        sections.push(without_heading("unchanged", note("unchanged", text)));
    }
    for (side, report) in sides {
        let line = format!("{side}{}{}", pick(lang, "：", ": "), verdict_line(report, lang));
        sections.push(without_heading("verdict", Block::Sentence(sentence(Tone::Plain, line))));
    }
    sections.extend(faults::section(revisions.new.faults, &revisions.new.inputs, scope.rows, lang));
    Document {
        title: pick(lang, "规划修改比对报告", "Revision of a plan").to_owned(),
        lang,
        crs: revisions.new.crs,
        conclusion: conclusion(revisions, lang),
        sections,
    }
}

fn conclusion(revisions: &Revisions<'_>, lang: Lang) -> Conclusion {
    let counts = ChangeCounts::of(revisions);
    let worst = counts.all(FindingChange::New) + counts.all(FindingChange::Worse);
    let (verdict, tone) = if worst > 0 {
        (Verdict::DoesNotConform, Tone::Error)
    } else if Summary::of(&revisions.new).unjudged() {
        (Verdict::Incomplete, Tone::Warning)
    } else {
        (Verdict::Conforms, Tone::Good)
    };
    let report = &revisions.new;
    let (tolerance, crs) = (figures::limit(report.tolerance), crs_name(report.crs, lang, false));
    let basis = match lang {
        Lang::Zh => format!("规则集 {}，容差 {tolerance}，坐标系 {crs}", report.profile),
        Lang::En => format!("profile {}, tolerance {tolerance}, CRS {crs}", report.profile),
    };
    Conclusion {
        verdict,
        sentence: sentence(tone, words::headline(revisions, lang)),
        basis: sentence(Tone::Dim, basis),
    }
}

fn of_change<'a>(revisions: &Revisions<'a>, change: FindingChange, scope: Scope) -> Vec<Section<'a>> {
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
        sections.push(Section {
            key: format!("{}.{}", change.name(), first.code),
            heading: Some(Heading {
                tone: first.severity.into(),
                code: Some(first.code.to_string()),
                text: message::title_in(report, first, lang).to_owned(),
                name: Some(first.rule.to_string()),
            }),
            level: 2,
            blocks: vec![Block::Table(table.without_empty_columns())],
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
