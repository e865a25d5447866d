//! The shapes that the machine formats of comparisons promise. Fields are written in the order in which they stand here; areas
//! are in square metres with every digit.

use std::collections::BTreeMap;

use sanxian_model::conflict::{
    Cell, DigitisingError, LayerPair, LineShare, PairPatch, PairSide, Placement, PlacementVerdict, Uncovered,
    UnitShare,
};
use sanxian_model::{Answer, ConflictKind, DifferencePatch, Scheme};
use sanxian_rules::decision::{CauseCard, KindCard, RankCard};
use serde::Serialize;

use crate::area_record::M2;
use crate::conflicts::comparison::Comparison;
use crate::conflicts::statistics::{Statistics, Total};
use crate::conflicts::{kinds, words};
use crate::filter_record::FilterRecord;
use crate::record::TextRecord;

#[derive(Serialize)]
pub(super) struct PlanRecord<'a> {
    name: &'a str,
    path: &'a str,
    layer: &'a str,
    schemes: Vec<&'static str>,
    level: Option<&'static str>,
    base_year: Option<u16>,
    features: usize,
    area_m2: M2,
    claimed_again_m2: M2,
    coarse_features: usize,
    coarse_m2: M2,
    unknown: Vec<UnknownRecord<'a>>,
}

#[derive(Serialize)]
struct UnknownRecord<'a> {
    value: Option<&'a str>,
    features: usize,
    area_m2: M2,
}

impl<'a> PlanRecord<'a> {
    pub(super) fn of(comparison: &Comparison<'a>, number: usize) -> Self {
        let (plan, about) = (&comparison.plans[number], comparison.about[number]);
        let source = &comparison.layers[number].source;
        let unknown = plan.unknown.iter().map(|class| UnknownRecord {
            value: class.value.as_deref(),
            features: class.features,
            area_m2: M2(class.area),
        });
        Self {
            name: &plan.name,
            path: &source.path,
            layer: &source.layer,
            schemes: plan.schemes.iter().map(|scheme| scheme.name()).collect(),
            level: about.level.map(sanxian_rules::decision::PlanLevel::name),
            base_year: about.base_year,
            features: plan.features,
            area_m2: M2(plan.area),
            claimed_again_m2: M2(plan.claimed_again),
            coarse_features: plan.coarse_features,
            coarse_m2: M2(plan.coarse_area),
            unknown: unknown.collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct KindRecord<'a> {
    code: &'a str,
    title: TextRecord,
    about: TextRecord,
    advice: TextRecord,
    source: TextRecord,
}

impl<'a> From<&'a KindCard> for KindRecord<'a> {
    fn from(card: &'a KindCard) -> Self {
        Self {
            code: &card.code,
            title: card.title.clone().into(),
            about: card.about.clone().into(),
            advice: card.advice.clone().into(),
            source: card.source.clone().into(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct CauseRecord<'a> {
    name: &'a str,
    title: TextRecord,
    about: TextRecord,
}

impl<'a> From<&'a CauseCard> for CauseRecord<'a> {
    fn from(card: &'a CauseCard) -> Self {
        Self { name: &card.name, title: card.title.clone().into(), about: card.about.clone().into() }
    }
}

#[derive(Serialize)]
pub(super) struct RankRecord {
    number: u8,
    title: TextRecord,
    reason: TextRecord,
}

impl From<&RankCard> for RankRecord {
    fn from(card: &RankCard) -> Self {
        Self { number: card.number, title: card.title.clone().into(), reason: card.reason.clone().into() }
    }
}

/// What a plan says: a class, `unknown`, or `nothing` where it does not cover the ground.
#[derive(Serialize)]
struct AnswerRecord {
    says: &'static str,
    scheme: Option<&'static str>,
    class: Option<&'static str>,
    name: Option<&'static str>,
    english: Option<&'static str>,
}

impl From<Answer> for AnswerRecord {
    fn from(answer: Answer) -> Self {
        let class = answer.class();
        Self {
            says: match answer {
                Answer::Class(_) => "class",
                Answer::Unknown => "unknown",
                Answer::Nothing => "nothing",
            },
            scheme: class.map(|class| Scheme::name(class.scheme)),
            class: class.map(|class| class.code),
            name: class.map(|class| &*class.class().name),
            english: class.map(|class| &*class.class().english),
        }
    }
}

#[derive(Serialize)]
pub(super) struct CellRecord {
    kind: &'static str,
    first: AnswerRecord,
    second: AnswerRecord,
    area_m2: M2,
}

impl From<&Cell> for CellRecord {
    fn from(cell: &Cell) -> Self {
        let [first, second] = cell.answers.map(AnswerRecord::from);
        Self { kind: kind_name(cell.kind), first, second, area_m2: M2(cell.area) }
    }
}

#[derive(Serialize)]
pub(super) struct UncoveredRecord<'a> {
    /// Null for the status layer.
    covered_by: Option<&'a str>,
    answer: AnswerRecord,
    area_m2: M2,
}

impl<'a> UncoveredRecord<'a> {
    pub(super) fn of(comparison: &Comparison<'a>, ground: &Uncovered) -> Self {
        let covered_by = comparison.plans.get(ground.plan).map(|plan| &*plan.name);
        Self { covered_by, answer: ground.answer.into(), area_m2: M2(ground.area) }
    }
}

/// The code of a kind; `unknown` where nobody knows.
fn kind_name(kind: ConflictKind) -> &'static str {
    kind.code().unwrap_or("unknown")
}

#[derive(Serialize)]
pub(super) struct PatchRecord<'a> {
    id: &'a str,
    kind: &'static str,
    area_m2: M2,
    planar_m2: Option<M2>,
    mean_width_m: f64,
    point: [f64; 2],
    answers: Vec<PlanAnswerRecord<'a>>,
    pairs: Vec<PairRecord<'a>>,
    lines: Vec<LineRecord<'a>>,
    units: Vec<UnitRecord>,
    digitising: Option<DigitisingRecord>,
    cause: Option<&'static str>,
    rank: Option<u8>,
    follow: Option<&'a str>,
    departments: Vec<&'a str>,
}

#[derive(Serialize)]
struct PlanAnswerRecord<'a> {
    plan: &'a str,
    #[serde(flatten)]
    answer: AnswerRecord,
    features: Vec<FeatureRecord>,
}

#[derive(Serialize)]
struct FeatureRecord {
    fid: Option<i64>,
    id: Option<String>,
    area_m2: M2,
}

/// How two of more than two answers differ.
#[derive(Serialize)]
struct PairRecord<'a> {
    plans: [&'a str; 2],
    kind: &'static str,
}

#[derive(Serialize)]
struct LineRecord<'a> {
    role: &'a str,
    area_m2: M2,
}

#[derive(Serialize)]
struct UnitRecord {
    name: String,
    id: Option<String>,
    area_m2: M2,
}

#[derive(Serialize)]
struct DigitisingRecord {
    reason: &'static str,
    least_area_m2: Option<M2>,
    least_width_m: Option<f64>,
}

impl From<DigitisingError> for DigitisingRecord {
    fn from(error: DigitisingError) -> Self {
        let (least_area_m2, least_width_m) = match error {
            DigitisingError::Small { least } => (Some(M2(least)), None),
            DigitisingError::Narrow { least } => (None, Some(least.get())),
        };
        Self { reason: digitising_name(error), least_area_m2, least_width_m }
    }
}

/// The word for why a patch is an error of digitising.
pub(super) fn digitising_name(error: DigitisingError) -> &'static str {
    match error {
        DigitisingError::Small { .. } => "small",
        DigitisingError::Narrow { .. } => "narrow",
    }
}

impl<'a> PatchRecord<'a> {
    pub(super) fn of(comparison: &Comparison<'a>, patch: &'a DifferencePatch) -> Self {
        let name = |place: usize| &*comparison.plans[patch.plans[place]].name;
        let answer = |place: usize| {
            let features = patch.sources.iter().enumerate().filter(|(_, source)| source.answer == place);
            let features = features.map(|(number, source)| {
                let place = comparison.source_place(patch, number);
                FeatureRecord { fid: place.fid, id: place.id, area_m2: M2(source.area) }
            });
            let answer = patch.answers[place].into();
            PlanAnswerRecord { plan: name(place), answer, features: features.collect() }
        };
        let count = patch.answers.len();
        let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| [a, b]));
        let pair = |[a, b]: [usize; 2]| PairRecord {
            plans: [name(a), name(b)],
            kind: kind_name(patch.kind_of(a, b)),
        };
        Self {
            id: &patch.id,
            kind: kind_name(patch.kind),
            area_m2: M2(patch.area),
            planar_m2: patch.planar.map(M2),
            mean_width_m: patch.mean_width.get(),
            point: patch.point,
            answers: (0..count).map(answer).collect(),
            pairs: if count > 2 { pairs.map(pair).collect() } else { Vec::new() },
            lines: lines_of(&patch.lines),
            units: units_of(comparison, &patch.units),
            digitising: patch.digitising.map(DigitisingRecord::from),
            cause: kinds::is_decided(patch).then(|| patch.decision.cause.name()),
            rank: kinds::is_decided(patch).then_some(patch.decision.rank),
            follow: words::followed(comparison, patch),
            departments: patch.decision.departments.iter().map(|name| &**name).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct LayerPairRecord<'a> {
    code: &'a str,
    title: TextRecord,
    department: TextRecord,
    advice: TextRecord,
    layers: [SideRecord<'a>; 2],
}

#[derive(Serialize)]
struct SideRecord<'a> {
    role: &'a str,
    classes: &'a [String],
}

impl<'a> From<&'a LayerPair> for LayerPairRecord<'a> {
    fn from(pair: &'a LayerPair) -> Self {
        let side = |side: &'a PairSide| SideRecord { role: side.role.name(), classes: &side.classes };
        let [first, second] = &pair.sides;
        Self {
            code: &pair.code,
            title: pair.title.clone().into(),
            department: pair.department.clone().into(),
            advice: pair.advice.clone().into(),
            layers: [side(first), side(second)],
        }
    }
}

#[derive(Serialize)]
pub(super) struct PairPatchRecord<'a> {
    id: &'a str,
    pair: &'a str,
    area_m2: M2,
    planar_m2: Option<M2>,
    mean_width_m: f64,
    point: [f64; 2],
    features: [Vec<FeatureRecord>; 2],
    lines: Vec<LineRecord<'a>>,
    units: Vec<UnitRecord>,
    digitising: Option<DigitisingRecord>,
}

impl<'a> PairPatchRecord<'a> {
    pub(super) fn of(comparison: &Comparison<'a>, patch: &'a PairPatch) -> Self {
        let features = |side: usize| -> Vec<FeatureRecord> {
            let of_side = patch.sources.iter().filter(|source| source.answer == side);
            let feature = |source| {
                let (_, place) = comparison.pair_feature(patch, source)?;
                Some(FeatureRecord { fid: place.fid, id: place.id, area_m2: M2(source.area) })
            };
            of_side.filter_map(feature).collect()
        };
        Self {
            id: &patch.id,
            pair: &comparison.pairs[patch.pair].code,
            area_m2: M2(patch.area),
            planar_m2: patch.planar.map(M2),
            mean_width_m: patch.mean_width.get(),
            point: patch.point,
            features: [features(0), features(1)],
            lines: lines_of(&patch.lines),
            units: units_of(comparison, &patch.units),
            digitising: patch.digitising.map(DigitisingRecord::from),
        }
    }
}

fn lines_of(lines: &[LineShare]) -> Vec<LineRecord<'_>> {
    lines.iter().map(|line| LineRecord { role: line.role.name(), area_m2: M2(line.area) }).collect()
}

fn units_of(comparison: &Comparison<'_>, units: &[UnitShare]) -> Vec<UnitRecord> {
    let unit = |unit: &UnitShare| UnitRecord {
        name: comparison.unit_name(unit.row),
        id: comparison.unit_id(unit.row),
        area_m2: M2(unit.area),
    };
    units.iter().map(unit).collect()
}

#[derive(Serialize)]
pub(super) struct ProjectRecord {
    project: Option<String>,
    path: Option<String>,
    layer: Option<String>,
    fid: Option<i64>,
    id: Option<String>,
    class: AnswerRecord,
    verdict: &'static str,
    area_m2: M2,
    placed_m2: M2,
    contradicted_m2: M2,
    unknown_m2: M2,
    uncovered_m2: M2,
    in_parks_m2: Option<M2>,
    outside_parks_m2: Option<M2>,
}

impl ProjectRecord {
    pub(super) fn of(comparison: &Comparison<'_>, placement: &Placement) -> Self {
        let (name, place) = comparison.project(placement).unzip();
        Self {
            project: name,
            path: place.as_ref().map(|place| place.path.to_string()),
            layer: place.as_ref().map(|place| place.layer.to_string()),
            fid: place.as_ref().and_then(|place| place.fid),
            id: place.and_then(|place| place.id),
            class: placement.class.into(),
            verdict: placement.verdict().name(),
            area_m2: M2(placement.area),
            placed_m2: M2(placement.placed),
            contradicted_m2: M2(placement.contradicted),
            unknown_m2: M2(placement.unknown),
            uncovered_m2: M2(placement.uncovered),
            in_parks_m2: placement.in_parks.map(M2),
            outside_parks_m2: placement.outside_parks().map(M2),
        }
    }
}

#[derive(Serialize)]
struct TotalRecord {
    patches: usize,
    area_m2: M2,
}

impl From<Total> for TotalRecord {
    fn from(total: Total) -> Self {
        Self { patches: total.patches, area_m2: M2(total.area()) }
    }
}

#[derive(Serialize)]
struct UnitTotalRecord {
    /// Null for what lies outside all units.
    name: Option<String>,
    id: Option<String>,
    #[serde(flatten)]
    total: TotalRecord,
}

#[derive(Serialize)]
pub(super) struct SummaryRecord<'a> {
    verdict: &'static str,
    complete: bool,
    #[serde(flatten)]
    all: TotalRecord,
    digitising: TotalRecord,
    kinds: BTreeMap<&'static str, TotalRecord>,
    digitising_kinds: BTreeMap<&'static str, TotalRecord>,
    units: Vec<UnitTotalRecord>,
    lines: BTreeMap<&'a str, TotalRecord>,
    departments: BTreeMap<&'a str, TotalRecord>,
    causes: BTreeMap<&'static str, TotalRecord>,
    ranks: BTreeMap<u8, TotalRecord>,
    unknown_features: usize,
    filters: Vec<FilterRecord<'a>>,
    undecided_m2: M2,
    pairs: BTreeMap<&'a str, TotalRecord>,
    projects: BTreeMap<&'static str, usize>,
}

impl<'a> SummaryRecord<'a> {
    pub(super) fn of(comparison: &'a Comparison<'a>, statistics: &'a Statistics) -> Self {
        let of_kinds = |kinds: &BTreeMap<ConflictKind, Total>| {
            kinds.iter().map(|(kind, total)| (kind_name(*kind), (*total).into())).collect()
        };
        let unknown = comparison.plans.iter().flat_map(|plan| &plan.unknown);
        Self {
            verdict: comparison.contradiction().name(),
            complete: comparison.complete,
            all: statistics.all.into(),
            digitising: statistics.all_digitising().into(),
            kinds: of_kinds(&statistics.kinds),
            digitising_kinds: of_kinds(&statistics.digitising),
            units: statistics
                .units
                .iter()
                .map(|(unit, total)| UnitTotalRecord {
                    name: unit.map(|unit| comparison.unit_name(unit)),
                    id: unit.and_then(|unit| comparison.unit_id(unit)),
                    total: (*total).into(),
                })
                .collect(),
            lines: statistics.lines.iter().map(|(role, total)| (role.name(), (*total).into())).collect(),
            departments: statistics
                .departments
                .iter()
                .map(|(name, total)| (&**name, (*total).into()))
                .collect(),
            causes: statistics.causes.iter().map(|(cause, total)| (cause.name(), (*total).into())).collect(),
            ranks: statistics.ranks.iter().map(|(rank, total)| (*rank, (*total).into())).collect(),
            filters: FilterRecord::of(&comparison.inputs),
            unknown_features: unknown.map(|class| class.features).sum(),
            undecided_m2: M2(comparison.undecided),
            projects: projects_by_verdict(comparison.placements),
            pairs: comparison
                .pairs
                .iter()
                .zip(&statistics.pairs)
                .map(|(pair, total)| (&*pair.code, (*total).into()))
                .collect(),
        }
    }
}

/// How many projects have a place, and how many belong into a park and lie outside.
fn projects_by_verdict(placements: &[Placement]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for placement in placements {
        *counts.entry(PlacementVerdict::name(placement.verdict())).or_default() += 1;
        if placement.outside_parks().is_some() {
            *counts.entry("outside-parks").or_default() += 1;
        }
    }
    counts
}
