//! What became of features from one revision to the next.

use crate::area::SquareMetres;

/// What became of the shape of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ShapeChange {
    /// It was not there before (新增).
    Added,
    /// It is no longer there (删除).
    Removed,
    /// One feature covers other ground than before (调整边界).
    Reshaped,
    /// One feature became several (分割).
    Split,
    /// Several features became one (合并).
    Merged,
    /// Several features became several others (重划).
    Redrawn,
    /// The ground is the same but for strips narrower than the noise of coordinates (坐标噪声).
    Noise,
    /// The ground is the same (未变).
    Same,
}

impl ShapeChange {
    /// Every change of shape.
    pub const ALL: [Self; 8] = [
        Self::Added,
        Self::Removed,
        Self::Reshaped,
        Self::Split,
        Self::Merged,
        Self::Redrawn,
        Self::Noise,
        Self::Same,
    ];

    /// The word used in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Reshaped => "reshaped",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Redrawn => "redrawn",
            Self::Noise => "noise",
            Self::Same => "same",
        }
    }

    /// The change that undoes this one.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Added => Self::Removed,
            Self::Removed => Self::Added,
            Self::Split => Self::Merged,
            Self::Merged => Self::Split,
            Self::Reshaped | Self::Redrawn | Self::Noise | Self::Same => self,
        }
    }
}

/// By what features of two revisions were taken for the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchedBy {
    /// They have one and the same shape.
    Shape,
    /// They have one identifier, and identifiers are stable between these revisions.
    Identifier,
    /// They share at least half of the ground of the smaller.
    Ground,
}

impl MatchedBy {
    /// The word used in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Shape => "shape",
            Self::Identifier => "identifier",
            Self::Ground => "ground",
        }
    }
}

/// A column whose value is another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The column, as the newer revision spells it.
    pub field: String,
    /// The value before, as text; none for no value.
    pub old: Option<String>,
    /// The value now.
    pub new: Option<String>,
}

/// Features of the older revision that became features of the newer one. What did not change in any way is not told so.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureChange {
    /// Numbers of the features in the older revision, through the layers of the role; none for an added one.
    pub old: Vec<u32>,
    /// Numbers of the features in the newer revision; none for a removed one.
    pub new: Vec<u32>,
    /// What became of the shape.
    pub shape: ShapeChange,
    /// By what they were taken for the same; none for an added or removed one.
    pub matched_by: Option<MatchedBy>,
    /// Whether the class is another one (改变用途): of several features, whether their sets of classes differ.
    pub recoded: bool,
    /// Whether it stands in another layer of its role, one that is not the old one renamed.
    pub moved: bool,
    /// Other values of columns; compared only where one feature became one.
    pub fields: Vec<FieldChange>,
    /// Areas of the old features together, on the ellipsoid.
    pub before: SquareMetres,
    /// Areas of the new features together.
    pub now: SquareMetres,
    /// Ground of the old features that the new ones do not cover, in parts that are wider than the noise.
    pub lost: SquareMetres,
    /// Ground of the new features that the old ones did not cover, in parts that are wider than the noise.
    pub gained: SquareMetres,
    /// Ground that only the old or only the new ones cover, in parts that are no wider than the noise.
    pub noise: SquareMetres,
}
