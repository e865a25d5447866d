//! Judges `share-cap`.

use sanxian_model::{AreaSum, Measure, SquareMetres};

use super::input::RuleInput;
use super::selection::select;
use super::violation::{Judged, Unjudged};
use super::whole::{counted_once, judged_whole};
use crate::filter::Filter;
use crate::not_run::Reason;
use crate::predicates::{ShareCap, Whole};
use crate::quota::Quota;

/// The layers of the role as a whole, when the share is above the cap.
pub(super) fn judge(test: &ShareCap, input: &RuleInput<'_>) -> Result<Judged, Unjudged> {
    let area = |filter: &Filter| -> Result<SquareMetres, Unjudged> {
        let selected = select(input.rule, input.subjects, filter)?;
        // One feature of unknown kind may belong above or below the bar, so the ratio is not known.
        if !selected.gaps.is_empty() {
            return Err(Unjudged::NotRun(selected.gaps));
        }
        let rows = &selected.rows & &input.rows;
        Ok(rows.set_indices().map(|row| input.area(row)).sum::<AreaSum>().area())
    };
    let Some(cap) = test.cap.share(input.quotas) else {
        return Err(Reason::NoQuota(test.cap.quota().unwrap_or_default().to_owned()).into());
    };
    // Ground that is delivered twice, as a zone and its parts, makes any ratio.
    counted_once(input)?;
    let numerator = area(&test.part)?;
    let denominator = match &test.whole {
        Whole::Features(filter) => area(filter)?,
        Whole::Quota(name) => match input.quotas.get(name) {
            Some(Quota::Area(area)) if area > SquareMetres::ZERO => area,
            Some(Quota::Area(_)) => return Err(Reason::QuotaIsZero(name.clone()).into()),
            _ => return Err(Reason::NoQuota(name.clone()).into()),
        },
    };
    if denominator <= SquareMetres::ZERO {
        let (role, filter) = (input.role().clone(), test.whole.text().to_owned());
        return Err(Reason::NothingToCompare { role, filter }.into());
    }
    let value = numerator.share_of(denominator);
    // Both sides times the area below the bar: a cap of 15 % of exactly 100 ha is not missed by the
    // rounding of the quotient.
    let over = numerator.get() > cap * denominator.get();
    Ok(judged_whole(Measure::Ratio { value, limit: cap, numerator, denominator }, !over))
}

#[cfg(test)]
mod tests {
    use sanxian_model::{Measure, Role, SquareMetres};

    use crate::judge::{Limits, check};
    use crate::not_run::Reason;
    use crate::quota::Quota;
    use crate::testing::{Ground, feature, layer, rect, rule, run};

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
    fn the_base_and_the_cap_may_be_those_of_the_place() {
        let rule = rule(
            r#"
        subject.role = "urban-boundary"
        test = { predicate = "share-cap", zone-where = "zoning_code <> '430'", of-quota = "base", cap-quota = "multiple" }"#,
        );
        let special = feature(rect(0.0, 50.0, 50.0, 10.0), &[("zoning_code", "430")]);
        let zones = [zone("410", 100.0), zone("420", 10.0), special];
        let judged = |quotas: &[(&str, Quota)]| {
            let mut limits = Limits::default();
            for (name, quota) in quotas {
                limits.quotas.set(*name, *quota);
            }
            check(&[&rule], &Ground::new(vec![layer(&Role::URBAN_BOUNDARY, &zones)]), &limits).unwrap()
        };
        let base = ("base", Quota::Area(SquareMetres(1000.0)));
        let at = judged(&[base, ("multiple", Quota::Share(1.1))]);
        assert!(at.findings.is_empty() && at.quantities[0].holds, "{at:?}");
        let over = judged(&[base, ("multiple", Quota::Share(1.09))]);
        let Measure::Ratio { value, limit, .. } = over.findings[0].measure else { panic!("{over:?}") };
        assert!((value - 1.1).abs() < 1e-12 && (limit - 1.09).abs() < 1e-12);
        let zero = judged(&[("base", Quota::Area(SquareMetres::ZERO)), ("multiple", Quota::Share(1.1))]);
        assert!(zero.findings.is_empty() && zero.run.is_empty());
        assert_eq!(zero.not_run[0].reason, Reason::QuotaIsZero("base".to_owned()));
        for (given, missing) in [(vec![base], "multiple"), (vec![("multiple", Quota::Share(1.1))], "base")] {
            let reason = &judged(&given).not_run[0].reason;
            assert!(matches!(reason, Reason::NoQuota(name) if name == missing), "{reason:?}");
        }
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
}
