//! What was read: one row for each layer, and how those in another CRS were transformed.

use sanxian_model::Lang;
use sanxian_model::layer::RowFilter;

use super::builder::{self, note};
use crate::document::{Block, Cell, Column, Kind, Section, Table};
use crate::report::Input;
use crate::words::{self, counted, pick};

/// What was read, each layer under what it is called in the run.
pub(crate) fn section<'a, 'i>(
    inputs: impl Iterator<Item = (String, &'i Input)>,
    lang: Lang,
) -> Option<Section<'a>> {
    let inputs: Vec<(String, &Input)> = inputs.collect();
    if inputs.is_empty() {
        return None;
    }
    let mut table = Table::new(vec![
        Column::new("role", pick(lang, "用途", "role"), Kind::Text),
        Column::new("source", pick(lang, "来源", "source"), Kind::Path),
        Column::new("features", pick(lang, "要素", "features"), Kind::Integer),
        Column::new("repaired", pick(lang, "修复", "repaired"), Kind::Integer),
        Column::new("left_out", pick(lang, "未用", "left out"), Kind::Integer),
        Column::new("crs", pick(lang, "坐标系", "CRS"), Kind::Text).beside(),
        Column::new("encoding", pick(lang, "编码", "encoding"), Kind::Text).beside(),
    ]);
    for (title, input) in &inputs {
        table.row(vec![
            Cell::text(&**title),
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
    for (title, input) in &inputs {
        let Some(pipeline) = &input.pipeline else { continue };
        let crs = words::crs(input, lang);
        let sentence = match lang {
            Lang::Zh => format!("{title}已由 {crs} 转换：{pipeline}"),
            Lang::En => format!("{title}: transformed from {crs} by {pipeline}"),
        };
        if !told.contains(&sentence) {
            told.push(sentence);
        }
    }
    blocks.extend(told.into_iter().map(|sentence| note("transformed", sentence)));
    let filtered = inputs.iter().filter_map(|(title, input)| {
        let RowFilter { text, left_out } = input.filter.as_ref()?;
        Some(match lang {
            Lang::Zh => format!("{title}：只有符合 {text} 的要素参与，筛去 {left_out} 个"),
            Lang::En => format!(
                "{title}: only features where {text} take part, {} filtered out",
                counted(*left_out, "feature")
            ),
        })
    });
    blocks.extend(filtered.map(|sentence| note("filtered", sentence)));
    Some(builder::section("inputs", pick(lang, "数据", "Read"), blocks))
}

/// `folder/file.gpkg#LAYER`, or the file alone when the layer has the file's name, as in a Shapefile.
fn source(path: &str, layer: &str) -> String {
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if layer.is_empty() || stem == layer { path.to_owned() } else { format!("{path}#{layer}") }
}
