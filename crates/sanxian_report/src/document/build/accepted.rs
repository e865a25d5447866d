//! What the baseline accepts, with its reasons; what stands against it; and what it has for nothing.

use sanxian_model::Lang;

use super::builder::{self, Builder, note, without_heading};
use crate::baseline::words::measured;
use crate::baseline::{Amount, BaselineEffect};
use crate::document::{Block, Cell, Column, Kind, Section, Table};

/// Unused entries that are named before the rest is counted.
const UNUSED_NAMED: usize = 5;

pub(super) fn sections<'a>(build: &Builder<'_, 'a>) -> Vec<Section<'a>> {
    let Some(effect) = build.report.baseline else { return Vec::new() };
    let mut sections = Vec::new();
    if !effect.accepted.is_empty() {
        let heading = match build.lang() {
            Lang::Zh => format!("基线认可的问题（{}）", effect.accepted.len()),
            Lang::En => format!("Accepted by the baseline ({})", effect.accepted.len()),
        };
        sections.push(builder::section("accepted", &heading, vec![Block::Table(table(build, effect))]));
    }
    sections.extend(unused(build, effect));
    sections
}

fn table(build: &Builder<'_, '_>, effect: &BaselineEffect) -> Table {
    let lang = build.lang();
    let mut table = Table::new(vec![
        Column::new("code", build.pick("编号", "code"), Kind::Identifier),
        Column::new("id", build.pick("标识", "id"), Kind::Identifier),
        Column::new("name", build.pick("名称", "name"), Kind::Text),
        Column::new("now", build.pick("现状", "now"), Kind::Text),
        Column::new("accepted", build.pick("认可", "accepted"), Kind::Text),
        Column::new("approval", build.pick("批准文号", "approval"), Kind::Text),
        Column::new("reason", build.pick("原因", "reason"), Kind::Text),
        Column::new("expires", build.pick("有效期至", "expires"), Kind::Text),
        Column::new("by", build.pick("认可人", "by"), Kind::Text),
    ]);
    let shown = build.shown(effect.accepted.len());
    for accepted in &effect.accepted[..shown] {
        let (finding, entry) = (&accepted.finding, effect.entry(accepted.entry));
        let told =
            |amount: Option<&Amount>| amount.and_then(|amount| measured(amount, lang)).unwrap_or_default();
        let text = |text: Option<&String>| text.map_or(Cell::Empty, |text| Cell::text(text.clone()));
        table.row(vec![
            Cell::identifier(&*finding.code),
            Cell::identifier(finding.subject.label()),
            Cell::text(finding.name.as_deref().unwrap_or_default()),
            Cell::text(told(Amount::of(&[finding]).as_ref())),
            Cell::text(told(entry.map(|entry| &entry.amount))),
            text(entry.and_then(|entry| entry.approval.as_ref())),
            text(entry.and_then(|entry| entry.reason.as_ref())),
            text(entry.and_then(|entry| entry.expires).map(|day| day.to_string()).as_ref()),
            text(entry.and_then(|entry| entry.by.as_ref())),
        ]);
    }
    table.left_off = effect.accepted.len() - shown;
    table.without_empty_columns()
}

fn unused<'a>(build: &Builder<'_, 'a>, effect: &BaselineEffect) -> Option<Section<'a>> {
    if effect.unused.is_empty() {
        return None;
    }
    let lang = build.lang();
    let entries = effect.unused.iter().filter_map(|unused| effect.entry(unused.entry));
    let names: Vec<String> = entries.map(|entry| format!("{} {}", entry.code, entry.subject)).collect();
    let gone = effect.unused.iter().filter(|unused| unused.judged).count();
    let (count, names) = (names.len(), crate::words::some_of(&names, UNUSED_NAMED, lang));
    let told = match lang {
        Lang::Zh => format!("基线中 {count} 条未用到：{names}"),
        Lang::En => {
            let entries = if count == 1 { "entry" } else { "entries" };
            format!("{count} {entries} of the baseline unused: {names}")
        }
    };
    let text = match (gone, lang) {
        (0, _) => told,
        (_, Lang::Zh) => format!("{told}；其中 {gone} 条的问题已不存在，可用 --prune-baseline 删去"),
        (_, Lang::En) => {
            format!("{told}; --prune-baseline removes those whose findings are gone ({gone})")
        }
    };
    Some(without_heading("baseline-unused", note("baseline-unused", text)))
}
