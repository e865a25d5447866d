//! What the second revision of the sample county changes, and what it nearly changes.
//!
//! This is the table that `data/demo/PLANTING.md` tells in words, under the heading of the revision; a case has the same number
//! in both. As in `planting.rs` shapes are rectangles in metres from the corner of a grid cell. The revision draws the plan
//! patches of the cells of its cases anew; all else it takes from the county as it was (`revision.rs`). What a comparison must find
//! is written by hand in `data/demo/expected-changes.csv`.

use sanxian_model::Position;

use super::layout::CELL;
use super::planting::{Evidence, GENERAL, Rect, clockwise, rectangle};

/// Which patch of the county as it was a patch goes on from: it keeps identifier, unit, evidence and remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// The one that fills this cell.
    Cell(i64, i64),
    /// A planted one: case and number.
    Planted(usize, usize),
    /// None: it has an identifier of its own.
    Nothing,
}

/// A plan patch of the revision.
#[derive(Debug)]
pub(super) struct RevisedPatch {
    pub(super) case: usize,
    pub(super) from: From,
    pub(super) class: &'static str,
    /// Evidence that is not that of before.
    pub(super) evidence: Option<Evidence>,
    /// Whether it has another identifier than the patch that it goes on from.
    pub(super) reissued: bool,
    pub(super) rings: Vec<Vec<Position>>,
}

/// A planted feature of a line that is another one in the revision.
#[derive(Debug)]
pub(super) struct RevisedLine {
    /// Case and number in the county as it was; none for an added one.
    pub(super) of: Option<(usize, usize)>,
    pub(super) case: usize,
    pub(super) becomes: Becomes,
    pub(super) approval: Option<&'static str>,
}

/// What became of it.
#[derive(Debug)]
pub(super) enum Becomes {
    Shape(Vec<Position>),
    Zone(&'static str),
    Nothing,
}

/// What changes in the zones of the urban boundary.
#[derive(Debug, Default)]
pub(super) struct RevisedBoundary {
    /// Windows of the first town that are filled.
    pub(super) filled: Vec<Vec<Position>>,
    /// Windows that are cut: number of the zone, and why it may be.
    pub(super) cut: Vec<(usize, Vec<Position>, Option<&'static str>)>,
    /// Concentrated zones that are added, by case.
    pub(super) added: Vec<(usize, Vec<Position>)>,
}

/// All that the revision changes.
#[derive(Debug, Default)]
pub(super) struct Revised {
    /// Cells whose plan patches are drawn anew.
    pub(super) cells: Vec<(i64, i64)>,
    pub(super) patches: Vec<RevisedPatch>,
    pub(super) redline: Vec<RevisedLine>,
    pub(super) farmland: Vec<RevisedLine>,
    pub(super) boundary: RevisedBoundary,
}

impl Revised {
    fn patch(
        &mut self,
        case: usize,
        from: From,
        class: &'static str,
        ring: Vec<Position>,
    ) -> &mut RevisedPatch {
        let patch = RevisedPatch { case, from, class, evidence: None, reissued: false, rings: vec![ring] };
        self.patches.push(patch);
        let last = self.patches.len() - 1;
        &mut self.patches[last]
    }

    /// A patch in a cell: the cell is drawn anew.
    fn in_cell(
        &mut self,
        case: usize,
        cell: (i64, i64),
        rect: Rect,
        class: &'static str,
    ) -> &mut RevisedPatch {
        self.cells.push(cell);
        self.patch(case, From::Cell(cell.0, cell.1), class, rectangle(cell, rect))
    }

    /// Patches from the western side of a cell on: each strip reaches to its `east`, in metres from the corner.
    fn strips(&mut self, case: usize, cell: (i64, i64), strips: &[(f64, &'static str, From)]) {
        self.cells.push(cell);
        let mut west = 0.0;
        for &(east, class, from) in strips {
            self.patch(case, from, class, rectangle(cell, [west, 0.0, east, CELL]));
            west = east;
        }
    }

    fn last(&mut self) -> &mut RevisedPatch {
        self.patches.last_mut().expect("a patch was drawn")
    }
}

/// The whole table.
pub(super) fn revised() -> Revised {
    let mut revised = Revised::default();
    coming_and_going(&mut revised);
    cut_anew(&mut revised);
    said_anew(&mut revised);
    hardly_changed(&mut revised);
    findings_of_patches(&mut revised);
    lines(&mut revised);
    boundary(&mut revised.boundary);
    revised
}

const GRASS: &str = "0403";
const FIELD: &str = "0103";
const WOODS: &str = "0301";
const ROAD: &str = "1202";
const PARK: &str = "1401";
const WORKS: &str = "100101";
const WHOLE: Rect = [0.0, 0.0, CELL, CELL];

/// Cases 01-05, 14 and 15: patches that come, go, grow, shrink, move off, or stand twice.
fn coming_and_going(r: &mut Revised) {
    // 01: woods beyond the county.
    r.patch(1, From::Nothing, WOODS, rectangle((1, 2), [50.0, 50.0, 150.0, 150.0]));
    // 02: a cell of grass is left out; 03: its neighbour in the north grows 30 m onto its ground.
    r.cells.push((22, 24));
    r.in_cell(3, (22, 25), [0.0, -30.0, 200.0, 200.0], GRASS);
    // 04: a patch of grass gives up 50 m in the north.
    r.in_cell(4, (22, 27), [0.0, 0.0, 200.0, 150.0], GRASS);
    // 05: the boundary between storage and a park moves by 20 m.
    let of = |number| From::Planted(88, number);
    r.strips(5, (34, 37), &[(50.0, PARK, of(1)), (120.0, "110101", of(2)), (200.0, PARK, of(3))]);
    // 14: a patch of grass moves beyond the county, with its identifier.
    r.cells.push((22, 31));
    r.patch(14, From::Cell(22, 31), GRASS, rectangle((3, 4), WHOLE));
    // 15: a patch of grass stands twice.
    r.in_cell(15, (22, 32), WHOLE, GRASS);
    r.patch(15, From::Nothing, GRASS, rectangle((22, 32), WHOLE));
}

/// Cases 06-09: patches that are split, merged and drawn anew.
fn cut_anew(r: &mut Revised) {
    // 06: in two; 07: in three, one of them woods.
    r.strips(6, (7, 13), &[(80.0, GRASS, From::Cell(7, 13)), (200.0, GRASS, From::Nothing)]);
    let three =
        [(60.0, GRASS, From::Cell(8, 13)), (130.0, WOODS, From::Nothing), (200.0, GRASS, From::Nothing)];
    r.strips(7, (8, 13), &three);
    // 08: two cells in one, with the identifier of the western one.
    r.in_cell(8, (9, 13), [0.0, 0.0, 400.0, 200.0], GRASS);
    r.cells.push((10, 13));
    // 09: two cells with a boundary that reaches into the western one, both with other identifiers.
    r.cells.extend([(9, 10), (10, 10)]);
    r.patch(9, From::Nothing, WOODS, rectangle((9, 10), [0.0, 0.0, 80.0, 200.0]));
    r.patch(9, From::Nothing, GRASS, rectangle((9, 10), [80.0, 0.0, 400.0, 200.0]));
}

/// Cases 10-13: other classes, columns and identifiers.
fn said_anew(r: &mut Revised) {
    // 10: a park becomes housing.
    r.in_cell(10, (25, 24), WHOLE, "070102");
    // 11: a park becomes offices, and grows 50 m into the park in the north.
    r.in_cell(11, (25, 25), [0.0, 0.0, 200.0, 250.0], "0801");
    r.in_cell(11, (25, 26), [0.0, 50.0, 200.0, 200.0], PARK);
    // 12: the number of an approval is entered, and nothing else.
    r.in_cell(12, (25, 27), WHOLE, PARK).evidence = Some(&[("批准文号", "示例批〔2027〕12号")]);
    // 13: two patches have other identifiers, and a third has one that grows by 20 m at the cost of its neighbour.
    r.in_cell(13, (25, 28), WHOLE, PARK).reissued = true;
    r.in_cell(13, (25, 29), WHOLE, PARK).reissued = true;
    r.in_cell(13, (25, 30), [0.0, 0.0, 200.0, 220.0], PARK).reissued = true;
    r.in_cell(13, (25, 31), [0.0, 20.0, 200.0, 200.0], PARK);
}

/// Cases 16-20: noise of coordinates, a change of two centimetres, and shapes that are only written otherwise.
fn hardly_changed(r: &mut Revised) {
    // 16, 17, 18: the western edge of the works is off by a nanometre, a tenth of a millimetre, and two centimetres.
    let works = |case: usize, east: f64| {
        let of = |number| From::Planted(case, number);
        [(40.0, PARK, of(1)), (east, WORKS, of(2)), (200.0, PARK, of(3))]
    };
    r.strips(16, (31, 37), &works(85, 100.0));
    // A shape of the table has four decimals.
    let last = r.patches.len();
    let (park, rest) = r.patches[last - 3..].split_at_mut(1);
    for corner in [1, 2] {
        park[0].rings[0][corner][0] += 1e-9;
    }
    for corner in [0, 3, 4] {
        rest[0].rings[0][corner][0] += 1e-9;
    }
    let mut off = works(86, 100.002);
    off[0].0 = 40.0001;
    r.strips(17, (32, 37), &off);
    let mut off = works(87, 100.0);
    off[0].0 = 50.02;
    r.strips(18, (33, 37), &off);
    // 19: the ring begins at another vertex.
    r.in_cell(19, (22, 33), WHOLE, GRASS);
    let ring = &mut r.last().rings[0];
    ring.pop();
    ring.rotate_left(2);
    ring.push(ring[0]);
    // 20: a vertex more on the western edge.
    r.in_cell(20, (22, 34), WHOLE, GRASS);
    let middle = rectangle((22, 34), [0.0, 100.0, 200.0, 200.0])[0];
    r.last().rings[0].insert(4, middle);
}

/// Cases 21-25: plan patches whose findings change.
fn findings_of_patches(r: &mut Revised) {
    let of = |case: usize| [1, 2, 3].map(|number| From::Planted(case, number));
    let road = |r: &mut Revised, case, cell, [west, east]: [f64; 2], class, [a, b, c]: [From; 3]| {
        let around = if cell == (4, 11) { FIELD } else { GRASS };
        r.strips(case, cell, &[(west, around, a), (east, class, b), (200.0, around, c)]);
    };
    // 21: a field track on the core zone becomes a road: new.
    road(r, 21, (8, 9), [100.0, 120.0], ROAD, of(15));
    // 22: the road is widened by 10 m: worse; 23: narrowed by 10 m: better.
    road(r, 22, (9, 9), [100.0, 130.0], ROAD, of(16));
    road(r, 23, (11, 9), [100.0, 110.0], ROAD, of(18));
    // 24: the road moves from x 100-130 to x 150-180, off the farmland: healed.
    road(r, 24, (4, 11), [150.0, 180.0], ROAD, of(31));
    // 25: the opinion on a harmless crossing is gone: graver; another is there: less grave.
    road(r, 25, (5, 9), [100.0, 120.0], ROAD, of(12));
    let last = r.patches.len() - 2;
    r.patches[last].evidence = Some(&[("穿越方式", "harmless")]);
    road(r, 25, (5, 13), [100.0, 120.0], ROAD, of(20));
    let last = r.patches.len() - 2;
    r.patches[last].evidence = Some(&[("穿越方式", "harmless"), ("省级意见文号", "示例函〔2027〕25号")]);
}

/// Cases 26-35: redline and farmland.
fn lines(r: &mut Revised) {
    const APPROVED: Option<&str> = Some("示例批〔2027〕26号");
    let line = |of, case, becomes, approval| RevisedLine { of: Some((of, 1)), case, becomes, approval };
    let shape = |cell, rect| Becomes::Shape(rectangle(cell, rect));
    r.redline.extend([
        // 26: the core zone grows 10 m onto a road; 27: another shrinks by 9.7 m, approved.
        line(13, 26, shape((6, 9), [60.0, 20.0, 150.0, 180.0]), None),
        line(25, 27, shape((8, 10), [20.0, 20.0, 90.0, 180.0]), APPROVED),
        // 28: a core zone becomes a general one.
        line(7, 28, Becomes::Zone(GENERAL), None),
        // 33: an edge is off by a tenth of a millimetre.
        line(5, 33, shape((8, 8), [20.0, 20.0, 100.0001, 180.0]), None),
    ]);
    r.farmland.extend([
        // 29: 20 m less; 30: 10 m more; 31: 20 m less, approved; 32: 5 m less, which the core zone had.
        line(35, 29, shape((8, 11), [60.0, 20.0, 120.0, 180.0]), None),
        line(37, 30, shape((10, 11), [50.0, 20.0, 140.0, 180.0]), None),
        line(39, 31, shape((4, 12), [60.0, 20.0, 140.0, 160.0]), APPROVED),
        line(6, 32, shape((9, 8), [115.0, 70.0, 150.0, 100.0]), None),
        // 34: one is gone; 35: one is added, approved.
        line(32, 34, Becomes::Nothing, None),
    ]);
    let added = shape((11, 8), [60.0, 60.0, 140.0, 140.0]);
    r.farmland.push(RevisedLine { of: None, case: 35, becomes: added, approval: APPROVED });
}

/// Cases 36-39: the urban boundary.
fn boundary(b: &mut RevisedBoundary) {
    // 36: the window of case 58 of the check is filled; 37: one is cut for the farmland of its case 57.
    b.filled.push(clockwise(rectangle((29, 28), [60.0, 60.0, 140.0, 140.0])));
    b.cut.push((0, clockwise(rectangle((28, 28), [50.0, 60.0, 150.0, 130.0])), None));
    // 38: 300 m by 200 m of the elastic zone are put to use.
    let used = rectangle((39, 28), [0.0, 0.0, 300.0, 200.0]);
    b.cut.push((2, clockwise(used.clone()), None));
    b.added.push((38, used));
    // 39: the special-use zone gives up 100 m by 100 m, approved.
    let given_up = clockwise(rectangle((27, 20), [50.0, 50.0, 150.0, 150.0]));
    b.cut.push((3, given_up, Some("示例批〔2027〕39号")));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::county::coverage::twice_area;

    #[test]
    fn what_is_drawn_anew_fills_its_cells_but_for_what_is_planted() {
        let revised = revised();
        let cells: BTreeSet<_> = revised.cells.iter().collect();
        assert_eq!(cells.len(), revised.cells.len(), "two cases share a cell");
        let drawn: f64 = revised.patches.iter().flat_map(|patch| &patch.rings).map(|r| twice_area(r)).sum();
        // 01 adds 100 × 100; 02 leaves out 200 × 170; 04 gives up 200 × 50; 15 claims a cell again.
        let wanted = cells.len() as f64 * CELL * CELL + 10_000.0 - 34_000.0 - 10_000.0 + 40_000.0;
        assert!((drawn / 2.0 - wanted).abs() < 1e-3, "{drawn} {wanted}");
    }
}
