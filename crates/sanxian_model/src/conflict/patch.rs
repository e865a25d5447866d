//! Difference patches (差异图斑): the maximal connected areas on which plans give one and the same set of different answers.

use std::sync::Arc;

use crate::area::SquareMetres;
use crate::conflict::{Answer, ConflictKind, Decision};
use crate::length::Metres;
use crate::polygons::Position;
use crate::role::Role;

/// A difference patch: a maximal connected area on which plans give one set of different answers. Edges between features of
/// one plan that have one class do not cut it, and parts that touch in points only are two.
#[derive(Debug, Clone, PartialEq)]
pub struct DifferencePatch {
    /// The same for the same patch in every run: made of kind, answers, and the identifiers of its sources (of features
    /// without one, their boxes), and of its place where several patches have all of these.
    pub id: String,
    /// Numbers of the plans that the answers are of; twice the same one for ground that it claims twice.
    pub plans: Arc<[usize]>,
    /// What they say.
    pub answers: Arc<[Answer]>,
    /// How the answers differ; of more than two the gravest difference.
    pub kind: ConflictKind,
    /// Places among the answers of the two that the kind is about.
    pub between: [usize; 2],
    /// Area on the ellipsoid.
    pub area: SquareMetres,
    /// Area in the plane of the CRS; none in a geographic CRS.
    pub planar: Option<SquareMetres>,
    /// Area over half the length of its boundary.
    pub mean_width: Metres,
    /// A position inside, in the CRS of the run.
    pub point: Position,
    /// The features that it is made of, by plan, largest first.
    pub sources: Vec<SourceShare>,
    /// Which lines it touches, in the order of precedence.
    pub lines: Vec<LineShare>,
    /// The administrative units that it lies in, the one that has the most of it first.
    pub units: Vec<UnitShare>,
    /// Why it is counted apart as an error of digitising; none for one that stands.
    pub digitising: Option<DigitisingError>,
    /// Why the plans differ here, and who decides.
    pub decision: Decision,
}

impl DifferencePatch {
    /// How two of the answers differ, by their places.
    ///
    /// # Panics
    /// When there are not that many answers.
    #[must_use]
    pub fn kind_of(&self, first: usize, second: usize) -> ConflictKind {
        ConflictKind::of(self.answers[first], self.answers[second])
    }
}

/// A feature that a patch is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SourceShare {
    /// Its place among the answers of the patch.
    pub answer: usize,
    /// Number of the feature in its plan.
    pub row: u32,
    /// What the patch has of it.
    pub area: SquareMetres,
}

/// What a patch has of the features of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct LineShare {
    /// The line.
    pub role: Role,
    /// Area on the ellipsoid, each spot once.
    pub area: SquareMetres,
}

/// What a patch has of an administrative unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnitShare {
    /// Number of the feature among the units.
    pub row: u32,
    /// What the patch has of it.
    pub area: SquareMetres,
}

/// Why a patch is counted apart as an error of digitising (数字化误差).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DigitisingError {
    /// It is smaller than the smallest patch of its classes.
    Small {
        /// The smallest patch.
        least: SquareMetres,
    },
    /// It is narrower in the mean than edges can be told apart.
    Narrow {
        /// The smallest mean width.
        least: Metres,
    },
}
