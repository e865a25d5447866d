//! What became of the ground from one revision to the next.

use std::fmt;
use std::sync::Arc;

use crate::area::SquareMetres;
use crate::length::Metres;
use crate::polygons::Position;

/// What a revision says about a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroundClass {
    /// It is of a class, by its code: as the column has it, or in the canonical form where the field has one (`core`, `general`).
    Class(Arc<str>),
    /// It is covered, by a feature without a class or by a layer that has none.
    Covered,
    /// Nothing covers it.
    Nothing,
}

impl GroundClass {
    /// The class, if there is one.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Class(code) => Some(code),
            Self::Covered | Self::Nothing => None,
        }
    }
}

impl fmt::Display for GroundClass {
    /// The class; `covered` or `nothing` where there is none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Class(code) => code,
            Self::Covered => "covered",
            Self::Nothing => "nothing",
        })
    }
}

/// A maximal connected area whose class is another one than before (变化图斑).
#[derive(Debug, Clone, PartialEq)]
pub struct GroundChange {
    /// What it was.
    pub old: GroundClass,
    /// What it is.
    pub new: GroundClass,
    /// Area on the ellipsoid.
    pub area: SquareMetres,
    /// Area over half the length of its boundary.
    pub mean_width: Metres,
    /// Whether it is no wider than the noise of coordinates.
    pub is_noise: bool,
    /// A position inside, in the CRS of the newer revision.
    pub point: Position,
    /// Features of the older revision that it was part of, by number, in order of number.
    pub of_old: Vec<u32>,
    /// Features of the newer revision that it is part of.
    pub of_new: Vec<u32>,
}

/// Area by what it was and what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// What it was.
    pub old: GroundClass,
    /// What it is; may be the same.
    pub new: GroundClass,
    /// Area on the ellipsoid, each spot once.
    pub area: SquareMetres,
}
