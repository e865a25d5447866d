//! Faults of land classes: they are told, and nothing is left out.

use sanxian_model::{Fault, FaultKind, Layer, Text, Treatment};

/// A fault of all land classes of a layer.
pub(super) fn of_layer(layer: &Layer, kind: FaultKind, detail: Text) -> Fault {
    Fault { place: layer.whole(), kind, near: None, detail: Some(detail), treatment: Treatment::Kept }
}

/// A fault of one land class.
pub(super) fn of_row(layer: &Layer, row: usize, kind: FaultKind, detail: Text) -> Fault {
    Fault { place: layer.place(row), kind, near: None, detail: Some(detail), treatment: Treatment::Kept }
}
