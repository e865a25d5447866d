//! Projects against the first plan: how many have a place, and which have none or only in part, the gravest first.

use sanxian_model::SquareMetres;
use sanxian_model::conflict::{Placement, PlacementVerdict};

use super::builder::Builder;
use crate::conflicts::words;
use crate::document::build::builder::{note, section};
use crate::document::{Block, Cell, Column, Kind, Section, Table, Unit};

pub(super) fn projects<'a>(build: &Builder<'_, 'a>) -> Option<Section<'a>> {
    let comparison = build.comparison;
    if comparison.placements.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::Table(counts(build))];
    let mut off: Vec<&Placement> =
        comparison.placements.iter().filter(|placement| words::is_off(placement)).collect();
    off.sort_by(|a, b| a.verdict().cmp(&b.verdict()).then(b.area.get().total_cmp(&a.area.get())));
    if !off.is_empty() {
        let shown = build.shown(off.len());
        let mut table = table(build, &off[..shown]);
        table.left_off = off.len() - shown;
        blocks.push(Block::Table(table.without_empty_columns()));
    }
    let plan = comparison.plans.first().map_or("", |plan| plan.name.as_str());
    let text = match build.lang() {
        sanxian_model::Lang::Zh => {
            format!(
                "落位按项目地类与规划“{plan}”一致的面积；没有地类的项目以规划建设用地为落位；小于地类最小上图面积的出入不计"
            )
        }
        sanxian_model::Lang::En => format!(
            "a project has its place where `{plan}` says the same, and one without a class on any construction land; \
             less than the smallest patch of its class is let pass"
        ),
    };
    blocks.push(note("placement", text));
    Some(section("projects", build.pick("项目落位", "Projects and their place"), blocks))
}

fn counts(build: &Builder<'_, '_>) -> Table {
    let placements = build.comparison.placements;
    let area = build.pick("面积", "area");
    let mut table = Table::new(vec![
        Column::new("verdict", build.pick("落位", "place"), Kind::Text),
        Column::new("projects", build.pick("项目", "projects"), Kind::Integer),
        Column::area("area_ha", area, Unit::Hectare).brief(build.pick("面积公顷", "ha")),
    ]);
    let mut row = |title: &str, of: &dyn Fn(&Placement) -> Option<SquareMetres>| {
        let areas: Vec<SquareMetres> = placements.iter().filter_map(of).collect();
        if !areas.is_empty() {
            let sum = areas.iter().copied().sum::<sanxian_model::AreaSum>().area();
            table.row(vec![Cell::text(title), Cell::count(areas.len()), Cell::area(sum)]);
        }
    };
    for verdict in PlacementVerdict::ALL {
        let of = |placement: &Placement| (placement.verdict() == verdict).then_some(placement.area);
        row(words::placement(verdict, build.lang()), &of);
    }
    row(
        build.pick(
            "应进园区，全部或部分在园区外（面积为园区外部分）",
            "belongs into a park; what lies outside",
        ),
        &Placement::outside_parks,
    );
    table
}

fn table(build: &Builder<'_, '_>, placements: &[&Placement]) -> Table {
    let (comparison, lang) = (build.comparison, build.lang());
    let hectares =
        |key, zh, en| Column::area(key, build.pick(zh, en), Unit::Hectare).brief(build.pick(zh, en));
    let mut table = Table::new(vec![
        Column::new("project", build.pick("项目", "project"), Kind::Text),
        Column::new("id", build.pick("标识码", "identifier"), Kind::Identifier),
        Column::new("class", build.pick("地类", "class"), Kind::Text),
        Column::new("verdict", build.pick("落位", "place"), Kind::Text),
        hectares("area_ha", "面积公顷", "ha"),
        hectares("placed_ha", "落位公顷", "placed ha"),
        hectares("contradicted_ha", "不符公顷", "contradicted ha"),
        hectares("uncovered_ha", "未覆盖公顷", "not covered ha").beside(),
        hectares("unknown_ha", "无法判断公顷", "unknown ha").beside(),
        hectares("outside_parks_ha", "园区外公顷", "outside parks ha").beside(),
    ]);
    let some = |area: SquareMetres| if area.get() < 1e-4 { Cell::Empty } else { Cell::area(area) };
    for placement in placements {
        let (name, place) = comparison.project(placement).unzip();
        let name = name.unwrap_or_default();
        let class =
            placement.class.class().map_or_else(String::new, |_| words::answer(placement.class, lang));
        table.row(vec![
            Cell::text(name),
            Cell::identifier(place.map_or_else(String::new, |place| place.label())),
            Cell::text(class),
            Cell::text(words::placement(placement.verdict(), lang)),
            Cell::area(placement.area),
            Cell::area(placement.placed),
            some(placement.contradicted),
            some(placement.uncovered),
            some(placement.unknown),
            placement.outside_parks().map_or(Cell::Empty, Cell::area),
        ]);
    }
    table
}
