//! The ground that both layers of a pair cover: a section for each pair, largest first.

use sanxian_model::Lang;
use sanxian_model::conflict::{LayerPair, PairPatch};

use super::builder::Builder;
use crate::conflicts::words;
use crate::document::build::builder::{note, section};
use crate::document::{Block, Cell, Column, Heading, Kind, Section, Table, Tone, Total, Unit};
use crate::words::pick;

pub(super) fn sections<'a>(build: &Builder<'_, 'a>) -> Vec<Section<'a>> {
    let comparison = build.comparison;
    if comparison.pairs.is_empty() {
        return Vec::new();
    }
    let heading = build.pick("图层对", "Pairs of layers");
    let mut sections = vec![section("pairs", heading, vec![])];
    let of_pairs = comparison.pairs.iter().enumerate();
    sections.extend(of_pairs.map(|(number, pair)| of_pair(build, number, pair)));
    sections
}

fn of_pair<'a>(build: &Builder<'_, 'a>, number: usize, pair: &LayerPair) -> Section<'a> {
    let (comparison, lang) = (build.comparison, build.lang());
    let all: Vec<&PairPatch> = comparison.pair_patches.iter().filter(|patch| patch.pair == number).collect();
    let listed = |patch: &&&PairPatch| comparison.list_digitising || patch.digitising.is_none();
    let mut patches: Vec<&PairPatch> = all.iter().filter(listed).copied().collect();
    patches.sort_by(|a, b| b.area.get().total_cmp(&a.area.get()));
    let mut blocks = if patches.is_empty() {
        let text = build.pick("没有重叠。", "No ground in common.");
        vec![Block::Sentence(crate::document::Sentence { tone: Tone::Good, text: text.to_owned() })]
    } else {
        let shown = build.shown(patches.len());
        let mut table = table(build, pair, &patches, shown);
        table.left_off = patches.len() - shown;
        vec![Block::Table(table.without_empty_columns())]
    };
    let apart = all.iter().filter(|patch| patch.digitising.is_some()).count();
    if apart > 0 && !comparison.list_digitising {
        let text = match lang {
            Lang::Zh => format!("另有数字化误差 {apart} 处"),
            Lang::En => format!("and {} of digitising", crate::words::counted(apart, "error")),
        };
        blocks.push(note("digitising", text));
    }
    for (label, text) in [
        (build.pick("部门：", "department: "), &pair.department),
        (build.pick("处理建议：", "do: "), &pair.advice),
    ] {
        if !text.in_lang(lang).is_empty() {
            blocks.push(note("remedy", format!("{label}{}", text.in_lang(lang))));
        }
    }
    Section {
        key: format!("pairs.{}", pair.code),
        heading: Some(Heading {
            tone: if patches.is_empty() { Tone::Good } else { Tone::Warning },
            code: Some(pair.code.clone()),
            text: pair.title.in_lang(lang).to_owned(),
            name: None,
        }),
        level: 2,
        blocks,
    }
}

/// `shown` of the patches; the total is that of all.
fn table(build: &Builder<'_, '_>, pair: &LayerPair, patches: &[&PairPatch], shown: usize) -> Table {
    let (comparison, lang) = (build.comparison, build.lang());
    let area = build.pick("面积", "area");
    let [first, second] = [0, 1].map(|side: usize| pair.sides[side].role.title());
    let mut table = Table::new(vec![
        Column::new("id", build.pick("图斑号", "patch"), Kind::Identifier),
        Column::new("first", first.in_lang(lang), Kind::Text),
        Column::new("second", second.in_lang(lang), Kind::Text),
        Column::area("area_m2", area, Unit::SquareMetre).brief(build.pick("面积 m²", "area m²")),
        Column::area("area_ha", area, Unit::Hectare).brief(build.pick("公顷", "ha")).beside(),
        Column::new("unit", build.pick("行政区", "unit"), Kind::Text).beside(),
        Column::new("lines", build.pick("涉及控制线", "lines"), Kind::Text).beside(),
        Column::new("mean_width_m", build.pick("平均宽度（米）", "mean width (m)"), Kind::Length).beside(),
        Column::new("digitising", build.pick("误差依据", "error"), Kind::Text).beside(),
    ]);
    for patch in &patches[..shown] {
        let [first, second] = [0, 1].map(|side| words::sources_of_pair(comparison, patch, side, lang));
        table.row(vec![
            Cell::identifier(&*patch.id),
            Cell::text(first),
            Cell::text(second),
            Cell::area(patch.area),
            Cell::area(patch.area),
            Cell::text(patch.units.first().map_or_else(String::new, |unit| comparison.unit_name(unit.row))),
            Cell::text(words::line_shares(&patch.lines, lang)),
            Cell::Length(patch.mean_width),
            Cell::text(patch.digitising.map_or_else(String::new, |error| words::digitising(error, lang))),
        ]);
    }
    let all = patches.iter().map(|patch| patch.area).sum::<sanxian_model::AreaSum>().area();
    let mut cells = vec![Cell::text(pick(lang, "合计", "all")), Cell::Empty, Cell::Empty];
    cells.extend([Cell::area(all), Cell::area(all)]);
    cells.resize(table.columns.len(), Cell::Empty);
    // With rows left off the total is not the sum of what is shown.
    let closes = shown == patches.len();
    table.total = Some(Total {
        cells,
        sums: (0..table.columns.len()).map(|column| closes && matches!(column, 3 | 4)).collect(),
    });
    table
}
