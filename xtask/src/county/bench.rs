//! A county of any size for benches: three lines, a plan, and second plans with other edges.
//!
//! | layer | what |
//! |---|---|
//! | GHYDYH | the plan: a coverage with about 45 vertices a patch, in blocks of mostly one class |
//! | STBHHX | the redline: 16 features with up to 200 000 vertices each and holes |
//! | YJJBNTBHTB | farmland: 12 % of the patches, half of them copied, half off by 0.3 m |
//! | CZKFBJ | the urban boundary along patch edges, with holes |
//! | GHYDYH2 | a second plan: another coverage with half as many patches and classes of its own |
//! | GHYDYH3 | a second plan that follows the first: the patches of GHYDYH2, most with the class that GHYDYH has in their middle |

mod agreeing;
mod classes;

use anyhow::Result;
use sanxian_model::{PolygonColumnBuilder, Position};

use super::boundary;
use super::coverage::{Coverage, reversed, twice_area};
use super::farmland;
use super::redline::redline;
use super::region::CellSet;
use super::table::{Cell, Table};
use super::write::MadeLayer;
use classes::{Class, POND, class_of_block, own_class};

/// One cell in so many holds an island.
const ISLAND_EVERY: usize = 50;
/// Metres.
const CELL: f64 = 100.0;
const ORIGIN: Position = [450_000.0, 3_700_000.0];

/// The layers of a county with about that many patches.
pub(crate) fn layers(seed: u64, patches: usize) -> Result<Vec<MadeLayer>> {
    let (columns, rows) = grid_for(patches);
    let coverage = coverage(seed, CELL);
    let size = [columns as f64 * CELL, rows as f64 * CELL];
    let towns = boundary::towns(seed, columns, rows);
    let mut urban = vec![false; (columns * rows) as usize];
    for j in 0..rows {
        for i in 0..columns {
            urban[(j * columns + i) as usize] = towns.iter().any(|town| town.has(i, j));
        }
    }
    let is_urban = |i: i64, j: i64| urban[(j * columns + i) as usize];

    // The second plan has cells of twice the area; its grid reaches over the whole county.
    let wide = CELL * 1.414;
    let second = self::coverage(seed.wrapping_add(1), wide);
    let (second_columns, second_rows) = ((size[0] / wide).ceil() as i64, (size[1] / wide).ceil() as i64);
    let under = |i: i64, j: i64| {
        let cell = |k: i64, end: i64| ((k as f64 + 0.5) * wide / CELL).min(end as f64 - 1.0) as i64;
        is_urban(cell(i, columns), cell(j, rows))
    };
    let own = |i: i64, j: i64| class_of_block(coverage.seed, i, j, is_urban(i, j));
    let other = |i: i64, j: i64| own_class(second.seed, i, j, under(i, j));
    let within = |i: i64, j: i64| (0..columns).contains(&i) && (0..rows).contains(&j);
    let following = |i: i64, j: i64| {
        let of_first = |i: i64, j: i64| within(i, j).then(|| own(i, j));
        agreeing::class([&coverage, &second], (i, j), of_first)
    };
    Ok(vec![
        plan("GHYDYH", &coverage, columns, rows, own)?,
        redline_layer(seed, size, patches)?,
        farmland_layer(&coverage, columns, rows)?,
        boundary_layer(&coverage, &towns)?,
        plan("GHYDYH2", &second, second_columns, second_rows, other)?,
        plan("GHYDYH3", &second, second_columns, second_rows, following)?,
    ])
}

/// Columns and rows so that cells and their islands make about that many patches.
fn grid_for(patches: usize) -> (i64, i64) {
    let cells = patches as f64 / (1.0 + 1.0 / ISLAND_EVERY as f64);
    let columns = cells.sqrt().round().max(1.0);
    (columns as i64, (cells / columns).round().max(1.0) as i64)
}

fn coverage(seed: u64, cell: f64) -> Coverage {
    Coverage {
        seed,
        origin: ORIGIN,
        cell,
        // Eight segments a side for three in five, sixteen for the rest: 45 vertices a patch.
        halvings: vec![3, 3, 3, 4, 4],
        parts_per_metre: 10_000.0,
        island_every: ISLAND_EVERY,
        straight: Vec::new(),
    }
}

/// A plan that covers the county.
fn plan(
    name: &'static str,
    coverage: &Coverage,
    columns: i64,
    rows: i64,
    class_of: impl Fn(i64, i64) -> Class,
) -> Result<MadeLayer> {
    let cells = (columns * rows) as usize;
    let mut polygons = PolygonColumnBuilder::with_capacity(cells + cells / 40, cells * 46);
    let mut table = Table::new(&["BSM", "XZQDM", "YDYHFLDM", "YDYHFLMC", "TBMJ#"]);
    let mut ring = Vec::new();
    for j in 0..rows {
        for i in 0..columns {
            ring.clear();
            coverage.outline(i, j, &mut ring);
            let (code, class) = class_of(i, j);
            let island = coverage.island(i, j);
            let mut area = twice_area(&ring) / 2.0;
            polygons.extend(&ring);
            polygons.end_ring();
            if let Some(island) = &island {
                area -= twice_area(island) / 2.0;
                polygons.extend(&reversed(island));
                polygons.end_ring();
            }
            polygons.end_polygon();
            polygons.end_feature();
            let mut row = |code: &str, class: &str, area: f64| {
                let bsm = identifier("2010", table.len());
                table.row(&[bsm.into(), "419900".into(), code.into(), class.into(), hundredths(area).into()])
            };
            row(code, class, area)?;
            if let Some(island) = island {
                row(POND.0, POND.1, twice_area(&island) / 2.0)?;
                polygons.push_feature([[island]]);
            }
        }
    }
    MadeLayer::new(name, polygons.finish(), table)
}

fn redline_layer(seed: u64, size: [f64; 2], patches: usize) -> Result<MadeLayer> {
    let polygons = redline(seed.wrapping_add(1000), ORIGIN, size, patches);
    let mut table = Table::new(&["BSM", "XZQDM", "HXMC", "ZRBHDFQ"]);
    for number in 0..polygons.len() {
        let zone = match number % 4 {
            0 => Cell::from("核心保护区"),
            1 => Cell::from("一般控制区"),
            // Outside nature protected areas.
            _ => Cell::Empty,
        };
        let name = format!("示例红线{:02}", number + 1);
        table.row(&[identifier("3010", number).into(), "419900".into(), name.into(), zone])?;
    }
    MadeLayer::new("STBHHX", polygons, table)
}

fn farmland_layer(coverage: &Coverage, columns: i64, rows: i64) -> Result<MadeLayer> {
    let mut polygons = PolygonColumnBuilder::new();
    let mut table = Table::new(&["BSM", "XZQDM", "DLBM", "DLMC", "YJJBNTMJ#"]);
    for j in 0..rows {
        for i in 0..columns {
            if farmland::is_farmland(coverage.seed, i, j) {
                let ring = farmland::outline(coverage, i, j);
                let area = hundredths(twice_area(&ring) / 2.0);
                let bsm = identifier("4010", table.len());
                table.row(&[bsm.into(), "419900".into(), "0102".into(), "水浇地".into(), area.into()])?;
                polygons.push_feature([[ring]]);
            }
        }
    }
    MadeLayer::new("YJJBNTBHTB", polygons.finish(), table)
}

fn boundary_layer(coverage: &Coverage, towns: &[CellSet]) -> Result<MadeLayer> {
    let mut polygons = PolygonColumnBuilder::new();
    let mut table = Table::new(&["BSM", "XZQDM", "GHFQDM", "GHFQMC", "MJ#"]);
    for (rank, town) in towns.iter().enumerate() {
        let rings = town.polygon(coverage);
        let area = rings.iter().map(|ring| twice_area(ring) / 2.0).sum::<f64>();
        let (code, zone) = boundary::sub_zone(rank);
        let bsm = identifier("5010", rank);
        table.row(&[bsm.into(), "419900".into(), code.into(), zone.into(), hundredths(area).into()])?;
        polygons.push_feature([rings]);
    }
    MadeLayer::new("CZKFBJ", polygons.finish(), table)
}

/// 18 digits: county, layer, serial from one.
fn identifier(layer: &str, row: usize) -> String {
    format!("419900{layer}{:08}", row + 1)
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
