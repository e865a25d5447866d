//! How two answers contradict each other.

use sanxian_model::{LandNature, Text};

use super::answer::Answer;

/// How the answers of two plans about one place differ. Codes and kinds are those of practice in comparing two plans (两规差异);
/// they are in no norm.
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
    /// MP-0: the answers agree, on the finest level on which both are certain.
    Agree,
    /// A class is not known, so nobody knows.
    Unknown,
}

impl ConflictKind {
    /// How two answers differ.
    ///
    /// Of one scheme, a class agrees with itself and with the groups that it is of (0701 with 07). Of two schemes, only what is
    /// certain in both is compared: whether it is construction, and the nature (农用、建设、未利用、海).
    #[must_use]
    pub fn of(first: Option<Answer>, second: Option<Answer>) -> Self {
        let (Some(first), Some(second)) = (first, second) else { return Self::Unknown };
        let natures = [first.class().nature, second.class().nature];
        let builds = natures.map(|nature| nature == LandNature::Construction);
        let differs = if first.scheme == second.scheme {
            !first.code.starts_with(second.code) && !second.code.starts_with(first.code)
        } else {
            natures[0] != natures[1] && !natures.contains(&LandNature::Mixed)
        };
        match builds {
            [true, false] => Self::FirstBuilds,
            [false, true] => Self::SecondBuilds,
            _ if !differs => Self::Agree,
            [true, true] => Self::OtherUse,
            [false, false] => Self::OtherLand,
        }
    }

    /// The code of practice: `MP-A`; none for what is not known.
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::FirstBuilds => Some("MP-A"),
            Self::SecondBuilds => Some("MP-B"),
            Self::OtherUse => Some("MP-C"),
            Self::OtherLand => Some("MP-D"),
            Self::Agree => Some("MP-0"),
            Self::Unknown => None,
        }
    }

    /// The kind in words.
    #[must_use]
    pub fn title(self) -> Text {
        match self {
            Self::FirstBuilds => Text::new("前者建设、后者非建设", "the first builds, the second does not"),
            Self::SecondBuilds => Text::new("前者非建设、后者建设", "the second builds, the first does not"),
            Self::OtherUse => Text::new("均为建设用地，用途不同", "both build, for another use"),
            Self::OtherLand => Text::new("均为非建设用地，地类不同", "neither builds, the classes differ"),
            Self::Agree => Text::new("一致", "agree"),
            Self::Unknown => Text::new("地类不明，无法比较", "a class is not known"),
        }
    }

    /// Whether the plans contradict each other.
    #[must_use]
    pub fn is_conflict(self) -> bool {
        !matches!(self, Self::Agree | Self::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use sanxian_model::Scheme;

    use super::*;

    #[test]
    fn answers_are_compared_on_the_finest_level_that_is_certain() {
        let plan = |code| Some(Answer { scheme: Scheme::LandSea2023, code });
        let survey = |code| Some(Answer { scheme: Scheme::Survey2019, code });
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
            // Industry in both, under other digits; of two schemes natures are compared.
            (plan("1001"), survey("0601"), Some("MP-0")),
            (plan("0101"), survey("1204"), Some("MP-D")),
            // A group of farm land and of unused land may be either.
            (plan("04"), survey("0101"), Some("MP-0")),
            (plan("0701"), None, None),
        ] {
            assert_eq!(ConflictKind::of(first, second).code(), code, "{first:?} {second:?}");
        }
    }
}
