//! How wide a strip may be and still be noise of coordinates.

use sanxian_model::{Layer, Metres};

use crate::measure::told_apart;

use super::side::Side;

/// The XY tolerance that plan databases are kept with: a thousandth of a metre.
///
/// It is the default of file geodatabases, in which plans are handed in; a norm that sets it was not read.
const XY_TOLERANCE: Metres = Metres(0.001);

/// Mean width up to which a strip between two revisions is noise: the XY tolerance, or more when coordinates were written with
/// fewer digits than tell so much.
pub(super) fn noise_width([old, new]: [Side<'_>; 2]) -> Metres {
    let coarsest = |a: &Layer| {
        let of_pair = |b: &Layer| told_apart(a, b);
        new.layers.layers().iter().map(of_pair).fold(Metres::ZERO, Metres::max)
    };
    old.layers.layers().iter().map(coarsest).fold(XY_TOLERANCE, Metres::max)
}
