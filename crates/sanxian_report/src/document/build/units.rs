//! What of the plan lies in each administrative unit, and what of it on each line.

use sanxian_model::{AreaSum, Role, RoleLayers, SquareMetres, UnitTotal};

use super::builder::{self, Builder};
use crate::document::{Block, Cell, Column, Kind, Section, Table, Total, Unit};

pub(super) fn section<'a>(build: &Builder<'_, 'a>) -> Option<Section<'a>> {
    let totals = build.report.units;
    let first = totals.first()?;
    let lang = build.lang();
    let mut columns = vec![
        Column::new("unit", build.pick("行政区", "unit"), Kind::Text),
        Column::area("area_ha", build.pick("规划面积", "plan"), Unit::Hectare)
            .brief(build.pick("规划公顷", "plan ha")),
    ];
    for (role, _) in &first.lines {
        columns.push(Column::area(key(role), role.title().in_lang(lang), Unit::Hectare));
    }
    let units = RoleLayers::of(build.report.layers, &Role::ADMIN_UNIT);
    let mut table = Table::new(columns);
    // Units may be as many as villages: a terminal shows the first, the sums are of all.
    let shown = build.shown(totals.len());
    table.left_off = totals.len() - shown;
    for total in &totals[..shown] {
        let title = title(total, units, build.pick("各行政区之外", "outside of all units"));
        table.row([Cell::text(title)].into_iter().chain(areas(total).map(Cell::area)).collect());
    }
    let sum = |at: usize| {
        let column = totals.iter().filter_map(|total| areas(total).nth(at));
        Cell::area(column.sum::<AreaSum>().area())
    };
    let sums = (0..=first.lines.len()).map(sum);
    table.total = Some(Total {
        cells: [Cell::text(build.pick("合计", "all"))].into_iter().chain(sums).collect(),
        sums: std::iter::once(false).chain((0..=first.lines.len()).map(|_| true)).collect(),
    });
    Some(builder::section("units", build.pick("各行政区", "By unit"), vec![Block::Table(table)]))
}

/// The key of the column of a line; those of the user's own share one.
fn key(role: &Role) -> &'static str {
    match role.name() {
        "redline" => "redline_ha",
        "farmland" => "farmland_ha",
        "urban-boundary" => "urban_boundary_ha",
        _ => "line_ha",
    }
}

fn areas(total: &UnitTotal) -> impl Iterator<Item = SquareMetres> {
    [total.area].into_iter().chain(total.lines.iter().map(|(_, area)| *area))
}

/// The name of a unit, or its identifier.
fn title(total: &UnitTotal, units: Option<RoleLayers<'_>>, outside: &str) -> String {
    let (Some(units), Some(row)) = (units, total.unit) else { return outside.to_owned() };
    let (_, layer, row) = units.at(row as usize);
    layer.text("name", row).unwrap_or_else(|| layer.place(row).label())
}
