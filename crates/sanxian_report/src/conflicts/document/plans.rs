//! The plans that are compared: what each covers, and how much of it is not certain.

use sanxian_model::SquareMetres;

use super::builder::Builder;
use crate::conflicts::words;
use crate::document::build::builder::{note, section};
use crate::document::{Block, Cell, Column, Kind, Section, Table, Unit};
use crate::words::list;

pub(super) fn plans<'a>(build: &Builder<'_, 'a>) -> Section<'a> {
    let comparison = build.comparison;
    let area = build.pick("面积", "area");
    let again = build.pick("重复占用", "claimed twice");
    let coarse = build.pick("一对多地类", "of several classes");
    let mut table = Table::new(vec![
        Column::new("plan", build.pick("规划", "plan"), Kind::Text),
        Column::new("scheme", build.pick("地类标准", "scheme"), Kind::Text),
        Column::new("level", build.pick("层级", "level"), Kind::Text).beside(),
        Column::new("base_year", build.pick("基数年份", "base year"), Kind::Text).beside(),
        Column::new("patches", build.pick("图斑", "patches"), Kind::Integer),
        Column::area("area_ha", area, Unit::Hectare).brief(build.pick("面积公顷", "ha")),
        Column::area("claimed_again_ha", again, Unit::Hectare)
            .brief(build.pick("重复占用公顷", "twice ha"))
            .beside(),
        Column::area("coarse_ha", coarse, Unit::Hectare)
            .brief(build.pick("一对多公顷", "several classes ha"))
            .beside(),
    ]);
    let some = |area: SquareMetres| if area == SquareMetres::ZERO { Cell::Empty } else { Cell::area(area) };
    for (plan, about) in comparison.plans.iter().zip(comparison.about) {
        let schemes: Vec<String> = plan.schemes.iter().map(|scheme| scheme.name().to_owned()).collect();
        table.row(vec![
            Cell::text(&*plan.name),
            Cell::text(list(&schemes, build.lang())),
            Cell::text(about.level.map_or("", |level| words::level(level, build.lang()))),
            Cell::text(about.base_year.map_or_else(String::new, |year| year.to_string())),
            Cell::count(plan.features),
            Cell::area(plan.area),
            some(plan.claimed_again),
            some(plan.coarse_area),
        ]);
    }
    let mut blocks = vec![Block::Table(table.without_empty_columns())];
    if comparison.plans.iter().any(|plan| plan.coarse_features > 0) {
        let text = build.pick(
            "一对多地类按能够确定的最细层级比较：地类、三大类、是否建设",
            "a class that may be several is compared on the finest level that is certain: class, nature, or whether it builds",
        );
        blocks.push(note("coarse", text.to_owned()));
    }
    // One level or year alone puts no plan before another.
    let in_part = |count: usize| count > 0 && count < comparison.about.len();
    let levels = comparison.about.iter().filter(|about| about.level.is_some()).count();
    let years = comparison.about.iter().filter(|about| about.base_year.is_some()).count();
    if in_part(levels) || in_part(years) {
        let text = build.pick(
            "只有部分规划注明了层级或基数年份：只在都注明的规划之间按第 4 条比较先后",
            "only some plans have a level or a base year: rule 4 applies between those that do",
        );
        blocks.push(note("levels", text.to_owned()));
    }
    section("plans", build.pick("规划", "Plans"), blocks)
}
