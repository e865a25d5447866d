//! How two answers contradict each other.

use crate::codes::{LandNature, Scheme};
use crate::conflict::{Answer, PlannedClass};
use crate::crosswalk::meaning;

/// How the answers of two plans about one place differ. The kinds MP-A to MP-D are those of practice in comparing two plans
/// (两规差异), and their codes, like MP-E and MP-F, are of this program: they are in no norm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ConflictKind {
    /// MP-A: the first plan builds, the second does not.
    FirstBuilds,
    /// MP-B: the second plan builds, the first does not.
    SecondBuilds,
    /// MP-C: both build, for another use.
    OtherUse,
    /// MP-D: neither builds, and the classes differ.
    OtherLand,
    /// MP-E: one plan covers the ground and the other does not.
    Uncovered,
    /// MP-F: two features of one plan claim the same ground.
    ClaimedTwice,
    /// MP-0: the answers agree, on the finest level on which both are certain.
    Agree,
    /// A class is not known, so nobody knows.
    Unknown,
}

impl ConflictKind {
    /// The kinds of difference patches, the gravest first.
    pub const CONFLICTS: [Self; 6] = [
        Self::FirstBuilds,
        Self::SecondBuilds,
        Self::OtherUse,
        Self::OtherLand,
        Self::Uncovered,
        Self::ClaimedTwice,
    ];

    /// How the answers of two plans differ.
    ///
    /// Of one scheme, a class agrees with itself and with the groups that it is of (0701 with 07). Classes of two schemes are
    /// compared as what they are in land-sea-2023 ([`meaning`]), on the finest level that is certain of both: class, nature
    /// (农用、建设、未利用、海), or whether they build at all. Where not even that is certain, nobody knows.
    #[must_use]
    pub fn of(first: Answer, second: Answer) -> Self {
        let (first, second) = match (first, second) {
            (Answer::Nothing, Answer::Nothing) => return Self::Agree,
            (Answer::Nothing, _) | (_, Answer::Nothing) => return Self::Uncovered,
            (Answer::Unknown, _) | (_, Answer::Unknown) => return Self::Unknown,
            (Answer::Class(first), Answer::Class(second)) => (first, second),
        };
        let (Some(a), Some(b)) = (Said::by(first, second.scheme), Said::by(second, first.scheme)) else {
            return Self::Unknown;
        };
        let differs = match (a.code, b.code) {
            (Some(a), Some(b)) => !a.starts_with(b) && !b.starts_with(a),
            _ => a.nature != b.nature && ![a.nature, b.nature].contains(&LandNature::Mixed),
        };
        let one_class = a.code.is_some() && b.code.is_some() && !differs;
        match (a.builds, b.builds) {
            _ if one_class => Self::Agree,
            (Some(true), Some(false)) => Self::FirstBuilds,
            (Some(false), Some(true)) => Self::SecondBuilds,
            (Some(true), Some(true)) if differs => Self::OtherUse,
            (Some(false), Some(false)) if differs => Self::OtherLand,
            (Some(_), Some(_)) => Self::Agree,
            _ => Self::Unknown,
        }
    }

    /// The gravest way in which two of several answers differ, and the places of these two among them; of equally grave ones
    /// the first. [`Self::Unknown`] or [`Self::Agree`] when none contradict each other.
    #[must_use]
    pub fn among(answers: &[Answer]) -> (Self, [usize; 2]) {
        let pairs = (0..answers.len()).flat_map(|a| (a + 1..answers.len()).map(move |b| [a, b]));
        let of_pair = |[a, b]: [usize; 2]| (Self::of(answers[a], answers[b]), [a, b]);
        pairs.map(of_pair).min_by_key(|(kind, _)| kind.gravity()).unwrap_or((Self::Agree, [0, 0]))
    }

    /// The lower the graver. Building against not building is one, whichever plan builds.
    fn gravity(self) -> u8 {
        match self {
            Self::FirstBuilds | Self::SecondBuilds => 0,
            Self::OtherUse => 1,
            Self::OtherLand => 2,
            Self::Uncovered => 3,
            Self::ClaimedTwice => 4,
            Self::Unknown => 5,
            Self::Agree => 6,
        }
    }

    /// The code: `MP-A`; none for what is not known.
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::FirstBuilds => Some("MP-A"),
            Self::SecondBuilds => Some("MP-B"),
            Self::OtherUse => Some("MP-C"),
            Self::OtherLand => Some("MP-D"),
            Self::Uncovered => Some("MP-E"),
            Self::ClaimedTwice => Some("MP-F"),
            Self::Agree => Some("MP-0"),
            Self::Unknown => None,
        }
    }

    /// Whether the plans contradict each other.
    #[must_use]
    pub fn is_conflict(self) -> bool {
        !matches!(self, Self::Agree | Self::Unknown)
    }
}

/// What a class says, in a scheme in which it can be compared with another.
struct Said {
    /// None when it may be of several groups.
    code: Option<&'static str>,
    nature: LandNature,
    /// None when it may build or not.
    builds: Option<bool>,
}

impl Said {
    /// What a class says beside one of another scheme, or of the same.
    fn by(class: PlannedClass, other: Scheme) -> Option<Self> {
        if class.scheme == other {
            let own = class.class();
            let builds = class.scheme.builds(own);
            return Some(Self { code: Some(class.code), nature: own.nature, builds });
        }
        let meaning = meaning(class.scheme, class.code)?;
        let code = meaning.class.map(|class| class.code.as_str());
        // What its own scheme calls land that is not built on is none, though a class of the present scheme that it may be is
        // built on or not: E9 其他非建设用地, and 23 其他土地.
        let own = || class.scheme.builds(class.class()).filter(|builds| !builds);
        Some(Self { code, nature: meaning.nature, builds: meaning.builds.or_else(own) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_compared_on_the_finest_level_that_is_certain() {
        let plan = |code| Answer::Class(PlannedClass { scheme: Scheme::LandSea2023, code });
        let old = |code| Answer::Class(PlannedClass { scheme: Scheme::LandUse2006, code });
        let survey = |code| Answer::Class(PlannedClass { scheme: Scheme::Survey2019, code });
        let city = |code| Answer::Class(PlannedClass { scheme: Scheme::UrbanRural2011, code });
        for (first, second, code) in [
            (plan("0701"), plan("0101"), Some("MP-A")),
            (plan("0101"), plan("0701"), Some("MP-B")),
            (plan("0701"), plan("1001"), Some("MP-C")),
            (plan("0101"), plan("0301"), Some("MP-D")),
            (plan("0701"), plan("0701"), Some("MP-0")),
            // A group and a class of it.
            (plan("07"), plan("070102"), Some("MP-0")),
            (plan("07"), plan("0801"), Some("MP-C")),
            // The same digits: a rural road of the one scheme, industry of the other.
            (plan("0601"), survey("0601"), Some("MP-B")),
            // Industry in both, under other digits; industry and a warehouse.
            (plan("1001"), survey("0601"), Some("MP-0")),
            (plan("1101"), survey("0601"), Some("MP-C")),
            (plan("0101"), survey("1204"), Some("MP-D")),
            // A reservoir was construction land in the plans of 2006, and is the same reservoir.
            (plan("1703"), old("226"), Some("MP-0")),
            (plan("0101"), old("226"), Some("MP-D")),
            // 211 城镇用地 is housing, industry and more: construction in any case.
            (plan("0101"), old("211"), Some("MP-B")),
            (plan("0701"), old("211"), Some("MP-0")),
            // Land that is not construction land in its own scheme, whatever class of the present one it is.
            (plan("0701"), city("E9"), Some("MP-A")),
            (plan("0403"), city("E9"), Some("MP-0")),
            (old("211"), city("E"), Some("MP-A")),
            (city("E"), plan("02"), Some("MP-0")),
            // Other land holds idle land in settlements, which is construction land.
            (plan("23"), plan("0101"), None),
            (plan("23"), plan("2301"), Some("MP-0")),
            (plan("0701"), Answer::Unknown, None),
            (Answer::Unknown, Answer::Nothing, Some("MP-E")),
        ] {
            assert_eq!(ConflictKind::of(first, second).code(), code, "{first:?} {second:?}");
        }
    }

    #[test]
    fn of_several_answers_the_gravest_difference_names_the_patch() {
        let plan = |code| Answer::Class(PlannedClass { scheme: Scheme::LandSea2023, code });
        let among = |answers: &[Answer]| {
            let (kind, pair) = ConflictKind::among(answers);
            (kind.code(), pair)
        };
        assert_eq!(among(&[plan("0101"), plan("0301"), plan("0701")]), (Some("MP-B"), [0, 2]));
        assert_eq!(among(&[Answer::Nothing, plan("0701"), plan("1001")]), (Some("MP-C"), [1, 2]));
        assert_eq!(among(&[plan("0101"), Answer::Nothing, plan("0101")]), (Some("MP-E"), [0, 1]));
        assert_eq!(among(&[plan("0101"), Answer::Unknown]), (None, [0, 1]));
        assert_eq!(among(&[plan("0101"), plan("0101")]), (Some("MP-0"), [0, 1]));
    }
}
