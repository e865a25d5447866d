//! Second and third plan of the sample county: the ground of the first, each in a scheme of its own, but for what is planted.
//!
//! Neighbours of one class in one administrative unit are one patch here, so these plans are cut otherwise than the first, with
//! the same edges between classes.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use sanxian_model::{PolygonColumnBuilder, Position, Scheme};

use super::super::coverage::{Coverage, reversed};
use super::super::region::CellSet;
use super::super::table::{Cell, Table};
use super::super::write::MadeLayer;
use super::contradictions::{Contradictions, Redrawn};
use super::layout::{CELL, COLUMNS, ORIGIN, ROWS, place, unit};
use super::plan::{classes_at, county_cells, island_classes};
use super::planting::Planting;
use super::record::{identifier, planted_identifier};

/// A plan besides the first.
struct OtherPlan {
    layer: &'static str,
    /// What stands for the layer in its identifiers.
    number: &'static str,
    /// Columns of codes and of names.
    columns: [&'static str; 2],
    scheme: Scheme,
    /// Its class for a class of the first plan.
    class: fn(&str) -> Result<&'static str>,
}

const LAND_USE: OtherPlan = OtherPlan {
    layer: "TDLYZTGH",
    number: "2020",
    columns: ["GHDLBM", "GHDLMC"],
    scheme: Scheme::LandUse2006,
    class: land_use_class,
};

const CITY: OtherPlan = OtherPlan {
    layer: "CSZTGH",
    number: "2030",
    columns: ["规划地类代码", "规划地类名称"],
    scheme: Scheme::UrbanRural2011,
    class: city_class,
};

/// Code of a class and the rings of a patch.
type Drawn = (&'static str, Vec<Vec<Position>>);

/// The class of the land-use plan that agrees with a class of the first. Some are groups, so that there are fewer patches.
fn land_use_class(first: &str) -> Result<&'static str> {
    Ok(match first {
        "0101" | "0102" | "0103" => "11",
        "0201" => "12",
        "0301" | "0302" | "0303" => "13",
        "0403" | "0504" => "32",
        "0506" => "313",
        "060102" | "1704" | "1705" => "15",
        "0703" => "212",
        // Towns are not divided further.
        "070102" | "0801" | "0803" | "080403" | "0901" | "090101" | "100101" | "100102" | "110101"
        | "1207" | "1303" | "1401" => "211",
        "1202" => "222",
        "1701" => "311",
        "1702" => "312",
        other => bail!("the land-use plan has no class set down for {other}"),
    })
}

/// The class of the city plan for a class of the first. It agrees, but for E9: that may hold idle land in settlements, which is
/// construction land now, so it cannot be compared with grass and marsh.
fn city_class(first: &str) -> Result<&'static str> {
    Ok(match first {
        "0101" | "0102" | "0103" | "0201" | "0301" | "0302" | "0303" | "060102" => "E2",
        "0403" | "0504" => "E9",
        "0506" | "1701" | "1702" => "E11",
        "0703" => "H14",
        "070102" => "R2",
        "0801" => "A1",
        "0803" => "A2",
        "080403" => "A33",
        "0901" => "B1",
        "090101" => "B11",
        "100101" => "M1",
        "100102" => "M2",
        "110101" => "W1",
        "1202" => "H22",
        "1207" => "S1",
        "1303" => "U12",
        "1401" => "G1",
        "1704" | "1705" => "E13",
        other => bail!("the city plan has no class set down for {other}"),
    })
}

/// The layers of `plans.gpkg`.
pub(super) fn layers(
    coverage: &Coverage,
    planting: &Planting,
    contradictions: &Contradictions,
) -> Result<Vec<MadeLayer>> {
    [(LAND_USE, &contradictions.land_use), (CITY, &contradictions.city)]
        .into_iter()
        .map(|(plan, redrawn)| layer(&plan, coverage, planting, redrawn))
        .collect()
}

fn layer(plan: &OtherPlan, coverage: &Coverage, planting: &Planting, redrawn: &Redrawn) -> Result<MadeLayer> {
    let mut polygons = PolygonColumnBuilder::new();
    let [codes, names] = plan.columns;
    let mut table = Table::new(&["BSM", codes, names, "分类标准", "BZ"]);
    let mut push = |bsm: String, rings: &[Vec<Position>], code: &str, remark: Cell<'_>| {
        // An unknown code has no name.
        let name = plan.scheme.class(code).map_or(Cell::Empty, |class| Cell::from(class.name.as_str()));
        table.row(&[bsm.into(), code.into(), name, plan.scheme.name().into(), remark])?;
        polygons.push_feature([rings]);
        anyhow::Ok(())
    };
    let mut serial = 0;
    let mut next = || {
        serial += 1;
        identifier(plan.number, serial - 1)
    };
    for (code, rings) in background(plan, coverage, planting, redrawn)? {
        push(next(), &rings, code, Cell::Empty)?;
    }
    for shape in planting.patches.iter().filter(|shape| !is_redrawn(&shape.rings, redrawn)) {
        push(next(), &shape.rings, (plan.class)(shape.what.class)?, Cell::Empty)?;
    }
    for shape in &redrawn.patches {
        let bsm = planted_identifier(plan.number, shape.case, shape.number);
        push(bsm, &shape.rings, shape.what, format!("比对{:02}", shape.case).into())?;
    }
    MadeLayer::new(plan.layer, polygons.finish(), table)
}

/// Patches that are not planted, by unit and class: neighbours of one class are one patch.
fn background(
    plan: &OtherPlan,
    coverage: &Coverage,
    planting: &Planting,
    redrawn: &Redrawn,
) -> Result<Vec<Drawn>> {
    let planted: BTreeSet<_> = planting.planned_cells.iter().chain(&redrawn.cells).collect();
    let mut of_class: BTreeMap<(usize, &str), BTreeSet<(i64, i64)>> = BTreeMap::new();
    for (i, j) in county_cells().filter(|cell| !planted.contains(cell)) {
        let class = (plan.class)(classes_at(coverage.seed, i, j).0)?;
        of_class.entry((unit(i, j), class)).or_default().insert((i, j));
    }
    let mut patches = Vec::new();
    for ((_, class), cells) in of_class {
        for part in CellSet::new(COLUMNS, ROWS, |i, j| cells.contains(&(i, j))).parts() {
            for piece in pieces(part) {
                let mut rings = piece.polygon(coverage);
                for &(i, j) in cells.iter().filter(|(i, j)| piece.has(*i, *j)) {
                    let Some(island) = coverage.island(i, j) else { continue };
                    let own = (plan.class)(island_classes(place(i, j)).0)?;
                    if own != class {
                        rings.push(reversed(&island));
                        patches.push((own, vec![island]));
                    }
                }
                patches.push((class, rings));
            }
        }
    }
    Ok(patches)
}

/// A connected set cut so that no piece touches itself at a corner.
fn pieces(part: CellSet) -> Vec<CellSet> {
    let mut opened = part.clone();
    opened.open_corners();
    let rest = CellSet::new(COLUMNS, ROWS, |i, j| part.has(i, j) && !opened.has(i, j));
    if rest.count() == 0 {
        return vec![part];
    }
    opened.parts().into_iter().chain(rest.parts()).flat_map(pieces).collect()
}

/// Whether a planted patch of the first plan lies in a cell that is drawn anew.
fn is_redrawn(rings: &[Vec<Position>], redrawn: &Redrawn) -> bool {
    let of_axis = |axis: usize| rings[0].iter().map(move |position| position[axis]);
    let middle = [0, 1].map(|axis| {
        let (least, most) = (of_axis(axis).fold(f64::MAX, f64::min), of_axis(axis).fold(f64::MIN, f64::max));
        ((f64::midpoint(least, most) - ORIGIN[axis]) / CELL).floor() as i64
    });
    redrawn.cells.contains(&middle.into())
}

#[cfg(test)]
mod tests {
    use sanxian_model::{Answer, ConflictKind, PlannedClass};

    use super::*;

    #[test]
    fn the_background_of_each_plan_agrees_with_the_others() {
        let answer = |scheme, code: &str| Answer::Class(PlannedClass::of(scheme, code).expect(code));
        let background =
            county_cells().flat_map(|(i, j)| [classes_at(2026, i, j).0, island_classes(place(i, j)).0]);
        let planted = super::super::planting::planting();
        let planted = planted.patches.iter().map(|shape| shape.what.class);
        let classes: BTreeSet<&str> = background.chain(planted).collect();
        assert!(classes.len() > 20, "{classes:?}");
        for first in classes {
            let one = answer(Scheme::LandSea2023, first);
            let two = answer(Scheme::LandUse2006, land_use_class(first).expect(first));
            let three = answer(Scheme::UrbanRural2011, city_class(first).expect(first));
            assert_eq!(ConflictKind::of(one, two), ConflictKind::Agree, "{one:?} {two:?}");
            assert_eq!(ConflictKind::of(one, three), ConflictKind::Agree, "{one:?} {three:?}");
            assert_eq!(ConflictKind::of(two, three), ConflictKind::Agree, "{two:?} {three:?}");
        }
    }

    #[test]
    fn a_part_that_touches_itself_is_cut() {
        let ring = [(1, 1), (2, 1), (3, 1), (3, 2), (2, 3), (1, 3), (1, 2)];
        let set =
            CellSet::new(COLUMNS, ROWS, |i, j| ring.contains(&(i, j)) || [(0, 3), (0, 0)].contains(&(i, j)));
        let parts = set.parts();
        let [ring, corner] = &parts[..] else { panic!("{} parts", parts.len()) };
        assert_eq!((ring.count(), corner.count()), (8, 1));
        let pieces = pieces(ring.clone());
        assert!(pieces.len() > 1);
        assert_eq!(pieces.iter().map(CellSet::count).sum::<usize>(), 8);
    }
}
