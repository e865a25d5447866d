//! Every format of a check and of two revisions, and what no format may leave out in silence.

use sanxian_model::Lang;
use sanxian_model::revision::{FindingChange, FindingPair, PairedBy};
use sanxian_model::{Severity, SquareMetres};
use serde_json::Value;

use super::*;
use crate::options::Options;
use crate::sample::Sample;

const FORMATS: [CiFormat; 5] =
    [CiFormat::Sarif, CiFormat::Junit, CiFormat::GitHub, CiFormat::GitLab, CiFormat::Rdjson];

/// The name of a snapshot.
fn name(format: CiFormat) -> String {
    format!("{format:?}").to_lowercase()
}

fn check(sample: &Sample, format: CiFormat, lang: Lang) -> String {
    let mut bytes = Vec::new();
    write(&sample.report(), format, lang, &mut bytes).expect("writing to memory works");
    String::from_utf8(bytes).expect("reports are UTF-8")
}

/// A revision that brings one finding, makes one worse, leaves one as it is, eases one and heals one.
fn diff(format: CiFormat, lang: Lang) -> String {
    let (old, mut new) = (Sample::county(), Sample::county());
    new.findings.remove(4);
    let pair = |old, new, change, more: Option<f64>| FindingPair {
        old,
        new,
        change,
        more: more.map(SquareMetres),
        paired_by: old.and(new).map(|_| PairedBy::Fingerprint),
    };
    let pairs = [
        pair(None, Some(0), FindingChange::New, Some(0.500_04)),
        pair(Some(2), Some(2), FindingChange::Worse, Some(200.5)),
        pair(Some(1), Some(1), FindingChange::Unchanged, Some(0.0)),
        pair(Some(3), Some(3), FindingChange::Better, Some(-10.0)),
        pair(Some(4), None, FindingChange::Healed, None),
    ];
    let revisions = Revisions { old: old.report(), new: new.report(), pairs: &pairs, layers: &[] };
    let mut bytes = Vec::new();
    write_revisions(&revisions, format, lang, &mut bytes).expect("writing to memory works");
    String::from_utf8(bytes).expect("reports are UTF-8")
}

#[test]
fn of_a_county() {
    for format in FORMATS {
        insta::assert_snapshot!(
            format!("check_{}_en", name(format)),
            check(&Sample::county(), format, Lang::En)
        );
        insta::assert_snapshot!(
            format!("check_{}_zh", name(format)),
            check(&Sample::county(), format, Lang::Zh)
        );
    }
}

#[test]
fn of_two_revisions() {
    for format in FORMATS {
        insta::assert_snapshot!(format!("diff_{}_en", name(format)), diff(format, Lang::En));
        insta::assert_snapshot!(format!("diff_{}_zh", name(format)), diff(format, Lang::Zh));
    }
}

#[test]
fn a_clean_run_has_no_finding_and_its_verdict() {
    let of = |format| check(&Sample::clean(), format, Lang::En);
    assert_eq!(of(CiFormat::GitHub), "::notice title=sanxian::Conforms: no findings\n");
    assert_eq!(of(CiFormat::GitLab), "[]\n");
    assert!(of(CiFormat::Sarif).contains("Conforms: no findings"));
    assert!(
        of(CiFormat::Junit).contains("Conforms: no findings") && !of(CiFormat::Junit).contains("<failure")
    );
    assert!(of(CiFormat::Rdjson).contains("\"diagnostics\": []"));
}

#[test]
fn without_findings_every_format_tells_that_a_rule_was_not_judged() {
    let mut sample = Sample::clean();
    sample.not_run = Sample::county().not_run;
    for format in FORMATS {
        let text = check(&sample, format, Lang::En);
        assert!(text.contains("IN-01") && text.contains("Checked in part"), "{text}");
    }
    assert!(check(&sample, CiFormat::GitHub, Lang::En).starts_with("::warning title=sanxian::"));
}

/// The county with so many findings, each larger than the one before.
fn many(count: usize) -> Sample {
    let mut sample = Sample::county();
    let plain = sample.findings.swap_remove(0);
    let with = |number: usize| {
        let mut finding = plain.clone();
        finding.subject.id = Some(format!("N{number}"));
        if let sanxian_model::Measure::Overlap { area, .. } = &mut finding.measure {
            *area = SquareMetres(1.0 + number as f64);
        }
        finding
    };
    sample.findings = (0..count).map(with).collect();
    sample.piece_of = vec![None; count];
    sample
}

#[test]
fn of_more_findings_than_a_platform_takes_the_largest_are_told_and_the_rest_counted() {
    let sample = many(30_000);
    let json: Value = serde_json::from_str(&check(&sample, CiFormat::Sarif, Lang::En)).expect("JSON");
    let run = &json["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 25_000);
    assert!(results.iter().all(|result| result["properties"]["area_m2"].as_f64() > Some(5_000.0)));
    let told = run["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(told.contains("5000 more findings not told here"), "{told}");

    let text = check(&sample, CiFormat::GitHub, Lang::En);
    assert_eq!(text.lines().count(), 10);
    assert!(text.lines().all(|line| line.starts_with("::error ")));
    assert!(text.lines().next_back().is_some_and(|line| line.contains("29991 more findings")), "{text}");
}

#[test]
fn what_a_revision_leaves_as_it_was_is_cut_before_what_it_makes_new_and_counted() {
    let (old, new) = (many(25_000), many(25_010));
    let pair = |number: usize, change| FindingPair {
        old: (change == FindingChange::Unchanged).then_some(number),
        new: Some(number),
        change,
        more: None,
        paired_by: None,
    };
    let kept = (0..25_000).map(|number| pair(number, FindingChange::Unchanged));
    let fresh = (25_000..25_010).map(|number| pair(number, FindingChange::New));
    let pairs: Vec<FindingPair> = kept.chain(fresh).collect();
    let revisions = Revisions { old: old.report(), new: new.report(), pairs: &pairs, layers: &[] };
    let mut bytes = Vec::new();
    write_revisions(&revisions, CiFormat::Sarif, Lang::En, &mut bytes).expect("memory");
    let json: Value = serde_json::from_slice(&bytes).expect("JSON");
    let results = json["runs"][0]["results"].as_array().expect("results");
    let count = |state: &str| results.iter().filter(|result| result["baselineState"] == state).count();
    assert_eq!((count("new"), count("unchanged")), (10, 24_990));
    assert!(json["runs"][0]["invocations"][0].to_string().contains("10 more findings not told here"));
}

#[test]
fn errors_of_lines_that_are_not_counted_are_no_failures() {
    let mut sample = Sample::county();
    for finding in &mut sample.findings {
        finding.severity = Severity::Error;
    }
    let failures = |sample: &Sample| check(sample, CiFormat::Junit, Lang::En).matches("<failure").count();
    assert_eq!(failures(&sample), sample.findings.len());
    sample.plan.role = sanxian_model::Role::PROJECT;
    for finding in &mut sample.findings[..5] {
        finding.role = sanxian_model::Role::PROJECT;
    }
    assert_eq!(failures(&sample), sample.findings.len() - 1);
}

#[test]
fn commands_stay_on_their_lines_and_keep_their_words() {
    let mut sample = Sample::county();
    sample.findings.truncate(1);
    sample.findings[0].name = Some("a%b\r\n::error::c, d: e".to_owned());
    sample.findings[0].subject.path = "a,b:c%.geojson".into();
    let text = check(&sample, CiFormat::GitHub, Lang::En);
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(text.contains("a%25b ::error::c, d: e"), "{text}");
    assert!(text.starts_with("::error file=c%25.geojson,line=1,") || text.contains("%2C"), "{text}");
}

#[test]
fn cases_of_one_name_are_told_apart() {
    let mut sample = Sample::county();
    let first = sample.findings[0].clone();
    sample.findings = vec![first.clone(), first];
    let text = check(&sample, CiFormat::Junit, Lang::En);
    assert!(text.contains("name=\"GHYDYH/410881000000000002\""), "{text}");
    assert!(text.contains("name=\"GHYDYH/410881000000000002 (2)\""), "{text}");
}

#[test]
fn the_summary_of_a_step_has_as_many_rows_as_fit_and_counts_the_rest() {
    let options = Options { lang: Lang::En, ..Options::default() };
    let sample = many(30_000);
    let whole = step_summary(&sample.report(), &options, usize::MAX);
    assert!(whole.len() > STEP_SUMMARY_BYTES && whole.contains("N0"));
    let page = step_summary(&sample.report(), &options, STEP_SUMMARY_BYTES);
    assert!((STEP_SUMMARY_BYTES / 3..=STEP_SUMMARY_BYTES).contains(&page.len()), "{}", page.len());
    assert!(page.contains("Does not conform: 30000 errors") && page.contains(" more"));
    let short = step_summary(&sample.report(), &options, 300);
    assert!(short.len() <= 300 && short.starts_with("Does not conform: 30000 errors"), "{short}");
    assert_eq!(step_summary(&sample.report(), &options, 10), "");

    let pair = |number| FindingPair {
        old: None,
        new: Some(number),
        change: FindingChange::New,
        more: None,
        paired_by: None,
    };
    let (clean, pairs) = (Sample::clean(), (0..30_000).map(pair).collect::<Vec<_>>());
    let revisions = Revisions { old: clean.report(), new: sample.report(), pairs: &pairs, layers: &[] };
    let page = step_summary_of_revisions(&revisions, &options, STEP_SUMMARY_BYTES);
    assert!((STEP_SUMMARY_BYTES / 3..=STEP_SUMMARY_BYTES).contains(&page.len()), "{}", page.len());
    assert!(page.contains(" more"));
}
