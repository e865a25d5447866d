//! Judges `area-floor` and `area-cap`.

use sanxian_model::{AreaSum, Measure, SquareMetres};

use super::input::RuleInput;
use super::selection::select;
use super::violation::{Judged, Unjudged};
use super::whole::{counted_once, judged_whole};
use crate::not_run::Reason;
use crate::predicates::AreaLimit;

/// The layers of the role as a whole, when their area is on the wrong side of the limit.
pub(super) fn judge(test: &AreaLimit, input: &RuleInput<'_>) -> Result<Judged, Unjudged> {
    let Some(limit) = test.limit.area(input.quotas) else {
        return Err(Reason::NoQuota(test.limit.quota().unwrap_or_default().to_owned()).into());
    };
    let mut rows = input.rows.clone();
    if let Some(part) = &test.part {
        let selected = select(input.rule, input.subjects, part)?;
        if !selected.gaps.is_empty() {
            return Err(Unjudged::NotRun(selected.gaps));
        }
        rows = &rows & &selected.rows;
    }
    counted_once(input)?;
    let area = rows.set_indices().map(|row| input.area(row)).sum::<AreaSum>().area();
    let measure = Measure::Total { area, limit, bound: test.bound };
    Ok(judged_whole(measure, test.bound.missed_by(area, limit) <= SquareMetres::ZERO))
}

#[cfg(test)]
mod tests {
    use sanxian_model::{Bound, Measure, Role, SquareMetres};

    use crate::judge::{Limits, check};
    use crate::not_run::{Gap, Reason};
    use crate::quota::Quota;
    use crate::testing::{Ground, feature, layer, rect, rule};

    const RULE: &str = r#"
        subject.role = "farmland"
        test = { predicate = "area-floor", quota = "permanent-farmland" }"#;

    fn judged(rule_text: &str, quota: Option<Quota>, width: f64) -> crate::judge::Checked {
        let rule = rule(rule_text);
        let mut limits = Limits::default();
        if let Some(quota) = quota {
            limits.quotas.set("permanent-farmland", quota);
        }
        let fields = [feature(rect(0.0, 0.0, width, 10.0), &[]), feature(rect(0.0, 50.0, 10.0, 10.0), &[])];
        check(&[&rule], &Ground::new(vec![layer(&Role::FARMLAND, &fields)]), &limits).unwrap()
    }

    #[test]
    fn a_floor_is_held_against_the_quota_of_the_place() {
        let hectare = |area: f64| Some(Quota::Area(SquareMetres(area)));
        let at = judged(RULE, hectare(1100.0), 100.0);
        assert!(at.findings.is_empty() && at.quantities[0].holds, "exactly the floor passes");
        let below = judged(RULE, hectare(1100.5), 100.0);
        let [finding] = &below.findings[..] else { panic!("{below:?}") };
        let measure =
            Measure::Total { area: SquareMetres(1100.0), limit: SquareMetres(1100.5), bound: Bound::Floor };
        assert_eq!((finding.row, &finding.measure), (None, &measure));
        assert_eq!(finding.area(), Some(SquareMetres(0.5)));
        assert!(!below.quantities[0].holds);
    }

    #[test]
    fn a_cap_is_its_mirror() {
        let cap = RULE
            .replace("area-floor", "area-cap")
            .replace("quota = \"permanent-farmland\"", "cap = \"0.1 ha\"");
        assert!(judged(&cap, None, 90.0).findings.is_empty());
        assert_eq!(judged(&cap, None, 91.0).findings[0].area(), Some(SquareMetres(10.0)));
    }

    #[test]
    fn without_a_quota_or_with_one_of_another_kind_nothing_is_judged() {
        for quota in [None, Some(Quota::Share(0.8))] {
            let checked = judged(RULE, quota, 100.0);
            assert!(checked.findings.is_empty() && checked.run.is_empty() && checked.quantities.is_empty());
            let reason = &checked.not_run[0].reason;
            assert!(matches!(reason, Reason::NoQuota(name) if name == "permanent-farmland"));
            assert_eq!(reason.gap(), Gap::NotAsked);
        }
    }
}
