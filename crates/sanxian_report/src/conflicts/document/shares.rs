//! Whose the difference patches are: by administrative unit, line, department, cause, and the rule that decides.

use super::builder::Builder;
use crate::conflicts::statistics::Total;
use crate::document::build::builder::{note, section};
use crate::document::{self, Block, Cell, Column, Kind, Section, Table, Unit};

pub(super) fn sections<'a>(build: &Builder<'_, 'a>) -> Vec<Section<'a>> {
    let (comparison, statistics, lang) = (build.comparison, &build.statistics, build.lang());
    let guide = comparison.guide;
    let mut sections = Vec::new();
    let mut add = |key: &str, heading: &str, first: &str, rows: Vec<(String, Total)>, closes: bool, note| {
        if !rows.is_empty() {
            let mut blocks = vec![Block::Table(table(build, first, rows, closes))];
            blocks.extend(note);
            sections.push(section(key, heading, blocks));
        }
    };

    let unit = build.pick("行政区", "unit");
    let units = statistics.units.iter().map(|(unit, total)| match unit {
        Some(unit) => (comparison.unit_name(*unit), *total),
        None => (build.pick("行政区以外", "outside all units").to_owned(), *total),
    });
    let counted = note(
        "not-a-sum",
        build
            .pick(
                "跨行政区的图斑按面积分摊，图斑数在各行政区分别计数，合计只计一次",
                "areas are split by unit; a patch in several units is counted in each, and once in the total",
            )
            .to_owned(),
    );
    add(
        "units",
        build.pick("按行政区", "By administrative unit"),
        unit,
        units.collect(),
        true,
        Some(counted),
    );

    let lines = statistics.lines.iter().map(|(role, total)| (role.title().in_lang(lang).to_owned(), *total));
    add(
        "lines",
        build.pick("按控制线", "By line"),
        build.pick("控制线", "line"),
        lines.collect(),
        false,
        None,
    );

    let departments = statistics.departments.iter().map(|(name, total)| {
        let title = guide.department(name).map(|department| department.title.in_lang(lang).to_owned());
        (title.unwrap_or_else(|| name.to_string()), *total)
    });
    let several = note(
        "not-a-sum",
        build.pick("一个图斑可能涉及多个部门", "a patch may concern several departments").to_owned(),
    );
    let heading = build.pick("按部门", "By department");
    add(
        "departments",
        heading,
        build.pick("部门", "department"),
        departments.collect(),
        false,
        Some(several),
    );

    let causes = statistics.causes.iter().map(|(cause, total)| {
        (guide.cause(*cause).map_or("", |card| card.title.in_lang(lang)).to_owned(), *total)
    });
    add(
        "causes",
        build.pick("按原因", "By cause"),
        build.pick("原因", "cause"),
        causes.collect(),
        true,
        None,
    );

    let ranks = statistics.ranks.iter().map(|(rank, total)| {
        let title = guide.rank(*rank).map_or("", |card| card.title.in_lang(lang));
        (format!("{rank} {title}"), *total)
    });
    let source = note(
        "practice",
        build
            .pick(
                "处理次序是多规合一的工作惯例，不是国家规定",
                "the order is practice in joining plans, not a national norm",
            )
            .to_owned(),
    );
    let heading = build.pick("按处理规则", "By the rule that decides");
    add("ranks", heading, build.pick("处理规则", "rule"), ranks.collect(), false, Some(source));
    sections
}

/// `closes`: whether the areas add up to that of all patches.
fn table(build: &Builder<'_, '_>, first: &str, rows: Vec<(String, Total)>, closes: bool) -> Table {
    let area = build.pick("面积", "area");
    let mut table = Table::new(vec![
        Column::new("name", first, Kind::Text),
        Column::new("patches", build.pick("差异图斑", "patches"), Kind::Integer),
        Column::area("area_ha", area, Unit::Hectare).brief(build.pick("面积公顷", "ha")),
        Column::area("area_mu", area, Unit::Mu).brief(build.pick("亩", "mu")).beside(),
    ]);
    let cells = |title: String, total: Total| {
        vec![
            Cell::text(title),
            Cell::count(total.patches),
            Cell::area(total.area()),
            Cell::area(total.area()),
        ]
    };
    for (title, total) in rows {
        table.row(cells(title, total));
    }
    if closes {
        let all = build.statistics.all;
        table.total = Some(document::Total {
            cells: cells(build.pick("合计", "all").to_owned(), all),
            sums: vec![false, false, true, true],
        });
    }
    table
}
