//! What was wrong with single features: each with its place, because what was left out must not be overlooked.

use sanxian_model::{Fault, Lang};

use super::builder;
use crate::document::{Block, Cell, Column, Kind, Section, Table};
use crate::report::Input;
use crate::words::{self, pick};

/// The faults, `rows` of them at most; `inputs` are the layers that they are in.
pub(crate) fn section<'a>(
    faults: &[Fault],
    inputs: &[Input],
    rows: Option<usize>,
    lang: Lang,
) -> Option<Section<'a>> {
    if faults.is_empty() {
        return None;
    }
    let mut table = Table::new(vec![
        Column::new("layer", pick(lang, "图层", "layer"), Kind::Text),
        Column::new("feature", pick(lang, "要素", "feature"), Kind::Identifier),
        Column::new("fault", pick(lang, "问题", "fault"), Kind::Text),
        Column::new("near", pick(lang, "位置", "near"), Kind::Position).beside(),
        Column::new("outcome", pick(lang, "处理情况", "outcome"), Kind::Text),
    ]);
    let shown = rows.map_or(faults.len(), |most| most.min(faults.len()));
    for fault in &faults[..shown] {
        let geographic = inputs.iter().any(|input| {
            input.layer == *fault.place.layer && input.path == *fault.place.path && !input.crs.has_plane()
        });
        let near = fault.near.filter(|near| near.iter().all(|v| v.is_finite()));
        let mut what = fault.kind.sentence(lang).to_owned();
        if let Some(detail) = &fault.detail {
            what.push_str(pick(lang, "：", ": "));
            what.push_str(detail.in_lang(lang));
        }
        table.row(vec![
            Cell::text(&*fault.place.layer),
            Cell::identifier(feature(fault.place.fid, fault.place.id.as_deref())),
            Cell::text(what),
            near.map_or(Cell::Empty, |at| Cell::Position { at, geographic }),
            Cell::text(words::outcome(fault, lang)),
        ]);
    }
    table.left_off = faults.len() - shown;
    let blocks = vec![Block::Table(table.without_empty_columns())];
    Some(builder::section("faults", pick(lang, "数据问题", "Faults in the data"), blocks))
}

/// A faulty feature by its number and its identifier: the identifier alone may be the very thing that is wrong.
fn feature(fid: Option<i64>, id: Option<&str>) -> String {
    match (fid, id) {
        (Some(fid), Some(id)) => format!("#{fid} {id}"),
        (Some(fid), None) => format!("#{fid}"),
        (None, id) => id.unwrap_or_default().to_owned(),
    }
}
