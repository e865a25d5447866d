//! What each administrative unit had, lost, gained and has.

use crate::area::SquareMetres;
use crate::codes::LandNature;
use crate::conflict::PlannedClass;
use crate::crosswalk::meaning;

/// Ground that is counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroundKind {
    /// All that the layers cover.
    Covered,
    /// Cultivated land (耕地): classes that are certainly of group 01 of land-sea-2023.
    Cultivated,
    /// Farm land (农用地), cultivated land among it.
    Farm,
    /// Construction land (建设用地).
    Construction,
    /// Unused land (未利用地).
    Unused,
    /// Sea (海域).
    Sea,
}

impl GroundKind {
    /// The kinds of layers with land classes.
    pub const OF_CLASSES: [Self; 5] =
        [Self::Cultivated, Self::Farm, Self::Construction, Self::Unused, Self::Sea];

    /// The word used in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::Cultivated => "cultivated",
            Self::Farm => "farm",
            Self::Construction => "construction",
            Self::Unused => "unused",
            Self::Sea => "sea",
        }
    }

    /// Whether ground of a class is of this kind. Ground of a class that may be of several kinds is of none but [`Self::Covered`].
    #[must_use]
    pub fn holds(self, class: PlannedClass) -> bool {
        let Some(meaning) = meaning(class.scheme, class.code) else { return self == Self::Covered };
        match self {
            Self::Covered => true,
            Self::Cultivated => meaning.class.is_some_and(|class| class.code.starts_with("01")),
            Self::Farm => meaning.nature == LandNature::Farm,
            Self::Construction => meaning.nature == LandNature::Construction,
            Self::Unused => meaning.nature == LandNature::Unused,
            Self::Sea => meaning.nature == LandNature::Sea,
        }
    }
}

/// How much ground of a kind there was in an administrative unit, and what became of it. Areas are on the ellipsoid, each spot counted
/// once; strips of noise are in them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// The kind.
    pub kind: GroundKind,
    /// Number of the unit among the administrative units of the newer revision; none for ground outside of all of them, and for all of
    /// it where there are no units.
    pub unit: Option<u32>,
    /// What there was.
    pub before: SquareMetres,
    /// What left the kind.
    pub lost: SquareMetres,
    /// What came to it.
    pub gained: SquareMetres,
}

impl Balance {
    /// What there is.
    #[must_use]
    pub fn now(&self) -> SquareMetres {
        self.before - self.lost + self.gained
    }
}
