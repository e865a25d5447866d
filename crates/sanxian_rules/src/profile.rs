//! A dated set of rules with its tolerance. A profile never changes after release; new rules come with a
//! new one.

use std::sync::Arc;

use sanxian_model::{SquareMetres, Text};

use crate::error::RuleError;
use crate::toml_reader::{FileText, Value};

/// A profile, as its file gives it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Profile {
    /// `national-2026`.
    pub name: Arc<str>,
    /// First day on which the set describes the law, as `YYYY-MM-DD`.
    pub in_force: String,
    /// A few words for tables.
    pub title: Text,
    /// Name of the set whose rules and tolerance it has, too; none stands on its own.
    pub extends: Option<String>,
    /// Names of rules of that set that it does not have.
    pub without: Vec<String>,
    /// Names of its rules, besides those of the set that it extends.
    pub rules: Vec<String>,
    /// Tolerance of rules that set none of their own; none is that of the set that it extends.
    pub tolerance: Option<SquareMetres>,
    /// What a user should know about the set.
    pub notes: Text,
}

impl Profile {
    /// Reads a profile. `file` only names it in errors.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn parse(file: &str, text: &str) -> Result<Self, RuleError> {
        let mut table = FileText::new(file, text).table()?;
        let in_force = table.need("in-force")?;
        let bad_date = in_force
            .bad("应为引号中的日期，如 \"2026-03-15\"", "expected a date in quotes, as in \"2026-03-15\"");
        let extends = table.optional("extends", Value::string)?;
        let tolerance = match extends {
            Some(_) => table.optional("tolerance", Value::area)?,
            None => Some(table.need("tolerance").and_then(Value::area)?),
        };
        let profile = Self {
            name: table.string("name")?.into(),
            in_force: in_force.string()?,
            title: table.text("title")?,
            rules: table.need("rules")?.strings()?,
            without: table.optional("without", Value::strings)?.unwrap_or_default(),
            extends,
            tolerance,
            notes: table.text("notes")?,
        };
        table.finish()?;
        if is_date(&profile.in_force) { Ok(profile) } else { Err(bad_date.into()) }
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([4, 2, 2])
        && parts.concat().bytes().all(|byte| byte.is_ascii_digit())
        && ("01"..="12").contains(&parts[1])
        && ("01"..="31").contains(&parts[2])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::told;

    const TEXT: &str = r#"
        name = "test-2026"
        in-force = "2026-01-01"
        tolerance = "1 m2"
        title = { zh = "试", en = "test" }
        rules = ["a"]
        notes = { zh = "注", en = "notes" }"#;

    #[test]
    fn a_profile_is_read_with_its_units_and_its_date() {
        assert_eq!(Profile::parse("p.toml", TEXT).unwrap().tolerance, Some(SquareMetres(1.0)));
        for (from, to, reason) in [
            ("\"1 m2\"", "1", "p.toml:4:21: `tolerance`: expected an area with its unit"),
            ("2026-01-01", "2026-13-01", "p.toml:3:20: `in-force`: expected a date"),
            ("rules", "rulez", "p.toml:1:1: the key `rules` is missing"),
        ] {
            let error = told(&Profile::parse("p.toml", &TEXT.replace(from, to)).unwrap_err());
            assert!(error.starts_with(reason), "{error}");
        }
    }
}
