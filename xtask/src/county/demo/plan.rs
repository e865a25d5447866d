//! Survey patches (DLTB) and plan patches (GHYDYH) of the sample county.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use sanxian_model::{PolygonColumnBuilder, Position, Scheme};

use super::super::coverage::{Coverage, reversed};
use super::super::random::Random;
use super::super::table::{Cell, Table};
use super::super::write::MadeLayer;
use super::edition::Edition;
use super::layout::{self, COLUMNS, Place, ROWS, UNITS, place, unit};
use super::planting::{Evidence, Planting};
use super::record::{identifier, planted_identifier, recorded_area, remark, unit_at};

const CLASS: u64 = 31;

/// Columns of evidence in the plan, in order.
const EVIDENCE: [&str; 10] = [
    "项目类别",
    "项目类型",
    "活动类别",
    "穿越方式",
    "预审机关级别",
    "不可避让论证文号",
    "省级意见文号",
    "选址理由",
    "批准级别",
    "批准文号",
];

/// A class in the plan (2023 scheme), in the survey (2019 scheme), and the settlement attribute CZCSXM.
type Classes = (&'static str, &'static str, Option<&'static str>);

/// What may stand at a place; the more often a pair is listed the more patches have it.
fn classes(place: Place) -> &'static [Classes] {
    const FIELDS: &[Classes] = &[("0101", "0101", None), ("0102", "0102", None), ("0103", "0103", None)];
    match place {
        Place::Farmland => FIELDS,
        Place::Core => &[("0301", "0301", None), ("0303", "0305", None)],
        Place::General => {
            &[("0301", "0301", None), ("0302", "0302", None), ("0303", "0305", None), ("0403", "0404", None)]
        }
        Place::Redline => &[("1702", "1102", None), ("0506", "1106", None), ("0504", "1108", None)],
        Place::Park => &[("100101", "0601", Some("202")), ("100102", "0601", Some("202"))],
        Place::Concentrated => &[
            ("070102", "0701", Some("202")),
            ("070102", "0102", None),
            ("090101", "05H1", Some("202")),
            ("0801", "08H1", Some("202")),
            ("080403", "08H2", Some("202")),
            ("1207", "1004", Some("202")),
            ("1303", "0809", Some("202")),
            ("1401", "0810", Some("202")),
        ],
        Place::Elastic => &[("0103", "0103", None), ("0201", "0201", None)],
        Place::Special => &[("0301", "0301", None), ("1701", "1101", None)],
        Place::TownGround => &[("1401", "0810", Some("202"))],
        Place::CountryGround => &[("0403", "0404", None)],
        Place::Country | Place::Outside => &[
            ("0102", "0102", None),
            ("0103", "0103", None),
            ("0103", "0103", None),
            ("0201", "0201", None),
            ("0301", "0301", None),
            ("0303", "0305", None),
            ("0403", "0404", None),
            ("060102", "1006", None),
            ("0703", "0702", Some("203")),
            ("1202", "1003", None),
            ("1705", "1107", None),
        ],
    }
}

/// The classes of cell (i, j).
pub(super) fn classes_at(seed: u64, i: i64, j: i64) -> Classes {
    let mut random = Random::at(seed, CLASS, i, j);
    *random.pick(classes(place(i, j)))
}

/// The classes of an island: a pond in the country, a green in town.
pub(super) fn island_classes(place: Place) -> Classes {
    match place {
        Place::Park | Place::Concentrated => ("1401", "0810", Some("202")),
        _ => ("1704", "1104", None),
    }
}

/// Chinese name of a class.
pub(super) fn class_name(scheme: Scheme, code: &str) -> Result<&'static str> {
    let class = scheme.class(code).with_context(|| format!("{scheme} has no class {code}"))?;
    Ok(&class.name)
}

/// Outline of a cell and the island in it.
pub(super) fn with_island(
    coverage: &Coverage,
    i: i64,
    j: i64,
) -> (Vec<Vec<Position>>, Option<Vec<Position>>) {
    let mut outline = Vec::new();
    coverage.outline(i, j, &mut outline);
    let island = coverage.island(i, j);
    let mut rings = vec![outline];
    rings.extend(island.as_deref().map(reversed));
    (rings, island)
}

/// Cells of the county in order.
pub(super) fn county_cells() -> impl Iterator<Item = (i64, i64)> {
    (0..ROWS).flat_map(|j| (0..COLUMNS).map(move |i| (i, j))).filter(|&(i, j)| place(i, j) != Place::Outside)
}

/// The survey.
pub(super) fn survey(coverage: &Coverage) -> Result<MadeLayer> {
    let mut polygons = PolygonColumnBuilder::new();
    let mut table = Table::new(&["BSM", "YSDM", "TBBH", "DLBM", "DLMC", "QSXZ", "ZLDWDM", "TBMJ#", "CZCSXM"]);
    for (i, j) in county_cells() {
        let (rings, island) = with_island(coverage, i, j);
        let patches = [(rings, classes_at(coverage.seed, i, j))]
            .into_iter()
            .chain(island.map(|ring| (vec![ring], island_classes(place(i, j)))));
        for (rings, (_, code, settlement)) in patches {
            let (unit_code, _) = UNITS[unit(i, j)];
            // 20 state-owned in town, 30 collective elsewhere.
            let owner = if settlement == Some("202") { "20" } else { "30" };
            table.row(&[
                identifier("1010", table.len()).into(),
                "2001010100".into(),
                format!("{:04}", table.len() + 1).into(),
                code.into(),
                class_name(Scheme::Survey2019, code)?.into(),
                owner.into(),
                unit_code.into(),
                recorded_area(&rings).into(),
                settlement.map_or(Cell::Empty, Cell::from),
            ])?;
            polygons.push_feature([rings]);
        }
    }
    MadeLayer::new("DLTB", polygons.finish(), table)
}

/// A patch of the plan with what its row says.
#[derive(Debug, Clone)]
pub(super) struct PlanPatch {
    pub(super) bsm: String,
    /// Number of its administrative unit.
    pub(super) unit: usize,
    pub(super) class: &'static str,
    /// TBMJ.
    pub(super) area: f64,
    pub(super) evidence: Evidence,
    pub(super) remark: Cell<'static>,
    pub(super) rings: Vec<Vec<Position>>,
}

/// The patches of the plan: the background, then what is planted.
pub(super) fn patches(coverage: &Coverage, planting: &Planting) -> Vec<PlanPatch> {
    let planted: BTreeSet<_> = planting.planned_cells.iter().collect();
    let mut patches: Vec<PlanPatch> = Vec::new();
    let patch = |bsm, rings: Vec<Vec<Position>>, class, evidence, remark| {
        let (unit, area) = (unit_at(rings[0][0]), recorded_area(&rings));
        PlanPatch { bsm, unit, class, area, evidence, remark, rings }
    };
    for (i, j) in county_cells().filter(|cell| !planted.contains(cell)) {
        let (rings, island) = with_island(coverage, i, j);
        let of_cell = [(rings, classes_at(coverage.seed, i, j))]
            .into_iter()
            .chain(island.map(|ring| (vec![ring], island_classes(place(i, j)))));
        for (rings, (class, ..)) in of_cell {
            patches.push(patch(identifier("2010", patches.len()), rings, class, &[], Cell::Empty));
        }
    }
    patches.extend(planting.patches.iter().map(|shape| {
        let bsm = planted_identifier("2010", shape.case, shape.number);
        patch(bsm, shape.rings.clone(), shape.what.class, shape.what.evidence, remark(shape.case))
    }));
    patches
}

/// A layer of plan patches.
pub(super) fn plan(name: &'static str, patches: &[PlanPatch], edition: Edition) -> Result<MadeLayer> {
    let mut polygons = PolygonColumnBuilder::new();
    let mut names = vec!["BSM", "XZQDM"];
    names.extend((edition == Edition::First).then_some("XZQMC"));
    names.extend(["YDYHFLDM", "YDYHFLMC", "TBMJ#"]);
    names.extend(EVIDENCE);
    names.push("BZ");
    let mut table = Table::new(&names);
    for patch in patches {
        let (unit_code, unit_name) = UNITS[patch.unit];
        let class = class_name(Scheme::LandSea2023, patch.class)?;
        let mut cells: Vec<Cell<'_>> = vec![patch.bsm.as_str().into(), unit_code.into()];
        cells.extend((edition == Edition::First).then_some(Cell::from(unit_name)));
        cells.extend([patch.class.into(), class.into(), patch.area.into()]);
        for column in EVIDENCE {
            let entry = patch.evidence.iter().find(|(name, _)| *name == column);
            cells.push(entry.map_or(Cell::Empty, |(_, value)| Cell::from(*value)));
        }
        cells.push(patch.remark.clone());
        table.row(&cells)?;
        polygons.push_feature([&patch.rings]);
    }
    MadeLayer::new(name, polygons.finish(), table)
}

/// Administrative units.
pub(super) fn units(coverage: &Coverage) -> Result<MadeLayer> {
    let mut polygons = PolygonColumnBuilder::new();
    let mut table = Table::new(&["BSM", "XZQDM", "XZQMC", "MJ#"]);
    for (number, (code, name)) in UNITS.iter().enumerate() {
        let cells = super::super::region::CellSet::new(COLUMNS, ROWS, |i, j| {
            place(i, j) != Place::Outside && layout::unit(i, j) == number
        });
        let parts: Vec<_> = cells.parts().iter().map(|part| part.polygon(coverage)).collect();
        let area = parts.iter().map(|rings| recorded_area(rings)).sum::<f64>();
        let area = (area * 100.0).round() / 100.0;
        table.row(&[identifier("0010", number).into(), (*code).into(), (*name).into(), area.into()])?;
        polygons.push_feature(parts);
    }
    MadeLayer::new("XZQ", polygons.finish(), table)
}
