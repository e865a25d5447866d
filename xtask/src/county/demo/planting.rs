//! The planted violations and near-misses: which shapes stand on the grounds?
//!
//! This is the plan that `data/demo/PLANTING.md` tells in words; a case has the same number in both. Each
//! shape is a rectangle in metres from the corner of a grid cell, so that every overlap is a product of two
//! numbers written here. Plan patches of a case are strips that tile their cells, so the plan stays without
//! gaps and overlaps. What must be found is written by hand in `data/demo/expected-findings.csv`.

use sanxian_model::Position;

use super::layout::{CELL, ORIGIN};

/// `[west, south, east, north]` in metres.
pub(super) type Rect = [f64; 4];

/// Columns of evidence and their values.
pub(super) type Evidence = &'static [(&'static str, &'static str)];

/// No evidence.
const NONE: Evidence = &[];

/// A planted shape: its case, its number within the case and the layer, and its rings.
#[derive(Debug)]
pub(super) struct Shape<T> {
    pub(super) case: usize,
    pub(super) number: usize,
    pub(super) rings: Vec<Vec<Position>>,
    pub(super) what: T,
}

/// A planted plan patch.
#[derive(Debug)]
pub(super) struct Patch {
    pub(super) class: &'static str,
    pub(super) evidence: Evidence,
}

/// A parcel of a project.
#[derive(Debug)]
pub(super) struct Parcel {
    pub(super) project: &'static str,
    pub(super) name: &'static str,
    pub(super) class: &'static str,
    pub(super) evidence: Evidence,
}

/// Zone of a nature protected area, as in ZRBHDFQ.
pub(super) const CORE: &str = "核心保护区";
pub(super) const GENERAL: &str = "一般控制区";
/// Redline outside nature protected areas.
pub(super) const NO_AREA: &str = "";

/// Everything that is planted.
#[derive(Debug, Default)]
pub(super) struct Planting {
    pub(super) patches: Vec<Shape<Patch>>,
    /// Cells whose plan patches are planted.
    pub(super) planned_cells: Vec<(i64, i64)>,
    pub(super) redline: Vec<Shape<&'static str>>,
    pub(super) farmland: Vec<Shape<()>>,
    pub(super) parks: Vec<Shape<()>>,
    pub(super) parcels: Vec<Shape<Parcel>>,
    /// Holes that planting cuts into the concentrated zone of the first town.
    pub(super) windows: Vec<Vec<Position>>,
}

/// A rectangle from the south-west corner of cell (i, j), counter-clockwise and closed.
pub(super) fn rectangle((i, j): (i64, i64), [west, south, east, north]: Rect) -> Vec<Position> {
    let at = |x: f64, y: f64| {
        // Metres with four decimals, so that a shape is exactly where its plan says.
        [(i as f64 * CELL + x, ORIGIN[0]), (j as f64 * CELL + y, ORIGIN[1])]
            .map(|(offset, origin)| ((origin + offset) * 10_000.0).round() / 10_000.0)
    };
    vec![at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]
}

pub(super) fn clockwise(mut ring: Vec<Position>) -> Vec<Position> {
    ring.reverse();
    ring
}

pub(super) fn number<T>(shapes: &[Shape<T>], case: usize) -> usize {
    shapes.iter().filter(|shape| shape.case == case).count() + 1
}

impl Planting {
    fn redline(&mut self, case: usize, cell: (i64, i64), rect: Rect, zone: &'static str) {
        let number = number(&self.redline, case);
        self.redline.push(Shape { case, number, rings: vec![rectangle(cell, rect)], what: zone });
    }

    fn farmland(&mut self, case: usize, cell: (i64, i64), rect: Rect) {
        let number = number(&self.farmland, case);
        self.farmland.push(Shape { case, number, rings: vec![rectangle(cell, rect)], what: () });
    }

    fn park(&mut self, case: usize, cell: (i64, i64), rect: Rect) {
        let number = number(&self.parks, case);
        self.parks.push(Shape { case, number, rings: vec![rectangle(cell, rect)], what: () });
    }

    /// Plan patches of a row of cells from `cell` on, west to east: each strip reaches to its `east`, in
    /// metres from the corner of `cell`; the first starts at `west`.
    fn strips(&mut self, case: usize, cell: (i64, i64), west: f64, strips: &[(f64, &'static str, Evidence)]) {
        let mut west = west;
        let first = (west / CELL).floor() as i64;
        let last = strips.last().map_or(0, |strip| (strip.0 / CELL).ceil() as i64);
        self.planned_cells.extend((first..last).map(|k| (cell.0 + k, cell.1)));
        for &(east, class, evidence) in strips {
            self.patch(case, vec![rectangle(cell, [west, 0.0, east, CELL])], class, evidence);
            west = east;
        }
    }

    fn patch(&mut self, case: usize, rings: Vec<Vec<Position>>, class: &'static str, evidence: Evidence) {
        let number = number(&self.patches, case);
        self.patches.push(Shape { case, number, rings, what: Patch { class, evidence } });
    }

    fn parcel(&mut self, case: usize, cell: (i64, i64), rect: Rect, what: Parcel) {
        let number = number(&self.parcels, case);
        self.parcels.push(Shape { case, number, rings: vec![rectangle(cell, rect)], what });
    }
}

/// The whole planting.
pub(super) fn planting() -> Planting {
    let mut planting = Planting::default();
    redline_and_farmland(&mut planting);
    patches_on_redline(&mut planting);
    patches_on_farmland(&mut planting);
    parcels_of_projects(&mut planting);
    patches_at_the_town_edge(&mut planting);
    lines_at_the_town_edge(&mut planting);
    windows_in_the_town(&mut planting);
    special_use_zone(&mut planting);
    parks_and_industry(&mut planting);
    planting
}

/// Cell (column, row) of the open ground.
fn open(column: i64, row: i64) -> (i64, i64) {
    (4 + column, 8 + row)
}

/// Cases 01-07: redline against farmland.
fn redline_and_farmland(p: &mut Planting) {
    // 01: overlap 20 × 80.
    p.redline(1, open(0, 0), [20.0, 20.0, 120.0, 180.0], GENERAL);
    p.farmland(1, open(0, 0), [100.0, 60.0, 180.0, 140.0]);
    // 02: a common edge, on which the farmland has vertices that the redline lacks.
    p.redline(2, open(1, 0), [20.0, 20.0, 100.0, 180.0], GENERAL);
    p.farmland(2, open(1, 0), [100.0, 60.0, 180.0, 140.0]);
    let extra = [110.0, 90.0].map(|y| rectangle(open(1, 0), [100.0, y, 100.0, y])[0]);
    if let Some(shape) = p.farmland.last_mut() {
        shape.rings[0].splice(4..4, extra);
    }
    // 03: overlap 0.1 × 4, below the tolerance.
    p.redline(3, open(2, 0), [20.0, 20.0, 100.0, 180.0], GENERAL);
    p.farmland(3, open(2, 0), [99.9, 98.0, 180.0, 102.0]);
    // 04: the farmland fills a hole of the redline exactly.
    p.redline(4, open(3, 0), [20.0, 20.0, 180.0, 180.0], GENERAL);
    let filled = rectangle(open(3, 0), [60.0, 60.0, 140.0, 140.0]);
    if let Some(shape) = p.redline.last_mut() {
        shape.rings.push(clockwise(filled));
    }
    p.farmland(4, open(3, 0), [60.0, 60.0, 140.0, 140.0]);
    // 05: a gap of 0.3 m.
    p.redline(5, open(4, 0), [20.0, 20.0, 100.0, 180.0], GENERAL);
    p.farmland(5, open(4, 0), [100.3, 60.0, 180.0, 140.0]);
    // 06: overlap 10 × 30 in a core zone.
    p.redline(6, open(5, 0), [20.0, 20.0, 120.0, 180.0], CORE);
    p.farmland(6, open(5, 0), [110.0, 70.0, 150.0, 100.0]);
    // 07: farmland touches a core zone.
    p.redline(7, open(6, 0), [20.0, 20.0, 100.0, 180.0], CORE);
    p.farmland(7, open(6, 0), [100.0, 70.0, 150.0, 100.0]);
}

const GRASS: &str = "0403";
/// Highway: construction land that is not urban, so the boundary has no say.
const ROAD: &str = "1202";

/// Cases 11-26: plan patches on the redline. The strip of road is always the second patch of its case.
fn patches_on_redline(p: &mut Planting) {
    const HARMLESS_WITHOUT_OPINION: Evidence = &[("穿越方式", "harmless")];
    const PATROL: Evidence = &[("活动类别", "1")];
    const HARMLESS: Evidence = &[("穿越方式", "harmless"), ("省级意见文号", "示例函〔2026〕12号")];
    const LIMITED: Evidence = &[("活动类别", "6"), ("省级意见文号", "示例函〔2026〕17号")];
    const MAJOR: Evidence = &[("项目类别", "4")];
    const MAJOR_WITH_OPINION: Evidence = &[("项目类别", "4"), ("不可避让论证文号", "示例函〔2026〕22号")];
    const MIDDLE: Rect = [60.0, 20.0, 140.0, 180.0];

    let road_in_the_middle = |p: &mut Planting, case, cell, zone, evidence| {
        p.redline(case, cell, MIDDLE, zone);
        p.strips(case, cell, 0.0, &[(100.0, GRASS, NONE), (120.0, ROAD, evidence), (200.0, GRASS, NONE)]);
    };
    // Overlap 20 × 160 in each of these.
    road_in_the_middle(p, 11, open(0, 1), CORE, NONE);
    road_in_the_middle(p, 12, open(1, 1), CORE, HARMLESS);
    road_in_the_middle(p, 16, open(5, 1), GENERAL, NONE);
    road_in_the_middle(p, 17, open(6, 1), GENERAL, LIMITED);
    road_in_the_middle(p, 18, open(7, 1), NO_AREA, NONE);
    road_in_the_middle(p, 19, open(0, 5), CORE, PATROL);
    road_in_the_middle(p, 20, open(1, 5), CORE, HARMLESS_WITHOUT_OPINION);
    road_in_the_middle(p, 21, open(0, 2), GENERAL, MAJOR);
    road_in_the_middle(p, 22, open(1, 2), GENERAL, MAJOR_WITH_OPINION);

    // 13: the road touches the core zone.
    p.redline(13, open(2, 1), MIDDLE, CORE);
    p.strips(13, open(2, 1), 0.0, &[(140.0, GRASS, NONE), (160.0, ROAD, NONE), (200.0, GRASS, NONE)]);
    // 14: overlap 0.1 × 4.
    p.redline(14, open(3, 1), [60.0, 98.0, 140.1, 102.0], CORE);
    p.strips(14, open(3, 1), 0.0, &[(140.0, GRASS, NONE), (160.0, ROAD, NONE), (200.0, GRASS, NONE)]);
    // 15: a field track is farm land, not construction land.
    p.redline(15, open(4, 1), MIDDLE, CORE);
    p.strips(15, open(4, 1), 0.0, &[(100.0, GRASS, NONE), (120.0, "060102", NONE), (200.0, GRASS, NONE)]);
    // 23: two redline features, 0.1 × 3 and 0.1 × 4: together above the tolerance.
    p.redline(23, open(2, 2), [20.0, 20.0, 100.1, 23.0], GENERAL);
    p.redline(23, open(2, 2), [20.0, 60.0, 100.1, 64.0], GENERAL);
    p.strips(23, open(2, 2), 0.0, &[(100.0, GRASS, NONE), (120.0, ROAD, NONE), (200.0, GRASS, NONE)]);
    // 24: two redline features cover the same 0.1 × 4, which counts once.
    p.redline(24, open(3, 2), [20.0, 60.0, 100.1, 64.0], GENERAL);
    p.redline(24, open(3, 2), [90.0, 60.0, 100.1, 64.0], GENERAL);
    p.strips(24, open(3, 2), 0.0, &[(100.0, GRASS, NONE), (120.0, ROAD, NONE), (200.0, GRASS, NONE)]);
    // 25: a gap of 0.3 m.
    p.redline(25, open(4, 2), [20.0, 20.0, 99.7, 180.0], GENERAL);
    p.strips(25, open(4, 2), 0.0, &[(100.0, GRASS, NONE), (120.0, ROAD, NONE), (200.0, GRASS, NONE)]);
    // 26: half of the road in a core zone, half in a general one: 10 × 160 each.
    p.redline(26, open(2, 5), [20.0, 20.0, 100.0, 180.0], CORE);
    p.redline(26, open(2, 5), [100.0, 20.0, 180.0, 180.0], GENERAL);
    p.strips(26, open(2, 5), 0.0, &[(90.0, GRASS, NONE), (110.0, ROAD, NONE), (200.0, GRASS, NONE)]);
}

const FIELD: &str = "0103";

/// Cases 31-40: plan patches on farmland. The strip of construction land is the second patch of its case.
fn patches_on_farmland(p: &mut Planting) {
    const KEY: Evidence = &[("项目类别", "transport"), ("预审机关级别", "national")];
    const KEY_WITHOUT_EXAM: Evidence = &[("项目类别", "transport")];
    const APPROVED: Evidence =
        &[("项目类别", "transport"), ("批准级别", "national"), ("批准文号", "示例批〔2026〕9号")];
    const TRACT: Evidence = &[("项目类型", "tract-development")];
    const MIDDLE: Rect = [60.0, 20.0, 140.0, 180.0];

    // Overlap 30 × 160 in each of these.
    let cases = [
        (31, open(0, 3), NONE),
        (32, open(1, 3), KEY),
        (33, open(2, 3), KEY_WITHOUT_EXAM),
        (34, open(3, 3), TRACT),
        (40, open(7, 4), APPROVED),
    ];
    for (case, cell, evidence) in cases {
        p.farmland(case, cell, MIDDLE);
        p.strips(case, cell, 0.0, &[(100.0, FIELD, NONE), (130.0, ROAD, evidence), (200.0, FIELD, NONE)]);
    }
    // 35: the road touches the farmland.
    p.farmland(35, open(4, 3), MIDDLE);
    p.strips(35, open(4, 3), 0.0, &[(140.0, FIELD, NONE), (160.0, ROAD, NONE), (200.0, FIELD, NONE)]);
    // 36: overlap 0.1 × 4.
    p.farmland(36, open(5, 3), [60.0, 98.0, 140.1, 102.0]);
    p.strips(36, open(5, 3), 0.0, &[(140.0, FIELD, NONE), (160.0, ROAD, NONE), (200.0, FIELD, NONE)]);
    // 37: a field track is farm land.
    p.farmland(37, open(6, 3), MIDDLE);
    p.strips(37, open(6, 3), 0.0, &[(100.0, FIELD, NONE), (103.0, "060102", NONE), (200.0, FIELD, NONE)]);
    // 38: a gap of 0.3 m.
    p.farmland(38, open(7, 3), [60.0, 20.0, 139.7, 180.0]);
    p.strips(38, open(7, 3), 0.0, &[(140.0, FIELD, NONE), (160.0, ROAD, NONE), (200.0, FIELD, NONE)]);
    // 39: tract development that touches the farmland.
    p.farmland(39, open(0, 4), MIDDLE);
    p.strips(39, open(0, 4), 0.0, &[(140.0, FIELD, NONE), (160.0, ROAD, TRACT), (200.0, FIELD, NONE)]);
}

/// Cases 61-67: parcels of projects. The plan beneath stays unbuilt.
fn parcels_of_projects(p: &mut Planting) {
    const KEY_ROAD: Evidence = &[("项目类别", "transport"), ("预审机关级别", "national")];
    const TRACT: Evidence = &[("项目类型", "tract-development")];
    const CROSSING: Evidence = &[("穿越方式", "harmless"), ("省级意见文号", "示例函〔2026〕31号")];
    const WORKS: Evidence = &[("项目类型", "industrial")];
    const MIDDLE: Rect = [60.0, 20.0, 140.0, 180.0];
    const ACROSS: Rect = [120.0, 50.0, 170.0, 100.0];
    // Overlap 20 × 50 in cases 61, 62, 64, 65 and 66.
    let on_farmland = [
        (61, open(1, 4), "示例水厂", "取水泵站", "1311", NONE),
        (62, open(2, 4), "示例高速公路", "主线第一段", ROAD, KEY_ROAD),
        (64, open(4, 4), "示例成片开发", "道路地块", ROAD, TRACT),
    ];
    for (case, cell, project, name, class, evidence) in on_farmland {
        p.farmland(case, cell, MIDDLE);
        p.parcel(case, cell, ACROSS, Parcel { project, name, class, evidence });
    }
    // 63: the farmland stays in a hole of the parcel.
    p.farmland(63, open(3, 4), [80.0, 80.0, 120.0, 120.0]);
    let ring_road =
        Parcel { project: "示例高速公路", name: "互通环岛", class: ROAD, evidence: NONE };
    p.parcel(63, open(3, 4), [50.0, 50.0, 150.0, 150.0], ring_road);
    let kept = clockwise(rectangle(open(3, 4), [80.0, 80.0, 120.0, 120.0]));
    if let Some(shape) = p.parcels.last_mut() {
        shape.rings.push(kept);
    }
    // 65: a pipeline crosses under a core zone without harm; 66: a road in a general zone, nothing declared.
    p.redline(65, open(5, 4), MIDDLE, CORE);
    let line =
        Parcel { project: "示例输气管道", name: "地下穿越段", class: "1205", evidence: CROSSING };
    p.parcel(65, open(5, 4), ACROSS, line);
    p.redline(66, open(6, 4), MIDDLE, GENERAL);
    let road = Parcel { project: "示例旅游公路", name: "停靠段", class: ROAD, evidence: NONE };
    p.parcel(66, open(6, 4), ACROSS, road);
    // 67: an industrial project inside the background park, cell (36, 27), whose sides stay well away.
    let works = Parcel { project: "示例机械厂", name: "一号厂房", class: "100101", evidence: WORKS };
    p.parcel(67, (36, 27), [70.0, 70.0, 130.0, 130.0], works);
    for column in 1..7 {
        let class = if (1..=4).contains(&column) { FIELD } else { GRASS };
        p.strips(60 + column as usize, open(column, 4), 0.0, &[(200.0, class, NONE)]);
    }
}

/// Row of the ground across the western edge of the town: x is 0 on the edge, negative in the country.
fn edge(row: i64) -> (i64, i64) {
    (24, 24 + row)
}

/// Cases 41-46: urban land at the edge of the town.
fn patches_at_the_town_edge(p: &mut Planting) {
    const SHOP: &str = "0901";
    const SITED: Evidence = &[("选址理由", "tourism")];
    const UTILITY: Evidence = &[("选址理由", "utilities")];
    // 41: 50 × 200 outside.
    p.strips(41, edge(0), -200.0, &[(-50.0, GRASS, NONE), (60.0, SHOP, NONE), (200.0, "1401", NONE)]);
    // 42: flush with the edge.
    p.strips(42, edge(1), -200.0, &[(0.0, GRASS, NONE), (80.0, SHOP, NONE), (200.0, "1401", NONE)]);
    // 43: 0.002 × 200 outside.
    p.strips(43, edge(2), -200.0, &[(-0.002, GRASS, NONE), (80.0, SHOP, NONE), (200.0, "1401", NONE)]);
    // 44: 50 × 200 outside, with a reason for the site.
    p.strips(44, edge(3), -200.0, &[(-50.0, GRASS, NONE), (60.0, SHOP, SITED), (200.0, "1401", NONE)]);
    // 45: urban housing, 50 × 200, all of it outside.
    let housing =
        [(-150.0, GRASS, NONE), (-100.0, "070102", NONE), (0.0, GRASS, NONE), (200.0, "1401", NONE)];
    p.strips(45, edge(4), -200.0, &housing);
    // 46: a rural homestead outside, and a substation, 20 × 200, that gives its reason.
    let country = [
        (-150.0, GRASS, NONE),
        (-100.0, "0703", NONE),
        (-60.0, GRASS, NONE),
        (-40.0, "1303", UTILITY),
        (0.0, GRASS, NONE),
        (200.0, "1401", NONE),
    ];
    p.strips(46, edge(5), -200.0, &country);
}

/// Cases 51-56: redline and farmland at the edge of the town.
fn lines_at_the_town_edge(p: &mut Planting) {
    // 51: 30 × 40 of the redline inside; 52: it touches; 53: 0.1 × 4.
    p.redline(51, edge(6), [-60.0, 80.0, 30.0, 120.0], GENERAL);
    p.redline(52, edge(7), [-60.0, 80.0, 0.0, 120.0], GENERAL);
    p.redline(53, edge(8), [-60.0, 98.0, 0.1, 102.0], GENERAL);
    // 54: 25 × 60 of the farmland inside; 55: it touches; 56: 0.1 × 4.
    p.farmland(54, edge(9), [-60.0, 70.0, 25.0, 130.0]);
    p.farmland(55, edge(10), [-60.0, 70.0, 0.0, 130.0]);
    p.farmland(56, edge(11), [-60.0, 98.0, 0.1, 102.0]);
    for (case, row) in (51..=56).zip(6..) {
        let class = if case < 54 { GRASS } else { FIELD };
        p.strips(case, edge(row), -200.0, &[(0.0, class, NONE), (200.0, class, NONE)]);
    }
}

/// Cases 57-60: farmland and redline inside the town, with and without a window.
fn windows_in_the_town(p: &mut Planting) {
    const WINDOW: Rect = [60.0, 60.0, 140.0, 140.0];
    let inner = |column: i64, row: i64| (28 + column, 28 + row);
    // 57: 80 × 50 of farmland, and no window.
    p.farmland(57, inner(0, 0), [60.0, 70.0, 140.0, 120.0]);
    p.strips(57, inner(0, 0), 0.0, &[(200.0, FIELD, NONE)]);
    // 58: farmland fills its window exactly, and housing stands around it.
    let window = rectangle(inner(1, 0), WINDOW);
    p.windows.push(clockwise(window.clone()));
    p.farmland(58, inner(1, 0), WINDOW);
    p.planned_cells.push(inner(1, 0));
    let whole = rectangle(inner(1, 0), [0.0, 0.0, CELL, CELL]);
    p.patch(58, vec![whole, clockwise(window.clone())], "070102", NONE);
    p.patch(58, vec![window], FIELD, NONE);
    // 59: redline fills its window exactly.
    p.windows.push(clockwise(rectangle(inner(2, 0), WINDOW)));
    p.redline(59, inner(2, 0), WINDOW, NO_AREA);
    p.strips(59, inner(2, 0), 0.0, &[(200.0, GRASS, NONE)]);
    // 60: 80 × 50 of redline, and no window.
    p.redline(60, inner(0, 2), [60.0, 70.0, 140.0, 120.0], NO_AREA);
    p.strips(60, inner(0, 2), 0.0, &[(200.0, GRASS, NONE)]);
}

/// Cases 71-75: the special-use zone, which ends at the northern edge of row 21.
fn special_use_zone(p: &mut Planting) {
    let special = |column: i64| (26 + column, 21);
    // 71: 50 × 200 of shops; 72: a park; 73: woods.
    p.strips(71, special(0), 0.0, &[(50.0, GRASS, NONE), (100.0, "0901", NONE), (200.0, GRASS, NONE)]);
    p.strips(72, special(1), 0.0, &[(50.0, GRASS, NONE), (100.0, "1401", NONE), (200.0, GRASS, NONE)]);
    p.strips(73, special(2), 0.0, &[(50.0, GRASS, NONE), (100.0, "0301", NONE), (200.0, GRASS, NONE)]);
    // 75: a museum, 50 × 200.
    p.strips(75, special(4), 0.0, &[(50.0, GRASS, NONE), (100.0, "0803", NONE), (200.0, GRASS, NONE)]);
    // 74: shops in the town beside it reach 0.002 × 200 into the zone.
    let cell = special(3);
    p.planned_cells.extend([cell, (cell.0, cell.1 + 1)]);
    p.patch(74, vec![rectangle(cell, [0.0, 199.998, 200.0, 400.0])], "0901", NONE);
    p.patch(74, vec![rectangle(cell, [0.0, 0.0, 200.0, 199.998])], GRASS, NONE);
}

/// Cases 81-88: parks at the northern edge of the town, y = 0, and industry inside it.
fn parks_and_industry(p: &mut Planting) {
    const WORKS: &str = "100101";
    let north = |column: i64| (27 + column, 38);
    // 81: 160 × 20 of the park outside; 82: flush; 83: 160 × 0.0025 outside.
    p.park(81, north(0), [20.0, -100.0, 180.0, 20.0]);
    p.park(82, north(1), [20.0, -100.0, 180.0, 0.0]);
    p.park(83, north(2), [20.0, -100.0, 180.0, 0.0025]);
    for (case, column) in (81..=83).zip(0..) {
        p.planned_cells.extend([(27 + column, 37), (27 + column, 38)]);
        p.patch(case, vec![rectangle(north(column), [0.0, -200.0, 200.0, 0.0])], "1401", NONE);
        p.patch(case, vec![rectangle(north(column), [0.0, 0.0, 200.0, 200.0])], GRASS, NONE);
    }
    // Below them row 37, all of it in the town: a park in the west of each cell.
    let below = |column: i64| (27 + column, 37);
    // 84: 40 × 200 of the works outside the park; 85: flush; 86: 0.002 × 200 outside.
    for (case, column, east) in [(84, 3, 140.0), (85, 4, 100.0), (86, 5, 100.002)] {
        p.park(case, below(column), [0.0, 0.0, 100.0, 200.0]);
        p.strips(
            case,
            below(column),
            0.0,
            &[(40.0, "1401", NONE), (east, WORKS, NONE), (200.0, "1401", NONE)],
        );
    }
    // 87: works, 50 × 200, with no park near; 88: storage with no park near.
    p.strips(87, below(6), 0.0, &[(50.0, "1401", NONE), (100.0, WORKS, NONE), (200.0, "1401", NONE)]);
    p.strips(88, below(7), 0.0, &[(50.0, "1401", NONE), (100.0, "110101", NONE), (200.0, "1401", NONE)]);
}
