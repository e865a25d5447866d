//! The words and the order of decision, as `data/conflicts/practice.toml` gives them.

use std::sync::{Arc, LazyLock};

use sanxian_model::conflict::Cause;
use sanxian_model::{ConflictKind, Role, Text};

use crate::toml_reader::{FileText, Reader, TomlError, Value};

/// The words and the order of decision.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Guide {
    /// What each kind of conflict is, the gravest first.
    pub kinds: Vec<KindCard>,
    /// What each cause is, in the order in which they are looked for.
    pub causes: Vec<CauseCard>,
    /// The order of decision.
    pub ranks: Vec<RankCard>,
    /// The departments, the one that leads first.
    pub departments: Vec<Department>,
}

/// What a kind of conflict is, and what to do about it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct KindCard {
    /// `MP-A`.
    pub code: String,
    /// A few words.
    pub title: Text,
    /// What it is.
    pub about: Text,
    /// What to do.
    pub advice: Text,
    /// Where the class comes from.
    pub source: Text,
}

/// What a cause is.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CauseCard {
    /// [`Cause::name`].
    pub name: String,
    /// A few words.
    pub title: Text,
    /// When it is the cause.
    pub about: Text,
}

/// A rule in the order of decision.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RankCard {
    /// Its place; the lower is looked at first.
    pub number: u8,
    /// What it says.
    pub title: Text,
    /// Why it applies to a patch.
    pub reason: Text,
}

/// A department, and what concerns it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Department {
    /// The word used in machine formats.
    pub name: Arc<str>,
    /// Its name.
    pub title: Text,
    /// Whether it leads whatever the patch is about.
    pub leads: bool,
    /// Beginnings of the codes of land-sea-2023 that concern it.
    pub classes: Vec<String>,
    /// Lines that concern it.
    pub lines: Vec<Role>,
}

impl Guide {
    /// The guide in the library.
    ///
    /// # Panics
    /// When the embedded file is broken, which the tests of this crate rule out.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static GUIDE: LazyLock<Guide> = LazyLock::new(|| {
            let text = include_str!("../../../../data/conflicts/practice.toml");
            Guide::parse("practice.toml", text).expect("the embedded guide is tested")
        });
        &GUIDE
    }

    /// Reads a guide. `file` only names it in errors.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn parse(file: &str, text: &str) -> Result<Self, TomlError> {
        let mut table = FileText::new(file, text).table()?;
        let guide = Self {
            kinds: each(&mut table, "kinds", kind)?,
            causes: each(&mut table, "causes", cause)?,
            ranks: each(&mut table, "ranks", rank)?,
            departments: each(&mut table, "departments", department)?,
        };
        table.finish()?;
        Ok(guide)
    }

    /// The card of a kind; none for agreement and for what is not known.
    #[must_use]
    pub fn kind(&self, kind: ConflictKind) -> Option<&KindCard> {
        let code = kind.code()?;
        self.kinds.iter().find(|card| card.code == code)
    }

    /// The card of a cause.
    #[must_use]
    pub fn cause(&self, cause: Cause) -> Option<&CauseCard> {
        self.causes.iter().find(|card| card.name == cause.name())
    }

    /// The card of a rule in the order of decision.
    #[must_use]
    pub fn rank(&self, number: u8) -> Option<&RankCard> {
        self.ranks.iter().find(|card| card.number == number)
    }

    /// A department.
    #[must_use]
    pub fn department(&self, name: &str) -> Option<&Department> {
        self.departments.iter().find(|department| &*department.name == name)
    }
}

fn each<'a, T>(
    table: &mut Reader<'a>,
    key: &'static str,
    read: impl Fn(&mut Reader<'a>) -> Result<T, TomlError>,
) -> Result<Vec<T>, TomlError> {
    let tables = table.tables(key)?.into_iter();
    tables
        .map(|mut table| {
            let item = read(&mut table)?;
            table.finish()?;
            Ok(item)
        })
        .collect()
}

fn kind(table: &mut Reader<'_>) -> Result<KindCard, TomlError> {
    Ok(KindCard {
        code: table.string("code")?,
        title: table.text("title")?,
        about: table.text("about")?,
        advice: table.text("advice")?,
        source: table.text("source")?,
    })
}

fn cause(table: &mut Reader<'_>) -> Result<CauseCard, TomlError> {
    Ok(CauseCard { name: table.string("name")?, title: table.text("title")?, about: table.text("about")? })
}

fn rank(table: &mut Reader<'_>) -> Result<RankCard, TomlError> {
    let number = table.need("number")?;
    let bad = number.bad("应为 1 到 255 的整数", "expected a whole number from 1 to 255");
    let Ok(number) = u8::try_from(number.count()?) else { return Err(bad) };
    Ok(RankCard { number, title: table.text("title")?, reason: table.text("reason")? })
}

fn department(table: &mut Reader<'_>) -> Result<Department, TomlError> {
    let lines = table.need("lines")?.list()?.into_iter();
    Ok(Department {
        name: table.string("name")?.into(),
        title: table.text("title")?,
        leads: table.optional("leads", Value::boolean)?.unwrap_or_default(),
        classes: table.need("classes")?.strings()?,
        lines: lines.map(Value::role).collect::<Result<_, _>>()?,
    })
}

#[cfg(test)]
mod tests {
    use sanxian_model::Scheme;

    use super::*;

    #[test]
    fn the_guide_has_a_card_for_each_kind_cause_and_rank_and_one_department_leads() {
        let guide = Guide::embedded();
        let codes: Vec<&str> = guide.kinds.iter().map(|card| &*card.code).collect();
        assert_eq!(codes, ConflictKind::CONFLICTS.map(|kind| kind.code().expect("a conflict")));
        let causes: Vec<&str> = guide.causes.iter().map(|card| &*card.name).collect();
        assert_eq!(causes, Cause::ALL.map(Cause::name));
        assert_eq!(guide.ranks.iter().map(|card| card.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
        let leads: Vec<bool> = guide.departments.iter().map(|department| department.leads).collect();
        assert!(leads[0] && leads[1..].iter().all(|leads| !leads), "{leads:?}");
        for class in guide.departments.iter().flat_map(|department| &department.classes) {
            assert!(Scheme::LandSea2023.class(class).is_some(), "{class}");
        }
    }

    #[test]
    fn a_guide_with_a_mistake_says_where() {
        let text = "[[ranks]]\nnumber = 300\ntitle = { zh = \"甲\", en = \"a\" }";
        let told = Guide::parse("guide.toml", text).expect_err("a number too large").to_string();
        assert!(told.contains("guide.toml:2:"), "{told}");
    }
}
