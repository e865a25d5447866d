//! Judges `overlap-forbidden`, and `overlap-conditional` before its condition.

use sanxian_model::Measure;

use super::input::RuleInput;
use super::violation::Violation;

/// The selected subjects that share more than the tolerance with the zones.
pub(super) fn judge(input: &RuleInput<'_>) -> Vec<Violation> {
    let has_plane = input.layers().layers()[0].crs.has_plane();
    input
        .selected()
        .filter_map(|row| {
            let shared = input.shared(row);
            (shared.area > input.tolerance).then(|| {
                let area = input.area(row);
                Violation {
                    row: Some(row as u32),
                    zones: input.zone_rows(row),
                    measure: Measure::Overlap {
                        area: shared.area,
                        planar: has_plane.then_some(shared.planar),
                        share: shared.area.share_of(area),
                        tolerance: input.tolerance,
                    },
                    overlap: shared.area,
                    area,
                }
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
        test = { predicate = "overlap-forbidden", zone = "redline", zone-where = "protection_zone = 'core'" }"#;

    #[test]
    fn exactly_the_tolerance_passes_and_a_hair_more_does_not() {
        let rule = rule(RULE);
        let zones =
            layer(&Role::REDLINE, &[feature(rect(0.0, 0.0, 10.0, 10.0), &[("protection_zone", "core")])]);
        for (height, found) in [(0.5, false), (0.500_000_1, true)] {
            let plan = layer(&Role::PLAN, &[feature(rect(9.0, 0.0, 5.0, height), &[])]);
            assert_eq!(run(&rule, vec![plan, zones.clone()]).findings.len(), usize::from(found), "{height}");
        }
    }

    #[test]
    fn an_overlap_is_told_with_its_zones_share_and_plane() {
        let rule = rule(RULE);
        let plan =
            layer(&Role::PLAN, &[feature(rect(0.0, 0.0, 20.0, 10.0), &[("name", "厂区"), ("id", "P1")])]);
        // The third zone does not count; half of the second lies under the first, and the third covers more.
        let zones = layer(
            &Role::REDLINE,
            &[
                feature(rect(0.0, 0.0, 4.0, 10.0), &[("protection_zone", "core"), ("name", "甲")]),
                feature(rect(2.0, 0.0, 4.0, 10.0), &[("protection_zone", "core")]),
                feature(rect(0.0, 0.0, 20.0, 10.0), &[("protection_zone", "general")]),
            ],
        );
        let checked = run(&rule, vec![plan, zones]);
        let [finding] = &checked.findings[..] else { panic!("{checked:?}") };
        assert_eq!((finding.subject.label().as_str(), finding.name.as_deref()), ("P1", Some("厂区")));
        let shares: Vec<_> = finding.zones.iter().map(|zone| (zone.row, zone.area.get())).collect();
        assert_eq!(shares, [(0, 40.0), (1, 40.0)]);
        assert_eq!(finding.zones[0].name.as_deref(), Some("甲"));
        let Measure::Overlap { area, planar, share, tolerance } = finding.measure else { panic!() };
        assert_eq!((area, planar), (SquareMetres(60.0), Some(SquareMetres(60.0))));
        assert!((share - 0.3).abs() < 1e-12 && tolerance == SquareMetres(0.5));
    }

    #[test]
    fn a_zone_that_does_not_count_cannot_hide_one_that_does() {
        let rule = rule(RULE);
        let plan = layer(&Role::PLAN, &[feature(rect(0.0, 0.0, 20.0, 10.0), &[])]);
        // The general zone comes first and covers the core zone, whose net area is therefore nothing.
        let zones = layer(
            &Role::REDLINE,
            &[
                feature(rect(0.0, 0.0, 20.0, 10.0), &[("protection_zone", "general")]),
                feature(rect(5.0, 0.0, 5.0, 10.0), &[("protection_zone", "core")]),
            ],
        );
        let checked = run(&rule, vec![plan, zones]);
        assert!(
            matches!(checked.findings[0].measure, Measure::Overlap { area, .. } if area == SquareMetres(50.0))
        );
    }
}
