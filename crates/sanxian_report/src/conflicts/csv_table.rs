//! Difference patches as a sheet: one row for each, for Excel and for people who filter and pivot. Headings and codes are the same in
//! every language, numbers are full and without units. The last row says what the comparison
//! amounts to, and what the plans are called under `class_1`, `class_2` and so on.

use std::io::{self, Write};

use sanxian_model::conflict::{PairPatch, Placement};
use sanxian_model::{DifferencePatch, Lang};

use crate::conflicts::comparison::Comparison;
use crate::conflicts::words;
use crate::figures;
use crate::options::Options;

/// Headings before and after the columns of the plans, named as in the GeoPackage.
const BEFORE: [&str; 3] = ["kind", "patch_id", "title"];
/// Those of each plan; its number in the order of the comparison stands after them.
const OF_PLAN: [&str; 3] = ["class", "class_name", "features"];
const AFTER: [&str; 16] = [
    "area_m2",
    "planar_m2",
    "area_ha",
    "area_mu",
    "mean_width_m",
    "lines",
    "unit",
    "cause",
    "decided_by",
    "follow",
    "departments",
    "digitising",
    "advice",
    "point_x",
    "point_y",
    "message",
];

pub(super) fn write(comparison: &Comparison<'_>, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    if options.bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let lang = options.lang;
    let mut sheet = csv::Writer::from_writer(out);
    let plans = (1..=comparison.plans.len()).flat_map(|plan| OF_PLAN.map(|name| format!("{name}_{plan}")));
    let word = |name: &str| name.to_owned();
    let headings: Vec<String> = BEFORE.map(word).into_iter().chain(plans).chain(AFTER.map(word)).collect();
    let width = headings.len();
    sheet.write_record(headings)?;
    for (_, patch) in comparison.listed() {
        sheet.write_record(cells(comparison, patch, lang))?;
    }
    for (_, patch) in comparison.listed_in_pairs() {
        sheet.write_record(pair_cells(comparison, patch, lang))?;
    }
    for placement in comparison.placements {
        sheet.write_record(project_cells(comparison, placement, lang))?;
    }
    let mut last = vec![String::new(); width];
    "verdict".clone_into(&mut last[0]);
    for (number, plan) in comparison.plans.iter().enumerate() {
        last[BEFORE.len() + OF_PLAN.len() * number].clone_from(&plan.name);
    }
    last[width - 1] = words::headline(comparison, lang);
    sheet.write_record(last)?;
    sheet.flush()
}

fn cells(comparison: &Comparison<'_>, patch: &DifferencePatch, lang: Lang) -> Vec<String> {
    let number = |value: f64| (value + 0.0).to_string();
    let guide = comparison.guide;
    let card = guide.kind(patch.kind);
    let mut cells = vec![
        patch.kind.code().unwrap_or_default().to_owned(),
        patch.id.clone(),
        card.map_or("", |card| card.title.in_lang(lang)).to_owned(),
    ];
    for plan in 0..comparison.plans.len() {
        cells.push(words::codes_of_plan(patch, plan).unwrap_or_default());
        cells.push(words::answers_of_plan(patch, plan, lang).unwrap_or_default());
        cells.push(sources(comparison, patch, plan));
    }
    let [x, y] = patch.point;
    cells.extend([
        number(patch.area.get()),
        patch.planar.map_or_else(String::new, |planar| number(planar.get())),
        number(patch.area.hectares()),
        number(patch.area.mu()),
        number(patch.mean_width.get()),
        words::lines(patch, lang),
        patch.units.first().map_or_else(String::new, |unit| comparison.unit_name(unit.row)),
        words::cause(comparison, patch).map_or("", |card| card.title.in_lang(lang)).to_owned(),
        words::rank(comparison, patch).map_or("", |card| card.title.in_lang(lang)).to_owned(),
        words::followed(comparison, patch).unwrap_or_default().to_owned(),
        words::departments(comparison, patch, lang),
        patch.digitising.map_or_else(String::new, |error| words::digitising(error, lang)),
        card.map_or("", |card| card.advice.in_lang(lang)).to_owned(),
        x.to_string(),
        y.to_string(),
        words::sentence(comparison, patch, lang),
    ]);
    cells
}

/// The features of a plan that a patch is made of, largest share first.
fn sources(comparison: &Comparison<'_>, patch: &DifferencePatch, plan: usize) -> String {
    let of_plan = patch.sources.iter().enumerate().filter(|(_, source)| patch.plans[source.answer] == plan);
    let labels = of_plan.map(|(number, _)| comparison.source_place(patch, number).label());
    labels.collect::<Vec<_>>().join(" ")
}

/// A patch of a pair of layers under the same headings; the columns of plans are empty.
fn pair_cells(comparison: &Comparison<'_>, patch: &PairPatch, lang: Lang) -> Vec<String> {
    let number = |value: f64| (value + 0.0).to_string();
    let pair = &comparison.pairs[patch.pair];
    let [first, second] = [0, 1].map(|side| words::sources_of_pair(comparison, patch, side, lang));
    let mut cells = vec![pair.code.clone(), patch.id.clone(), pair.title.in_lang(lang).to_owned()];
    cells.resize(BEFORE.len() + OF_PLAN.len() * comparison.plans.len(), String::new());
    let [x, y] = patch.point;
    cells.extend([
        number(patch.area.get()),
        patch.planar.map_or_else(String::new, |planar| number(planar.get())),
        number(patch.area.hectares()),
        number(patch.area.mu()),
        number(patch.mean_width.get()),
        words::line_shares(&patch.lines, lang),
        patch.units.first().map_or_else(String::new, |unit| comparison.unit_name(unit.row)),
        String::new(),
        String::new(),
        String::new(),
        pair.department.in_lang(lang).to_owned(),
        patch.digitising.map_or_else(String::new, |error| words::digitising(error, lang)),
        pair.advice.in_lang(lang).to_owned(),
        x.to_string(),
        y.to_string(),
        format!("{first} × {second}"),
    ]);
    cells
}

/// A project under the same headings: whether it has a place stands under the kind, the rest in words.
fn project_cells(comparison: &Comparison<'_>, placement: &Placement, lang: Lang) -> Vec<String> {
    let number = |value: f64| (value + 0.0).to_string();
    let (name, place) = comparison.project(placement).unzip();
    let verdict = placement.verdict();
    let mut cells = vec![
        verdict.name().to_owned(),
        place.map_or_else(String::new, |place| place.label()),
        words::placement(verdict, lang).to_owned(),
    ];
    cells.resize(BEFORE.len() + OF_PLAN.len() * comparison.plans.len(), String::new());
    let area = placement.area;
    cells.extend([number(area.get()), String::new(), number(area.hectares()), number(area.mu())]);
    cells.resize(BEFORE.len() + OF_PLAN.len() * comparison.plans.len() + AFTER.len() - 1, String::new());
    let [placed, contradicted, uncovered, unknown] =
        [placement.placed, placement.contradicted, placement.uncovered, placement.unknown].map(figures::m2);
    let name = name.unwrap_or_default();
    let mut message = match lang {
        Lang::Zh => format!(
            "{name}：落位 {placed}，不符 {contradicted}，未覆盖 {uncovered}，无法判断 {unknown} 平方米"
        ),
        Lang::En => format!(
            "{name}: placed {placed}, contradicted {contradicted}, not covered {uncovered}, not known {unknown} m²"
        ),
    };
    if let Some(outside) = placement.outside_parks() {
        let (before, after) = outside_words(lang);
        message = format!("{message}{before}{}{after}", figures::m2(outside));
    }
    cells.push(message);
    cells
}

/// What stands around the area outside of parks.
fn outside_words(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Zh => ("，园区外 ", " 平方米"),
        Lang::En => (", outside parks ", " m²"),
    }
}
