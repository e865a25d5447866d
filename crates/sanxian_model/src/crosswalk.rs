//! What a land class of any scheme is in the present one, land-sea-2023 (用地用海分类).
//!
//! Many classes of older schemes are several of the present one. Then only what all of these share is certain: the group
//! that they are in, and the nature that they have in both schemes.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::codes::{LandClass, LandNature, Scheme, rows};

/// What a land class is in land-sea-2023, as far as it is certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// The class or the group that it is in, on the finest level that is certain; none when it may be of several groups.
    pub class: Option<&'static LandClass>,
    /// Its nature in land-sea-2023, which may differ from that in its own scheme: reservoirs (水库水面) were construction
    /// land in the land-use plans of 2006 and are farm land now. A class that may be of several has the nature that all
    /// of them and its own scheme agree on, else [`LandNature::Mixed`].
    pub nature: LandNature,
    /// Whether it is construction land, in land-sea-2023; none when it may be or not.
    pub builds: Option<bool>,
    /// The hint at its space as in [`LandClass::space`]; none when nothing certain has one.
    pub space: Option<&'static str>,
    /// Whether it may be of several classes, so that its content decides.
    pub one_to_many: bool,
}

/// What a class is in land-sea-2023, by its code as printed; none when its scheme does not have it.
#[must_use]
pub fn meaning(scheme: Scheme, code: &str) -> Option<Meaning> {
    let own = scheme.class(code)?;
    MEANINGS.get(&(scheme, own.code.as_str())).copied()
}

/// The meaning of a class of a scheme.
fn meaning_of(scheme: Scheme, own: &'static LandClass) -> Option<Meaning> {
    let targets = targets(scheme, own)?;
    if let [class] = targets[..] {
        let (nature, space) = (class.nature, Some(class.space.as_str()));
        let builds = Scheme::LandSea2023.builds(class);
        return Some(Meaning { class: Some(class), nature, builds, space, one_to_many: false });
    }
    let class = common_group(&targets);
    let nature = Some(own.nature).filter(|own| targets.iter().all(|target| target.nature == *own));
    let first = targets.first().map(|target| target.space.as_str());
    let space = first.filter(|first| targets.iter().all(|target| target.space == *first));
    Some(Meaning {
        class,
        nature: nature.unwrap_or(LandNature::Mixed),
        builds: scheme
            .builds(own)
            .filter(|own| targets.iter().all(|target| Scheme::LandSea2023.builds(target) == Some(*own))),
        space: space.or_else(|| class.map(|class| class.space.as_str())),
        one_to_many: true,
    })
}

/// The classes of land-sea-2023 that a class may be; one when that is certain.
fn targets(scheme: Scheme, own: &'static LandClass) -> Option<Vec<&'static LandClass>> {
    if scheme == Scheme::LandSea2023 {
        return Some(vec![own]);
    }
    TABLES.get(&(scheme, own.code.as_str())).cloned()
}

/// The longest group that all classes are in. Codes of land-sea-2023 have two digits a level.
fn common_group(classes: &[&'static LandClass]) -> Option<&'static LandClass> {
    let first = classes.first()?.code.as_str();
    let levels = (1..=first.len() / 2).rev().map(|level| &first[..2 * level]);
    let mut shared = levels.filter(|group| classes.iter().all(|class| class.code.starts_with(group)));
    shared.next().and_then(|group| Scheme::LandSea2023.class(group))
}

/// What every class is: whether a group builds takes a look at all of its members.
static MEANINGS: LazyLock<HashMap<(Scheme, &'static str), Meaning>> = LazyLock::new(|| {
    let classes =
        Scheme::ALL.into_iter().flat_map(|scheme| scheme.table().values().map(move |own| (scheme, own)));
    classes
        .filter_map(|(scheme, own)| Some(((scheme, own.code.as_str()), meaning_of(scheme, own)?)))
        .collect()
});

/// The crosswalk of each older scheme: `code,to,certain,note`, one row for each target.
const CROSSWALKS: [(Scheme, &str); 4] = [
    (Scheme::Survey2019, include_str!("../../../data/codes/crosswalk/survey-2019.csv")),
    (Scheme::LandSea2020, include_str!("../../../data/codes/crosswalk/land-sea-2020.csv")),
    (Scheme::UrbanRural2011, include_str!("../../../data/codes/crosswalk/urban-rural-2011.csv")),
    (Scheme::LandUse2006, include_str!("../../../data/codes/crosswalk/land-use-2006.csv")),
];

type Targets = HashMap<(Scheme, &'static str), Vec<&'static LandClass>>;

static TABLES: LazyLock<Targets> = LazyLock::new(|| {
    let mut tables = Targets::new();
    for (scheme, text) in CROSSWALKS {
        for cells in rows(text) {
            if let Some(target) = cells.get(1).and_then(|to| Scheme::LandSea2023.class(to)) {
                tables.entry((scheme, cells[0])).or_default().push(target);
            }
        }
    }
    tables
});

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    fn of(scheme: Scheme, code: &str) -> (Option<&'static str>, LandNature, bool) {
        let meaning = meaning(scheme, code).unwrap_or_else(|| panic!("{scheme} {code}"));
        (meaning.class.map(|class| class.code.as_str()), meaning.nature, meaning.one_to_many)
    }

    #[test]
    fn every_row_is_of_a_class_and_goes_to_a_class_and_marks_what_is_not_certain() {
        for (scheme, text) in CROSSWALKS {
            assert!(!text.contains('"'));
            assert!(text.lines().any(|line| line == "code,to,certain,note"), "{scheme}");
            let mut marks: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for cells in rows(text) {
                let [code, to, certain, _] = cells[..] else { panic!("{scheme} {cells:?}") };
                assert!(scheme.class(code).is_some(), "{scheme} {code}");
                assert!(Scheme::LandSea2023.class(to).is_some(), "{scheme} {code} to {to}");
                marks.entry(code).or_default().push(certain);
            }
            for (code, marks) in marks {
                let expected = if marks.len() == 1 { "yes" } else { "no" };
                assert!(marks.iter().all(|mark| *mark == expected), "{scheme} {code}: {marks:?}");
                assert_eq!(
                    meaning(scheme, code).map(|of| of.one_to_many),
                    Some(marks.len() > 1),
                    "{scheme} {code}"
                );
            }
        }
    }

    #[test]
    fn every_class_has_a_meaning() {
        for scheme in Scheme::ALL {
            let codes: BTreeSet<_> = scheme.table().keys().collect();
            for code in codes {
                assert!(meaning(scheme, code).is_some(), "{scheme} {code}");
            }
        }
        assert_eq!(meaning(Scheme::LandSea2023, "9999"), None);
        assert_eq!(meaning(Scheme::UrbanRural2011, "0701"), None);
    }

    #[test]
    fn the_same_digits_mean_what_their_scheme_says() {
        // Code, then what it is in the survey and in the trial guide.
        let clashes = [
            ("0303", "0507", "0303"),
            ("0304", "0501", "0304"),
            ("0402", "0503", "0402"),
            ("0601", "1001", ""),
            ("0602", "1002", "060201"),
            ("0702", "0703", "0702"),
            ("1001", "1201", "1001"),
            ("1003", "1202", "1003"),
            ("1101", "1701", "1101"),
            ("1201", "2301", "1201"),
            ("1202", "0602", "1202"),
            ("1203", "2303", "1203"),
        ];
        for (code, survey, trial) in clashes {
            assert_eq!(of(Scheme::Survey2019, code).0, Some(survey), "{code}");
            assert_eq!(of(Scheme::LandSea2020, code).0.unwrap_or(""), trial, "{code}");
            assert_eq!(of(Scheme::LandSea2023, code).0, Some(code));
        }
        assert_eq!(of(Scheme::LandSea2020, "2302").0, Some("2303"));
        assert_eq!(of(Scheme::LandSea2020, "2303").0, Some("060102"));
        assert_eq!(of(Scheme::LandSea2020, "1312").0, Some("1311"));
    }

    #[test]
    fn of_several_classes_only_what_they_share_is_certain() {
        let (farm, construction, mixed) = (LandNature::Farm, LandNature::Construction, LandNature::Mixed);
        assert_eq!(of(Scheme::Survey2019, "0204"), (Some("02"), farm, true));
        assert_eq!(of(Scheme::Survey2019, "05H1"), (None, construction, true));
        assert_eq!(of(Scheme::Survey2019, "08H2"), (Some("08"), construction, true));
        assert_eq!(of(Scheme::Survey2019, "1107A"), (None, mixed, true));
        assert_eq!(of(Scheme::UrbanRural2011, "E13"), (Some("17"), farm, true));
        assert_eq!(of(Scheme::UrbanRural2011, "A53"), (Some("0806"), construction, true));
        assert_eq!(of(Scheme::LandUse2006, "2"), (None, mixed, true));
        let retail = meaning(Scheme::UrbanRural2011, "B11").expect("B11");
        assert_eq!(
            (retail.class.map(|class| class.code.as_str()), retail.space),
            (Some("090101"), Some("T"))
        );
    }

    #[test]
    fn nature_is_that_of_the_present_scheme() {
        // Reservoirs were construction land in the land-use plans of 2006.
        let expected = [(Scheme::LandUse2006, "226", LandNature::Construction, LandNature::Farm)];
        let mut differ: Vec<(Scheme, &str, LandNature, LandNature)> = Vec::new();
        for scheme in Scheme::ALL {
            let classes: BTreeMap<_, _> = scheme.table().iter().collect();
            for (code, own) in classes {
                let meaning = meaning(scheme, code).expect("every class has a meaning");
                if !meaning.one_to_many && meaning.nature != own.nature {
                    differ.push((scheme, code, own.nature, meaning.nature));
                }
            }
        }
        differ.sort_unstable_by_key(|(scheme, code, ..)| (*scheme, *code));
        assert_eq!(differ, expected);
    }
}
