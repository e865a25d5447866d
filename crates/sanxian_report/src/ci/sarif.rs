//! SARIF 2.1.0, as code scanning of GitHub and other viewers read it. The most that is taken of a run are 25 000 results.

use std::collections::BTreeMap;
use std::io::{self, Write};

use sanxian_model::revision::FindingChange;
use sanxian_model::{Position, Severity};
use sanxian_rules::{Rule, card_markdown};
use serde::Serialize;

use super::artifact::uri;
use super::told::{Findings, Told};
use crate::message;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// Results of a run that GitHub takes.
const MOST_RESULTS: usize = 25_000;

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
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: TextRecord,
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

/// Writes one run. Findings that are not told because they are too many are counted in a notification.
pub(super) fn write(findings: &Findings<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let Findings { report, lang, .. } = findings;
    let places: BTreeMap<&str, usize> =
        report.rules.iter().enumerate().map(|(at, rule)| (&*rule.name, at)).collect();
    let mut results: Vec<ResultRecord<'_>> =
        findings.gravest(MOST_RESULTS).into_iter().map(|told| result(told, &places, findings)).collect();
    let room = MOST_RESULTS - results.len();
    results.extend(findings.known.iter().take(room).map(|told| result(told, &places, findings)));
    let mut notifications = vec![notification("note", findings.headline.clone())];
    notifications.extend(findings.left_off(MOST_RESULTS).map(|text| notification("warning", text)));
    notifications.extend(report.not_run.iter().map(|rule| {
        notification("warning", format!("{} {}: {}", rule.code, rule.rule, rule.reason.sentence(*lang)))
    }));
    let driver = Driver {
        name: "sanxian",
        version: report.tool_version,
        semantic_version: report.tool_version,
        language: crate::words::pick(*lang, "zh", "en"),
        rules: report.rules.iter().map(|rule| rule_record(rule, findings)).collect(),
    };
    let invocation = Invocation { execution_successful: true, tool_execution_notifications: notifications };
    let run =
        Run { tool: Tool { driver }, invocations: [invocation], column_kind: "unicodeCodePoints", results };
    serde_json::to_writer_pretty(&mut *out, &Log { schema: SCHEMA, version: "2.1.0", runs: [run] })?;
    writeln!(out)
}

fn notification(level: &'static str, text: String) -> Notification {
    Notification { level, message: TextRecord { text } }
}

fn rule_record<'a>(rule: &'a Rule, findings: &Findings<'_, '_>) -> RuleRecord<'a> {
    let lang = findings.lang;
    let text = |text: &sanxian_model::Text| TextRecord { text: text.in_lang(lang).to_owned() };
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
        properties: RuleProperties { tags: vec![rule.family(), rule.status.name()] },
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
        partial_fingerprints: BTreeMap::from([("sanxian/v1", finding.fingerprint())]),
        baseline_state: told.change.map(|change| match change {
            FindingChange::New => "new",
            FindingChange::Worse | FindingChange::Better => "updated",
            FindingChange::Unchanged => "unchanged",
            FindingChange::Healed => "absent",
        }),
        properties: ResultProperties {
            area_m2: message::measured_area(&finding.measure).map(|area| area.get() + 0.0),
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
