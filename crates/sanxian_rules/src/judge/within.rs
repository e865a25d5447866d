//! Judges `must-be-within`.

use sanxian_model::{AreaSum, Measure, SquareMetres};

use super::input::RuleInput;
use super::violation::Violation;

/// The selected subjects of which more than the tolerance lies outside the zones.
pub(super) fn judge(input: &RuleInput<'_>) -> Vec<Violation> {
    input
        .selected()
        .filter_map(|row| {
            let area = input.area(row);
            let overlap = input.shared(row).area;
            let outside = (AreaSum::from(area) - AreaSum::from(overlap)).area().max(SquareMetres::ZERO);
            (outside > input.tolerance).then(|| Violation {
                row: Some(row as u32),
                zones: input.zone_rows(row),
                measure: Measure::Outside {
                    area: outside,
                    share: outside.share_of(area),
                    tolerance: input.tolerance,
                },
                overlap,
                area,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use sanxian_model::{Measure, Role, SquareMetres};

    use crate::testing::{feature, layer, rect, rule, run};

    const RULE: &str = r#"
        subject.role = "plan"
        test = { predicate = "must-be-within", zone = "park", tolerance = "2 m2" }"#;

    #[test]
    fn what_no_zone_covers_is_outside() {
        let rule = rule(RULE);
        let park = |x: f64| feature(rect(x, 0.0, 10.0, 10.0), &[]);
        let plan = layer(&Role::PLAN, &[feature(rect(0.0, 0.0, 30.0, 10.0), &[])]);
        // Two parks that overlap by half cover 15 of 30 metres.
        let checked = run(&rule, vec![plan.clone(), layer(&Role::PARK, &[park(0.0), park(5.0)])]);
        let Measure::Outside { area, share, tolerance } = checked.findings[0].measure else { panic!() };
        assert_eq!((area, tolerance), (SquareMetres(150.0), SquareMetres(2.0)));
        assert!((share - 0.5).abs() < 1e-12);
        assert_eq!(checked.findings[0].zones.len(), 2);
        // A park far away leaves all of it outside.
        let far = run(&rule, vec![plan, layer(&Role::PARK, &[park(1000.0)])]);
        assert!(
            matches!(far.findings[0].measure, Measure::Outside { area, .. } if area == SquareMetres(300.0))
        );
    }

    #[test]
    fn exactly_the_tolerance_may_be_outside() {
        let rule = rule(RULE);
        for (width, found) in [(10.2, false), (10.201, true)] {
            let plan = layer(&Role::PLAN, &[feature(rect(0.0, 0.0, width, 10.0), &[])]);
            let parks = layer(&Role::PARK, &[feature(rect(0.0, 0.0, 10.0, 10.0), &[])]);
            assert_eq!(run(&rule, vec![plan, parks]).findings.len(), usize::from(found), "{width}");
        }
    }
}
