//! The three lines and the parks of the sample county: background first, then what is planted.

use anyhow::Result;
use sanxian_model::{PolygonColumnBuilder, Position, Scheme};

use super::super::coverage::Coverage;
use super::super::table::{Cell, Table};
use super::super::write::MadeLayer;
use super::edition::Edition;
use super::layout::{self, Place, UNITS, cells, place};
use super::plan::{class_name, classes_at, county_cells, with_island};
use super::planting::{CORE, GENERAL, NO_AREA, Planting};
use super::record::{identifier, planted_identifier, recorded_area, remark, unit_at};

fn unit_of(rings: &[Vec<Position>]) -> (&'static str, &'static str) {
    UNITS[unit_at(rings[0][0])]
}

/// A feature of the redline with what its row says.
#[derive(Debug)]
pub(super) struct RedlineFeature {
    pub(super) bsm: String,
    pub(super) name: String,
    pub(super) zone: &'static str,
    pub(super) line: Line,
}

/// A patch of farmland.
#[derive(Debug)]
pub(super) struct FarmlandPatch {
    pub(super) bsm: String,
    /// YJJBNTTBBH.
    pub(super) number: usize,
    pub(super) class: &'static str,
    pub(super) line: Line,
}

/// A zone of the urban boundary.
#[derive(Debug)]
pub(super) struct BoundaryZone {
    pub(super) bsm: String,
    pub(super) code: &'static str,
    pub(super) line: Line,
}

/// What every feature of a line has.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) rings: Vec<Vec<Position>>,
    /// MJ or YJJBNTMJ.
    pub(super) area: f64,
    pub(super) remark: Cell<'static>,
    /// Number of the document that approved a change.
    pub(super) approval: Option<&'static str>,
}

impl Line {
    pub(super) fn new(rings: Vec<Vec<Position>>, remark: Cell<'static>) -> Self {
        Self { area: recorded_area(&rings), rings, remark, approval: None }
    }
}

/// The columns of a line in an edition.
fn columns(names: &[&'static str], edition: Edition) -> Vec<&'static str> {
    let approval = (edition == Edition::Revised).then_some("PZWH");
    names.iter().copied().chain(approval).collect()
}

/// Adds the number of the approval where the edition has a column for it.
fn with_approval<'a>(mut cells: Vec<Cell<'a>>, line: &Line, edition: Edition) -> Vec<Cell<'a>> {
    if edition == Edition::Revised {
        cells.push(line.approval.map_or(Cell::Empty, Cell::from));
    }
    cells
}

/// Features of the redline, with the zones of a made-up nature reserve.
pub(super) fn redline_features(coverage: &Coverage, planting: &Planting) -> Vec<RedlineFeature> {
    let mut features = Vec::new();
    for (zone, places) in [(CORE, Place::Core), (GENERAL, Place::General), (NO_AREA, Place::Redline)] {
        let mut set = cells(&[places]);
        set.open_corners();
        for part in set.parts() {
            let bsm = identifier("3010", features.len());
            let name = format!("示例县生态保护红线{:02}", features.len() + 1);
            features.push(RedlineFeature {
                bsm,
                name,
                zone,
                line: Line::new(part.polygon(coverage), Cell::Empty),
            });
        }
    }
    features.extend(planting.redline.iter().map(|shape| RedlineFeature {
        bsm: planted_identifier("3010", shape.case, shape.number),
        name: format!("样例红线{:02}", shape.case),
        zone: shape.what,
        line: Line::new(shape.rings.clone(), remark(shape.case)),
    }));
    features
}

/// Ecological redline (STBHHX).
pub(super) fn redline(features: &[RedlineFeature], edition: Edition) -> Result<MadeLayer> {
    let mut polygons = PolygonColumnBuilder::new();
    let names = ["BSM", "XZQDM", "XZQMC", "HXBM", "HXMC", "MJ#", "ZRBHDMC", "ZRBHDLX", "ZRBHDFQ", "BZ"];
    let mut table = Table::new(&columns(&names, edition));
    for RedlineFeature { bsm, name, zone, line } in features {
        let (unit_code, unit_name) = unit_of(&line.rings);
        let protected = |text: &'static str| if *zone == NO_AREA { Cell::Empty } else { Cell::from(text) };
        let cells = vec![
            bsm.as_str().into(),
            unit_code.into(),
            unit_name.into(),
            format!("HX{}", &bsm[10..]).into(),
            name.as_str().into(),
            line.area.into(),
            protected("示例山自然保护区"),
            protected("自然保护区"),
            protected(zone),
            line.remark.clone(),
        ];
        table.row(&with_approval(cells, line, edition))?;
        polygons.push_feature([&line.rings]);
    }
    MadeLayer::new("STBHHX", polygons.finish(), table)
}

/// Patches of permanent basic farmland, copied from the survey.
pub(super) fn farmland_patches(coverage: &Coverage, planting: &Planting) -> Vec<FarmlandPatch> {
    let mut patches = Vec::new();
    for (i, j) in county_cells().filter(|&(i, j)| place(i, j) == Place::Farmland) {
        let (rings, _) = with_island(coverage, i, j);
        let (bsm, number) = (identifier("4010", patches.len()), patches.len() + 1);
        let class = classes_at(coverage.seed, i, j).1;
        patches.push(FarmlandPatch { bsm, number, class, line: Line::new(rings, Cell::Empty) });
    }
    for shape in &planting.farmland {
        let bsm = planted_identifier("4010", shape.case, shape.number);
        let (number, line) = (patches.len() + 1, Line::new(shape.rings.clone(), remark(shape.case)));
        patches.push(FarmlandPatch { bsm, number, class: "0103", line });
    }
    patches
}

/// Permanent basic farmland (YJJBNTBHTB).
pub(super) fn farmland(patches: &[FarmlandPatch], edition: Edition) -> Result<MadeLayer> {
    let mut polygons = PolygonColumnBuilder::new();
    let names = ["BSM", "XZQDM", "XZQMC", "YJJBNTTBBH", "DLBM", "DLMC", "QSXZ", "YJJBNTMJ#", "GDPDJB", "BZ"];
    let mut table = Table::new(&columns(&names, edition));
    for FarmlandPatch { bsm, number, class, line } in patches {
        let (unit_code, unit_name) = unit_of(&line.rings);
        let cells = vec![
            bsm.as_str().into(),
            unit_code.into(),
            unit_name.into(),
            format!("YN{number:05}").into(),
            (*class).into(),
            class_name(Scheme::Survey2019, class)?.into(),
            "30".into(),
            line.area.into(),
            "1".into(),
            line.remark.clone(),
        ];
        table.row(&with_approval(cells, line, edition))?;
        polygons.push_feature([&line.rings]);
    }
    MadeLayer::new("YJJBNTBHTB", polygons.finish(), table)
}

/// Zones of the urban development boundary: two towns with windows, an elastic zone and a special-use zone.
pub(super) fn boundary_zones(coverage: &Coverage, planting: &Planting) -> Vec<BoundaryZone> {
    let mut zones: Vec<(&str, Vec<Vec<Position>>)> =
        layout::towns().iter().map(|town| ("410", town.polygon(coverage))).collect();
    // The first town is the larger one, where the planting cuts its windows.
    zones[0].1.extend(planting.windows.iter().cloned());
    zones.push(("420", layout::elastic().polygon(coverage)));
    zones.push(("430", layout::special().polygon(coverage)));
    let zone = |(row, (code, rings))| BoundaryZone {
        bsm: identifier("5010", row),
        code,
        line: Line::new(rings, Cell::Empty),
    };
    zones.into_iter().enumerate().map(zone).collect()
}

/// Urban development boundary (CZKFBJ).
pub(super) fn boundary(zones: &[BoundaryZone], edition: Edition) -> Result<MadeLayer> {
    let mut polygons = PolygonColumnBuilder::new();
    let names = ["BSM", "XZQDM", "XZQMC", "GHFQDM", "GHFQMC", "MJ#"];
    let mut table = Table::new(&columns(&names, edition));
    for BoundaryZone { bsm, code, line } in zones {
        let (unit_code, unit_name) = unit_of(&line.rings);
        let name = match *code {
            "410" => "城镇集中建设区",
            "420" => "城镇弹性发展区",
            _ => "特别用途区",
        };
        let cells = vec![
            bsm.as_str().into(),
            unit_code.into(),
            unit_name.into(),
            (*code).into(),
            name.into(),
            line.area.into(),
        ];
        table.row(&with_approval(cells, line, edition))?;
        polygons.push_feature([&line.rings]);
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
