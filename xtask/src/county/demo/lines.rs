//! The three lines and the parks of the sample county: background first, then what is planted.

use anyhow::Result;
use sanxian_model::{PolygonColumnBuilder, Position, Scheme};

use super::super::coverage::Coverage;
use super::super::table::{Cell, Table};
use super::super::write::MadeLayer;
use super::layout::{self, Place, UNITS, cells, place};
use super::plan::{class_name, classes_at, county_cells, with_island};
use super::planting::{CORE, GENERAL, NO_AREA, Planting};
use super::record::{identifier, planted_identifier, recorded_area, remark, unit_at};

fn unit_of(rings: &[Vec<Position>]) -> (&'static str, &'static str) {
    UNITS[unit_at(rings[0][0])]
}

/// Ecological redline (STBHHX) with the zones of a made-up nature reserve.
pub(super) fn redline(coverage: &Coverage, planting: &Planting) -> Result<MadeLayer> {
    let mut polygons = PolygonColumnBuilder::new();
    let mut table =
        Table::new(&["BSM", "XZQDM", "XZQMC", "HXBM", "HXMC", "MJ#", "ZRBHDMC", "ZRBHDLX", "ZRBHDFQ", "BZ"]);
    let mut push =
        |bsm: String, name: String, rings: Vec<Vec<Position>>, zone: &'static str, remark: Cell<'_>| {
            let (unit_code, unit_name) = unit_of(&rings);
            let protected = |text: &'static str| if zone == NO_AREA { Cell::Empty } else { Cell::from(text) };
            table.row(&[
                bsm.clone().into(),
                unit_code.into(),
                unit_name.into(),
                format!("HX{}", &bsm[10..]).into(),
                name.into(),
                recorded_area(&rings).into(),
                protected("示例山自然保护区"),
                protected("自然保护区"),
                protected(zone),
                remark,
            ])?;
            polygons.push_feature([rings]);
            anyhow::Ok(())
        };
    let mut serial = 0;
    for (zone, places) in [(CORE, Place::Core), (GENERAL, Place::General), (NO_AREA, Place::Redline)] {
        let mut set = cells(&[places]);
        set.open_corners();
        for part in set.parts() {
            let name = format!("示例县生态保护红线{:02}", serial + 1);
            push(identifier("3010", serial), name, part.polygon(coverage), zone, Cell::Empty)?;
            serial += 1;
        }
    }
    for shape in &planting.redline {
        let bsm = planted_identifier("3010", shape.case, shape.number);
        let name = format!("样例红线{:02}", shape.case);
        push(bsm, name, shape.rings.clone(), shape.what, remark(shape.case))?;
    }
    MadeLayer::new("STBHHX", polygons.finish(), table)
}

/// Permanent basic farmland (YJJBNTBHTB): copied from the survey patches.
pub(super) fn farmland(coverage: &Coverage, planting: &Planting) -> Result<MadeLayer> {
    let mut polygons = PolygonColumnBuilder::new();
    let mut table = Table::new(&[
        "BSM",
        "XZQDM",
        "XZQMC",
        "YJJBNTTBBH",
        "DLBM",
        "DLMC",
        "QSXZ",
        "YJJBNTMJ#",
        "GDPDJB",
        "BZ",
    ]);
    let mut push = |bsm: String, rings: Vec<Vec<Position>>, code: &'static str, remark: Cell<'_>| {
        let (unit_code, unit_name) = unit_of(&rings);
        table.row(&[
            bsm.into(),
            unit_code.into(),
            unit_name.into(),
            format!("YN{:05}", table.len() + 1).into(),
            code.into(),
            class_name(Scheme::Survey2019, code)?.into(),
            "30".into(),
            recorded_area(&rings).into(),
            "1".into(),
            remark,
        ])?;
        polygons.push_feature([rings]);
        anyhow::Ok(())
    };
    let protected = county_cells().filter(|&(i, j)| place(i, j) == Place::Farmland);
    for (row, (i, j)) in protected.enumerate() {
        let (rings, _) = with_island(coverage, i, j);
        push(identifier("4010", row), rings, classes_at(coverage.seed, i, j).1, Cell::Empty)?;
    }
    for shape in &planting.farmland {
        let bsm = planted_identifier("4010", shape.case, shape.number);
        push(bsm, shape.rings.clone(), "0103", remark(shape.case))?;
    }
    MadeLayer::new("YJJBNTBHTB", polygons.finish(), table)
}

/// Urban development boundary (CZKFBJ): two towns with windows, an elastic zone and a special-use zone.
pub(super) fn boundary(coverage: &Coverage, planting: &Planting) -> Result<MadeLayer> {
    let mut zones: Vec<(&str, &str, Vec<Vec<Position>>)> = Vec::new();
    for town in layout::towns() {
        zones.push(("410", "城镇集中建设区", town.polygon(coverage)));
    }
    // The first town is the larger one, where the planting cuts its windows.
    zones[0].2.extend(planting.windows.iter().cloned());
    zones.push(("420", "城镇弹性发展区", layout::elastic().polygon(coverage)));
    zones.push(("430", "特别用途区", layout::special().polygon(coverage)));

    let mut polygons = PolygonColumnBuilder::new();
    let mut table = Table::new(&["BSM", "XZQDM", "XZQMC", "GHFQDM", "GHFQMC", "MJ#"]);
    for (row, (code, name, rings)) in zones.into_iter().enumerate() {
        let (unit_code, unit_name) = unit_of(&rings);
        table.row(&[
            identifier("5010", row).into(),
            unit_code.into(),
            unit_name.into(),
            code.into(),
            name.into(),
            recorded_area(&rings).into(),
        ])?;
        polygons.push_feature([rings]);
    }
    MadeLayer::new("CZKFBJ", polygons.finish(), table)
}

/// Industrial parks (CYYQ).
pub(super) fn parks(coverage: &Coverage, planting: &Planting) -> Result<MadeLayer> {
    let mut polygons = PolygonColumnBuilder::new();
    let mut table = Table::new(&["BSM", "XZQDM", "XZQMC", "YQMC", "MJ#", "BZ"]);
    let mut push = |bsm: String, name: String, rings: Vec<Vec<Position>>, remark: Cell<'_>| {
        let (unit_code, unit_name) = unit_of(&rings);
        let area = recorded_area(&rings);
        table.row(&[bsm.into(), unit_code.into(), unit_name.into(), name.into(), area.into(), remark])?;
        polygons.push_feature([rings]);
        anyhow::Ok(())
    };
    for (row, part) in cells(&[Place::Park]).parts().iter().enumerate() {
        push(identifier("6010", row), "示例产业集聚区".to_owned(), part.polygon(coverage), Cell::Empty)?;
    }
    for shape in &planting.parks {
        let bsm = planted_identifier("6010", shape.case, shape.number);
        push(bsm, format!("样例产业园{:02}", shape.case), shape.rings.clone(), remark(shape.case))?;
    }
    MadeLayer::new("CYYQ", polygons.finish(), table)
}
