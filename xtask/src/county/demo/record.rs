//! What an office writes beside a shape: identifiers, recorded areas, units, remarks.

use sanxian_model::Position;

use super::super::coverage::twice_area;
use super::super::table::Cell;
use super::layout::{CELL, ORIGIN, unit};

/// 18 digits: county, layer, serial from one.
pub(super) fn identifier(layer: &str, row: usize) -> String {
    format!("419900{layer}{:08}", row + 1)
}

/// Identifier of a planted shape: its serial is 9000, the case and the number within the case.
pub(super) fn planted_identifier(layer: &str, case: usize, number: usize) -> String {
    format!("419900{layer}9000{case:02}{number:02}")
}

/// Identifier of a shape that a revision issues: as a planted one, with the serial 9100.
pub(super) fn revised_identifier(layer: &str, case: usize, number: usize) -> String {
    format!("419900{layer}9100{case:02}{number:02}")
}

/// The area that a revision records: anew where it changed by more than a square metre, else what stood there.
pub(super) fn recorded_again(before: f64, rings: &[Vec<Position>]) -> f64 {
    let now = recorded_area(rings);
    if (now - before).abs() > 1.0 { now } else { before }
}

/// What a planted shape says of itself: 样例 and the case of `PLANTING.md`.
pub(super) fn remark(case: usize) -> Cell<'static> {
    format!("样例{case:02}").into()
}

/// The unit a position lies in, by the grid.
pub(super) fn unit_at([x, y]: Position) -> usize {
    unit(((x - ORIGIN[0]) / CELL).floor() as i64, ((y - ORIGIN[1]) / CELL).floor() as i64)
}

/// Area on the CGCS2000 ellipsoid in m² with two decimals, as in TBMJ: the planar area over the areal scale of
/// the projection in the middle of the shape, which for shapes of this size is right to 0.01 m².
pub(super) fn recorded_area(rings: &[Vec<Position>]) -> f64 {
    // Product of the two radii of curvature at 33.8° N, m²; within the county it changes by 1e-5 of itself,
    // and the scale by 1e-9.
    const RADII: f64 = 4.057_7e13;
    const FALSE_EASTING: f64 = 500_000.0;
    let planar = rings.iter().map(|ring| twice_area(ring) / 2.0).sum::<f64>();
    let (west, east) =
        rings[0].iter().fold((f64::MAX, f64::MIN), |(west, east), p| (west.min(p[0]), east.max(p[0])));
    let easting = f64::midpoint(west, east) - FALSE_EASTING;
    let scale = 1.0 + easting * easting / RADII;
    (planar / scale * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_have_eighteen_digits() {
        assert_eq!(identifier("2010", 0), "419900201000000001");
        assert_eq!(planted_identifier("2010", 31, 2), "419900201090003102");
    }
}
