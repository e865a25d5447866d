//! Pairs of layers that must not lie on each other, as a user names them: forest on farmland, mines on the redline.

use crate::area::SquareMetres;
use crate::conflict::{DigitisingError, LineShare, SourceShare, UnitShare};
use crate::length::Metres;
use crate::polygons::Position;
use crate::role::Role;
use crate::text::Text;

/// Two layers that must not lie on each other, or the features of some classes of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerPair {
    /// What its patches are told under: `LF-1`.
    pub code: String,
    /// A few words.
    pub title: Text,
    /// The department that it concerns; empty when nobody said.
    pub department: Text,
    /// What to do; empty when nobody said.
    pub advice: Text,
    /// The two layers, and which features of them.
    pub sides: [PairSide; 2],
}

/// One layer of a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairSide {
    /// The layer.
    pub role: Role,
    /// Beginnings of codes of land-sea-2023, or natures (`farm`, `construction`, `unused`, `sea`): only features of such a class take
    /// part. Empty for all.
    pub classes: Vec<String>,
}

/// A maximal connected area that both layers of a pair cover.
#[derive(Debug, Clone, PartialEq)]
pub struct PairPatch {
    /// The same for the same patch in every run.
    pub id: String,
    /// Number of the pair.
    pub pair: usize,
    /// Area on the ellipsoid.
    pub area: SquareMetres,
    /// Area in the plane of the CRS; none in a geographic CRS.
    pub planar: Option<SquareMetres>,
    /// Area over half the length of its boundary.
    pub mean_width: Metres,
    /// A position inside, in the CRS of the run.
    pub point: Position,
    /// The features that it is made of, by side, largest first.
    pub sources: Vec<SourceShare>,
    /// Which lines it touches, in the order of precedence.
    pub lines: Vec<LineShare>,
    /// The administrative units that it lies in, the one that has the most of it first.
    pub units: Vec<UnitShare>,
    /// Why it is counted apart as an error of digitising; none for one that stands.
    pub digitising: Option<DigitisingError>,
}
