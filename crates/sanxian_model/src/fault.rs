//! What was wrong with a feature on reading, and what was done about it.

use crate::area::SquareMetres;
use crate::place::Place;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FaultKind {
    /// The geometry is null or has no ring.
    Empty,
    /// A coordinate is NaN or infinite.
    NotFinite,
    /// The geometry is a point, a line or a solid.
    NotPolygon,
    /// A ring has fewer than three different points.
    TooFewPoints,
    /// The rings enclose no area.
    NoArea,
    /// A ring crosses itself or another ring of the feature.
    Crossing,
    /// Parts or holes lie on each other, or a hole lies outside its shell.
    Nesting,
    /// Two features carry the same identifier.
    DuplicateId,
    /// The code is not in the land-class scheme of the layer.
    UnknownCode,
    /// The layer has land classes, and nobody knows of which scheme.
    UnknownScheme,
    /// The scheme of the land classes was found by their values; the detail says how.
    SchemeFromValues,
    /// Land classes are not written as their scheme prints them, and were understood all the same; the detail says
    /// how many and how.
    ClassUnderstood,
    /// The code of a land class is that of one class, and the name beside it that of another; the detail says which.
    ClassContradicted,
    /// A plan takes its land classes from a column that is meant for current use; the detail names it.
    CurrentUseColumn,
    /// A plan names its land classes in one column, has no column of their codes, and a column of current use, which
    /// does not stand for them; the detail names both columns.
    PlannedCodeMissing,
    /// The layer has no feature, so nothing can be found on it.
    EmptyLayer,
    /// The layer has nothing where the plan is: their boxes share no ground. That may be right, and may be the lines of
    /// the neighbour.
    Apart,
    /// The layer lies so far from the plan that nothing can be found on it.
    FarAway,
}

/// What was done with the feature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    /// Repaired. Both areas are zero or positive; the area of the feature changed by `added` less `taken`. They are in
    /// the plane of the layer's CRS as delivered, and on the ellipsoid where that has no plane.
    Repaired {
        /// Ground that no part of the feature covered as delivered.
        added: SquareMetres,
        /// Ground that was counted more than once as delivered.
        taken: SquareMetres,
    },
    /// Left out of the run, and so of "passed".
    Skipped,
    /// Used as it is; the fault is only told.
    Kept,
}

/// One fault of one feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Which feature.
    pub place: Place,
    /// What is wrong.
    pub kind: FaultKind,
    /// Where, in the CRS of the layer as delivered (east or longitude first).
    pub near: Option<[f64; 2]>,
    /// More words, such as the code that is unknown.
    pub detail: Option<String>,
    /// What was done.
    pub outcome: Outcome,
}
