//! What sources hold as a document: each source with its layers, and last the check that they make.

use sanxian_model::Lang;

use crate::document::build::builder::{note, section, sentence};
use crate::document::{Block, Cell, Column, Conclusion, Document, Kind, Section, Table, Tone};
use crate::info::explained::failed;
use crate::info::geometry_words::geometry;
use crate::info::{Contents, Inspection, SourceInfo, layer_section, words};
use crate::words::pick;

/// What sources hold as a document.
#[must_use]
pub fn document(inspection: &Inspection, lang: Lang) -> Document<'static> {
    let mut sections: Vec<Section<'static>> = Vec::new();
    for (number, source) in inspection.sources.iter().enumerate() {
        sections.push(of_source(number, source, lang));
        let several = source.layers.len() > 1;
        for (at, layer) in source.layers.iter().enumerate() {
            let mut of_layer =
                layer_section::of(&format!("source.{number}.layer.{at}"), layer, lang).into_iter();
            // The only layer of a source needs no heading of its own.
            if let (false, Some(of_source)) = (several, sections.last_mut()) {
                of_source.blocks.extend(of_layer.next().into_iter().flat_map(|first| first.blocks));
            }
            sections.extend(of_layer);
        }
    }
    sections.push(command(inspection, lang));
    let (title, basis) = (
        pick(lang, "数据概况", "What sources hold"),
        pick(
            lang,
            "用途只是推测，以命令行中指定的为准；本命令不做检查",
            "Roles are guesses; what a check is told decides. Nothing is judged here",
        ),
    );
    let tone = if inspection.errors().is_empty() { Tone::Strong } else { Tone::Error };
    Document {
        title: title.to_owned(),
        lang,
        crs: None,
        conclusion: Conclusion {
            verdict: None,
            sentence: sentence(tone, words::headline(inspection, lang)),
            basis: sentence(Tone::Dim, basis.to_owned()),
        },
        sections,
    }
}

fn of_source(number: usize, source: &SourceInfo, lang: Lang) -> Section<'static> {
    let mut blocks = Vec::new();
    blocks.extend(source.error.as_ref().map(|error| Block::Sentence(failed(error, &source.source, lang))));
    let unread = source.layers.iter().any(|layer| layer.contents().is_none());
    // One layer that was read is told in full right below.
    if source.layers.len() > 1 || unread {
        blocks.push(Block::Table(overview(source, lang)));
    }
    for layer in &source.layers {
        if let Contents::Failed(error) = &layer.contents {
            blocks.push(Block::Sentence(failed(error, &source.source, lang)));
        }
    }
    section(&format!("source.{number}"), &source.source, blocks)
}

/// The layers of a source, one row each.
fn overview(source: &SourceInfo, lang: Lang) -> Table {
    let mut table = Table::new(vec![
        Column::new("layer", pick(lang, "图层", "layer"), Kind::Text),
        Column::new("role", pick(lang, "推测用途", "guessed role"), Kind::Text),
        Column::new("features", pick(lang, "要素", "features"), Kind::Integer),
        Column::new("geometry", pick(lang, "几何", "geometry"), Kind::Text),
        Column::new("crs", pick(lang, "坐标系", "CRS"), Kind::Text),
        Column::new("remark", pick(lang, "说明", "remark"), Kind::Text),
    ]);
    for layer in &source.layers {
        let remark = match &layer.contents {
            Contents::NotPolygons => pick(lang, "不是面图层，不读取", "no polygons, not read"),
            Contents::Failed(_) => pick(lang, "无法读取", "cannot be read"),
            Contents::Read(contents) if contents.crs.is_err() => {
                pick(lang, "检查无法读取", "a check cannot read it")
            }
            Contents::Read(contents) if !contents.faults.is_empty() => pick(lang, "有数据问题", "has faults"),
            Contents::Read(_) => "",
        };
        let read = layer.contents();
        table.row(vec![
            Cell::text(&*layer.name),
            Cell::text(if read.is_some() { words::role(layer.role.as_ref(), lang) } else { String::new() }),
            layer.features.map_or(Cell::Empty, Cell::Integer),
            Cell::text(geometry(&layer.geometry, lang)),
            Cell::text(read.map(|contents| words::short_crs(contents, lang)).unwrap_or_default()),
            Cell::text(remark),
        ]);
    }
    table.without_empty_columns()
}

/// The check that the guessed roles make.
fn command(inspection: &Inspection, lang: Lang) -> Section<'static> {
    let blocks = match &inspection.command {
        Some(command) => vec![Block::Code(command.for_shell())],
        None => vec![note(
            "no-command",
            pick(
                lang,
                "检查需要规划或项目，以及控制线；上面没有的请自行指定，如 --redline 或 --zone 用途=来源",
                "A check needs a plan or a project, and lines; name what is not known here, as in --redline or --zone ROLE=SRC",
            )
            .to_owned(),
        )],
    };
    section("command", pick(lang, "检查命令", "To check them"), blocks)
}
