//! The areal scale of a projection that only a function knows: by differences.

use sanxian_model::{Ellipsoid, Position, Text};

use crate::scale::geographic::geographic;

/// Half distance of the central differences, in units of the CRS.
const STEP: f64 = 1_000.0;

/// The scale at one place, from longitudes and latitudes about it by fourth-order central differences.
pub(super) fn by_differences<E: Into<Text>>(
    [x, y]: Position,
    ellipsoid: Ellipsoid,
    lon_lat: &mut impl FnMut(&mut [Position]) -> Result<(), E>,
) -> Result<f64, Text> {
    let mut at = [
        [x, y],
        [x - 2.0 * STEP, y],
        [x - STEP, y],
        [x + STEP, y],
        [x + 2.0 * STEP, y],
        [x, y - 2.0 * STEP],
        [x, y - STEP],
        [x, y + STEP],
        [x, y + 2.0 * STEP],
    ];
    lon_lat(&mut at).map_err(Into::into)?;
    if at.iter().flatten().any(|value| !value.is_finite()) {
        return Err(Text::new("转换结果不是有限数值", "the result is not finite"));
    }
    let slope = |k: usize, axis: usize| {
        let d = |i: usize| at[k + i][axis] - at[0][axis];
        // Longitudes may wrap between two places.
        let wrap = |v: f64| {
            if v > 180.0 {
                v - 360.0
            } else if v < -180.0 {
                v + 360.0
            } else {
                v
            }
        };
        (8.0 * (wrap(d(2)) - wrap(d(1))) - (wrap(d(3)) - wrap(d(0)))) / (12.0 * STEP)
    };
    let jacobian = slope(1, 0) * slope(5, 1) - slope(5, 0) * slope(1, 1);
    Ok(jacobian.abs() * geographic(ellipsoid, 1.0, at[0][1]).value)
}
