//! What a comparison of two plans found.

use sanxian_model::{AreaSum, Crs, Fault, SquareMetres};

use super::matrix::{Cell, Uncovered};
use super::patch::DifferencePatch;

/// What a comparison of two plans found.
///
/// # Promises
/// It closes to the square centimetre: all cells and what only one plan covers add up to the union of both plans, and the
/// patches of a cell to the cell, unless a plan claims ground twice with different answers.
#[derive(Debug, Clone)]
pub struct ConflictReport {
    pub(super) names: [String; 2],
    pub(super) crs: Crs,
    pub(super) faults: Vec<Fault>,
    pub(super) cells: Vec<Cell>,
    pub(super) uncovered: Vec<Uncovered>,
    pub(super) claimed_again: [SquareMetres; 2],
    pub(super) patches: Vec<DifferencePatch>,
}

impl ConflictReport {
    /// What the plans are called.
    #[must_use]
    pub fn names(&self) -> [&str; 2] {
        [&self.names[0], &self.names[1]]
    }

    /// The CRS in which they are compared: that of the first.
    #[must_use]
    pub fn crs(&self) -> &Crs {
        &self.crs
    }

    /// What was wrong with single features or whole layers.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The class × class matrix: areas by both answers, agreements among them.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// What only one plan covers.
    #[must_use]
    pub fn uncovered(&self) -> &[Uncovered] {
        &self.uncovered
    }

    /// Ground that features of each plan claim again, after an earlier one of the same plan.
    #[must_use]
    pub fn claimed_again(&self) -> [SquareMetres; 2] {
        self.claimed_again
    }

    /// The difference patches.
    #[must_use]
    pub fn patches(&self) -> &[DifferencePatch] {
        &self.patches
    }

    /// The ground on which the plans contradict each other.
    #[must_use]
    pub fn contradicted(&self) -> SquareMetres {
        let conflicts = self.cells.iter().filter(|cell| cell.kind.is_conflict());
        conflicts.map(|cell| cell.area).sum::<AreaSum>().area()
    }
}
