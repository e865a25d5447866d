//! The shapes that machine formats promise: what a finding, an input, a zone, a ledger row look like as JSON.
//!
//! Fields are written in the order in which they stand here. Areas are in square metres with every digit.

use std::sync::Arc;

use sanxian_model::finding::ZoneShare;
use sanxian_model::{
    AreaSum, Crs, CrsKind, Fault, FaultKind, Finding, Lang, LedgerRow, Role, Sliver, Text, Treatment,
};
use sanxian_rules::NotRun;
use serde::Serialize;

use crate::area_record::M2;
use crate::baseline::record::EntryRecord;
use crate::baseline::{Accepted, BaselineEffect, Unused, why_standing};
use crate::filter_record::FilterRecord;
use crate::ledger_totals::LedgerTotals;
use crate::measure_record::MeasureRecord;
use crate::message;
use crate::report::{Input, Report, ZoneTotal};
use crate::source_record::SourceRecord;
use crate::summary::Summary;

#[derive(Debug, Serialize)]
pub(crate) struct TextRecord {
    zh: String,
    en: String,
}

impl From<Text> for TextRecord {
    fn from(text: Text) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct CrsRecord<'a> {
    name: &'a str,
    epsg: Option<u32>,
    kind: &'static str,
}

impl<'a> From<&'a Crs> for CrsRecord<'a> {
    fn from(crs: &'a Crs) -> Self {
        let kind = match crs.kind {
            CrsKind::Geographic { .. } => "geographic",
            CrsKind::Projected { .. } => "projected",
            CrsKind::Plane => "plane",
        };
        Self { name: &crs.name, epsg: crs.epsg, kind }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct InputRecord<'a> {
    role: &'a str,
    path: &'a str,
    layer: &'a str,
    driver: &'a str,
    crs: CrsRecord<'a>,
    pipeline: Option<&'a str>,
    encoding: &'a str,
    features: usize,
    used: usize,
    tidied: usize,
    repaired: usize,
    skipped: usize,
    #[serde(rename = "where")]
    filter: Option<&'a str>,
    filtered: usize,
}

impl<'a> From<&'a Input> for InputRecord<'a> {
    fn from(input: &'a Input) -> Self {
        Self {
            role: input.role.name(),
            path: &input.path,
            layer: &input.layer,
            driver: &input.driver,
            crs: (&input.crs).into(),
            pipeline: input.pipeline.as_deref(),
            encoding: &input.encoding,
            features: input.features,
            used: input.used,
            tidied: input.tidied,
            repaired: input.repaired,
            skipped: input.skipped,
            filter: input.filter.as_ref().map(|filter| &*filter.text),
            filtered: input.filter.as_ref().map_or(0, |filter| filter.left_out),
        }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct ZoneRecord<'a> {
    role: &'a str,
    layer: &'a str,
    pairs: usize,
    patches: usize,
    overlap_m2: M2,
    planar_m2: Option<M2>,
}

impl<'a> From<&'a ZoneTotal> for ZoneRecord<'a> {
    fn from(zone: &'a ZoneTotal) -> Self {
        Self {
            role: zone.role.name(),
            layer: &zone.layer,
            pairs: zone.pairs,
            patches: zone.patches,
            overlap_m2: M2(zone.overlap),
            planar_m2: zone.planar.map(M2),
        }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct LedgerTotalsRecord<'a> {
    patches: usize,
    area_m2: M2,
    repaired_m2: M2,
    lines: Vec<LineTotalRecord<'a>>,
    free_m2: M2,
    untouched: UntouchedRecord,
}

#[derive(Debug, Serialize)]
struct LineTotalRecord<'a> {
    role: &'a str,
    patches: usize,
    gross_m2: M2,
    net_m2: M2,
    sliver_patches: usize,
    sliver_net_m2: M2,
}

#[derive(Debug, Serialize)]
struct UntouchedRecord {
    patches: usize,
    area_m2: M2,
}

impl<'a> From<&'a LedgerTotals> for LedgerTotalsRecord<'a> {
    fn from(totals: &'a LedgerTotals) -> Self {
        Self {
            patches: totals.patches,
            area_m2: M2(totals.area),
            repaired_m2: M2(totals.repaired),
            lines: totals
                .lines
                .iter()
                .map(|line| LineTotalRecord {
                    role: line.role.name(),
                    patches: line.patches,
                    gross_m2: M2(line.gross),
                    net_m2: M2(line.net),
                    sliver_patches: line.sliver_patches,
                    sliver_net_m2: M2(line.sliver_net),
                })
                .collect(),
            free_m2: M2(totals.free),
            untouched: UntouchedRecord { patches: totals.untouched, area_m2: M2(totals.untouched_area) },
        }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct LedgerRowRecord<'a> {
    row: u32,
    fid: Option<i64>,
    id: Option<String>,
    area_m2: M2,
    repaired_m2: M2,
    lines: Vec<LedgerLineRecord<'a>>,
    free_m2: M2,
}

#[derive(Debug, Serialize)]
struct LedgerLineRecord<'a> {
    role: &'a str,
    gross_m2: M2,
    net_m2: M2,
    sliver: bool,
}

impl<'a> LedgerRowRecord<'a> {
    pub(crate) fn of(report: &Report<'a>, row: &LedgerRow) -> Self {
        let place = report.patch_place(row.subject);
        Self {
            row: row.subject,
            fid: place.as_ref().and_then(|p| p.fid),
            id: place.and_then(|p| p.id),
            area_m2: M2(row.area),
            repaired_m2: M2(row.repaired),
            lines: row
                .lines
                .iter()
                .map(|line| LedgerLineRecord {
                    role: report.ledger.roles.get(usize::from(line.role)).map_or("", Role::name),
                    gross_m2: M2(line.gross),
                    net_m2: M2(line.net),
                    sliver: line.sliver,
                })
                .collect(),
            free_m2: M2(row.free),
        }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct FindingRecord<'a> {
    code: &'a str,
    rule: &'a str,
    severity: &'static str,
    preview: bool,
    fingerprint: String,
    title: TextRecord,
    message: TextRecord,
    help: TextRecord,
    /// The first carries the demand.
    basis: Vec<SourceRecord<'a>>,
    subject: SubjectRecord<'a>,
    zone: Option<FindingZoneRecord<'a>>,
    measure: MeasureRecord<'a>,
    exemption: Option<ExemptionRecord<'a>>,
    point: Option<[f64; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<StandingRecord<'a>>,
}

/// Why a finding stands though the baseline has an entry for it.
#[derive(Debug, Serialize)]
struct StandingRecord<'a> {
    why: &'static str,
    reason: TextRecord,
    entry: Option<EntryRecord<'a>>,
}

impl<'a> StandingRecord<'a> {
    fn of(effect: &'a BaselineEffect, finding: &Finding) -> Option<Self> {
        let standing = effect.standing_of(finding)?;
        Some(Self {
            why: standing.name(),
            reason: TextRecord { zh: why_standing(standing, Lang::Zh), en: why_standing(standing, Lang::En) },
            entry: effect.entry(standing.entry).map(Into::into),
        })
    }
}

#[derive(Debug, Serialize)]
struct SubjectRecord<'a> {
    role: &'a str,
    path: &'a str,
    layer: &'a str,
    fid: Option<i64>,
    id: Option<&'a str>,
    name: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct FindingZoneRecord<'a> {
    role: &'a str,
    features: Vec<ZoneShareRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct ZoneShareRecord<'a> {
    layer: &'a str,
    fid: Option<i64>,
    id: Option<&'a str>,
    name: Option<&'a str>,
    area_m2: M2,
}

impl<'a> From<&'a ZoneShare> for ZoneShareRecord<'a> {
    fn from(zone: &'a ZoneShare) -> Self {
        Self {
            layer: &zone.place.layer,
            fid: zone.place.fid,
            id: zone.place.id.as_deref(),
            name: zone.name.as_deref(),
            area_m2: M2(zone.area),
        }
    }
}

#[derive(Debug, Serialize)]
struct ExemptionRecord<'a> {
    condition: &'a str,
    evidence: Vec<EvidenceRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct EvidenceRecord<'a> {
    field: &'a str,
    value: &'a str,
}

impl<'a> FindingRecord<'a> {
    pub(crate) fn of(report: &Report<'a>, finding: &'a Finding) -> Self {
        Self {
            code: &finding.code,
            rule: &finding.rule,
            severity: finding.severity.name(),
            preview: finding.preview,
            fingerprint: finding.fingerprint(),
            title: report.rule(&finding.rule).map(|rule| rule.title.clone()).unwrap_or_default().into(),
            message: message::sentence(report, finding).into(),
            help: message::help(report, finding).into(),
            basis: report
                .rule(&finding.rule)
                .into_iter()
                .flat_map(|rule| rule.sources.iter().map(SourceRecord::from))
                .collect(),
            subject: SubjectRecord {
                role: finding.role.name(),
                path: &finding.subject.path,
                layer: &finding.subject.layer,
                fid: finding.subject.fid,
                id: finding.subject.id.as_deref(),
                name: finding.name.as_deref(),
            },
            zone: finding.zone_role.as_ref().map(|role| FindingZoneRecord {
                role: role.name(),
                features: finding.zones.iter().map(Into::into).collect(),
            }),
            measure: (&finding.measure).into(),
            exemption: finding.exemption.as_ref().map(|exemption| ExemptionRecord {
                condition: &exemption.condition,
                evidence: exemption
                    .evidence
                    .iter()
                    .map(|(field, value)| EvidenceRecord { field, value })
                    .collect(),
            }),
            point: finding.point,
            baseline: report.baseline.and_then(|effect| StandingRecord::of(effect, finding)),
        }
    }
}

/// A finding that the baseline accepts.
#[derive(Debug, Serialize)]
pub(crate) struct AcceptedRecord<'a> {
    entry: Option<EntryRecord<'a>>,
    finding: FindingRecord<'a>,
}

impl<'a> AcceptedRecord<'a> {
    pub(crate) fn of(report: &Report<'a>, accepted: &'a Accepted) -> Self {
        Self {
            entry: report.baseline.and_then(|effect| effect.entry(accepted.entry)).map(Into::into),
            finding: FindingRecord::of(report, &accepted.finding),
        }
    }
}

/// An entry of the baseline that no finding is of.
#[derive(Debug, Serialize)]
pub(crate) struct UnusedRecord<'a> {
    judged: bool,
    entry: EntryRecord<'a>,
}

impl<'a> UnusedRecord<'a> {
    pub(crate) fn of(report: &Report<'a>, unused: Unused) -> Option<Self> {
        Some(Self { judged: unused.judged, entry: report.baseline?.entry(unused.entry)?.into() })
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct SliverRecord<'a> {
    mean_width_m: f64,
    width_limit_m: f64,
    finding: FindingRecord<'a>,
}

impl<'a> SliverRecord<'a> {
    pub(crate) fn of(report: &Report<'a>, sliver: &'a Sliver) -> Self {
        Self {
            mean_width_m: sliver.width.get(),
            width_limit_m: sliver.limit.get(),
            finding: FindingRecord::of(report, &sliver.finding),
        }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct FaultRecord<'a> {
    path: &'a str,
    layer: &'a str,
    fid: Option<i64>,
    id: Option<&'a str>,
    kind: &'static str,
    near: Option<[f64; 2]>,
    detail: Option<TextRecord>,
    outcome: &'static str,
    added_m2: Option<M2>,
    taken_m2: Option<M2>,
}

impl<'a> From<&'a Fault> for FaultRecord<'a> {
    fn from(fault: &'a Fault) -> Self {
        let (outcome, added_m2, taken_m2) = match fault.treatment {
            Treatment::Repaired { added, taken } => ("repaired", Some(M2(added)), Some(M2(taken))),
            Treatment::Skipped => ("skipped", None, None),
            Treatment::Kept => ("kept", None, None),
        };
        Self {
            path: &fault.place.path,
            layer: &fault.place.layer,
            fid: fault.place.fid,
            id: fault.place.id.as_deref(),
            kind: fault_name(fault.kind),
            // JSON has no NaN; a place that is not a number is no place.
            near: fault.near.filter(|near| near.iter().all(|v| v.is_finite())),
            detail: fault.detail.clone().map(TextRecord::from),
            outcome,
            added_m2,
            taken_m2,
        }
    }
}

fn fault_name(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Empty => "empty",
        FaultKind::NotFinite => "not-finite",
        FaultKind::NotPolygon => "not-polygon",
        FaultKind::TooFewPoints => "too-few-points",
        FaultKind::NoArea => "no-area",
        FaultKind::Crossing => "crossing",
        FaultKind::Nesting => "nesting",
        FaultKind::DuplicateId => "duplicate-id",
        FaultKind::UnknownCode => "unknown-code",
        FaultKind::UnknownScheme => "unknown-scheme",
        FaultKind::SchemeFromValues => "scheme-from-values",
        FaultKind::ClassUnderstood => "class-understood",
        FaultKind::ClassContradicted => "class-contradicted",
        FaultKind::CurrentUseColumn => "current-use-column",
        FaultKind::PlannedCodeMissing => "planned-code-missing",
        FaultKind::EmptyLayer => "empty-layer",
        FaultKind::Apart => "apart",
        FaultKind::FarAway => "far-away",
        _ => "other",
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct NotRunRecord<'a> {
    code: &'a str,
    rule: &'a str,
    subject: Option<&'a str>,
    kind: &'static str,
    layer: Option<&'a str>,
    field: Option<&'a str>,
    features: Option<usize>,
    reason: TextRecord,
}

impl<'a> From<&'a NotRun> for NotRunRecord<'a> {
    fn from(rule: &'a NotRun) -> Self {
        let reason = |lang| rule.reason.sentence(lang);
        Self {
            code: &rule.code,
            rule: &rule.rule,
            subject: rule.role.as_ref().map(Role::name),
            kind: rule.reason.name(),
            layer: rule.reason.role().map(Role::name),
            field: rule.reason.field(),
            features: rule.reason.features(),
            reason: TextRecord { zh: reason(Lang::Zh), en: reason(Lang::En) },
        }
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct SummaryRecord<'a> {
    verdict: &'static str,
    complete: bool,
    findings: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    lines: LinesRecord,
    slivers: SliversRecord,
    accepted: usize,
    baseline_unused: usize,
    checked: usize,
    judged: usize,
    concerned: usize,
    repaired: usize,
    skipped: usize,
    idle_layers: usize,
    not_given: Vec<&'a str>,
    rules_run: Vec<&'a str>,
    rules_not_run: Vec<NotRunRecord<'a>>,
    rules_left_out: Vec<&'a str>,
    filters: Vec<FilterRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct LinesRecord {
    findings: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    decide: bool,
}

#[derive(Debug, Serialize)]
struct SliversRecord {
    findings: usize,
    area_m2: M2,
}

impl<'a> SummaryRecord<'a> {
    pub(crate) fn of(report: &'a Report<'_>, summary: &'a Summary) -> Self {
        let codes = |codes: &'a [Arc<str>]| codes.iter().map(|code| &**code).collect();
        Self {
            verdict: summary.verdict().name(),
            complete: summary.complete(),
            findings: summary.subject.all(),
            errors: summary.subject.errors,
            warnings: summary.subject.warnings,
            notes: summary.subject.notes,
            lines: LinesRecord {
                findings: summary.lines.all(),
                errors: summary.lines.errors,
                warnings: summary.lines.warnings,
                notes: summary.lines.notes,
                decide: summary.lines_decide,
            },
            slivers: SliversRecord {
                findings: report.slivers.len(),
                area_m2: M2(report.slivers.iter().filter_map(Sliver::area).sum::<AreaSum>().area()),
            },
            accepted: summary.accepted,
            baseline_unused: summary.baseline_unused,
            checked: summary.checked,
            judged: summary.judged,
            concerned: summary.concerned,
            repaired: summary.repaired,
            skipped: summary.skipped,
            idle_layers: summary.idle_layers,
            not_given: summary.not_given.iter().map(Role::name).collect(),
            rules_run: codes(report.rules_run),
            rules_not_run: report.not_run.iter().map(Into::into).collect(),
            rules_left_out: codes(report.left_out),
            filters: FilterRecord::of(&report.inputs),
        }
    }
}
