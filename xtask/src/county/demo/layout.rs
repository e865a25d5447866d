//! Geography of the sample county: what is cell (i, j)?
//!
//! Everything here is the clean background: each patch has a class that its place allows. The grounds are
//! rectangles of straight cells, exact squares of 200 m, where `planting.rs` puts violations and
//! near-misses of known size.

use sanxian_model::Position;

use super::super::coverage::Coverage;
use super::super::random::bumps;
use super::super::region::CellSet;

/// Cells east and north.
pub(super) const COLUMNS: i64 = 60;
pub(super) const ROWS: i64 = 54;
/// Metres.
pub(super) const CELL: f64 = 200.0;
/// South-west corner of cell (0, 0), metres in EPSG:4546.
pub(super) const ORIGIN: Position = [540_000.0, 3_740_000.0];

/// Open ground in the south-west, away from all lines.
pub(super) const OPEN: [i64; 4] = [4, 8, 12, 14];
/// Ground across the western edge of the town, which runs along column 24.
pub(super) const EDGE: [i64; 4] = [22, 24, 26, 36];
/// Ground inside the town, for windows.
pub(super) const INNER: [i64; 4] = [28, 28, 31, 31];
/// Ground across the edge of the special-use zone, which ends at row 22.
pub(super) const SPECIAL: [i64; 4] = [26, 20, 31, 23];
/// Ground across the northern edge of the town, which runs along row 38.
pub(super) const NORTH: [i64; 4] = [27, 36, 35, 40];

const GROUNDS: [[i64; 4]; 5] = [OPEN, EDGE, INNER, SPECIAL, NORTH];

/// What a cell of the background is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Not in the county.
    Outside,
    /// Core protection zone of the redline.
    Core,
    /// General control zone of the redline.
    General,
    /// Redline outside nature protected areas.
    Redline,
    /// Permanent basic farmland.
    Farmland,
    /// Concentrated construction zone, industrial park.
    Park,
    /// Concentrated construction zone, the rest.
    Concentrated,
    /// Elastic development zone.
    Elastic,
    /// Special-use zone.
    Special,
    /// Planting ground in the town.
    TownGround,
    /// Planting ground in the country.
    CountryGround,
    /// Villages, fields that are not protected, woods, waters.
    Country,
}

fn within([west, south, east, north]: [i64; 4], i: i64, j: i64) -> bool {
    (west..east).contains(&i) && (south..north).contains(&j)
}

/// The background of cell (i, j).
pub(super) fn place(i: i64, j: i64) -> Place {
    let (east, north) = (COLUMNS - 1 - i, ROWS - 1 - j);
    if i < 0
        || j < 0
        || east < 0
        || north < 0
        || i + j < 9
        || east + j < 11
        || i + north < 10
        || east + north < 9
    {
        return Place::Outside;
    }
    let ground = GROUNDS.iter().any(|&ground| within(ground, i, j));
    if is_concentrated(i, j) {
        return match (i, j) {
            _ if ground => Place::TownGround,
            _ if within([35, 24, 38, 32], i, j) => Place::Park,
            _ => Place::Concentrated,
        };
    }
    match (i, j) {
        // Windows in the town that follow patch edges.
        (27, 25 | 26) | (32, 33) | (50, 12) => Place::Farmland,
        (33, 27) => Place::Redline,
        _ if is_special(i, j) => Place::Special,
        _ if ground => Place::CountryGround,
        _ if is_elastic(i, j) => Place::Elastic,
        _ if within([6, 41, 11, 46], i, j) && (i, j) != (6, 41) => Place::Core,
        _ if is_mountain(i, j) => Place::General,
        _ if within([53, 29, 57, 35], i, j) && i + j != 82 => Place::Redline,
        _ if is_plain(i, j) => Place::Farmland,
        _ => Place::Country,
    }
}

/// Two towns with windows for farmland and redline.
fn is_concentrated(i: i64, j: i64) -> bool {
    let window = matches!((i, j), (27, 25 | 26) | (32, 33) | (50, 12) | (33, 27));
    (within([24, 22, 38, 38], i, j) || within([48, 10, 53, 14], i, j)) && !window
}

fn is_elastic(i: i64, j: i64) -> bool {
    within([38, 25, 43, 34], i, j)
}

fn is_special(i: i64, j: i64) -> bool {
    within([24, 19, 34, 22], i, j)
}

fn is_mountain(i: i64, j: i64) -> bool {
    within([3, 36, 18, 51], i, j) && bumps(77, i as f64 / 5.0, j as f64 / 5.0) > 0.25
}

fn is_plain(i: i64, j: i64) -> bool {
    let far = !within([21, 17, 45, 42], i, j) && !within([2, 6, 14, 16], i, j);
    far && j < 34 && bumps(78, i as f64 / 6.0, j as f64 / 6.0) > 0.56
}

/// The patches of the county.
pub(super) fn coverage(seed: u64) -> Coverage {
    Coverage {
        seed,
        origin: ORIGIN,
        cell: CELL,
        halvings: vec![1, 1, 2],
        parts_per_metre: 1000.0,
        island_every: 45,
        straight: GROUNDS.to_vec(),
    }
}

/// All cells whose place is one of these.
pub(super) fn cells(places: &[Place]) -> CellSet {
    CellSet::new(COLUMNS, ROWS, |i, j| places.contains(&place(i, j)))
}

/// The concentrated zone, town by town.
pub(super) fn towns() -> Vec<CellSet> {
    CellSet::new(COLUMNS, ROWS, is_concentrated).parts()
}

/// The elastic zone.
pub(super) fn elastic() -> CellSet {
    CellSet::new(COLUMNS, ROWS, is_elastic)
}

/// The special-use zone.
pub(super) fn special() -> CellSet {
    CellSet::new(COLUMNS, ROWS, is_special)
}

/// Administrative units: code, name and the cells they have.
pub(super) const UNITS: [(&str, &str); 4] = [
    ("419900100", "示例县城关示范镇"),
    ("419900101", "示例县样板镇"),
    ("419900200", "示例县演习乡"),
    ("419900201", "示例县虚构乡"),
];

/// Which unit cell (i, j) belongs to.
pub(super) fn unit(i: i64, j: i64) -> usize {
    if within([20, 17, 45, 42], i, j) {
        0
    } else if j < 22 {
        if i < 32 { 1 } else { 2 }
    } else if i < 32 {
        3
    } else {
        2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_county_has_about_three_thousand_cells_and_no_corner_contacts() {
        let all = CellSet::new(COLUMNS, ROWS, |i, j| place(i, j) != Place::Outside);
        assert!((2950..=3050).contains(&all.count()), "{}", all.count());
        assert_eq!(all.parts().len(), 1);
        for set in
            [towns().swap_remove(0), elastic(), special(), cells(&[Place::Core]), cells(&[Place::Park])]
        {
            let mut opened = set.clone();
            opened.open_corners();
            assert_eq!(opened.count(), set.count());
        }
    }

    #[test]
    fn grounds_are_where_the_planting_needs_them() {
        assert_eq!(place(23, 30), Place::CountryGround);
        assert_eq!(place(24, 30), Place::TownGround);
        assert_eq!(place(29, 29), Place::TownGround);
        assert_eq!(place(28, 21), Place::Special);
        assert_eq!(place(28, 22), Place::TownGround);
        assert_eq!(place(30, 38), Place::CountryGround);
        let [west, south, east, north] = OPEN;
        for i in west - 1..=east {
            for j in south - 1..=north {
                assert!(matches!(place(i, j), Place::CountryGround | Place::Country), "cell ({i}, {j})");
            }
        }
    }
}
