//! What was read: one row for each layer, and how those in another CRS were transformed.

use sanxian_model::Lang;

use super::builder::{self, Builder, note};
use crate::document::{Block, Cell, Column, Kind, Section, Table};
use crate::words;

pub(super) fn section<'a>(build: &Builder<'_, 'a>) -> Option<Section<'a>> {
    let inputs = &build.report.inputs;
    if inputs.is_empty() {
        return None;
    }
    let lang = build.lang();
    let mut table = Table::new(vec![
        Column::new("role", build.pick("用途", "role"), Kind::Text),
        Column::new("source", build.pick("来源", "source"), Kind::Path),
        Column::new("features", build.pick("要素", "features"), Kind::Integer),
        Column::new("repaired", build.pick("修复", "repaired"), Kind::Integer),
        Column::new("left_out", build.pick("未用", "left out"), Kind::Integer),
        Column::new("crs", build.pick("坐标系", "CRS"), Kind::Text).beside(),
        Column::new("encoding", build.pick("编码", "encoding"), Kind::Text).beside(),
    ]);
    for input in inputs {
        table.row(vec![
            Cell::text(input.role.title().in_lang(lang)),
            Cell::Path(source(&input.path, &input.layer)),
            Cell::count(input.features),
            Cell::some(input.repaired),
            Cell::some(input.skipped),
            Cell::text(words::crs(input, lang)),
            Cell::text(words::encoding(&input.encoding, lang)),
        ]);
    }
    let mut blocks = vec![Block::Table(table.without_empty_columns())];
    // Layers of one role mostly come in one CRS: then one sentence tells it of all.
    let mut told: Vec<String> = Vec::new();
    for input in inputs {
        let Some(pipeline) = &input.pipeline else { continue };
        let role = input.role.title();
        let (role, crs) = (role.in_lang(lang), words::crs(input, lang));
        let sentence = match lang {
            Lang::Zh => format!("{role}已由 {crs} 转换：{pipeline}"),
            Lang::En => format!("{role}: transformed from {crs} by {pipeline}"),
        };
        if !told.contains(&sentence) {
            told.push(sentence);
        }
    }
    blocks.extend(told.into_iter().map(|sentence| note("transformed", sentence)));
    Some(builder::section("inputs", build.pick("数据", "Read"), blocks))
}

/// `folder/file.gpkg#LAYER`, or the file alone when the layer has the file's name, as in a Shapefile.
fn source(path: &str, layer: &str) -> String {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if layer.is_empty() || stem == layer { path.to_owned() } else { format!("{path}#{layer}") }
}
