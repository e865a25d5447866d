//! Is one part of a layer too large beside another?

use sanxian_model::{AreaSum, Measure, SquareMetres};

use crate::filter::Filter;
use crate::not_run::Reason;
use crate::rule_input::{RuleInput, Unjudged, Violation};
use crate::selection::select;
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

    pub(super) fn check(&self, input: &RuleInput<'_>) -> Result<Vec<Violation>, Unjudged> {
        let area = |filter: &Filter| -> Result<SquareMetres, Unjudged> {
            let selected = select(input.rule, input.subjects, filter)?;
            // One feature of unknown kind may belong above or below the bar, so the ratio is not known.
            if !selected.gaps.is_empty() {
                return Err(Unjudged::NotRun(selected.gaps));
            }
            let rows = &selected.rows & &input.rows;
            Ok(rows.set_indices().map(|row| input.area(row)).sum::<AreaSum>().area())
        };
        // Ground that is delivered twice, as a zone and its parts, makes any ratio.
        let twice = input.facts.area_twice(input.role());
        if twice > input.tolerance {
            let layer = input.layers().whole().layer.to_string();
            let area = twice.get().round() as u64;
            return Err(Reason::CountedTwice { role: input.role().clone(), layer, area }.into());
        }
        let (numerator, denominator) = (area(&self.part)?, area(&self.whole)?);
        if denominator <= SquareMetres::ZERO {
            let (role, filter) = (input.role().clone(), self.whole.text().to_owned());
            return Err(Reason::NothingToCompare { role, filter }.into());
        }
        let value = numerator.share_of(denominator);
        // Both sides times the area below the bar: a cap of 15 % of exactly 100 ha is not missed by the
        // rounding of the quotient.
        let over = numerator.get() > self.cap * denominator.get();
        Ok(Vec::from_iter(over.then(|| Violation {
            row: None,
            zones: Vec::new(),
            measure: Measure::Ratio { value, limit: self.cap, numerator, denominator },
            overlap: SquareMetres::ZERO,
            area: SquareMetres::ZERO,
        })))
    }
}

#[cfg(test)]
mod tests {
    use sanxian_model::{Measure, Role, SquareMetres};

    use crate::not_run::Reason;
    use crate::rule::Rule;
    use crate::testing::{feature, layer, rect, rule, rule_text, run};

    const RULE: &str = r#"
        subject.role = "urban-boundary"
        test = { predicate = "share-cap", zone-where = "zoning_code = '420'", of-where = "zoning_code = '410'", cap = "15 %" }"#;

    /// Elastic zones lie beside the others.
    fn zone(code: &str, width: f64) -> crate::example::ExampleFeature {
        let north = if code == "420" { 10.0 } else { 0.0 };
        feature(rect(0.0, north, width, 10.0), &[("zoning_code", code)])
    }

    #[test]
    fn the_layer_is_judged_as_a_whole() {
        let rule = rule(RULE);
        let over = run(&rule, vec![layer(&Role::URBAN_BOUNDARY, &[zone("410", 100.0), zone("420", 16.0)])]);
        let [finding] = &over.findings[..] else { panic!("{over:?}") };
        assert_eq!((finding.row, finding.subject.fid), (None, None));
        let Measure::Ratio { value, limit, numerator, denominator } = finding.measure else { panic!() };
        assert!((value - 0.16).abs() < 1e-12 && (limit - 0.15).abs() < 1e-12);
        assert_eq!((numerator, denominator), (SquareMetres(160.0), SquareMetres(1000.0)));
        let at = run(&rule, vec![layer(&Role::URBAN_BOUNDARY, &[zone("410", 100.0), zone("420", 15.0)])]);
        assert!(at.findings.is_empty() && at.not_run.is_empty());
    }

    #[test]
    fn a_ratio_without_a_base_is_not_a_pass() {
        let rule = rule(RULE);
        let none = run(&rule, vec![layer(&Role::URBAN_BOUNDARY, &[zone("420", 15.0)])]);
        assert!(matches!(none.not_run[0].reason, Reason::NothingToCompare { .. }));
        let unknown =
            run(&rule, vec![layer(&Role::URBAN_BOUNDARY, &[feature(rect(0.0, 0.0, 9.0, 9.0), &[])])]);
        assert!(
            matches!(&unknown.not_run[0].reason, Reason::FieldMissing { field, .. } if field == "zoning_code")
        );
    }

    #[test]
    fn ground_that_is_delivered_twice_makes_no_ratio() {
        let rule = rule(RULE);
        let twice = [zone("410", 100.0), zone("410", 100.0), zone("420", 20.0)];
        let checked = run(&rule, vec![layer(&Role::URBAN_BOUNDARY, &twice)]);
        assert!(checked.findings.is_empty() && checked.run.is_empty());
        assert!(matches!(&checked.not_run[0].reason, Reason::CountedTwice { .. }), "{checked:?}");
    }

    #[test]
    fn a_cap_has_a_unit() {
        for (cap, reason) in [("0.15", "expected a percentage"), ("\"15\"", "is not a percentage")] {
            let error = Rule::parse("test.toml", &rule_text(&RULE.replace("\"15 %\"", cap))).unwrap_err();
            assert!(error.to_string().contains(reason), "{error}");
        }
    }
}
