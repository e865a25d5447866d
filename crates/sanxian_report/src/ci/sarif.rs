//! SARIF 2.1.0, as code scanning of GitHub and other viewers read it. The most that is taken of a run are 25 000 results.
//!
//! Of two revisions every finding is a result with its `baselineState`: `new`, `updated` (worse or better), `unchanged`, `absent` (healed).
//! Code scanning of GitHub is not documented to read it, and compares branches itself: it is sent the SARIF of a check.

use std::collections::BTreeMap;
use std::io::{self, Write};

use sanxian_model::revision::FindingChange;
use sanxian_model::{Lang, Position, Role, Severity, Text, Treatment};
use sanxian_rules::{Rule, card_markdown};
use serde::Serialize;

use super::artifact::uri;
use super::fingerprints::hashed;
use super::told::{Findings, Told};
use crate::source_record::SourceRecord;
use crate::words::{counted, fault_line};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// Results of a run that GitHub takes.
const MOST_RESULTS: usize = 25_000;
/// Faults of the data that are told one by one.
const MOST_FAULTS: usize = 1_000;
/// Tags of a rule that GitHub takes.
const MOST_TAGS: usize = 20;

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<ResultRecord<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    version: &'a str,
    semantic_version: &'a str,
    language: &'static str,
    rules: Vec<RuleRecord<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleRecord<'a> {
    id: &'a str,
    name: &'a str,
    short_description: TextRecord,
    full_description: TextRecord,
    help: HelpRecord,
    default_configuration: Configuration,
    properties: RuleProperties<'a>,
}

#[derive(Serialize)]
struct TextRecord {
    text: String,
}

#[derive(Serialize)]
struct HelpRecord {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties<'a> {
    tags: Vec<&'a str>,
    basis: Vec<SourceRecord<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_configuration_notifications: Vec<Notification>,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Notification {
    descriptor: Descriptor,
    #[serde(skip_serializing_if = "Option::is_none")]
    associated_rule: Option<Descriptor>,
    level: &'static str,
    message: TextRecord,
}

#[derive(Serialize)]
struct Descriptor {
    id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultRecord<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: TextRecord,
    locations: [Location; 1],
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    properties: ResultProperties,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    logical_locations: [LogicalLocation; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Serialize)]
struct ResultProperties {
    #[serde(skip_serializing_if = "Option::is_none")]
    area_m2: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    point: Option<Position>,
    /// West, south, east and north of the feature, in the CRS of the run.
    #[serde(skip_serializing_if = "Option::is_none")]
    bbox: Option<[f64; 4]>,
    crs: String,
}

/// Writes one run. What a list of results does not tell stands in its notifications: the verdict, findings that are too many, faults of the
/// data, and rules that were not judged.
pub(super) fn write(findings: &Findings<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let Findings { report, lang, .. } = findings;
    let places: BTreeMap<&str, usize> =
        report.rules.iter().enumerate().map(|(at, rule)| (&*rule.name, at)).collect();
    let told = findings.gravest_and_known(MOST_RESULTS);
    let results: Vec<ResultRecord<'_>> =
        told.into_iter().map(|told| result(told, &places, findings)).collect();
    let driver = Driver {
        name: "sanxian",
        version: report.tool_version,
        semantic_version: report.tool_version,
        language: crate::words::pick(*lang, "zh", "en"),
        rules: report.rules.iter().map(|rule| rule_record(rule, findings)).collect(),
    };
    let not_judged = report.not_run.iter().map(|rule| Notification {
        associated_rule: Some(Descriptor { id: rule.code.to_string() }),
        ..notification("not-judged", "warning", format!("{}: {}", rule.rule, rule.reason.sentence(*lang)))
    });
    let invocation = Invocation {
        execution_successful: true,
        tool_configuration_notifications: not_judged.collect(),
        tool_execution_notifications: execution_notifications(findings),
    };
    let run =
        Run { tool: Tool { driver }, invocations: [invocation], column_kind: "unicodeCodePoints", results };
    serde_json::to_writer_pretty(&mut *out, &Log { schema: SCHEMA, version: "2.1.0", runs: [run] })?;
    writeln!(out)
}

fn execution_notifications(findings: &Findings<'_, '_>) -> Vec<Notification> {
    let level = if findings.not_judged().is_some() { "warning" } else { "note" };
    let mut told = vec![notification("verdict", level, findings.headline.clone())];
    let all = findings.told.len() + findings.known.len();
    told.extend(findings.left_off(all, MOST_RESULTS).map(|text| notification("left-off", "warning", text)));
    let faults = findings.report.faults;
    told.extend(faults.iter().take(MOST_FAULTS).map(|fault| {
        let level = if fault.treatment == Treatment::Skipped { "warning" } else { "note" };
        notification("fault", level, fault_line(fault, findings.lang))
    }));
    if let Some(left) = faults.len().checked_sub(MOST_FAULTS).filter(|left| *left > 0) {
        let text = match findings.lang {
            Lang::Zh => format!("另有 {left} 处数据问题未在此列出，见完整报告"),
            Lang::En => {
                format!("{} not told here, see the full report", counted(left, "more fault"))
            }
        };
        told.push(notification("left-off", "warning", text));
    }
    told
}

fn notification(id: &str, level: &'static str, text: String) -> Notification {
    let descriptor = Descriptor { id: id.to_owned() };
    Notification { descriptor, associated_rule: None, level, message: TextRecord { text } }
}

fn rule_record<'a>(rule: &'a Rule, findings: &Findings<'_, '_>) -> RuleRecord<'a> {
    let lang = findings.lang;
    let text = |text: &Text| TextRecord { text: text.in_lang(lang).to_owned() };
    let roles = rule.roles.iter().chain(rule.zone()).map(Role::name);
    let tags = [rule.family(), rule.status.name()].into_iter().chain(roles);
    RuleRecord {
        id: &rule.code,
        name: &rule.name,
        short_description: text(&rule.title),
        full_description: text(&rule.why),
        help: HelpRecord {
            text: rule.measured.in_lang(lang).to_owned(),
            markdown: card_markdown(rule, lang),
        },
        default_configuration: Configuration { level: level(rule.severity) },
        properties: RuleProperties {
            tags: tags.take(MOST_TAGS).collect(),
            basis: rule.sources.iter().map(SourceRecord::from).collect(),
        },
    }
}

fn result<'a>(
    told: &Told<'_, 'a>,
    places: &BTreeMap<&str, usize>,
    findings: &Findings<'_, '_>,
) -> ResultRecord<'a> {
    let finding = told.finding;
    let physical_location = PhysicalLocation {
        artifact_location: ArtifactLocation { uri: uri(&told.path()) },
        region: Region { start_line: told.line() },
    };
    let kind = if finding.row.is_some() { "element" } else { "object" };
    let logical_location = LogicalLocation { fully_qualified_name: told.feature(), kind };
    ResultRecord {
        rule_id: &finding.code,
        rule_index: places.get(&*finding.rule).copied(),
        level: level(finding.severity),
        message: TextRecord { text: told.message(findings.lang) },
        locations: [Location { physical_location, logical_locations: [logical_location] }],
        // Code scanning of GitHub compares the first alone, and would else make it of the text of the line.
        partial_fingerprints: BTreeMap::from([
            ("primaryLocationLineHash", hashed(&told.fingerprint)),
            ("sanxian/v1", told.fingerprint.clone()),
        ]),
        baseline_state: told.change.map(|change| match change {
            FindingChange::New => "new",
            FindingChange::Worse | FindingChange::Better => "updated",
            FindingChange::Unchanged => "unchanged",
            FindingChange::Healed => "absent",
        }),
        properties: ResultProperties {
            area_m2: finding.area().map(|area| area.get() + 0.0),
            point: finding.point,
            bbox: bbox(told),
            crs: told.report.crs.short_name(),
        },
    }
}

fn bbox(told: &Told<'_, '_>) -> Option<[f64; 4]> {
    let layer = told.report.layer(told.finding.layer)?;
    let row = told.finding.row? as usize;
    if row >= layer.len() {
        return None;
    }
    let positions = layer.polygons.feature(row).rings().flatten();
    let empty = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let bbox = positions.fold(empty, |[west, south, east, north], &[x, y]| {
        [west.min(x), south.min(y), east.max(x), north.max(y)]
    });
    bbox[0].is_finite().then_some(bbox)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
