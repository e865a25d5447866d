//! What the checker promises: total order, nothing judged in silence, exceptions by the mildest, errors that
//! name rule, filter and layer.

use sanxian_model::{Explain, Lang, Role, Severity, SquareMetres};

use super::{Checked, Limits, check};
use crate::error::RuleError;
use crate::needed_overlaps::needed_overlaps;
use crate::not_run::{Gap, Reason};
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
    let options = Limits::default();
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
        let options = Limits {
            tolerance: tolerance.map(SquareMetres),
            default_tolerance: SquareMetres(default),
            ..Limits::default()
        };
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
        matches!(&checked.not_run[0].reason, Reason::FieldMissing { field, .. } if field == "land_class")
    );
    assert_eq!(checked.run.len(), 1, "it was judged for the project");
}

/// The rule of construction land on farmland, with another condition beside it.
fn of_construction(more: &str) -> Rule {
    rule(&OVERLAP.replace(
        "subject.role = [\"plan\", \"project\"]",
        &format!("subject = {{ role = \"plan\", where = \"land_nature = 'construction'{more}\" }}"),
    ))
}

fn spots(attributes: &[&[(&str, &str)]]) -> sanxian_model::Layer {
    let features: Vec<_> =
        attributes.iter().map(|attributes| feature(rect(0.0, 0.0, 9.0, 9.0), attributes)).collect();
    layer(&Role::PLAN, &features)
}

#[test]
fn a_plan_whose_land_classes_are_all_null_does_not_conform() {
    let farmland = || layer(&Role::FARMLAND, &[feature(rect(0.0, 0.0, 9.0, 9.0), &[])]);
    let reason = |rule: &Rule, plan| {
        let checked = run(rule, vec![plan, farmland()]);
        let reasons: Vec<_> = checked.not_run.iter().map(|not_run| not_run.reason.clone()).collect();
        (checked.findings.len(), checked.run.len(), reasons)
    };
    let unknown = |features| Reason::ValueUnknown {
        role: Role::PLAN,
        layer: "plan".to_owned(),
        field: "land_class".to_owned(),
        features,
    };
    // Empty text is no value, and a class without its nature is a code that no table has.
    let nature: &[(&str, &str)] = &[("land_nature", "construction"), ("land_class", "0701")];
    let blank: &[(&str, &str)] = &[("land_nature", ""), ("land_class", "")];
    let strange: &[(&str, &str)] = &[("land_class", "9999")];
    let all = reason(&of_construction(""), spots(&[blank, strange]));
    assert_eq!(all, (0, 0, vec![unknown(2)]), "nothing could be judged, so the rule did not run");
    let some = reason(&of_construction(""), spots(&[nature, blank, strange]));
    assert_eq!(some, (1, 1, vec![unknown(2)]), "one could be judged; the others are counted");
    let by_class = rule(&OVERLAP.replace(
        "subject.role = [\"plan\", \"project\"]",
        "subject = { role = \"plan\", where = \"land_class LIKE '07%'\" }",
    ));
    assert_eq!(reason(&by_class, spots(&[nature, strange])), (1, 1, vec![unknown(1)]));
}

#[test]
fn what_another_condition_decides_needs_no_land_class() {
    let farmland = || layer(&Role::FARMLAND, &[feature(rect(0.0, 0.0, 9.0, 9.0), &[])]);
    let judged = |more: &str, attributes: &[&[(&str, &str)]]| {
        run(&of_construction(more), vec![spots(attributes), farmland()]).not_run.is_empty()
    };
    let known: &[(&str, &str)] = &[("land_nature", "farm"), ("project_type", "x")];
    let unknown: &[(&str, &str)] = &[("name", "no class")];
    let declared: &[(&str, &str)] = &[("project_type", "tract")];
    // A declaration that is missing is an answer, so the condition beside it decides.
    assert!(judged(" AND project_type = 'tract'", &[known, unknown]));
    assert!(!judged(" AND project_type = 'tract'", &[known, declared]));
    assert!(judged(" OR project_type = 'tract'", &[known, declared]));
    assert!(!judged(" OR project_type = 'tract'", &[known, unknown]));
    assert!(!judged(" AND NOT project_type = 'tract'", &[known, unknown]));
    assert!(judged(" AND project_type IS NOT NULL", &[known, unknown]));
}

#[test]
fn a_redline_outside_reserves_has_no_protection_zone_but_its_layer_has_the_column() {
    let rule = rule(
        &OVERLAP
            .replace("[\"plan\", \"project\"]", "\"plan\"")
            .replace("farmland", "redline")
            .replace("zone =", "zone-where = \"protection_zone = 'core'\", zone ="),
    );
    let plan = || spots(&[&[]]);
    let redline = |zones: &[&[(&str, &str)]]| {
        let features: Vec<_> = zones.iter().map(|zone| feature(rect(0.0, 0.0, 9.0, 9.0), zone)).collect();
        run(&rule, vec![plan(), layer(&Role::REDLINE, &features)])
    };
    let told = redline(&[&[("protection_zone", "general")], &[]]);
    assert!(told.not_run.is_empty() && told.run.len() == 1 && told.findings.is_empty());
    let without = redline(&[&[]]);
    assert!(without.run.is_empty());
    assert!(
        matches!(&without.not_run[0].reason, Reason::FieldMissing { field, .. } if field == "protection_zone")
    );
    assert_eq!(without.not_run[0].reason.gap(), Gap::NotJudged);
}

#[test]
fn features_that_some_rule_is_about_are_counted_once() {
    let rules = [named("AA-01", OVERLAP), of_construction("")];
    let ground = Ground::new([
        spots(&[&[("land_nature", "construction")], &[("land_nature", "farm")]]),
        layer(&Role::FARMLAND, &[feature(rect(50.0, 0.0, 9.0, 9.0), &[])]),
    ]);
    let concerned = |rules: &[&Rule]| check(rules, &ground, &Limits::default()).unwrap().concerned;
    assert_eq!(concerned(&[&rules[1]])[&Role::PLAN], 1);
    assert_eq!(concerned(&[&rules[0], &rules[1]])[&Role::PLAN], 2);
}

#[test]
fn every_layer_that_a_rule_misses_is_named() {
    let between = named(
        "TL-90",
        r#"
        subject.role = "redline"
        test = { predicate = "overlap-forbidden", zone = "farmland" }"#,
    );
    let rules = [&between, &named("AA-01", OVERLAP)];
    let ground = Ground::new([layer(&Role::PARK, &[feature(rect(0.0, 0.0, 9.0, 9.0), &[])])]);
    let checked = check(&rules, &ground, &Limits::default()).unwrap();
    let told: Vec<_> = checked
        .not_run
        .iter()
        .map(|not_run| (&*not_run.code, not_run.reason.gap(), not_run.reason.role().unwrap().name()))
        .collect();
    let expected = [
        ("AA-01", Gap::NotAsked, "plan"),
        ("TL-90", Gap::NotGiven, "redline"),
        ("TL-90", Gap::NotGiven, "farmland"),
    ];
    assert_eq!(told, expected);
    assert!(checked.run.is_empty());
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
    // A word for having no document is no document.
    for nothing in
        ["0", "无", " / ", "NULL", "-", "暂无", "待批", "正在办理", "<Null>", "０", "00", "0.0", "TBD"]
    {
        let pretended: &[(&str, &str)] = &[("approval_level", "national"), ("approval_no", nothing)];
        assert_eq!(severity(part(), pretended), (Severity::Warning, "one".to_owned()), "{nothing}");
    }
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
        check(&[&rule(&parts)], &ground, &Limits::default()).unwrap_err()
    };
    let error = with("name = 'x' AND land_clas = '07'");
    assert_eq!(
        error.to_string(),
        "the filter `name = 'x' AND land_clas = '07'` names `land_clas` (column 16), which is neither a word of rule filters nor a column of layer `plan`\n  where: rule `test-rule`\n  do:    did you mean `land_class`?"
    );
    assert!(
        matches!(with("地块编码 = 'A'"), RuleError::UnknownName { nearest: Some(near), .. } if near == "地块编号")
    );
    let error = with("land_class = 7");
    assert!(error.to_string().contains("column `land_class` of layer `plan` holds text"), "{error}");
    let told = error.explain().lines(Lang::Zh);
    assert!(told.contains("（字段为文本，值须加单引号）") && told.contains("规则 `test-rule`"), "{told}");
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
    let error = check(&[&rule], &ground, &Limits::default()).unwrap_err();
    assert!(matches!(error, RuleError::OverlapsNotPrepared { .. }));
}

/// A rule of zones that meet a condition, over one plan patch.
fn of_zones(filter: &str, role: &Role, zones: &[&[(&str, &str)]]) -> Checked {
    let rule = rule(
        &OVERLAP
            .replace("[\"plan\", \"project\"]", "\"plan\"")
            .replace("zone = \"farmland\"", &format!("zone = \"{role}\", zone-where = \"{filter}\"")),
    );
    let features: Vec<_> = zones.iter().map(|zone| feature(rect(0.0, 0.0, 9.0, 9.0), zone)).collect();
    run(&rule, vec![spots(&[&[]]), layer(role, &features)])
}

#[test]
fn zoning_codes_and_protection_zones_that_nobody_knows_are_not_judged() {
    let special = |code: &str| {
        of_zones(
            "zoning_code LIKE '43%'",
            &Role::URBAN_BOUNDARY,
            &[&[("zoning_code", "410")], &[("zoning_code", code)]],
        )
    };
    assert_eq!((special("430").findings.len(), special("430").not_run.len()), (1, 0));
    assert_eq!((special("420").findings.len(), special("420").not_run.len()), (0, 0));
    for strange in ["T3", "特别用途", "4", "500"] {
        let checked = special(strange);
        assert!(matches!(&checked.not_run[0].reason, Reason::ValueUnknown { features: 1, .. }), "{strange}");
    }
    let core = |zone: &[(&str, &str)]| {
        of_zones("protection_zone = 'core'", &Role::REDLINE, &[&[("protection_zone", "general")], zone])
            .not_run
    };
    assert!(core(&[]).is_empty(), "outside of reserves");
    assert_eq!(core(&[("protection_zone", "一类保护区")]).len(), 1);
    assert_eq!(core(&[("protected_area", "某自然保护区")]).len(), 1, "a reserve, and no word for its part");
}

#[test]
fn a_land_nature_in_other_words_is_not_judged() {
    let farmland = || layer(&Role::FARMLAND, &[feature(rect(0.0, 0.0, 9.0, 9.0), &[])]);
    let patches: [&[(&str, &str)]; 2] = [&[("land_nature", "farm")], &[("land_nature", "建设用地")]];
    let checked = run(&of_construction(""), vec![spots(&patches), farmland()]);
    assert!(matches!(&checked.not_run[0].reason, Reason::ValueUnknown { features: 1, .. }), "{checked:?}");
}

#[test]
fn a_group_of_land_classes_is_too_coarse_for_a_rule_about_one_of_them() {
    let farmland = || layer(&Role::FARMLAND, &[feature(rect(0.0, 0.0, 9.0, 9.0), &[])]);
    let judged = |filter: &str, code: &str| {
        let rule = rule(&OVERLAP.replace(
            "subject.role = [\"plan\", \"project\"]",
            &format!("subject = {{ role = \"plan\", where = \"{filter}\" }}"),
        ));
        let class: &[(&str, &str)] = &[("land_class", code), ("land_nature", "construction")];
        let other: &[(&str, &str)] = &[("land_class", "1207"), ("land_nature", "construction")];
        run(&rule, vec![spots(&[class, other]), farmland()]).not_run.is_empty()
    };
    for filter in ["land_class LIKE '0701%'", "land_class = '0701'", "land_class IN ('1311', '0703')"] {
        assert!(!judged(filter, "07") && judged(filter, "08") && judged(filter, "0702"), "{filter}");
    }
    // Whatever class of the group it is, the answer is the same.
    assert!(judged("land_class LIKE '07%'", "07") && judged("land_class NOT LIKE '07%'", "07"));
    // The class is to blame, not the declaration beside it that is missing as well.
    let rule =
        of_construction(" AND land_class LIKE '0701%' AND (project_type IS NULL OR project_type = 'x')");
    let class: &[(&str, &str)] = &[("land_class", "07"), ("land_nature", "construction"), ("项目", "1")];
    let checked = run(&rule, vec![spots(&[class]), farmland()]);
    assert_eq!(checked.not_run[0].reason.field(), Some("land_class"), "{checked:?}");
    // Whatever the group turns out to be, it is one of those that the rule is about, or the exception.
    assert!(judged("land_class LIKE '13%' AND land_class <> '1311'", "13"));
}

#[test]
fn a_row_that_only_the_denial_of_a_missing_value_would_take_is_not_judged() {
    let farmland = || layer(&Role::FARMLAND, &[feature(rect(0.0, 0.0, 9.0, 9.0), &[])]);
    let not_run = |filter: &str| {
        let rule = rule(&OVERLAP.replace(
            "subject.role = [\"plan\", \"project\"]",
            &format!("subject = {{ role = \"plan\", where = \"{filter}\" }}"),
        ));
        run(&rule, vec![spots(&[&[("状态", "已批")], &[]]), farmland()]).not_run.len()
    };
    for filter in ["NOT (状态 = '已批')", "状态 NOT IN ('已批', '在批')", "NOT (状态 LIKE '已%')"]
    {
        assert_eq!(not_run(filter), 1, "{filter}");
    }
    for filter in
        ["状态 IS NULL OR 状态 NOT IN ('已批')", "状态 IS NOT NULL AND 状态 <> '在批'", "状态 = '在批'"]
    {
        assert_eq!(not_run(filter), 0, "{filter}");
    }
}

/// West edge of a box of 10 m, and its values.
type Feature = (f64, &'static [(&'static str, &'static str)]);

/// Features as layers of a role: one for each group.
fn grouped(role: &Role, groups: &[&[Feature]]) -> Vec<sanxian_model::Layer> {
    let of_group = |group: &&[Feature]| {
        let features = group.iter().map(|(x, values)| feature(rect(*x, 0.0, 10.0, 10.0), values));
        layer(role, &features.collect::<Vec<_>>())
    };
    groups.iter().map(of_group).collect()
}

#[test]
fn layers_of_one_role_are_judged_as_if_they_were_one() {
    let rules = [
        named(
            "AA-01",
            r#"
            subject.role = "plan"
            test = { predicate = "overlap-forbidden", zone = "redline", zone-where = "protection_zone = 'core'" }
            unless = [{ where = "approval_no is not null", about = { zh = "有批文", en = "approved" }, severity = "note", evidence = ["approval_no"] }]
            "#,
        ),
        named(
            "AA-02",
            "subject.role = \"plan\"\ntest = { predicate = \"must-be-within\", zone = \"redline\" }",
        ),
        named(
            "AA-03",
            "subject.role = \"redline\"\ntest = { predicate = \"share-cap\", zone-where = \"protection_zone = 'core'\", of-where = \"protection_zone = 'general'\", cap = \"90 %\" }",
        ),
        named(
            "AA-04",
            "subject.role = \"plan\"\ntest = { predicate = \"attribute-in\", field = \"land_class\", accepted = [\"0101\"] }",
        ),
    ];
    let rules: Vec<&Rule> = rules.iter().collect();
    let plan: [Feature; 4] = [
        (0.0, &[("land_class", "0101")]),
        (12.0, &[("land_class", "0601"), ("approval_no", "文 1 号")]),
        (24.0, &[("land_class", "0601")]),
        (36.0, &[("land_class", "0101")]),
    ];
    // The core zone that comes second lies half under the general one before it.
    let redline: [Feature; 4] = [
        (3.0, &[("protection_zone", "general")]),
        (8.0, &[("protection_zone", "core")]),
        (26.0, &[("protection_zone", "core")]),
        (70.0, &[("protection_zone", "general")]),
    ];
    let judged = |plan: &[&[Feature]], redline: &[&[Feature]], tolerance: f64| {
        let layers = grouped(&Role::PLAN, plan).into_iter().chain(grouped(&Role::REDLINE, redline));
        let options =
            Limits { tolerance: None, default_tolerance: SquareMetres(tolerance), ..Limits::default() };
        check(&rules, &Ground::new(layers), &options).unwrap()
    };
    // Zones lie on each other by 50 m², which is too much to add their areas for the smaller tolerance.
    for (cut, tolerance) in (0..=plan.len()).flat_map(|cut| [(cut, 15.0), (cut, 55.0)]) {
        let whole = judged(&[&plan], &[&redline], tolerance);
        let counts = (whole.findings.len(), whole.not_run.len());
        assert_eq!(counts, if tolerance < 50.0 { (9, 1) } else { (6, 0) }, "{whole:#?}");
        let cut_up =
            judged(&[&plan[..cut], &plan[cut..]], &[&redline[..1], &redline[1..3], &redline[3..]], tolerance);
        assert_eq!((&cut_up.run, &cut_up.not_run), (&whole.run, &whole.not_run));
        assert_eq!(cut_up.concerned, whole.concerned);
        // Layers of one path and name are told apart by what finding and zone say of theirs.
        let subject =
            |number: u32| if (number as usize) < cut { (0, number) } else { (1, number - cut as u32) };
        let zone = |number: u32| [(2, 0), (3, 0), (3, 1), (4, 0)][number as usize];
        for finding in &whole.findings {
            let row =
                finding.row.map(|row| if finding.role == Role::PLAN { subject(row) } else { zone(row) });
            let same = cut_up.findings.iter().find(|other| {
                other.code == finding.code && other.row.map(|row| (other.layer.number(), row)) == row
            });
            let same = same.unwrap_or_else(|| panic!("{row:?} of {finding:?} in {cut_up:#?}"));
            assert_eq!(
                (&same.measure, same.severity, &same.exemption),
                (&finding.measure, finding.severity, &finding.exemption)
            );
            let zones = |finding: &sanxian_model::Finding, whole: bool| -> Vec<_> {
                let at = |share: &sanxian_model::ZoneShare| {
                    if whole { zone(share.row) } else { (share.layer.number(), share.row) }
                };
                finding.zones.iter().map(|share| (at(share), share.area)).collect()
            };
            assert_eq!(zones(same, false), zones(finding, true));
        }
    }
}

#[test]
fn what_one_layer_of_a_role_lacks_does_not_hide_what_the_others_show() {
    let rule = rule(
        "subject.role = \"plan\"\ntest = { predicate = \"overlap-forbidden\", zone = \"redline\", zone-where = \"protection_zone = 'core'\" }",
    );
    let plan = grouped(&Role::PLAN, &[&[(0.0, &[])]]);
    let redline = grouped(&Role::REDLINE, &[&[(5.0, &[("protection_zone", "core")])], &[(0.0, &[])]]);
    let checked = run(&rule, plan.iter().cloned().chain(redline).collect());
    assert_eq!((checked.findings.len(), checked.run.len()), (1, 1));
    assert!(matches!(&checked.not_run[0].reason, Reason::FieldMissing { .. }), "{checked:?}");
    // When all of them lack it, nothing is judged.
    let bare = grouped(&Role::REDLINE, &[&[(5.0, &[])], &[(0.0, &[])]]);
    let checked = run(&rule, plan.into_iter().chain(bare).collect());
    assert_eq!((checked.findings.len(), checked.run.len(), checked.not_run.len()), (0, 0, 2));
    let test = "subject.role = \"plan\"\ntest = { predicate = \"attribute-in\", field = \"land_class\", accepted = [\"0101\"] }";
    let plan = grouped(&Role::PLAN, &[&[(0.0, &[])], &[(5.0, &[("land_class", "0301")])]]);
    let checked = run(&self::rule(test), plan);
    assert_eq!((checked.findings.len(), checked.not_run.len()), (1, 1));
    assert_eq!((checked.findings[0].layer.number(), checked.findings[0].row), (1, Some(0)));
}
