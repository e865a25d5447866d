//! Where the second and the third plan of the sample county contradict the first, and where they nearly do.
//!
//! This is the table that `data/demo/PLANTING.md` tells in words, under the heading of the three plans; a case has the same
//! number in both. As in `planting.rs` shapes are rectangles in metres from the corner of a grid cell. A plan draws the cells
//! of its cases anew; all other ground it takes from the first plan (`plans.rs`). What a comparison must find is written by hand
//! in `data/demo/expected-conflicts.csv`.

use sanxian_model::Position;

use super::layout::CELL;
use super::planting::{Rect, Shape, clockwise, number, rectangle};

/// What a plan draws anew.
#[derive(Debug, Default)]
pub(super) struct Redrawn {
    /// Cells that it does not take from the first plan.
    pub(super) cells: Vec<(i64, i64)>,
    /// Its patches there, with the code of their class.
    pub(super) patches: Vec<Shape<&'static str>>,
}

/// What the two plans draw anew.
#[derive(Debug, Default)]
pub(super) struct Contradictions {
    /// Land-use plan (土地利用总体规划).
    pub(super) land_use: Redrawn,
    /// City plan (城市总体规划).
    pub(super) city: Redrawn,
}

impl Redrawn {
    /// Patches from the western to the eastern side of a cell: each strip reaches to its `east`, in metres from the corner.
    fn strips(&mut self, case: usize, cell: (i64, i64), strips: &[(f64, &'static str)]) {
        self.cells.push(cell);
        let mut west = 0.0;
        for &(east, class) in strips {
            self.rectangle(case, cell, [west, 0.0, east, CELL], class);
            west = east;
        }
    }

    /// A cell with patches of other classes inside, which do not touch each other or the sides.
    fn insets(
        &mut self,
        case: usize,
        cell: (i64, i64),
        around: &'static str,
        insets: &[(Rect, &'static str)],
    ) {
        self.cells.push(cell);
        let mut rings = vec![rectangle(cell, [0.0, 0.0, CELL, CELL])];
        rings.extend(insets.iter().map(|(rect, _)| clockwise(rectangle(cell, *rect))));
        self.patch(case, rings, around);
        for &(rect, class) in insets {
            self.rectangle(case, cell, rect, class);
        }
    }

    fn rectangle(&mut self, case: usize, cell: (i64, i64), rect: Rect, class: &'static str) {
        self.patch(case, vec![rectangle(cell, rect)], class);
    }

    fn patch(&mut self, case: usize, rings: Vec<Vec<Position>>, class: &'static str) {
        let number = number(&self.patches, case);
        self.patches.push(Shape { case, number, rings, what: class });
    }
}

/// The whole table.
pub(super) fn contradictions() -> Contradictions {
    let mut planted = Contradictions::default();
    land_use_alone(&mut planted.land_use);
    gaps_and_overlaps(&mut planted);
    all_three(&mut planted);
    city_alone(&mut planted.city);
    near_misses(&mut planted);
    smallest_areas(&mut planted.land_use);
    planted
}

/// Natural reserve land, the grass of the land-use plan.
const RESERVE: &str = "32";
const DRY_FIELD: &str = "113";
const TOWN: &str = "211";
const VILLAGE: &str = "212";
const HIGHWAY: &str = "222";
/// Other land that is not construction land, the grass of the city plan.
const OTHER: &str = "E9";
/// Farm and forest land.
const FARM: &str = "E2";
const PARK: &str = "G1";
const HOUSING: &str = "R2";

/// Cases 01-09: the land-use plan contradicts the first, each by one kind.
fn land_use_alone(p: &mut Redrawn) {
    // 01, 02: the first plan has a road of 20 m on the redline, of 30 m on farmland, and this one none.
    p.strips(1, (4, 9), &[(200.0, RESERVE)]);
    p.strips(2, (4, 11), &[(200.0, DRY_FIELD)]);
    // 03: a road of 30 m on farmland that the first does not have.
    let road = [(60.0, DRY_FIELD), (90.0, HIGHWAY), (100.0, DRY_FIELD), (103.0, "152"), (200.0, DRY_FIELD)];
    p.strips(3, (10, 11), &road);
    // 04: a road of 30 m through the park of the first.
    p.strips(4, (25, 24), &[(80.0, TOWN), (110.0, HIGHWAY), (200.0, TOWN)]);
    // 05: a garden of 50 m in a field of the first.
    p.strips(5, (5, 12), &[(20.0, DRY_FIELD), (70.0, "12"), (200.0, DRY_FIELD)]);
    // 06: other farm land, which may be of several groups, on grass: all of it is farm land, and grass is none.
    p.strips(6, (9, 10), &[(50.0, RESERVE), (150.0, "15"), (200.0, RESERVE)]);
    // 07: a town of 160 m with a hole of 40 m.
    let (cell, town, hole) = ((10, 10), [20.0, 20.0, 180.0, 180.0], [80.0, 80.0, 120.0, 120.0]);
    p.insets(7, cell, RESERVE, &[]);
    if let Some(around) = p.patches.last_mut() {
        around.rings.push(clockwise(rectangle(cell, town)));
    }
    p.patch(7, vec![rectangle(cell, town), clockwise(rectangle(cell, hole))], TOWN);
    p.rectangle(7, cell, hole, RESERVE);
    // 08: two squares of 80 m that touch in a corner.
    p.cells.push((11, 10));
    for (rect, class) in [
        ([0.0, 0.0, 20.0, 200.0], RESERVE),
        ([20.0, 0.0, 100.0, 20.0], RESERVE),
        ([20.0, 20.0, 100.0, 100.0], TOWN),
        ([20.0, 100.0, 100.0, 200.0], RESERVE),
        ([100.0, 0.0, 180.0, 100.0], RESERVE),
        ([100.0, 100.0, 180.0, 180.0], TOWN),
        ([100.0, 180.0, 180.0, 200.0], RESERVE),
        ([180.0, 0.0, 200.0, 200.0], RESERVE),
    ] {
        p.rectangle(8, (11, 10), rect, class);
    }
    // 09: two patches of a village, side by side, on two cells of grass.
    p.cells.extend([(22, 25), (22, 26)]);
    for (rect, class) in [
        ([0.0, 0.0, 50.0, 400.0], RESERVE),
        ([50.0, 0.0, 110.0, 120.0], RESERVE),
        ([50.0, 120.0, 80.0, 300.0], VILLAGE),
        ([80.0, 120.0, 110.0, 300.0], VILLAGE),
        ([50.0, 300.0, 110.0, 400.0], RESERVE),
        ([110.0, 0.0, 200.0, 400.0], RESERVE),
    ] {
        p.rectangle(9, (22, 25), rect, class);
    }
}

/// Cases 10-12, 20 and 21: ground that a plan leaves out, claims twice, or has beyond the others.
fn gaps_and_overlaps(p: &mut Contradictions) {
    let Contradictions { land_use, city } = p;
    // 10: the eastern 100 m of the cell are left out.
    land_use.strips(10, (7, 13), &[(100.0, RESERVE)]);
    // 11: 20 m are claimed by two patches of one class.
    land_use.strips(11, (8, 13), &[(120.0, RESERVE)]);
    land_use.rectangle(11, (8, 13), [100.0, 0.0, 200.0, 200.0], RESERVE);
    // 12: a road of 20 m lies on a patch that is not cut for it.
    land_use.strips(12, (9, 13), &[(200.0, RESERVE)]);
    land_use.rectangle(12, (9, 13), [90.0, 0.0, 110.0, 200.0], HIGHWAY);
    // 20: a cell is left out; 21: ground outside the county.
    city.strips(20, (32, 39), &[]);
    city.rectangle(21, (1, 2), [50.0, 50.0, 150.0, 150.0], FARM);
}

/// Cases 13 and 14: both plans contradict the first.
fn all_three(p: &mut Contradictions) {
    let Contradictions { land_use, city } = p;
    // 13: works, a field and housing on the same 50 m.
    land_use.strips(13, (33, 37), &[(50.0, TOWN), (100.0, DRY_FIELD), (200.0, TOWN)]);
    city.strips(13, (33, 37), &[(50.0, PARK), (100.0, HOUSING), (200.0, PARK)]);
    // 14: a village of 60 m in a field of the first, in both.
    land_use.strips(14, (7, 12), &[(40.0, DRY_FIELD), (100.0, VILLAGE), (200.0, DRY_FIELD)]);
    city.strips(14, (7, 12), &[(40.0, FARM), (100.0, "H14"), (200.0, FARM)]);
}

/// Cases 15-19 and 22: the city plan contradicts the first.
fn city_alone(p: &mut Redrawn) {
    // 15: 100 m of a code that the scheme does not have.
    p.strips(15, (11, 13), &[(100.0, OTHER), (200.0, "X9")]);
    // 16: farm land on the homestead of case 46 of the check.
    let fields = [(50.0, OTHER), (100.0, FARM), (140.0, OTHER), (160.0, "U12"), (200.0, OTHER)];
    p.strips(16, (23, 29), &fields);
    // 17: shops from 40 m outside to 60 m inside the urban boundary, on the redline of case 52 of the check.
    p.cells.extend([(23, 31), (24, 31)]);
    for (rect, class) in [
        ([0.0, 0.0, 160.0, 200.0], OTHER),
        ([160.0, 0.0, 260.0, 200.0], "B1"),
        ([260.0, 0.0, 400.0, 200.0], OTHER),
    ] {
        p.rectangle(17, (23, 31), rect, class);
    }
    // 18: housing in the park of the first; the land-use plan says only that it is town.
    p.insets(18, (25, 28), PARK, &[([50.0, 50.0, 150.0, 150.0], HOUSING)]);
    // 19: farm and forest land, which may be of several groups, on grass.
    p.strips(19, (22, 29), &[(80.0, FARM), (200.0, OTHER)]);
    // 22: works of 100 m across the side between two patches of the first.
    p.cells.extend([(25, 31), (25, 32)]);
    let (whole, works) = ([0.0, 0.0, 200.0, 400.0], [40.0, 150.0, 140.0, 250.0]);
    let around = vec![rectangle((25, 31), whole), clockwise(rectangle((25, 31), works))];
    p.patch(22, around, PARK);
    p.rectangle(22, (25, 31), works, "M1");
}

/// Cases 31-36: what must give nothing, or be set apart as an error of digitising.
fn near_misses(p: &mut Contradictions) {
    let Contradictions { land_use, city } = p;
    // 31: industry without its grade, as the first plan has industry of the first grade.
    city.strips(31, (31, 37), &[(40.0, PARK), (100.0, "M"), (200.0, PARK)]);
    // 32: the edge of the shops is 0.3 m off.
    city.strips(32, (24, 25), &[(80.3, "B1"), (200.0, PARK)]);
    // 33: the edge of the town is 0.8 m off over two cells, which is more than the smallest area.
    for cell in [(24, 33), (24, 34)] {
        land_use.strips(33, cell, &[(199.2, DRY_FIELD), (200.0, TOWN)]);
    }
    // 34: a substation of 6 m by 10 m.
    city.insets(34, (25, 29), PARK, &[([100.0, 100.0, 106.0, 110.0], "U12")]);
    // 35: housing around a field, cut into eight, of which four share only a corner with the field.
    land_use.cells.push((29, 28));
    for [south, north] in [[0.0, 60.0], [60.0, 140.0], [140.0, 200.0]] {
        for [west, east] in [[0.0, 60.0], [60.0, 140.0], [140.0, 200.0]] {
            let class = if [west, south] == [60.0, 60.0] { DRY_FIELD } else { TOWN };
            land_use.rectangle(35, (29, 28), [west, south, east, north], class);
        }
    }
    // 36: groups that a dry field is in, and groups that it may be in.
    let groups = [(20.0, DRY_FIELD), (60.0, "15"), (120.0, "11"), (160.0, "1"), (200.0, DRY_FIELD)];
    land_use.strips(36, (6, 12), &groups);
}

/// Cases 37-39: patches on either side of the smallest area, and one above the smallest width.
fn smallest_areas(p: &mut Redrawn) {
    // 37: 199 m² and 201 m² of a village.
    let villages = [([20.0, 20.0, 30.0, 39.9], VILLAGE), ([60.0, 20.0, 70.0, 40.1], VILLAGE)];
    p.insets(37, (22, 31), RESERVE, &villages);
    // 38: a strip of 1.1 m.
    p.strips(38, (22, 33), &[(100.0, RESERVE), (101.1, VILLAGE), (200.0, RESERVE)]);
    // 39: 390 m² and 410 m² of forest.
    let forests = [([20.0, 20.0, 35.0, 46.0], "13"), ([60.0, 20.0, 80.0, 40.5], "13")];
    p.insets(39, (22, 35), RESERVE, &forests);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::county::coverage::twice_area;

    #[test]
    fn what_a_plan_draws_anew_fills_its_cells_but_for_what_is_planted() {
        let Contradictions { land_use, city } = contradictions();
        // 10 leaves out 100 × 200; 11 and 12 claim 20 × 200 again. 20 leaves out a cell; 21 has 100 × 100 beyond the county.
        for (plan, more) in [(land_use, 2.0 * 4000.0 - 20_000.0), (city, 10_000.0 - 40_000.0)] {
            let cells: BTreeSet<_> = plan.cells.iter().collect();
            assert_eq!(cells.len(), plan.cells.len(), "two cases share a cell");
            let drawn: f64 = plan.patches.iter().flat_map(|shape| &shape.rings).map(|r| twice_area(r)).sum();
            let wanted = cells.len() as f64 * CELL * CELL + more;
            assert!((drawn / 2.0 - wanted).abs() < 1e-3, "{drawn} {wanted}");
        }
    }
}
