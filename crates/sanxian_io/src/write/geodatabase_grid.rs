//! The grid on which a File Geodatabase keeps coordinates.

use sanxian_model::CrsKind;

/// The XY tolerance of plan databases: one millimetre.
const TOLERANCE_METRES: f64 = 0.001;

/// Metres of a degree on the equator of CGCS2000.
const METRES_A_DEGREE: f64 = 111_319.490_793;

/// Creation options for a grid about as fine as double precision is in the coordinates of China: a position moves by half of a step
/// at most.
pub(super) fn fine(kind: CrsKind) -> Vec<String> {
    // A geodatabase counts steps from the origin in 53 bits: 90 000 km in steps of 0.01 micrometres hold the prefixed eastings of zone
    // 60, and 900 degrees in steps of 1e-13 any longitude, in degrees and in gradians.
    let (origin, steps, tolerance) = match kind {
        CrsKind::Geographic { degrees } => (-400.0, 1e13, TOLERANCE_METRES / METRES_A_DEGREE / degrees),
        CrsKind::Projected { metres } => (-21_000_000.0, 1e8, TOLERANCE_METRES / metres),
        CrsKind::Plane => (-21_000_000.0, 1e8, TOLERANCE_METRES),
    };
    vec![
        format!("XORIGIN={origin}"),
        format!("YORIGIN={origin}"),
        format!("XYSCALE={steps:.0}"),
        format!("XYTOLERANCE={tolerance}"),
    ]
}
