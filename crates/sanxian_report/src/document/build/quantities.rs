//! Caps and floors (约束性指标): what the plan as a whole has, and what it may have.

use super::builder::{self, Builder};
use crate::document::{Block, Cell, Column, Kind, Section, Table};
use crate::quantities;

pub(super) fn section<'a>(build: &Builder<'_, 'a>) -> Option<Section<'a>> {
    let of_run = build.report.quantities;
    if of_run.is_empty() {
        return None;
    }
    let lang = build.lang();
    let mut table = Table::new(vec![
        Column::new("code", build.pick("规则", "rule"), Kind::Text),
        Column::new("quantity", build.pick("指标", "quantity"), Kind::Text),
        Column::new("measured", build.pick("现值", "measured"), Kind::Text),
        Column::new("limit", build.pick("限值", "limit"), Kind::Text),
        Column::new("result", build.pick("结论", "result"), Kind::Text),
    ]);
    for quantity in of_run {
        table.row(vec![
            Cell::Identifier(quantity.code.to_string()),
            Cell::text(quantities::title(build.report.rules, quantity, lang)),
            Cell::text(quantities::measured(&quantity.measure, lang)),
            Cell::text(quantities::limit(&quantity.measure, lang)),
            Cell::text(quantities::verdict(quantity, lang)),
        ]);
    }
    Some(builder::section("quantities", build.pick("指标", "Caps and floors"), vec![Block::Table(table)]))
}
