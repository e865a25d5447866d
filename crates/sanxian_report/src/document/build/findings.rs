//! The findings of one severity: a section for each rule, in the order of rule codes, with a table, the exceptions,
//! what to do, and a map of each finding whose piece is at hand.

use std::collections::BTreeMap;

use sanxian_model::{Finding, Lang, LayerId, Measure, Severity};

use super::builder::{Builder, note};
use crate::document::{Block, Cell, Column, Figure, Heading, Kind, Section, Shape, Table, Tone, Unit};
use crate::message;
use crate::report::{About, Report};
use crate::words;

/// How many zone features a cell names before it counts the rest.
const ZONES_NAMED: usize = 2;
/// How many different pieces of advice a section gives.
const ADVICE: usize = 3;

/// A finding with its number in the report.
type Numbered<'a> = (usize, &'a Finding);

pub(super) fn sections<'a>(build: &Builder<'_, 'a>, severity: Severity, about: About) -> Vec<Section<'a>> {
    let report = build.report;
    let wanted = |finding: &Finding| finding.severity == severity && report.about(finding) == about;
    let findings: Vec<Numbered<'a>> =
        report.findings.iter().enumerate().filter(|(_, finding)| wanted(finding)).collect();
    if findings.is_empty() {
        return Vec::new();
    }
    let text = match build.lang() {
        Lang::Zh => format!("{}（{}）", words::severity(severity, Lang::Zh), findings.len()),
        Lang::En => {
            let word = match severity {
                Severity::Error => "Errors",
                Severity::Warning => "Warnings",
                Severity::Note => "Notes",
            };
            format!("{word} ({})", findings.len())
        }
    };
    let (parent, level) = match about {
        About::Subject => ("findings", 1),
        About::Lines => ("lines", 2),
    };
    let key = format!("{parent}.{}", severity.name());
    let heading = Some(Heading { tone: severity.into(), code: None, text, name: None });
    let mut sections = vec![Section { key: key.clone(), heading, level, blocks: vec![] }];
    let mut same: BTreeMap<&str, usize> = BTreeMap::new();
    // Findings come ordered by rule code, so those of one rule stand together.
    for group in findings.chunk_by(|(_, a), (_, b)| same_table(a, b)) {
        let code = &*group[0].1.code;
        let number = same.entry(code).and_modify(|number| *number += 1).or_insert(1);
        let key = if *number == 1 { format!("{key}.{code}") } else { format!("{key}.{code}.{number}") };
        sections.push(Section {
            key,
            heading: Some(heading_of_rule(build, severity, group[0].1)),
            level: level + 1,
            blocks: blocks(build, group),
        });
    }
    sections
}

fn same_table(a: &Finding, b: &Finding) -> bool {
    a.rule == b.rule && std::mem::discriminant(&a.measure) == std::mem::discriminant(&b.measure)
}

fn heading_of_rule(build: &Builder<'_, '_>, severity: Severity, first: &Finding) -> Heading {
    let preview = if first.preview {
        build.pick("（依据待核）", " (preview: source not yet checked)")
    } else {
        ""
    };
    Heading {
        tone: Tone::from(severity),
        code: Some(first.code.to_string()),
        text: format!("{}{preview}", message::title_in(build.report, first, build.lang())),
        name: Some(first.rule.to_string()),
    }
}

fn blocks<'a>(build: &Builder<'_, 'a>, group: &[Numbered<'a>]) -> Vec<Block<'a>> {
    let shown = &group[..build.shown(group.len())];
    let mut table = match group[0].1.measure {
        Measure::Overlap { .. } | Measure::Outside { .. } => areas(build, shown),
        Measure::Ratio { .. } => ratios(build, shown),
        Measure::Total { .. } => totals(build, shown),
        Measure::Value { .. } => values(build, shown),
        _ => sentences(build, shown),
    }
    .without_empty_columns();
    table.left_off = group.len() - shown.len();
    let mut blocks = vec![Block::Table(table)];
    standing(build, group, &mut blocks);
    exceptions(build, group, &mut blocks);
    remedies(build, group, &mut blocks);
    let basis = message::basis_in(build.report, group[0].1, build.lang());
    blocks.extend(basis.map(|basis| note("basis", format!("{}{basis}", build.pick("依据：", "by: ")))));
    blocks.extend(shown.iter().filter_map(|&numbered| figure(build, numbered)).map(Block::Figure));
    blocks
}

/// Why findings of the table stand though the baseline has an entry for them.
fn standing<'a>(build: &Builder<'_, 'a>, group: &[Numbered<'_>], blocks: &mut Vec<Block<'a>>) {
    let told = group.iter().filter_map(|(_, finding)| {
        let why = message::standing_in(build.report, finding, build.lang())?;
        Some(format!("{}{}{why}", finding.subject.label(), build.pick("：", ": ")))
    });
    let told: Vec<String> = told.collect();
    let shown = build.shown(told.len());
    blocks.extend(told.into_iter().take(shown).map(|why| note("baseline", why)));
}

/// The exceptions that lifted findings of the table, each told once.
fn exceptions<'a>(build: &Builder<'_, 'a>, group: &[Numbered<'_>], blocks: &mut Vec<Block<'a>>) {
    let mut told: Vec<&str> = Vec::new();
    for (_, finding) in group {
        let about = message::exception_in(build.report, finding, build.lang());
        if !about.is_empty() && !told.contains(&about) {
            told.push(about);
        }
    }
    let label = build.pick("例外：", "exception: ");
    blocks.extend(told.into_iter().map(|about| note("exception", format!("{label}{about}"))));
}

/// What to do, once for the whole table where the words are the same; else the first few in their words.
fn remedies<'a>(build: &Builder<'_, 'a>, group: &[Numbered<'_>], blocks: &mut Vec<Block<'a>>) {
    let mut told: Vec<String> = Vec::new();
    for (_, finding) in group {
        let help = message::help_in(build.report, finding, build.lang());
        if !help.is_empty() && !told.contains(&help) {
            told.push(help);
        }
        if told.len() == ADVICE {
            break;
        }
    }
    let label = build.pick("处理建议：", "do: ");
    blocks.extend(told.into_iter().map(|help| note("remedy", format!("{label}{help}"))));
}

fn figure<'a>(build: &Builder<'_, 'a>, (index, finding): Numbered<'a>) -> Option<Figure<'a>> {
    let report: &Report<'a> = build.report;
    let piece = report.pieces?.column.feature(report.piece_of(index)?);
    let shape = |id: LayerId, row: u32| {
        let layer = report.layer(id).filter(|layer| layer.len() > row as usize)?;
        Some(Shape { layer, row })
    };
    let zones = finding.zones.iter().filter_map(|zone| shape(zone.layer, zone.row));
    Some(Figure {
        key: finding.fingerprint(),
        caption: format!("{} {}", finding.code, message::sentence_in(report, finding, build.lang())),
        piece,
        subject: finding.row.and_then(|row| shape(finding.layer, row)),
        zones: zones.collect(),
    })
}

/// The columns that tell whose finding it is.
fn subject_columns(build: &Builder<'_, '_>) -> Vec<Column> {
    vec![
        Column::new("id", build.pick("标识", "id"), Kind::Identifier),
        Column::new("name", build.pick("名称", "name"), Kind::Text),
    ]
}

fn subject_cells(finding: &Finding) -> Vec<Cell> {
    vec![Cell::identifier(finding.subject.label()), Cell::text(finding.name.as_deref().unwrap_or_default())]
}

/// A table with the columns of the subject first and the evidence for an exception last.
fn table(
    build: &Builder<'_, '_>,
    group: &[Numbered<'_>],
    columns: Vec<Column>,
    cells: impl Fn(&Finding) -> Option<Vec<Cell>>,
) -> Table {
    let mut all = subject_columns(build);
    all.extend(columns);
    all.push(Column::new("evidence", build.pick("依据", "evidence"), Kind::Text));
    let mut table = Table::new(all);
    for (_, finding) in group {
        let Some(own) = cells(finding) else { continue };
        let mut row = subject_cells(finding);
        row.extend(own);
        row.push(Cell::text(words::evidence(finding, build.lang())));
        table.row(row);
    }
    table
}

fn areas(build: &Builder<'_, '_>, group: &[Numbered<'_>]) -> Table {
    let lang = build.lang();
    let area = build.pick("面积", "area");
    let columns = vec![
        Column::new("zone", build.pick("涉及控制线", "zone"), Kind::Text),
        Column::area("area_m2", area, Unit::SquareMetre).brief("m²"),
        Column::area("area_ha", area, Unit::Hectare).brief(Unit::Hectare.symbol(lang)).beside(),
        Column::area("area_mu", area, Unit::Mu).brief(Unit::Mu.symbol(lang)).beside(),
        Column::new("share", build.pick("占比", "share"), Kind::Share).beside(),
    ];
    table(build, group, columns, |finding| {
        let (Measure::Overlap { area, share, tolerance, .. } | Measure::Outside { area, share, tolerance }) =
            &finding.measure
        else {
            return None;
        };
        Some(vec![
            Cell::text(words::some_of(&words::zones(finding), ZONES_NAMED, lang)),
            Cell::Area { value: *area, limit: Some(*tolerance) },
            Cell::area(*area),
            Cell::area(*area),
            Cell::Share(*share),
        ])
    })
}

fn ratios(build: &Builder<'_, '_>, group: &[Numbered<'_>]) -> Table {
    let (part, whole) = (build.pick("分子", "part"), build.pick("分母", "whole"));
    let columns = vec![
        Column::new("ratio", build.pick("占比", "share"), Kind::Share),
        Column::new("limit", build.pick("上限", "limit"), Kind::Share),
        Column::area("part_ha", part, Unit::Hectare).brief(build.pick("分子公顷", "part ha")).beside(),
        Column::area("whole_ha", whole, Unit::Hectare).brief(build.pick("分母公顷", "whole ha")).beside(),
    ];
    table(build, group, columns, |finding| {
        let Measure::Ratio { value, limit, numerator, denominator } = &finding.measure else { return None };
        Some(vec![Cell::Share(*value), Cell::Share(*limit), Cell::area(*numerator), Cell::area(*denominator)])
    })
}

fn totals(build: &Builder<'_, '_>, group: &[Numbered<'_>]) -> Table {
    let (area, limit) = (build.pick("面积", "area"), build.pick("限值", "limit"));
    let columns = vec![
        Column::area("area_ha", area, Unit::Hectare).brief(build.pick("面积公顷", "ha")),
        Column::area("limit_ha", limit, Unit::Hectare).brief(build.pick("限值公顷", "limit ha")),
        Column::area("missed_m2", build.pick("相差", "missed by"), Unit::SquareMetre),
    ];
    table(build, group, columns, |finding| {
        let Measure::Total { area, limit, .. } = &finding.measure else { return None };
        Some(vec![Cell::area(*area), Cell::area(*limit), Cell::area(finding.area()?)])
    })
}

fn values(build: &Builder<'_, '_>, group: &[Numbered<'_>]) -> Table {
    let columns = vec![
        Column::new("field", build.pick("字段", "field"), Kind::Text),
        Column::new("found", build.pick("现值", "found"), Kind::Text),
        Column::new("accepted", build.pick("应为", "accepted"), Kind::Text),
    ];
    table(build, group, columns, |finding| {
        let Measure::Value { field, found, accepted } = &finding.measure else { return None };
        let found = if found.is_empty() {
            Cell::text(build.pick("空值", "missing"))
        } else {
            Cell::Value(found.clone())
        };
        Some(vec![Cell::text(&**field), found, Cell::text(words::list(accepted, build.lang()))])
    })
}

/// For a measure that has no table of its own: the sentences.
fn sentences(build: &Builder<'_, '_>, group: &[Numbered<'_>]) -> Table {
    let columns = vec![Column::new("message", build.pick("说明", "message"), Kind::Text)];
    table(build, group, columns, |finding| {
        Some(vec![Cell::text(message::sentence_in(build.report, finding, build.lang()))])
    })
}
