//! Is one part of a layer too large beside another?

use crate::filter::Filter;
use crate::toml_reader::{Reader, TomlError};

/// `share-cap`: one part of the layers of a role must stay below a share of another part.
///
/// # Question
/// Is the area of the features that meet `zone-where`, over the area of those that meet `of-where`, above
/// `cap`?
///
/// # Parameters
/// `zone-where`, `of-where`, `cap` (a percentage).
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
    /// The part below the bar (`of-where`).
    pub whole: Filter,
    /// Largest ratio that is let pass, 0.15 for 15 %.
    pub cap: f64,
}

impl ShareCap {
    pub(super) fn read(table: &mut Reader<'_>) -> Result<Self, TomlError> {
        Ok(Self {
            part: table.need("zone-where")?.filter(false)?,
            whole: table.need("of-where")?.filter(false)?,
            cap: table.need("cap")?.percentage()?,
        })
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
