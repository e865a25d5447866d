//! How much the lines share, when they alone were checked.

use super::builder::{self, Builder};
use crate::document::{Block, Cell, Column, Kind, Section, Table, Unit};

pub(super) fn section<'a>(build: &Builder<'_, 'a>) -> Option<Section<'a>> {
    let zones = &build.report.zones;
    if zones.is_empty() {
        return None;
    }
    let lang = build.lang();
    let area = build.pick("重叠面积", "shared area");
    let mut table = Table::new(vec![
        Column::new("line", build.pick("控制线", "line"), Kind::Text),
        Column::new("layer", build.pick("图层", "layer"), Kind::Text),
        Column::new("pairs", build.pick("重叠对", "pairs"), Kind::Integer),
        Column::new("features", build.pick("要素", "features"), Kind::Integer),
        Column::area("area_m2", area, Unit::SquareMetre).brief("m²"),
        Column::area("area_ha", area, Unit::Hectare).brief(Unit::Hectare.symbol(lang)).beside(),
        Column::area("area_mu", area, Unit::Mu).brief(Unit::Mu.symbol(lang)).beside(),
    ]);
    for zone in zones {
        table.row(vec![
            Cell::text(zone.role.title().in_lang(lang)),
            Cell::text(&*zone.layer),
            Cell::count(zone.pairs),
            Cell::count(zone.patches),
            Cell::area(zone.overlap),
            Cell::area(zone.overlap),
            Cell::area(zone.overlap),
        ]);
    }
    Some(builder::section("overlaps", build.pick("重叠", "Overlaps"), vec![Block::Table(table)]))
}
