//! How the findings of a revision of a plan stand to those of the revision before.

use crate::area::SquareMetres;

/// What became of a finding from one revision to the next, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingChange {
    /// It was not there before (新增).
    New,
    /// It is about more than before, or graver (加重).
    Worse,
    /// It is as it was (未变).
    Unchanged,
    /// It is about less than before, or less grave (减轻).
    Better,
    /// It is no longer there (已消除).
    Healed,
}

impl FindingChange {
    /// Every change, the gravest first.
    pub const ALL: [Self; 5] = [Self::New, Self::Worse, Self::Unchanged, Self::Better, Self::Healed];

    /// The word used in flags and machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Worse => "worse",
            Self::Unchanged => "unchanged",
            Self::Better => "better",
            Self::Healed => "healed",
        }
    }
}

/// By what two findings were taken for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PairedBy {
    /// Rule, role and identifier of the subject, role of the zones.
    Fingerprint,
    /// Rule and roles, and most of the ground of the smaller subject lies in the other.
    Ground,
}

/// A finding in the revision before and in this one. One of the two numbers is always there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FindingPair {
    /// Number of the finding among those of the revision before.
    pub old: Option<usize>,
    /// Number of the finding among those of this revision.
    pub new: Option<usize>,
    /// What became of it.
    pub change: FindingChange,
    /// How much more area it is about, negative for less; none where no area is measured. A new one is about all of its area more, a
    /// healed one about all of it less.
    pub more: Option<SquareMetres>,
    /// By what the two were taken for one; none for one that is only in one revision.
    pub paired_by: Option<PairedBy>,
}
