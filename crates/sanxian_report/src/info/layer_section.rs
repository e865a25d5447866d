//! One layer in full: what it is, its columns, and what reading tells.

use sanxian_model::Lang;

use crate::document::build::builder;
use crate::document::{Block, Cell, Column, Kind, Section, Table};
use crate::info::explained::failed;
use crate::info::geometry_words::geometry;
use crate::info::{LayerContents, LayerInfo, words};
use crate::words::{encoding, pick};

/// The sections of a layer that was read: what it is, what reading tells, and its columns.
pub(super) fn of(key: &str, layer: &LayerInfo, lang: Lang) -> Vec<Section<'static>> {
    let Some(contents) = layer.contents() else { return Vec::new() };
    let mut blocks = Vec::new();
    blocks
        .extend(contents.crs.as_ref().err().map(|error| Block::Sentence(failed(error, &layer.source, lang))));
    blocks.push(Block::Table(properties(layer, contents, lang)));
    let mut first = builder::section(key, &layer.source, blocks);
    first.level = 2;
    let mut sections = vec![first];
    let tables = [("faults", faults(contents, lang)), ("fields", fields(contents, lang))];
    for (name, table) in tables.into_iter().filter(|(_, table)| !table.rows.is_empty()) {
        let mut section = builder::without_heading(&format!("{key}.{name}"), Block::Table(table));
        section.level = 3;
        sections.push(section);
    }
    sections
}

fn properties(layer: &LayerInfo, contents: &LayerContents, lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::new("property", pick(lang, "属性", "property"), Kind::Text),
        Column::new("value", pick(lang, "内容", "value"), Kind::Text),
    ]);
    let mut row = |zh: &str, en: &str, value: String| {
        if !value.is_empty() {
            table.row(vec![Cell::text(pick(lang, zh, en)), Cell::text(value)]);
        }
    };
    row("推测用途", "guessed role", words::role_with_reason(layer.role.as_ref(), lang));
    row("驱动", "driver", contents.driver.clone());
    row("几何", "geometry", geometry(&layer.geometry, lang));
    row("要素", "features", words::features(layer, lang));
    row("坐标系", "CRS", words::crs(contents, lang));
    row("范围", "extent", words::extent(contents).unwrap_or_default());
    row("编码", "encoding", encoding(&contents.encoding, lang));
    row("标识", "identifier", words::identifiers(&contents.identifiers, lang));
    let classes = contents.classes.as_ref().map(|classes| words::classes(classes, lang));
    row("地类", "land classes", classes.unwrap_or_default());
    table
}

fn fields(contents: &LayerContents, lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::new("field", pick(lang, "字段", "field"), Kind::Identifier),
        Column::new("type", pick(lang, "类型", "type"), Kind::Text),
        Column::new("meaning", pick(lang, "识别为", "taken for"), Kind::Text),
    ]);
    for field in &contents.fields {
        table.row(vec![
            Cell::identifier(&*field.name),
            Cell::text(words::field_kind(field.kind, lang)),
            Cell::text(field.meanings.join(pick(lang, "、", ", "))),
        ]);
    }
    table.without_empty_columns()
}

/// What reading tells, by kind.
fn faults(contents: &LayerContents, lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::new("fault", pick(lang, "数据问题", "fault"), Kind::Text),
        Column::new("count", pick(lang, "处数", "count"), Kind::Integer),
        Column::new("first", pick(lang, "首处", "first"), Kind::Text),
        Column::new("outcome", pick(lang, "处理情况", "outcome"), Kind::Text),
    ]);
    for group in &contents.faults {
        let fault = &group.first;
        let place = if fault.place.fid.is_some() { fault.place.label() } else { String::new() };
        let detail = fault.detail.as_ref().map_or("", |detail| detail.in_lang(lang));
        let first = match (place.is_empty(), detail.is_empty()) {
            (false, false) => format!("{place}{}{detail}", pick(lang, "：", ": ")),
            (true, _) => detail.to_owned(),
            (false, true) => place,
        };
        table.row(vec![
            Cell::text(fault.kind.sentence(lang)),
            Cell::count(group.count),
            Cell::text(first),
            Cell::text(words::outcome(fault, lang)),
        ]);
    }
    table.without_empty_columns()
}
