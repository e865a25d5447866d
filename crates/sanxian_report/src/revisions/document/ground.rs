//! What became of the ground: the maximal areas whose class changed, and how much of each class went where.

use std::collections::BTreeMap;

use sanxian_model::revision::{GroundChange, GroundClass, LayerChange, Transition};
use sanxian_model::{AreaSum, Lang};

use super::features::labels;
use crate::document::{Cell, Column, Kind, Scope, Table, Total, Unit};
use crate::revisions::input::Revisions;
use crate::revisions::words;
use crate::words::pick;

/// Less prints as 0.0000 ha: it is told together.
const LEAST_M2: f64 = 0.5;

/// The ground whose class changed, without noise; none when there is none.
pub(super) fn table(revisions: &Revisions<'_>, layer: &LayerChange, scope: Scope) -> Option<Table> {
    let lang = scope.lang;
    let say = |zh, en| pick(lang, zh, en);
    let changes: Vec<&GroundChange> = layer.real_ground().collect();
    if changes.is_empty() {
        return None;
    }
    let area = say("面积", "area");
    let mut table = Table::new(vec![
        Column::new("was", say("地面原为", "ground was"), Kind::Text),
        Column::new("is", say("现为", "is now"), Kind::Text),
        Column::area("area_ha", area, Unit::Hectare).brief(say("面积公顷", "ha")),
        Column::area("area_mu", area, Unit::Mu).brief(say("亩", "mu")).beside(),
        Column::new("old", say("修改前图斑", "feature before"), Kind::Text),
        Column::new("new", say("修改后图斑", "feature now"), Kind::Text),
        Column::new("point", say("位置", "position"), Kind::Position).beside(),
    ]);
    let (old, new) = revisions.layers_of(&layer.role);
    let geographic = matches!(revisions.new.crs.kind, sanxian_model::CrsKind::Geographic { .. });
    let shown = scope.rows.map_or(changes.len(), |most| most.min(changes.len()));
    for change in &changes[..shown] {
        table.row(vec![
            Cell::text(words::class(layer, &change.old, lang)),
            Cell::text(words::class(layer, &change.new, lang)),
            Cell::area(change.area),
            Cell::area(change.area),
            Cell::text(labels(old, &change.of_old, lang)),
            Cell::text(labels(new, &change.of_new, lang)),
            Cell::Position { at: change.point, geographic },
        ]);
    }
    table.left_off = changes.len() - shown;
    Some(table)
}

/// What each class had, lost, gained and has; none where no class lost or gained.
pub(super) fn by_class(layer: &LayerChange, lang: Lang) -> Option<Table> {
    layer.real_ground().next()?;
    // What it had, what left it, what came to it, what it has.
    let mut sums: BTreeMap<&GroundClass, [AreaSum; 4]> = BTreeMap::new();
    for Transition { old, new, area } in &layer.transitions {
        let mut add = |class, place: usize| sums.entry(class).or_default()[place] += *area;
        add(old, 0);
        add(new, 3);
        if old != new {
            add(old, 1);
            add(new, 2);
        }
    }
    sums.remove(&GroundClass::Nothing);
    let say = |zh, en| pick(lang, zh, en);
    let area = |key, zh, en| Column::area(key, say(zh, en), Unit::Hectare);
    let mut table = Table::new(vec![
        Column::new("class", say("地类", "class"), Kind::Text),
        area("before_ha", "修改前", "before").brief(say("修改前公顷", "ha before")),
        area("out_ha", "转出", "out").brief(say("转出公顷", "out ha")),
        area("in_ha", "转入", "in").brief(say("转入公顷", "in ha")),
        area("now_ha", "修改后", "now").brief(say("修改后公顷", "ha now")),
    ]);
    let cells = |title: String, sums: &[AreaSum; 4]| {
        let areas = sums.iter().map(|sum| Cell::area(sum.area()));
        [Cell::text(title)].into_iter().chain(areas).collect::<Vec<_>>()
    };
    let (mut all, mut others) = ([AreaSum::ZERO; 4], [AreaSum::ZERO; 4]);
    let mut unchanged = 0;
    for (class, sums) in &sums {
        let changed = sums[1..3].iter().any(|sum| sum.area().get() >= LEAST_M2);
        if changed {
            table.row(cells(words::class(layer, class, lang), sums));
        } else {
            unchanged += 1;
        }
        let add = |to: &mut [AreaSum; 4]| to.iter_mut().zip(sums).for_each(|(to, sum)| *to += *sum);
        add(&mut all);
        if !changed {
            add(&mut others);
        }
    }
    if unchanged > 0 {
        let title = match lang {
            Lang::Zh => format!("其他 {unchanged} 类"),
            Lang::En => format!("{unchanged} other classes"),
        };
        table.row(cells(title, &others));
    }
    table.total = Some(Total {
        cells: cells(say("合计", "all").to_owned(), &all),
        sums: vec![false, true, true, true, true],
    });
    Some(table)
}

/// How much ground went from which class to which, the largest first; none where none did.
pub(super) fn transitions(layer: &LayerChange, scope: Scope) -> Option<Table> {
    layer.real_ground().next()?;
    let mut changes: Vec<&Transition> = layer.transitions.iter().filter(|of| of.old != of.new).collect();
    changes.sort_by(|a, b| {
        b.area.get().total_cmp(&a.area.get()).then_with(|| (&a.old, &a.new).cmp(&(&b.old, &b.new)))
    });
    let lang = scope.lang;
    let say = |zh, en| pick(lang, zh, en);
    let area = say("面积", "area");
    let mut table = Table::new(vec![
        Column::new("was", say("原地类", "class before"), Kind::Text),
        Column::new("is", say("现地类", "class now"), Kind::Text),
        Column::area("area_ha", area, Unit::Hectare).brief(say("面积公顷", "ha")),
        Column::area("area_mu", area, Unit::Mu).brief(say("亩", "mu")).beside(),
    ]);
    // The largest stand first.
    let large = changes.partition_point(|change| change.area.get() >= LEAST_M2);
    let shown = scope.rows.map_or(large, |most| most.min(large));
    for change in &changes[..shown] {
        table.row(vec![
            Cell::text(words::class(layer, &change.old, lang)),
            Cell::text(words::class(layer, &change.new, lang)),
            Cell::area(change.area),
            Cell::area(change.area),
        ]);
    }
    let sum = |changes: &[&Transition]| changes.iter().map(|change| change.area).sum::<AreaSum>().area();
    let rest = &changes[shown..];
    if !rest.is_empty() {
        let title = match lang {
            Lang::Zh => format!("其余 {} 项", rest.len()),
            Lang::En => format!("{} more", rest.len()),
        };
        table.row(vec![Cell::text(title), Cell::Empty, Cell::area(sum(rest)), Cell::area(sum(rest))]);
    }
    let all = sum(&changes);
    table.total = Some(Total {
        cells: vec![Cell::text(say("合计", "all")), Cell::Empty, Cell::area(all), Cell::area(all)],
        sums: vec![false, false, true, true],
    });
    Some(table)
}
