//! Holds the rule files to their promises: each is embedded, its sources are as checked as it says, and
//! every example comes out as written.

use std::collections::BTreeMap;
use std::path::Path;

use sanxian_model::{Lang, Measure, Role};

use crate::book::RuleBook;
use crate::example::Example;
use crate::judge::{Limits, check};
use crate::predicates::Predicate;
use crate::registry;
use crate::rule::{Rule, Status};
use crate::testing::{Ground, layer};

#[test]
fn every_file_under_data_rules_is_embedded() {
    fn walk(folder: &Path, root: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else if path.extension().is_some_and(|end| end == "toml") {
                let below = path.strip_prefix(root).unwrap();
                found.push(below.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/rules");
    let mut found = Vec::new();
    walk(&root, &root, &mut found);
    found.sort();
    let mut embedded: Vec<String> =
        registry::RULES.iter().chain(registry::PROFILES).map(|(path, _)| (*path).to_owned()).collect();
    embedded.sort();
    assert_eq!(embedded, found);
}

#[test]
fn every_example_comes_out_as_written() {
    let mut run = 0;
    for rule in RuleBook::embedded().rules() {
        assert!(rule.examples.len() >= 3, "{} needs at least three examples", rule.name);
        // What changed is measured by the geometry engine only; whoever runs it runs those examples.
        for example in rule.examples.iter().filter(|_| !rule.predicate.is_about_changes()) {
            run_example(rule, example);
            run += 1;
        }
    }
    assert!(run > 0);
}

fn run_example(rule: &Rule, example: &Example) {
    let about = format!("{} {}: {}", rule.code, rule.name, example.about.en);
    let mut layers = vec![layer(&example.role, &example.subjects)];
    if let Some(zone) = rule.zone() {
        layers.push(layer(zone, &example.zones));
    }
    let checked =
        check(&[rule], &Ground::new(layers), &Limits { quotas: example.quotas.clone(), ..Limits::default() })
            .expect(&about);
    assert!(checked.not_run.is_empty(), "{about}: {:?}", checked.not_run);
    let Some(severity) = example.expect.severity else {
        assert!(checked.findings.is_empty(), "{about}: {:?}", checked.findings);
        return;
    };
    assert_eq!(checked.findings.len(), 1, "{about}: {:?}", checked.findings);
    let finding = &checked.findings[0];
    assert_eq!(finding.severity, severity, "{about}");
    let near = |found: f64, wanted: f64| (found - wanted).abs() < 1e-6;
    let (overlap, outside, ratio) = match &finding.measure {
        Measure::Overlap { area, .. } => (Some(area.get()), None, None),
        Measure::Outside { area, .. } => (None, Some(area.get()), None),
        Measure::Ratio { value, .. } => (None, None, Some(*value)),
        _ => (None, None, None),
    };
    let pairs = [
        (example.expect.overlap.map(sanxian_model::SquareMetres::get), overlap),
        (example.expect.outside.map(sanxian_model::SquareMetres::get), outside),
        (example.expect.ratio, ratio),
    ];
    for (wanted, found) in pairs {
        if let Some(wanted) = wanted {
            assert!(
                found.is_some_and(|found| near(found, wanted)),
                "{about}: {wanted} expected, {found:?} found"
            );
        }
    }
    for lang in [Lang::Zh, Lang::En] {
        for sentence in [crate::render_message(rule, finding, lang), crate::render_help(rule, finding, lang)]
        {
            assert!(!sentence.contains(['{', '}']), "{about}: {sentence}");
            assert!(!sentence.contains("  "), "{about}: {sentence}");
        }
    }
}

/// How the sources of each row were graded when the texts were compared: `data/rules/source-check.csv`.
fn grades() -> BTreeMap<String, String> {
    include_str!("../../../data/rules/source-check.csv")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .skip(1)
        .map(|line| {
            let (code, grade) = line.split_once(',').unwrap();
            (code.to_owned(), grade.split(',').next().unwrap().to_owned())
        })
        .collect()
}

#[test]
fn a_rule_is_as_settled_as_what_was_read_of_its_demand() {
    let grades = grades();
    for rule in RuleBook::embedded().rules() {
        let noted = grades.get(&*rule.code).unwrap_or_else(|| panic!("{} has no grade", rule.code));
        let [demand, others @ ..] = &rule.sources[..] else { panic!("{} rests on no document", rule.code) };
        assert_eq!(demand.grade.name(), noted, "{}", rule.code);
        assert!(rule.status != Status::Stable || demand.grade.bears(), "{}", rule.code);
        // Nothing is preview without a reason.
        let all_read = others.iter().all(|source| source.grade.bears()) && demand.grade.bears();
        assert!(rule.status != Status::Preview || !all_read, "{}", rule.code);
        assert_eq!(rule.subject_filter.is_some(), rule.subject_about.is_some(), "{}", rule.code);
        let measures_a_whole = matches!(rule.predicate, Predicate::ShareCap(_) | Predicate::AreaLimit(_));
        assert_eq!(rule.quantity.is_some(), measures_a_whole, "{}", rule.code);
    }
    assert_eq!(grades.len(), RuleBook::embedded().rules().len(), "a grade of no rule");
}

#[test]
fn core_rules_use_only_words_of_the_vocabulary() {
    for rule in RuleBook::embedded().rules() {
        let filters = rule
            .subject_filter
            .iter()
            .chain(rule.predicate.zone_filter())
            .chain(rule.all_exceptions().map(|exception| &exception.filter));
        for name in filters.flat_map(crate::filter::Filter::names) {
            let known = crate::vocabulary::kind(name).is_some()
                || name == crate::vocabulary::ROLE
                || crate::vocabulary::FACTS.contains(&name);
            assert!(known, "{} uses `{name}`", rule.name);
        }
        for field in rule.all_exceptions().flat_map(|exception| &exception.evidence) {
            assert!(crate::vocabulary::kind(field).is_some(), "{} asks for `{field}`", rule.name);
        }
    }
}

#[test]
fn profiles_name_every_rule_and_nothing_else() {
    let book = RuleBook::embedded();
    let mut listed: Vec<String> = book.profiles().iter().flat_map(|profile| profile.rules.clone()).collect();
    listed.sort();
    let mut embedded: Vec<String> = book.rules().iter().map(|rule| rule.name.to_string()).collect();
    embedded.sort();
    assert_eq!(listed, embedded);
}

#[test]
fn a_province_has_the_national_rules_but_for_those_that_it_puts_its_own_in_place_of() {
    let book = RuleBook::embedded();
    let codes = |profile: &str| -> Vec<String> {
        let rules = book.pick(profile, &[], &[]).unwrap();
        rules.iter().map(|rule| rule.code.to_string()).collect()
    };
    let mut expected = codes("national-2026");
    assert!(!expected.contains(&"HA-01".to_owned()));
    expected.retain(|code| code != "IN-01");
    expected.push("HA-01".to_owned());
    expected.sort();
    assert_eq!(codes("henan-2026"), expected);
    assert_eq!(book.tolerance("henan-2026"), book.tolerance("national-2026"));
    for profile in book.profiles() {
        let base = profile.extends.as_deref().map(|base| book.profile(base).unwrap());
        for name in &profile.without {
            let base = base.unwrap_or_else(|| panic!("{} extends nothing", profile.name));
            assert!(book.has(base, name).unwrap(), "{} is without `{name}`, which nobody has", profile.name);
        }
    }
}

#[test]
fn a_rule_lies_in_a_file_of_its_name_and_families_do_not_mix() {
    let mut families: BTreeMap<String, String> = BTreeMap::new();
    for rule in RuleBook::embedded().rules() {
        let parts: Vec<&str> = rule.file.split('/').collect();
        let [_, folder, file] = parts[..] else { panic!("{} lies elsewhere", rule.file) };
        assert_eq!(file, format!("{}.toml", rule.name));
        let known = families.entry(rule.family().to_owned()).or_insert_with(|| folder.to_owned());
        assert_eq!(known, folder, "{}", rule.name);
    }
}

#[test]
fn roles_of_core_rules_are_those_of_the_model() {
    for rule in RuleBook::embedded().rules() {
        for role in rule.roles.iter().chain(rule.zone()) {
            assert!(Role::KNOWN.contains(role), "{} uses the role `{role}`", rule.name);
        }
    }
}
