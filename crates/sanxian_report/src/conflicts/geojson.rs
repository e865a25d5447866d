//! Difference patches as map features with flat properties; the collection carries the `summary` of the JSON document.

use std::io::{self, Write};

use sanxian_model::conflict::{PairPatch, Placement};
use sanxian_model::{DifferencePatch, Lang};
use serde::Serialize;

use crate::area_record::M2;
use crate::conflicts::comparison::Comparison;
use crate::conflicts::record::{ProjectRecord, SummaryRecord};
use crate::conflicts::statistics::Statistics;
use crate::conflicts::{kinds, words};
use crate::geojson::{Feature, geometry, head};
use crate::json;

#[derive(Serialize)]
struct Properties<'a> {
    id: &'a str,
    kind: &'static str,
    title: &'a str,
    message: String,
    plans: Vec<PlanAnswer<'a>>,
    area_m2: M2,
    mean_width_m: f64,
    lines: String,
    unit: Option<String>,
    cause: Option<&'static str>,
    rank: Option<u8>,
    follow: Option<&'a str>,
    departments: String,
    digitising: Option<&'static str>,
}

#[derive(Serialize)]
struct PlanAnswer<'a> {
    plan: &'a str,
    class: Option<&'static str>,
}

/// A patch of a pair of layers.
#[derive(Serialize)]
struct PairProperties<'a> {
    id: &'a str,
    pair: &'a str,
    title: &'a str,
    area_m2: M2,
    mean_width_m: f64,
    lines: String,
    unit: Option<String>,
    departments: &'a str,
    digitising: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum AnyFeature<'a> {
    Patch(Feature<'a, Properties<'a>>),
    InPair(Feature<'a, PairProperties<'a>>),
    Project(Feature<'a, ProjectRecord>),
}

pub(super) fn write(comparison: &Comparison<'_>, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    head(comparison.crs, lang, out)?;
    let feature = |(number, patch)| {
        AnyFeature::Patch(Feature {
            r#type: "Feature",
            properties: properties(comparison, patch, lang),
            geometry: Some(geometry(comparison.polygons, number)),
        })
    };
    let in_pair = |(number, patch)| {
        AnyFeature::InPair(Feature {
            r#type: "Feature",
            properties: pair_properties(comparison, patch, lang),
            geometry: Some(geometry(comparison.pair_polygons, number)),
        })
    };
    let project = |placement: &Placement| {
        let (_, layer, row) = comparison.projects?.at(placement.row as usize);
        Some(AnyFeature::Project(Feature {
            r#type: "Feature",
            properties: ProjectRecord::of(comparison, placement),
            geometry: Some(geometry(&layer.polygons, row)),
        }))
    };
    let features = comparison.listed().map(feature).chain(comparison.listed_in_pairs().map(in_pair));
    let features = features.chain(comparison.placements.iter().filter_map(project));
    json::list(out, "features", features)?;
    write!(out, ",\n\"summary\": ")?;
    serde_json::to_writer(&mut *out, &SummaryRecord::of(comparison, &Statistics::of(comparison)))?;
    writeln!(out, "\n}}")
}

fn properties<'a>(comparison: &Comparison<'a>, patch: &'a DifferencePatch, lang: Lang) -> Properties<'a> {
    let plans = patch.plans.iter().zip(patch.answers.iter());
    Properties {
        id: &patch.id,
        kind: patch.kind.code().unwrap_or_default(),
        title: comparison.guide.kind(patch.kind).map_or("", |card| card.title.in_lang(lang)),
        message: words::sentence(comparison, patch, lang),
        plans: plans
            .map(|(plan, said)| PlanAnswer { plan: &comparison.plans[*plan].name, class: said.code() })
            .collect(),
        area_m2: M2(patch.area),
        mean_width_m: patch.mean_width.get(),
        lines: words::lines(patch, lang),
        unit: patch.units.first().map(|unit| comparison.unit_name(unit.row)),
        cause: kinds::is_decided(patch).then(|| patch.decision.cause.name()),
        rank: kinds::is_decided(patch).then_some(patch.decision.rank),
        follow: words::followed(comparison, patch),
        departments: words::departments(comparison, patch, lang),
        digitising: patch.digitising.map(crate::conflicts::record::digitising_name),
    }
}

fn pair_properties<'a>(comparison: &Comparison<'a>, patch: &'a PairPatch, lang: Lang) -> PairProperties<'a> {
    let pair = &comparison.pairs[patch.pair];
    PairProperties {
        id: &patch.id,
        pair: &pair.code,
        title: pair.title.in_lang(lang),
        area_m2: M2(patch.area),
        mean_width_m: patch.mean_width.get(),
        lines: words::line_shares(&patch.lines, lang),
        unit: patch.units.first().map(|unit| comparison.unit_name(unit.row)),
        departments: pair.department.in_lang(lang),
        digitising: patch.digitising.map(crate::conflicts::record::digitising_name),
    }
}
