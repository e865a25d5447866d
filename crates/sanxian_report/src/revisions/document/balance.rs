//! What each administrative unit had, lost, gained and has (增减平衡).

use sanxian_model::revision::{Balance, GroundKind, LayerChange};
use sanxian_model::{AreaSum, Lang, Role, RoleLayers};

use crate::document::{Cell, Column, Kind, Table, Unit};
use crate::revisions::input::Revisions;
use crate::words::pick;

/// Less prints as 0.0000 ha.
const LEAST_M2: f64 = 0.5;

/// One row for each unit of each kind of ground; none where no ground changed.
pub(super) fn table(revisions: &Revisions<'_>, layer: &LayerChange, lang: Lang) -> Option<Table> {
    layer.real_ground().next()?;
    let say = |zh, en| pick(lang, zh, en);
    let area = |key, zh, en| Column::area(key, say(zh, en), Unit::Hectare);
    let mut table = Table::new(vec![
        Column::new("ground", say("地面", "ground"), Kind::Text),
        Column::new("unit", say("行政区", "unit"), Kind::Text),
        area("before_ha", "修改前", "before").brief(say("修改前公顷", "ha before")),
        area("out_ha", "减少", "out").brief(say("减少公顷", "out ha")),
        area("in_ha", "增加", "in").brief(say("增加公顷", "in ha")),
        area("now_ha", "修改后", "now").brief(say("修改后公顷", "ha now")),
        area("net_ha", "净增减", "net").brief(say("净增减公顷", "net ha")),
    ]);
    let units = RoleLayers::of(revisions.new.layers, &Role::ADMIN_UNIT);
    for of_kind in layer.balances.chunk_by(|a, b| a.kind == b.kind) {
        let ground = || kind(of_kind[0].kind, layer, lang);
        let (changed, still): (Vec<Balance>, Vec<Balance>) =
            of_kind.iter().partition(|of| [of.lost, of.gained].iter().any(|area| area.get() >= LEAST_M2));
        for balance in &changed {
            table.row(cells(ground(), &unit(balance, units, lang), &[*balance]));
        }
        if !changed.is_empty() && !still.is_empty() {
            let title = match lang {
                Lang::Zh => format!("其他 {} 个", still.len()),
                Lang::En => format!("{} others", still.len()),
            };
            table.row(cells(ground(), &title, &still));
        }
        if !changed.is_empty() && of_kind.len() > 1 {
            table.row(cells(ground(), say("合计", "all"), of_kind));
        }
    }
    (!table.rows.is_empty()).then(|| table.without_empty_columns())
}

fn cells(ground: String, unit: &str, of: &[Balance]) -> Vec<Cell> {
    let sum = |area: fn(&Balance) -> sanxian_model::SquareMetres| of.iter().map(area).sum::<AreaSum>().area();
    let (lost, gained) = (sum(|of| of.lost), sum(|of| of.gained));
    let areas = [sum(|of| of.before), lost, gained, sum(Balance::now), gained - lost];
    [Cell::text(ground), Cell::text(unit)].into_iter().chain(areas.map(Cell::area)).collect()
}

/// The name of a unit, or its identifier; words for ground outside of all units, and none where there are no units.
fn unit(balance: &Balance, units: Option<RoleLayers<'_>>, lang: Lang) -> String {
    let Some(units) = units else { return String::new() };
    let Some(row) = balance.unit else {
        return pick(lang, "各行政区之外", "outside of all units").to_owned();
    };
    let (_, layer, row) = units.at(row as usize);
    layer.text("name", row).unwrap_or_else(|| layer.place(row).label())
}

/// The words for a kind of ground.
fn kind(kind: GroundKind, layer: &LayerChange, lang: Lang) -> String {
    let (zh, en) = match kind {
        GroundKind::Covered => return layer.role.title().in_lang(lang).to_owned(),
        GroundKind::Cultivated => ("耕地", "cultivated land"),
        GroundKind::Farm => ("农用地", "farm land"),
        GroundKind::Construction => ("建设用地", "construction land"),
        GroundKind::Unused => ("未利用地", "unused land"),
        GroundKind::Sea => ("海域", "sea"),
    };
    pick(lang, zh, en).to_owned()
}
