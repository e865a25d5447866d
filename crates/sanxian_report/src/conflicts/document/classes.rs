//! Classes that nobody knows, with what they cover.

use super::builder::Builder;
use crate::document::build::builder::{note, section};
use crate::document::{Block, Cell, Column, Kind, Section, Table, Unit};

pub(super) fn unknown<'a>(build: &Builder<'_, 'a>) -> Option<Section<'a>> {
    let plans = build.comparison.plans;
    let all = || plans.iter().flat_map(|plan| plan.unknown.iter().map(move |class| (plan, class)));
    let total = all().count();
    if total == 0 {
        return None;
    }
    let area = build.pick("面积", "area");
    let mut table = Table::new(vec![
        Column::new("plan", build.pick("规划", "plan"), Kind::Text),
        Column::new("value", build.pick("现值", "value"), Kind::Identifier),
        Column::new("patches", build.pick("图斑", "patches"), Kind::Integer),
        Column::area("area_m2", area, Unit::SquareMetre).brief(build.pick("面积 m²", "area m²")),
        Column::area("area_ha", area, Unit::Hectare).brief(build.pick("面积公顷", "ha")).beside(),
    ]);
    let shown = build.shown(total);
    for (plan, class) in all().take(shown) {
        let value = class.value.as_ref();
        table.row(vec![
            Cell::text(&*plan.name),
            value.map_or_else(
                || {
                    // Where no feature has one, it is the column that is missing.
                    let no_column = class.features == plan.features;
                    let column =
                        build.pick("没有地类字段或字段全空", "no column of classes, or an empty one");
                    Cell::text(if no_column { column } else { build.pick("空值", "missing") })
                },
                |value| Cell::Value(value.clone()),
            ),
            Cell::count(class.features),
            Cell::area(class.area),
            Cell::area(class.area),
        ]);
    }
    table.left_off = total - shown;
    let advice = build.pick(
        "这些图斑未参与比较；更正地类代码，或用 --field 名称.land_class=字段 说明字段，用 --scheme、--class-table 说明标准或对照表",
        "these are not compared; correct the codes, or tell the column by --field NAME.land_class=COLUMN, and the scheme by --scheme or --class-table",
    );
    let blocks = vec![Block::Table(table), note("remedy", advice.to_owned())];
    Some(section("unknown-classes", build.pick("未知地类", "Unknown classes"), blocks))
}
