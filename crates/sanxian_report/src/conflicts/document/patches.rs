//! The difference patches: a section for each kind with its patches, largest first, and what to do.

use sanxian_model::{ConflictKind, DifferencePatch};

use super::builder::Builder;
use crate::conflicts::{kinds, words};
use crate::document::build::builder::{note, section};
use crate::document::{Block, Cell, Column, Heading, Kind, Section, Table, Unit};

pub(super) fn sections<'a>(build: &Builder<'_, 'a>) -> Vec<Section<'a>> {
    let comparison = build.comparison;
    let mut sections = Vec::new();
    for digitising in [false, true] {
        if digitising && !comparison.list_digitising {
            continue;
        }
        let of_kinds = ConflictKind::CONFLICTS.map(|kind| {
            let wanted =
                |patch: &&DifferencePatch| patch.kind == kind && patch.digitising.is_some() == digitising;
            let mut patches: Vec<&DifferencePatch> = comparison.patches.iter().filter(wanted).collect();
            patches.sort_by(|a, b| b.area.get().total_cmp(&a.area.get()));
            (kind, patches)
        });
        let all: usize = of_kinds.iter().map(|(_, patches)| patches.len()).sum();
        if all == 0 {
            continue;
        }
        let (key, title) = if digitising {
            ("digitising", build.pick("数字化误差", "Errors of digitising"))
        } else {
            ("patches", build.pick("差异图斑", "Difference patches"))
        };
        sections.push(section(key, title, vec![]));
        for (kind, patches) in of_kinds.iter().filter(|(_, patches)| !patches.is_empty()) {
            sections.push(of_kind(build, key, *kind, patches));
        }
    }
    sections
}

fn of_kind<'a>(
    build: &Builder<'_, 'a>,
    parent: &str,
    kind: ConflictKind,
    patches: &[&DifferencePatch],
) -> Section<'a> {
    let lang = build.lang();
    let card = build.comparison.guide.kind(kind);
    let code = kind.code().unwrap_or_default();
    let shown = build.shown(patches.len());
    let mut table = table(build, kind, &patches[..shown]);
    table.left_off = patches.len() - shown;
    let mut blocks = vec![Block::Table(table.without_empty_columns())];
    if let Some(card) = card {
        let advice = format!("{}{}", build.pick("一般处理：", "in general: "), card.advice.in_lang(lang));
        blocks.push(note("remedy", advice));
    }
    if build.comparison.plans.len() > 2
        && !matches!(kind, ConflictKind::Uncovered | ConflictKind::ClaimedTwice)
    {
        let text = build.pick(
            "“前者”“后者”指矛盾双方中列出的两个规划",
            "`the first` and `the second` are the two plans under `between`",
        );
        blocks.push(note("between", text.to_owned()));
    }
    Section {
        key: format!("{parent}.{code}"),
        heading: Some(Heading {
            tone: kinds::tone(kind),
            code: Some(code.to_owned()),
            text: card.map_or_else(String::new, |card| card.title.in_lang(lang).to_owned()),
            name: None,
        }),
        level: 2,
        blocks,
    }
}

fn table(build: &Builder<'_, '_>, kind: ConflictKind, patches: &[&DifferencePatch]) -> Table {
    let (comparison, lang) = (build.comparison, build.lang());
    let area = build.pick("面积", "area");
    let geographic = !comparison.crs.has_plane();
    let mut columns = vec![Column::new("id", build.pick("图斑号", "patch"), Kind::Identifier)];
    // Two features of one plan have a column each; else every plan has one.
    let twice = kind == ConflictKind::ClaimedTwice;
    if twice {
        columns.push(Column::new("plan", build.pick("规划", "plan"), Kind::Text));
        columns.push(Column::new("answer_1", build.pick("地类", "class"), Kind::Text));
        columns.push(Column::new("answer_2", build.pick("另一地类", "other class"), Kind::Text));
    } else {
        for (plan, key) in comparison.plans.iter().zip(PLAN_KEYS) {
            columns.push(Column::new(key, &plan.name, Kind::Text));
        }
    }
    columns.extend([
        Column::area("area_m2", area, Unit::SquareMetre).brief(build.pick("面积 m²", "area m²")),
        Column::new("between", build.pick("矛盾双方", "between"), Kind::Text).beside(),
        Column::new("cause", build.pick("原因", "cause"), Kind::Text).beside(),
        Column::new("lines", build.pick("涉及控制线", "lines"), Kind::Text).beside(),
        Column::new("unit", build.pick("行政区", "unit"), Kind::Text).beside(),
        Column::new("follow", build.pick("依从", "follow"), Kind::Text).beside(),
        Column::new("mean_width_m", build.pick("平均宽度（米）", "mean width (m)"), Kind::Length).beside(),
        Column::area("area_ha", area, Unit::Hectare).brief(build.pick("公顷", "ha")).beside(),
        Column::new("rank", build.pick("处理规则", "decided by"), Kind::Text).beside(),
        Column::new("departments", build.pick("部门", "departments"), Kind::Text).beside(),
        Column::new("digitising", build.pick("误差依据", "error"), Kind::Text).beside(),
        Column::new("at", build.pick("位置", "at"), Kind::Position).beside(),
    ]);
    let mut table = Table::new(columns);
    let several = comparison.plans.len() > 2 && !twice;
    for patch in patches {
        let mut cells = vec![Cell::identifier(&*patch.id)];
        if twice {
            cells.push(Cell::text(&*comparison.plans[patch.plans[0]].name));
        }
        let said = patch.answers.iter().take(if twice { 2 } else { PLAN_KEYS.len() });
        cells.extend(said.map(|said| Cell::text(words::answer(*said, lang))));
        let (rank, cause) = (words::rank(comparison, patch), words::cause(comparison, patch));
        cells.extend([
            Cell::area(patch.area),
            // With two plans everybody knows which.
            Cell::text(if several { words::between(comparison, patch) } else { String::new() }),
            Cell::text(cause.map_or("", |card| card.title.in_lang(lang))),
            Cell::text(words::lines(patch, lang)),
            Cell::text(patch.units.first().map_or_else(String::new, |unit| comparison.unit_name(unit.row))),
            Cell::text(words::followed(comparison, patch).unwrap_or_default()),
            Cell::Length(patch.mean_width),
            Cell::area(patch.area),
            Cell::text(
                rank.map_or_else(String::new, |card| format!("{} {}", card.number, card.title.in_lang(lang))),
            ),
            Cell::text(words::departments(comparison, patch, lang)),
            Cell::text(patch.digitising.map_or_else(String::new, |error| words::digitising(error, lang))),
            Cell::Position { at: patch.point, geographic },
        ]);
        table.row(cells);
    }
    table
}

/// Keys of the columns with the answers of plans. Nobody reads a table with more; machine formats have all.
const PLAN_KEYS: [&str; 8] =
    ["answer_1", "answer_2", "answer_3", "answer_4", "answer_5", "answer_6", "answer_7", "answer_8"];
