//! Land classes (地类). The same digits mean different things in different schemes, so a class is always
//! a scheme and a code, never a bare code.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use crate::nearest::{hint, nearest};

/// A classification of land.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// 国土空间调查、规划、用途管制用地用海分类指南, 自然资发〔2023〕234号.
    LandSea2023,
    /// Working classes of the third national land survey (三调工作分类).
    Survey2019,
    /// 国土空间调查、规划、用途管制用地用海分类指南（试行）, 自然资办发〔2020〕51号.
    LandSea2020,
    /// 城市用地分类与规划建设用地标准, GB 50137-2011.
    UrbanRural2011,
    /// 土地规划用途分类 of the general land-use plans 2006-2020.
    LandUse2006,
}

/// The three-class nature of land (三大类), and sea.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LandNature {
    /// Farm land 农用地.
    Farm,
    /// Construction land 建设用地.
    Construction,
    /// Unused land 未利用地.
    Unused,
    /// Sea 海域.
    Sea,
    /// A group whose members differ in nature; the code is too short to tell.
    Mixed,
}

impl LandNature {
    /// The word that rule filters compare with.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Farm => "farm",
            Self::Construction => "construction",
            Self::Unused => "unused",
            Self::Sea => "sea",
            Self::Mixed => "mixed",
        }
    }
}

impl Scheme {
    /// Every scheme.
    pub const ALL: [Self; 5] =
        [Self::LandSea2023, Self::Survey2019, Self::LandSea2020, Self::UrbanRural2011, Self::LandUse2006];

    /// The schemes that codes and names alone may be taken for. The others are taken only where they are named: nearly
    /// every code of 2020 is one of 2023 as well, so that no column of codes would tell which of the two it is.
    pub const GUESSED: [Self; 2] = [Self::LandSea2023, Self::Survey2019];

    /// The word that configs and rule filters use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LandSea2023 => "land-sea-2023",
            Self::Survey2019 => "survey-2019",
            Self::LandSea2020 => "land-sea-2020",
            Self::UrbanRural2011 => "urban-rural-2011",
            Self::LandUse2006 => "land-use-2006",
        }
    }

    /// The scheme of that name.
    ///
    /// # Errors
    /// A sentence that lists the accepted names.
    pub fn parse(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|s| s.name() == name).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|s| s.name()).collect();
            let hint = hint(nearest(name, known.iter().copied()).as_deref());
            format!("`{name}` is not a land-class scheme{hint}; known: {}", known.join(", "))
        })
    }

    /// The class of a code; none when the scheme does not have it.
    #[must_use]
    pub fn class(self, code: &str) -> Option<&'static LandClass> {
        self.table().get(trimmed_cell(code).as_ref())
    }

    /// The class that a cell means, and how it was understood: a code as printed, a code in full-width or lower-case
    /// letters, a code that a column of numbers robbed of its leading zero, or the Chinese name of a class.
    ///
    /// None of these is a guess: in schemes whose codes begin with zeros, codes of digits alone have an even number of
    /// them, and a name counts only when one class of the scheme has it.
    #[must_use]
    pub fn understand(self, cell: &str) -> Option<(&'static LandClass, Spelling)> {
        let cell = trimmed_cell(cell);
        if let Some(class) = self.class(&cell) {
            return Some((class, Spelling::AsPrinted));
        }
        let plain: String = cell.chars().map(half_width).collect::<String>().to_ascii_uppercase();
        if let Some(class) = self.class(&plain) {
            return Some((class, Spelling::OtherLetters));
        }
        if self.has_leading_zeros() && plain.len() % 2 == 1 && plain.bytes().all(|b| b.is_ascii_digit()) {
            return self.class(&format!("0{plain}")).map(|class| (class, Spelling::LeadingZero));
        }
        self.class_named(&cell).map(|class| (class, Spelling::Name))
    }

    /// Whether a class of the scheme is construction land (建设用地); none for a group of which some members are and others are
    /// not, such as 23 其他土地 of 2023, which holds 2301 空闲地.
    #[must_use]
    pub fn builds(self, class: &LandClass) -> Option<bool> {
        let builds = |class: &LandClass| class.nature == LandNature::Construction;
        let mut members = self.table().values().filter(|member| member.code.starts_with(&class.code));
        members.all(|member| builds(member) == builds(class)).then_some(builds(class))
    }

    /// The class of that Chinese name; none when the scheme has none, or several.
    #[must_use]
    pub fn class_named(self, name: &str) -> Option<&'static LandClass> {
        let mut named = self.table().values().filter(|class| class.name == name);
        named.next().filter(|_| named.next().is_none())
    }

    /// Whether codes begin with zeros, which a column of numbers loses.
    fn has_leading_zeros(self) -> bool {
        match self {
            Self::LandSea2023 | Self::Survey2019 | Self::LandSea2020 => true,
            Self::UrbanRural2011 | Self::LandUse2006 => false,
        }
    }

    pub(crate) fn table(self) -> &'static HashMap<String, LandClass> {
        match self {
            Self::LandSea2023 => &LAND_SEA_2023,
            Self::Survey2019 => &SURVEY_2019,
            Self::LandSea2020 => &LAND_SEA_2020,
            Self::UrbanRural2011 => &URBAN_RURAL_2011,
            Self::LandUse2006 => &LAND_USE_2006,
        }
    }
}

/// A cell without the blanks around it (ideographic and no-break spaces, tabs and line ends too) and without characters of
/// no width, such as byte order marks. Nobody sees any of these, so none is part of a code or a name.
#[must_use]
pub fn trimmed_cell(cell: &str) -> Cow<'_, str> {
    let no_width = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\0');
    if cell.contains(no_width) {
        let seen: String = cell.chars().filter(|&c| !no_width(c)).collect();
        return Cow::Owned(seen.trim().to_owned());
    }
    Cow::Borrowed(cell.trim())
}

/// How the cell of a land class is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spelling {
    /// The code as the scheme prints it.
    AsPrinted,
    /// The code in full-width digits or lower-case letters.
    OtherLetters,
    /// The code as a number, without its leading zero: 70102.
    LeadingZero,
    /// The name of the class in place of its code.
    Name,
}

/// The ASCII twin of a full-width letter or digit; any other character as it is.
#[must_use]
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One class of a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LandClass {
    /// Code as printed in the scheme.
    pub code: String,
    /// Chinese name.
    pub name: String,
    /// English name.
    pub english: String,
    /// Farm, construction, unused or sea.
    pub nature: LandNature,
    /// Hint at the space: `A` agricultural, `E` ecological, `T` urban, `R` rural, `-` depends; several with `/`.
    pub space: String,
}

const LAND_SEA_2023_CSV: &str = include_str!("../../../data/codes/land-sea-2023.csv");
const SURVEY_2019_CSV: &str = include_str!("../../../data/codes/survey-2019.csv");
const LAND_SEA_2020_CSV: &str = include_str!("../../../data/codes/land-sea-2020.csv");
const URBAN_RURAL_2011_CSV: &str = include_str!("../../../data/codes/urban-rural-2011.csv");
const LAND_USE_2006_CSV: &str = include_str!("../../../data/codes/land-use-2006.csv");

static LAND_SEA_2023: LazyLock<HashMap<String, LandClass>> = LazyLock::new(|| table(LAND_SEA_2023_CSV));
static SURVEY_2019: LazyLock<HashMap<String, LandClass>> = LazyLock::new(|| table(SURVEY_2019_CSV));
static LAND_SEA_2020: LazyLock<HashMap<String, LandClass>> = LazyLock::new(|| table(LAND_SEA_2020_CSV));
static URBAN_RURAL_2011: LazyLock<HashMap<String, LandClass>> = LazyLock::new(|| table(URBAN_RURAL_2011_CSV));
static LAND_USE_2006: LazyLock<HashMap<String, LandClass>> = LazyLock::new(|| table(LAND_USE_2006_CSV));

/// Reads `code,name,english,nature,space`. The tables have no quotes and no commas inside a cell, which
/// the test below holds them to.
fn table(text: &str) -> HashMap<String, LandClass> {
    rows(text)
        .filter_map(|cells| {
            let [code, name, english, nature, space] = cells.as_slice() else {
                return None;
            };
            let nature = match *nature {
                "F" => LandNature::Farm,
                "C" => LandNature::Construction,
                "U" => LandNature::Unused,
                "M" => LandNature::Sea,
                _ => LandNature::Mixed,
            };
            let class = LandClass {
                code: (*code).to_owned(),
                name: (*name).to_owned(),
                english: (*english).to_owned(),
                nature,
                space: (*space).to_owned(),
            };
            Some((class.code.clone(), class))
        })
        .collect()
}

/// The rows of a table below its line of headings, cut into cells.
pub(crate) fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split(',').map(str::trim).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLES: [&str; 5] =
        [LAND_SEA_2023_CSV, SURVEY_2019_CSV, LAND_SEA_2020_CSV, URBAN_RURAL_2011_CSV, LAND_USE_2006_CSV];

    #[test]
    fn the_same_digits_differ_by_scheme() {
        let survey = Scheme::Survey2019.class("0601").expect("survey 0601");
        let plan = Scheme::LandSea2023.class("0601").expect("plan 0601");
        assert_eq!((survey.name.as_str(), survey.nature), ("工业用地", LandNature::Construction));
        assert_eq!((plan.name.as_str(), plan.nature), ("农村道路", LandNature::Farm));
    }

    #[test]
    fn cells_are_understood_where_they_are_unambiguous() {
        let read = |scheme: Scheme, cell: &str| {
            scheme.understand(cell).map(|(class, spelling)| (class.code.as_str(), spelling))
        };
        let plan = Scheme::LandSea2023;
        assert_eq!(read(plan, " 070102 "), Some(("070102", Spelling::AsPrinted)));
        assert_eq!(read(plan, "\u{feff}\u{3000}07\u{200b}01\t"), Some(("0701", Spelling::AsPrinted)));
        assert_eq!(read(plan, "70102"), Some(("070102", Spelling::LeadingZero)));
        assert_eq!(read(plan, "701"), Some(("0701", Spelling::LeadingZero)));
        assert_eq!(read(plan, "０７０１"), Some(("0701", Spelling::OtherLetters)));
        assert_eq!(read(Scheme::Survey2019, "05h1"), Some(("05H1", Spelling::OtherLetters)));
        assert_eq!(read(plan, "城镇住宅用地"), Some(("0701", Spelling::Name)));
        assert_eq!(read(plan, "1001"), Some(("1001", Spelling::AsPrinted)));
        for strange in ["", "7010", "99", "住宅", "0799"] {
            assert_eq!(read(plan, strange), None, "{strange}");
        }
    }

    #[test]
    fn codes_of_letters_are_read_and_no_zero_is_put_before_codes_that_have_none() {
        let read = |scheme: Scheme, cell: &str| {
            scheme.understand(cell).map(|(class, spelling)| (class.code.as_str(), spelling))
        };
        let urban = Scheme::UrbanRural2011;
        assert_eq!(read(urban, "A33"), Some(("A33", Spelling::AsPrinted)));
        assert_eq!(read(urban, "h14"), Some(("H14", Spelling::OtherLetters)));
        assert_eq!(read(urban, "Ｒ１"), Some(("R1", Spelling::OtherLetters)));
        assert_eq!(read(urban, "中小学用地"), Some(("A33", Spelling::Name)));
        assert_eq!(read(urban, "住宅用地"), None, "three classes have the name");
        assert_eq!(read(Scheme::LandUse2006, "211"), Some(("211", Spelling::AsPrinted)));
        assert_eq!(read(Scheme::LandUse2006, "７"), None);
        assert_eq!(read(Scheme::LandSea2020, "601"), Some(("0601", Spelling::LeadingZero)));
    }

    #[test]
    fn a_code_of_digits_has_an_even_number_of_them() {
        // Otherwise a number without its leading zero could be another class.
        for scheme in Scheme::ALL.into_iter().filter(|scheme| scheme.has_leading_zeros()) {
            let odd = |code: &&String| code.len() % 2 == 1 && code.bytes().all(|b| b.is_ascii_digit());
            assert_eq!(scheme.table().keys().find(odd), None, "{scheme}");
        }
    }

    #[test]
    fn no_group_of_mixed_nature_may_hide_construction_land() {
        for text in TABLES {
            let hidden: Vec<_> =
                rows(text).filter(|cells| cells[3].contains('/') && cells[3].contains('C')).collect();
            assert!(hidden.is_empty(), "a rule of construction land would pass {hidden:?}");
        }
    }

    #[test]
    fn every_row_of_every_table_is_read() {
        for text in TABLES {
            assert!(!text.contains('"'));
            assert_eq!(rows(text).count(), table(text).len());
            assert!(rows(text).all(|cells| cells.len() == 5));
        }
        let of_lengths =
            |scheme: Scheme| [2, 4, 6].map(|n| scheme.table().keys().filter(|code| code.len() == n).count());
        assert_eq!(of_lengths(Scheme::LandSea2023), [24, 111, 40]);
        assert_eq!(of_lengths(Scheme::LandSea2020), [24, 106, 39], "the totals of the trial guide");
    }
}
