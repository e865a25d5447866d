//! What became of features: counts by kind of change, and the features themselves.

use std::collections::BTreeMap;

use sanxian_model::revision::{FeatureChange, LayerChange, ShapeChange};
use sanxian_model::{AreaSum, Lang, RoleLayers, SquareMetres};

use crate::document::{Cell, Column, Kind, Scope, Table, Total, Unit};
use crate::revisions::input::Revisions;
use crate::revisions::words;
use crate::words::{pick, some_of};

/// Most identifiers that one cell names.
const NAMED: usize = 4;
/// Most columns that one cell names.
const FIELDS: usize = 3;

#[derive(Default)]
struct Count {
    features: [usize; 2],
    areas: [AreaSum; 2],
    lost: AreaSum,
    gained: AreaSum,
}

/// How many features changed in which way, and how many did not.
pub(super) fn counts(layer: &LayerChange, lang: Lang) -> Table {
    let mut counts: BTreeMap<ShapeChange, Count> = BTreeMap::new();
    for change in &layer.changed {
        let count = counts.entry(change.shape).or_default();
        count.features = [count.features[0] + change.old.len(), count.features[1] + change.new.len()];
        count.areas[0] += change.before;
        count.areas[1] += change.now;
        count.lost += change.lost;
        count.gained += change.gained;
    }
    let say = |zh, en| pick(lang, zh, en);
    let area = |key, zh, en| Column::area(key, say(zh, en), Unit::Hectare);
    let mut table = Table::new(vec![
        Column::new("change", say("要素的变化", "features"), Kind::Text),
        Column::new("old", say("修改前", "before"), Kind::Integer),
        Column::new("new", say("修改后", "now"), Kind::Integer),
        area("before_ha", "修改前面积", "area before").brief(say("修改前公顷", "ha before")),
        area("now_ha", "修改后面积", "area now").brief(say("修改后公顷", "ha now")),
        area("lost_ha", "减少", "lost").brief(say("减少公顷", "lost ha")),
        area("gained_ha", "增加", "gained").brief(say("增加公顷", "gained ha")),
    ]);
    let cells = |title: String, count: &Count| {
        let area = |sum: AreaSum| Cell::area(sum.area());
        vec![
            Cell::text(title),
            Cell::count(count.features[0]),
            Cell::count(count.features[1]),
            area(count.areas[0]),
            area(count.areas[1]),
            area(count.lost),
            area(count.gained),
        ]
    };
    let mut all = Count::default();
    for (shape, count) in &counts {
        // Features of the same ground are told for what else changed of them.
        table.row(cells(words::shape(*shape, lang).to_owned(), count));
        all.lost += count.lost.area();
        all.gained += count.gained.area();
    }
    let side = |side: usize| {
        let changed: AreaSum = counts.values().map(|count| count.areas[side]).sum();
        AreaSum::from(layer.areas[side]) - changed
    };
    if layer.unchanged > 0 {
        let unchanged =
            Count { features: [layer.unchanged; 2], areas: [side(0), side(1)], ..Count::default() };
        table.row(cells(say("未变", "unchanged").to_owned(), &unchanged));
    }
    all.features = layer.features;
    all.areas = layer.areas.map(AreaSum::from);
    table.total = Some(Total {
        cells: cells(say("合计", "all").to_owned(), &all),
        sums: [vec![false], vec![true; 6]].concat(),
    });
    table
}

/// The features that changed; none when none did.
pub(super) fn table(revisions: &Revisions<'_>, layer: &LayerChange, scope: Scope) -> Option<Table> {
    let lang = scope.lang;
    let say = |zh, en| pick(lang, zh, en);
    let area = |key, zh, en| Column::area(key, say(zh, en), Unit::SquareMetre);
    let mut table = Table::new(vec![
        Column::new("change", say("变化", "change"), Kind::Text),
        Column::new("old", say("修改前图斑", "feature before"), Kind::Text),
        Column::new("new", say("修改后图斑", "feature now"), Kind::Text),
        area("lost_m2", "减少", "lost").brief(say("减少 m²", "lost m²")),
        area("gained_m2", "增加", "gained").brief(say("增加 m²", "gained m²")),
        Column::new("fields", say("字段", "columns"), Kind::Text).beside(),
    ]);
    let (old, new) = revisions.layers_of(&layer.role);
    // Noise is summed elsewhere; a feature that is only that has nothing to tell.
    let told: Vec<&FeatureChange> = layer.changed.iter().filter(|change| words::is_told(change)).collect();
    let shown = scope.rows.map_or(told.len(), |most| most.min(told.len()));
    for change in &told[..shown] {
        let area =
            |area: SquareMetres| if area > SquareMetres::ZERO { Cell::area(area) } else { Cell::Empty };
        table.row(vec![
            Cell::text(words::feature_change(change, lang)),
            Cell::text(labels(old, &change.old, lang)),
            Cell::text(labels(new, &change.new, lang)),
            area(change.lost),
            area(change.gained),
            Cell::text(fields(change, lang)),
        ]);
    }
    table.left_off = told.len() - shown;
    if told.is_empty() {
        return None;
    }
    Some(table.without_empty_columns())
}

/// Features by identifier or number.
pub(super) fn labels(layers: Option<RoleLayers<'_>>, rows: &[u32], lang: Lang) -> String {
    let Some(layers) = layers else { return String::new() };
    let labels: Vec<String> =
        rows.iter().take(NAMED).map(|row| layers.place(*row as usize).label()).collect();
    let rest = rows.len().saturating_sub(NAMED);
    let shown = some_of(&labels, NAMED, lang);
    match (rest, lang) {
        (0, _) => shown,
        (_, Lang::Zh) => format!("{shown} 等 {} 个", rows.len()),
        (_, Lang::En) => format!("{shown} and {rest} more"),
    }
}

/// `YDYHFLDM 0101 → 0701`.
fn fields(change: &FeatureChange, lang: Lang) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
    let told = change.fields.iter().map(|of| format!("{} {} → {}", of.field, value(&of.old), value(&of.new)));
    some_of(&told.collect::<Vec<_>>(), FIELDS, lang)
}
