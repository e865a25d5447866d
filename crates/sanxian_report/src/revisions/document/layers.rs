//! What became of the layers of each role.

use sanxian_model::Lang;
use sanxian_model::revision::{Identifiers, LayerChange};

use super::{balance, features, ground};
use crate::document::build::builder::{note, section};
use crate::document::{Block, Scope, Section};
use crate::figures;
use crate::revisions::input::Revisions;
use crate::words::{counted, list, pick};

/// Sections for each role of which anything changed: the counts, and under them what changed, piece by piece.
pub(super) fn sections<'a>(revisions: &Revisions<'a>, scope: Scope) -> Vec<Section<'a>> {
    let changed = revisions.layers.iter().filter(|layer| !layer.is_empty());
    changed.flat_map(|layer| of_role(revisions, layer, scope)).collect()
}

fn of_role<'a>(revisions: &Revisions<'a>, layer: &'a LayerChange, scope: Scope) -> Vec<Section<'a>> {
    let lang = scope.lang;
    let title = layer.role.title();
    let heading = match lang {
        Lang::Zh => format!("{}的变化", title.zh),
        Lang::En => format!("What changed: {}", title.en),
    };
    let mut blocks = vec![Block::Table(features::counts(layer, lang))];
    blocks.extend(remarks(layer, lang).into_iter().map(|text| note("revision", text)));
    let key = format!("changed.{}", layer.role);
    let mut sections = vec![section(&key, &heading, blocks)];
    let parts = [
        ("features", pick(lang, "变化的要素", "Features"), features::table(revisions, layer, scope)),
        ("ground", pick(lang, "变化的地面", "Ground"), ground::table(revisions, layer, scope)),
        ("balance", pick(lang, "增减平衡", "Balance"), balance::table(revisions, layer, lang)),
        ("classes", pick(lang, "各类面积", "Areas by class"), ground::by_class(layer, lang)),
        (
            "transitions",
            pick(lang, "由何类变为何类", "From class to class"),
            ground::transitions(layer, scope),
        ),
    ];
    for (part, title, table) in parts {
        let of_table = |table| Section {
            level: 2,
            ..section(&format!("{key}.{part}"), title, vec![Block::Table(table)])
        };
        sections.extend(table.map(of_table));
    }
    sections
}

/// How features were matched, what counts as noise, and what became of names and columns.
fn remarks(layer: &LayerChange, lang: Lang) -> Vec<String> {
    let mut remarks = Vec::new();
    for renamed in &layer.renamed {
        remarks.push(match lang {
            Lang::Zh => format!("图层 {} 改名为 {}", renamed.old, renamed.new),
            Lang::En => format!("layer {} is called {} now", renamed.old, renamed.new),
        });
    }
    let columns = [
        (&layer.columns_dropped, pick(lang, "不再有的字段：", "columns that are gone: ")),
        (&layer.columns_added, pick(lang, "新增的字段：", "new columns: ")),
        (
            &layer.columns_reissued,
            pick(lang, "全部重新编号、不参与比较的字段：", "columns issued anew, and not compared: "),
        ),
    ];
    for (names, words) in columns {
        if !names.is_empty() {
            remarks.push(format!("{words}{}", list(names, lang)));
        }
    }
    match layer.identifiers {
        Identifiers::Stable => {}
        Identifiers::Reissued => remarks.push(
            pick(
                lang,
                "标识码已重新编号，要素按图形和共同覆盖的地面对应",
                "identifiers were issued anew: features are matched by shape and by ground that they share",
            )
            .to_owned(),
        ),
        Identifiers::None => remarks.push(
            pick(
                lang,
                "两个版本没有共同的标识码，要素按图形和共同覆盖的地面对应",
                "no identifier is in both revisions: features are matched by shape and by ground that they share",
            )
            .to_owned(),
        ),
    }
    let (strips, area) = layer.noise();
    let width = figures::millimetres(layer.noise_width);
    if strips > 0 {
        remarks.push(match lang {
            Lang::Zh => format!(
                "坐标噪声：平均宽度不超过 {width} mm 的条带 {strips} 处，共 {} m²，不计为变化",
                figures::m2(area)
            ),
            Lang::En => format!(
                "noise of coordinates: {} of at most {width} mm mean width, {} m² together, not counted as change",
                counted(strips, "strip"),
                figures::m2(area)
            ),
        });
    }
    remarks
}
