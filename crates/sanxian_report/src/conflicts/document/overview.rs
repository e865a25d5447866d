//! The difference patches by kind, and the errors of digitising beside them.

use sanxian_model::ConflictKind;

use super::builder::Builder;
use crate::document::build::builder::{note, section};
use crate::document::{Block, Cell, Column, Kind, Section, Table, Total, Unit};

pub(super) fn overview<'a>(build: &Builder<'_, 'a>) -> Option<Section<'a>> {
    let statistics = &build.statistics;
    if build.comparison.patches.is_empty() {
        return None;
    }
    let lang = build.lang();
    let (area, apart) = (build.pick("面积", "area"), build.pick("数字化误差", "digitising"));
    let mut table = Table::new(vec![
        Column::new("kind", build.pick("类型", "kind"), Kind::Identifier),
        Column::new("title", build.pick("含义", "meaning"), Kind::Text),
        Column::new("patches", build.pick("差异图斑", "patches"), Kind::Integer),
        Column::area("area_ha", area, Unit::Hectare).brief(build.pick("面积公顷", "ha")),
        Column::area("area_mu", area, Unit::Mu).brief(build.pick("亩", "mu")).beside(),
        Column::new("digitising", build.pick("数字化误差图斑", "errors of digitising"), Kind::Integer),
        Column::area("digitising_ha", apart, Unit::Hectare)
            .brief(build.pick("误差公顷", "errors ha"))
            .beside(),
    ]);
    for kind in ConflictKind::CONFLICTS {
        let standing = statistics.kinds.get(&kind).copied().unwrap_or_default();
        let errors = statistics.digitising.get(&kind).copied().unwrap_or_default();
        if standing.patches + errors.patches == 0 {
            continue;
        }
        table.row(vec![
            Cell::identifier(kind.code().unwrap_or_default()),
            Cell::text(build.comparison.guide.kind(kind).map_or("", |card| card.title.in_lang(lang))),
            Cell::count(standing.patches),
            Cell::area(standing.area()),
            Cell::area(standing.area()),
            Cell::some(errors.patches),
            if errors.patches == 0 { Cell::Empty } else { Cell::area(errors.area()) },
        ]);
    }
    let (all, errors) = (statistics.all, statistics.all_digitising());
    // Ground that a plan claims twice lies over other patches.
    let twice = statistics.kinds.contains_key(&ConflictKind::ClaimedTwice);
    table.total = Some(Total {
        cells: vec![
            Cell::identifier(build.pick(
                if twice { "合计（不含 MP-F）" } else { "合计" },
                if twice { "all but MP-F" } else { "all" },
            )),
            Cell::Empty,
            Cell::count(all.patches),
            Cell::area(all.area()),
            Cell::area(all.area()),
            Cell::some(errors.patches),
            if errors.patches == 0 { Cell::Empty } else { Cell::area(errors.area()) },
        ],
        sums: vec![false, false, !twice, !twice, !twice, true, true],
    });
    let mut blocks = vec![Block::Table(table.without_empty_columns())];
    if !build.comparison.uncovered {
        let text = build.pick(
            "仅部分规划覆盖的范围（MP-E）按要求不列为差异，面积见地类矩阵",
            "ground that only some of the plans cover (MP-E) is left out as asked; the matrices have its area",
        );
        blocks.push(note("uncovered", text.to_owned()));
    }
    Some(section("overview", build.pick("差异图斑概览", "Difference patches by kind"), blocks))
}
