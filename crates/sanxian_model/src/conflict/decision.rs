//! Why plans differ on a patch, and who decides.

use std::sync::Arc;

/// Why plans differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Cause {
    /// An edge was drawn elsewhere (边界偏移).
    Shift,
    /// The schemes count one thing differently (标准差异).
    Standard,
    /// A change that was approved (已批准变更).
    Approved,
    /// The plans start from the land of different years (基数年份差异).
    BaseYear,
    /// None of these: the plans contradict each other (实质性矛盾).
    #[default]
    Real,
}

impl Cause {
    /// Every cause, in the order in which they are looked for.
    pub const ALL: [Self; 5] = [Self::Shift, Self::Standard, Self::Approved, Self::BaseYear, Self::Real];

    /// The word used in data and machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Shift => "shift",
            Self::Standard => "standard",
            Self::Approved => "approved",
            Self::BaseYear => "base-year",
            Self::Real => "real",
        }
    }
}

/// Why plans differ on a patch, and who decides by what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// Why they differ.
    pub cause: Cause,
    /// Number of the first rule in the order of decision that applies.
    pub rank: u8,
    /// Place among the answers of the one to be followed, where the rule tells.
    pub follow: Option<usize>,
    /// Names of the departments concerned, the one that leads first.
    pub departments: Arc<[Arc<str>]>,
}
