//! What an answer is in one classification (统一用地分类): the first level of land-sea-2023 or, where that is not certain, the nature.

use sanxian_model::{Answer, LandNature, Lang, Scheme, meaning};

use crate::words::pick;

/// An answer in one classification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PresentClass {
    /// A class of the first level, by its code.
    Group(&'static str),
    /// The nature alone.
    Nature(LandNature),
    /// Nobody knows.
    Unknown,
}

impl PresentClass {
    /// What an answer is; none where a plan does not cover the ground.
    pub(super) fn of(answer: Answer) -> Option<Self> {
        match answer {
            Answer::Nothing => None,
            Answer::Unknown => Some(Self::Unknown),
            Answer::Class(class) => {
                Some(meaning(class.scheme, class.code).map_or(Self::Unknown, |meaning| {
                    meaning.class.map_or(Self::Nature(meaning.nature), |class| Self::Group(&class.code[..2]))
                }))
            }
        }
    }

    /// Whether it is one class.
    pub(super) fn is_certain(self) -> bool {
        matches!(self, Self::Group(_))
    }

    /// Whether ground of this may be of that class.
    pub(super) fn may_be(self, class: Self) -> bool {
        let nature = |code: &str| Scheme::LandSea2023.class(code).map(|class| class.nature);
        match (self, class) {
            // Ground of unknown class is told by itself.
            (Self::Unknown, _) => false,
            (Self::Nature(LandNature::Mixed), _) => true,
            (Self::Nature(of), Self::Group(code)) => {
                nature(code).is_none_or(|is| is == of || is == LandNature::Mixed)
            }
            (this, class) => this == class,
        }
    }

    /// `01 耕地`.
    pub(super) fn words(self, lang: Lang) -> String {
        match self {
            Self::Group(code) => {
                let name = Scheme::LandSea2023.class(code);
                let name = name.map_or("", |class| pick(lang, &class.name, &class.english));
                format!("{code} {name}")
            }
            Self::Nature(nature) => match nature {
                LandNature::Farm => pick(lang, "农用地，地类不定", "farm land of several classes"),
                LandNature::Construction => {
                    pick(lang, "建设用地，地类不定", "construction land of several classes")
                }
                LandNature::Unused => pick(lang, "未利用地，地类不定", "unused land of several classes"),
                LandNature::Sea => pick(lang, "海域，地类不定", "sea of several classes"),
                LandNature::Mixed => pick(lang, "性质不定", "of several natures"),
            }
            .to_owned(),
            Self::Unknown => pick(lang, "未知地类", "unknown class").to_owned(),
        }
    }
}

/// The nature of an answer in the present scheme; none where nobody knows.
pub(super) fn nature(answer: Answer) -> Option<LandNature> {
    let class = answer.class()?;
    meaning(class.scheme, class.code).map(|meaning| meaning.nature)
}

#[cfg(test)]
mod tests {
    use sanxian_model::PlannedClass;

    use super::*;

    #[test]
    fn classes_of_every_scheme_are_told_in_one_as_far_as_they_are_certain() {
        for (scheme, code, zh) in [
            (Scheme::LandSea2023, "070102", "07 居住用地"),
            (Scheme::Survey2019, "0601", "10 工矿用地"),
            (Scheme::LandUse2006, "211", "建设用地，地类不定"),
            (Scheme::LandUse2006, "113", "01 耕地"),
        ] {
            let answer = Answer::Class(PlannedClass::of(scheme, code).expect("a class"));
            let present = PresentClass::of(answer).expect("it covers the ground");
            assert_eq!(present.words(Lang::Zh), zh, "{scheme} {code}");
        }
        assert_eq!(PresentClass::of(Answer::Nothing), None);
        // Construction land of several classes may be housing, and no field.
        let several = PresentClass::Nature(LandNature::Construction);
        assert!(several.may_be(PresentClass::Group("07")) && !several.may_be(PresentClass::Group("01")));
        let any = PresentClass::Nature(LandNature::Mixed);
        assert!(any.may_be(PresentClass::Group("01")) && !several.is_certain());
    }
}
