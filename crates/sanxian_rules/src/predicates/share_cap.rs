//! Is one part of a layer too large beside another?

use crate::figures::percent;
use crate::filter::Filter;
use crate::limit::Limit;
use crate::toml_reader::{Reader, TomlError, Value};

/// `share-cap`: one part of the layers of a role must stay below a share of another part, or of an area that the place is given.
///
/// # Question
/// Is the area of the features that meet `zone-where`, over the area of those that meet `of-where` or over `of-quota`, above
/// `cap`?
///
/// # Parameters
/// `zone-where`; `of-where`, or `of-quota` (the name of a quota, an area); `cap` (a percentage), or `cap-quota` (the name of a quota,
/// a percentage).
///
/// # Units and edge cases
/// Areas on the ellipsoid, feature by feature, of the subjects that the rule selects, over all layers of their role.
/// Layers whose features lie on each other by more than the tolerance cannot be judged, nor those in which nothing meets
/// `of-where`, or of whose features one lacks a value that the conditions depend on. Exactly the cap passes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ShareCap {
    /// The part above the bar (`zone-where`).
    pub part: Filter,
    /// What stands below the bar (`of-where`, `of-quota`).
    pub whole: Whole,
    /// Largest ratio that is let pass, 0.15 for 15 %.
    pub cap: Limit<f64>,
}

/// What a part is held against.
#[derive(Debug, Clone, PartialEq)]
pub enum Whole {
    /// The features of the same layers that meet a condition.
    Features(Filter),
    /// The quota of that name, an area.
    Quota(String),
}

impl Whole {
    /// The condition, or the name of the quota.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Features(filter) => filter.text(),
            Self::Quota(name) => name,
        }
    }
}

impl ShareCap {
    pub(super) fn read(table: &mut Reader<'_>) -> Result<Self, TomlError> {
        let part = table.need("zone-where")?.filter(false)?;
        let whole = match table.optional("of-quota", Value::string)? {
            Some(name) => Whole::Quota(name),
            None => Whole::Features(table.need("of-where")?.filter(false)?),
        };
        Ok(Self { part, whole, cap: Limit::read(table, "cap", "cap-quota", Value::percentage)? })
    }

    pub(super) fn parameters(&self) -> Vec<(&'static str, String)> {
        let whole = match &self.whole {
            Whole::Features(filter) => ("of-where", filter.text().to_owned()),
            Whole::Quota(name) => ("of-quota", name.clone()),
        };
        let cap = match &self.cap {
            Limit::Own(cap) => ("cap", percent(*cap)),
            Limit::Quota(name) => ("cap-quota", name.clone()),
        };
        vec![("zone-where", self.part.text().to_owned()), whole, cap]
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::Rule;
    use crate::testing::rule_text;

    const RULE: &str = r#"
        subject.role = "urban-boundary"
        test = { predicate = "share-cap", zone-where = "zoning_code = '420'", of-where = "zoning_code = '410'", cap = "15 %" }"#;

    #[test]
    fn a_cap_has_a_unit() {
        for (cap, reason) in [("0.15", "expected a percentage"), ("\"15\"", "is not a percentage")] {
            let error = Rule::parse("test.toml", &rule_text(&RULE.replace("\"15 %\"", cap))).unwrap_err();
            assert!(error.to_string().contains(reason), "{error}");
        }
    }
}
