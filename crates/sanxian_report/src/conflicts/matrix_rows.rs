//! The rows of a class × class matrix: each pair of answers, and what only one of the two covers.

use sanxian_model::conflict::Matrix;
use sanxian_model::{Answer, ConflictKind, SquareMetres};

/// Two answers, how they differ, and the area of the ground.
pub(super) struct MatrixRow {
    /// [`Answer::Nothing`] of the one that does not cover the ground.
    pub(super) answers: [Answer; 2],
    pub(super) kind: ConflictKind,
    pub(super) area: SquareMetres,
}

/// The rows of a matrix, those that both cover first.
pub(super) fn rows(matrix: &Matrix) -> Vec<MatrixRow> {
    let cells = matrix.cells.iter();
    let cells = cells.map(|cell| MatrixRow { answers: cell.answers, kind: cell.kind, area: cell.area });
    let alone = matrix.uncovered.iter().map(|ground| {
        let first = ground.plan == matrix.plans[0];
        let answers = if first { [ground.answer, Answer::Nothing] } else { [Answer::Nothing, ground.answer] };
        MatrixRow { answers, kind: ConflictKind::Uncovered, area: ground.area }
    });
    cells.chain(alone).collect()
}
