//! Areas by what two plans say: the class × class matrix and what only one of them covers.

use crate::area::SquareMetres;
use crate::conflict::{Answer, ConflictKind};

/// The areas of two plans by their answers (地类转移矩阵).
///
/// All cells and what only one plan covers add up to the union of both plans.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// The numbers of the plans. The status layer, where there is one, has the number after those of the plans.
    pub plans: [usize; 2],
    /// The cells that have area, in the order of their answers, agreements among them.
    pub cells: Vec<Cell>,
    /// What only one of the two covers, by plan and answer.
    pub uncovered: Vec<Uncovered>,
}

/// The ground about which two plans give one pair of answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// What the plans say.
    pub answers: [Answer; 2],
    /// How the answers differ.
    pub kind: ConflictKind,
    /// Area on the ellipsoid. Ground that one plan claims twice counts for the earliest of its features.
    pub area: SquareMetres,
}

/// The ground that one plan of two covers and the other does not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uncovered {
    /// Number of the plan that covers it.
    pub plan: usize,
    /// What it says.
    pub answer: Answer,
    /// Area on the ellipsoid.
    pub area: SquareMetres,
}
