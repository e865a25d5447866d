//! What the checker promises: total order, nothing judged in silence, exceptions by the mildest, errors that
//! name rule, filter and layer.

use sanxian_model::{Lang, Role, Severity, SquareMetres};

use crate::checker::{CheckOptions, Reason, check};
use crate::error::RuleError;
use crate::facts::needed_overlaps;
use crate::rule::Rule;
use crate::testing::{Ground, feature, layer, rect, rule, rule_text, run};

const OVERLAP: &str = r#"
    subject.role = ["plan", "project"]
    test = { predicate = "overlap-forbidden", zone = "farmland" }"#;

fn named(code: &str, parts: &str) -> Rule {
    let text = rule_text(parts).replace("XX-01", code).replace("test-rule", &code.to_lowercase());
    Rule::parse("test.toml", &text).unwrap()
}

#[test]
fn findings_come_in_one_order_whatever_the_order_of_the_rules() {
    let rules = [named("BB-02", OVERLAP), named("AA-10", OVERLAP), named("BB-01", OVERLAP)];
    let spots = |role: &Role| {
        layer(role, &[rect(5.0, 0.0, 9.0, 9.0), rect(0.0, 0.0, 9.0, 9.0)].map(|w| feature(w, &[])))
    };
    let ground = Ground::new([
        spots(&Role::PLAN),
        spots(&Role::PROJECT),
        layer(&Role::FARMLAND, &[feature(rect(0.0, 0.0, 50.0, 50.0), &[])]),
    ]);
    let forward: Vec<&Rule> = rules.iter().collect();
    let backward: Vec<&Rule> = rules.iter().rev().collect();
    let options = CheckOptions::default();
    let checked = check(&forward, &ground, &options).unwrap();
    assert_eq!(checked, check(&backward, &ground, &options).unwrap());
    let order: Vec<_> =
        checked.findings.iter().map(|f| (f.code.to_string(), f.role.name(), f.row.unwrap())).collect();
    assert_eq!(order.len(), 12);
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn the_callers_tolerance_wins_then_the_rules_then_the_profiles() {
    let own = rule(&OVERLAP.replace("zone =", "tolerance = \"3 m2\", zone ="));
    let plain = rule(OVERLAP);
    let ground = Ground::new([
        layer(&Role::PLAN, &[feature(rect(0.0, 0.0, 2.0, 1.0), &[])]),
        layer(&Role::FARMLAND, &[feature(rect(0.0, 0.0, 9.0, 9.0), &[])]),
    ]);
    let found = |rule: &Rule, tolerance: Option<f64>, default: f64| {
        let options =
            CheckOptions { tolerance: tolerance.map(SquareMetres), default_tolerance: SquareMetres(default) };
        check(&[rule], &ground, &options).unwrap().findings.len()
    };
    // The overlap is 2 m².
    assert_eq!(found(&plain, None, 0.5), 1);
    assert_eq!(found(&plain, None, 2.0), 0);
    assert_eq!(found(&own, None, 0.5), 0);
    assert_eq!(found(&own, Some(0.0), 0.5), 1);
}

#[test]
fn a_rule_without_its_layers_is_told() {
    let rule = rule(OVERLAP);
    let farmland = layer(&Role::FARMLAND, &[feature(rect(0.0, 0.0, 9.0, 9.0), &[])]);
    let plan = layer(&Role::PLAN, &[feature(rect(0.0, 0.0, 9.0, 9.0), &[])]);
    let no_subject = run(&rule, vec![farmland]);
    assert_eq!(no_subject.not_run[0].reason, Reason::NoSubject(vec![Role::PLAN, Role::PROJECT]));
    assert_eq!(no_subject.not_run[0].reason.sentence(Lang::En), "no plan or project layer was given");
    let no_zone = run(&rule, vec![plan]);
    assert_eq!(no_zone.not_run[0].reason, Reason::NoZone(Role::FARMLAND));
    assert!(no_subject.findings.is_empty() && no_zone.findings.is_empty());
}

#[test]
fn a_rule_that_cannot_tell_its_subjects_apart_is_told_and_runs_for_the_others() {
    let rule = rule(&OVERLAP.replace(
        "subject.role = [\"plan\", \"project\"]",
        "subject = { role = [\"plan\", \"project\"], where = \"role = 'project' OR land_nature = 'construction'\" }",
    ));
    let spot = |role: &Role| layer(role, &[feature(rect(0.0, 0.0, 9.0, 9.0), &[])]);
    let checked = run(&rule, vec![spot(&Role::PLAN), spot(&Role::PROJECT), spot(&Role::FARMLAND)]);
    assert_eq!(checked.findings.len(), 1);
    assert_eq!(checked.findings[0].role, Role::PROJECT);
    assert_eq!(checked.not_run[0].role, Some(Role::PLAN));
    assert!(
        matches!(&checked.not_run[0].reason, Reason::FieldMissing { field, .. } if field == "land_nature")
    );
}

#[test]
fn a_missing_declaration_is_no_reason_to_stop() {
    let rule = rule(&OVERLAP.replace(
        "subject.role = [\"plan\", \"project\"]",
        "subject = { role = \"plan\", where = \"project_class IS NOT NULL\" }",
    ));
    let spot = |role: &Role| layer(role, &[feature(rect(0.0, 0.0, 9.0, 9.0), &[])]);
    let checked = run(&rule, vec![spot(&Role::PLAN), spot(&Role::FARMLAND)]);
    assert!(checked.findings.is_empty() && checked.not_run.is_empty());
}

#[test]
fn of_several_exceptions_the_mildest_counts() {
    let rule = rule(
        r#"
        subject.role = "plan"
        test = { predicate = "overlap-forbidden", zone = "farmland" }
        [[unless]]
        where = "approval_level IS NOT NULL"
        severity = "warning"
        about = { zh = "一", en = "one" }
        [[unless]]
        where = "approval_level = 'national'"
        severity = "note"
        evidence = ["approval_no"]
        about = { zh = "二", en = "two" }
        [[unless]]
        where = "overlap_share >= 0.9 AND zone_count = 1 AND outside_m2 < 5 AND overlap_m2 > 5"
        severity = "note"
        about = { zh = "三", en = "three" }"#,
    );
    let farmland = layer(&Role::FARMLAND, &[feature(rect(0.0, 0.0, 10.0, 10.0), &[])]);
    let severity = |wkt: String, attributes: &[(&str, &str)]| {
        let checked = run(&rule, vec![layer(&Role::PLAN, &[feature(wkt, attributes)]), farmland.clone()]);
        let finding = &checked.findings[0];
        let about = rule.exception_of(finding).map_or("none", |exception| &exception.about.en).to_owned();
        (finding.severity, about)
    };
    let part = || rect(5.0, 5.0, 10.0, 10.0);
    assert_eq!(severity(part(), &[]), (Severity::Error, "none".to_owned()));
    assert_eq!(severity(part(), &[("approval_level", "local")]), (Severity::Warning, "one".to_owned()));
    let national: &[(&str, &str)] = &[("approval_level", "national")];
    assert_eq!(severity(part(), national), (Severity::Warning, "one".to_owned()));
    let complete: &[(&str, &str)] = &[("approval_level", "national"), ("approval_no", "1")];
    assert_eq!(severity(part(), complete), (Severity::Note, "two".to_owned()));
    assert_eq!(severity(rect(0.0, 0.0, 5.0, 5.0), &[]), (Severity::Note, "three".to_owned()));
}

#[test]
fn a_name_that_means_nothing_is_an_error_with_the_nearest() {
    let with = |filter: &str| {
        let parts = OVERLAP.replace(
            "subject.role = [\"plan\", \"project\"]",
            &format!("subject = {{ role = \"plan\", where = \"{filter}\" }}"),
        );
        let ground = Ground::new([
            layer(
                &Role::PLAN,
                &[feature(rect(0.0, 0.0, 9.0, 9.0), &[("地块编号", "A"), ("land_class", "07")])],
            ),
            layer(&Role::FARMLAND, &[feature(rect(0.0, 0.0, 9.0, 9.0), &[])]),
        ]);
        check(&[&rule(&parts)], &ground, &CheckOptions::default()).unwrap_err()
    };
    let error = with("name = 'x' AND land_clas = '07'");
    assert_eq!(
        error.to_string(),
        "rule `test-rule`: the filter `name = 'x' AND land_clas = '07'` names `land_clas` (column 16), which is neither a word of rule filters nor a column of layer `plan` (did you mean `land_class`?)"
    );
    assert!(
        matches!(with("地块编码 = 'A'"), RuleError::UnknownName { nearest: Some(near), .. } if near == "地块编号")
    );
    assert!(with("land_class = 7").to_string().contains("column `land_class` of layer `plan` holds text"));
}

#[test]
fn a_careless_caller_is_told_so() {
    let rule = rule(OVERLAP);
    let needed = needed_overlaps(&[&rule]);
    let pairs: Vec<_> = needed.iter().map(|(subject, zone)| (subject.name(), zone.name())).collect();
    assert_eq!(pairs, [("plan", "farmland"), ("project", "farmland")]);
    let spot = |role: &Role| layer(role, &[feature(rect(0.0, 0.0, 9.0, 9.0), &[])]);
    let mut ground = Ground::new([spot(&Role::PLAN), spot(&Role::FARMLAND)]);
    ground.forget(&Role::PLAN, &Role::FARMLAND);
    let error = check(&[&rule], &ground, &CheckOptions::default()).unwrap_err();
    assert!(matches!(error, RuleError::OverlapsNotPrepared { .. }));
}
