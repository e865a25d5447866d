//! A comparison, step by step: measure, combine, cut, describe.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;
use sanxian_geom::{MeasuredLayer, Stop, claims, self_overlaps};
use sanxian_model::conflict::{LayerPair, Placement, PlanFigures};
use sanxian_model::{Answer, ConflictKind, Crs, Layer, Role, RoleLayers, SquareMetres};
use sanxian_rules::decision::{Guide, PatchFacts, PlanAbout, decide};

use super::answers::{Answers, of_role};
use super::combinations::{ClaimsOfPlans, claimed_twice, contradicting};
use super::digitising::digitising_error;

use super::identifiers::identify;
use super::lines::hold_against;
use super::matrices::matrix;
use super::options::ConflictOptions;
use super::pairs::{Run, pair_patches};
use super::patches::{Cut, Cuts, Wanted};
use super::placements::{Said, placements};
use super::plan_figures::plan_figures;
use super::report::ConflictReport;
use crate::error::Error;
use crate::measure::{Measured, first_claims};
use crate::plan::Plan;
use crate::stats::{Stage, Stats};

/// Patches that one thread decides at a time.
const PATCHES_AT_A_TIME: usize = 1 << 10;

/// Compares the first layers of `plan`, as many as there are names; the others are lines and units.
pub(super) fn compare(
    plan: Plan,
    names: Vec<String>,
    about: Vec<PlanAbout>,
    pairs_of_layers: Vec<LayerPair>,
    options: &ConflictOptions,
) -> Result<ConflictReport, Error> {
    let watch = &options.watch;
    let count = names.len();
    let roles: Vec<RoleLayers<'_>> = plan.roles().collect();
    let status = roles.iter().position(|layers| *layers.role() == Role::SURVEY);
    let said: Vec<Vec<Answer>> =
        roles[..count].iter().chain(status.map(|at| &roles[at])).map(|layers| of_role(*layers)).collect();
    let answers = Answers::of(&said);

    watch.begin(Stage::Index)?;
    let started = Instant::now();
    let stop = watch.asked();
    let measured = Measured::index(&plan, stop)?;
    let index_seconds = started.elapsed().as_secs_f64();

    watch.begin(Stage::Overlap)?;
    let started = Instant::now();
    let scale = &measured.scale;
    let of_plans: Vec<&MeasuredLayer> = measured.layers[..count].iter().map(AsRef::as_ref).collect();
    let claims = ClaimsOfPlans::of(count, |[a, b]| claims(of_plans[a], of_plans[b], scale, stop));
    watch.go_on()?;
    let matrices = claims.by_pair().map(|(plans, claims)| matrix(claims, plans, &answers)).collect();
    let from_status = status.map_or_else(Vec::new, |status| {
        let status = &measured.layers[status];
        let of_plan = |number: usize| {
            let claims = sanxian_geom::claims(status, of_plans[number], scale, stop);
            matrix(&claims, [count, number], &answers)
        };
        (0..count).map(of_plan).collect()
    });
    let figures = names.into_iter().enumerate().map(|(number, name)| {
        let layer = &plan.layers()[number];
        let claims = claims.of_plan(number).unwrap_or_default();
        plan_figures(name, layer, &of_plans[number].areas, &said[number], claims)
    });
    let plans: Vec<PlanFigures> = figures.collect();
    let pairs = claims.by_pair().map(|(_, claims)| claims.pairs.len()).sum();
    watch.go_on()?;
    let overlap_seconds = started.elapsed().as_secs_f64();

    watch.begin(Stage::Rules)?;
    let started = Instant::now();
    let mut cut = cut_patches(claims, &answers, &plans, &measured, plan.crs(), options)?;
    let at_base = hold_against(&mut cut, &roles[count..], &measured, &answers, stop);
    watch.go_on()?;
    let approvals = roles.iter().any(|layers| *layers.role() == Role::APPROVED);
    // Neighbours in the list mostly have the same answers, so the same departments, which they share.
    let chunks = cut.patches.par_chunks_mut(PATCHES_AT_A_TIME).zip(at_base.par_chunks(PATCHES_AT_A_TIME));
    chunks.for_each(|(patches, bases)| {
        let mut departments: Arc<[Arc<str>]> = Arc::default();
        for (patch, base) in patches.iter_mut().zip(bases) {
            patch.lines.sort_by_key(|line| line.role.precedence());
            patch.digitising = digitising_error(patch, options);
            let facts =
                PatchFacts { plans: &about, base: *base, approvals, shift_width: options.shift_width };
            patch.decision = decide(patch, &facts, Guide::embedded());
            if patch.decision.departments == departments {
                patch.decision.departments = departments.clone();
            } else {
                departments = patch.decision.departments.clone();
            }
        }
    });
    identify(&mut cut.patches, &plan.layers()[..count]);
    let stats = Stats {
        read_seconds: plan.read_seconds,
        index_seconds,
        overlap_seconds,
        rules_seconds: started.elapsed().as_secs_f64(),
        features: plan.layers().iter().map(Layer::len).sum(),
        vertices: plan.layers().iter().map(|layer| layer.polygons.coords().len()).sum(),
        pairs,
    };
    let run = Run { roles: &roles, measured: &measured, plans: count, answers: &answers, crs: plan.crs() };
    let in_pairs = pair_patches(&pairs_of_layers, &run, options, stop);
    watch.go_on()?;
    let placements = place(&run, &said, options, stop);
    watch.go_on()?;
    let polygons = cut.polygons().clone();
    let patches = cut.patches;
    let (least_area, least_width) = (options.least_area, options.least_width);
    Ok(ConflictReport {
        plan,
        plans,
        about,
        matrices,
        from_status,
        patches,
        polygons,
        pairs: pairs_of_layers,
        in_pairs,
        placements,
        least_area,
        least_width,
        uncovered: options.uncovered,
        stats,
    })
}

/// Cuts the patches, and finds what each is made of.
fn cut_patches(
    claims: ClaimsOfPlans,
    answers: &Answers,
    plans: &[PlanFigures],
    measured: &Measured<'_>,
    crs: &Crs,
    options: &ConflictOptions,
) -> Result<Cut, Error> {
    let (watch, scale, count) = (&options.watch, &measured.scale, plans.len());
    let stop = watch.asked();
    let of_plans: Vec<&MeasuredLayer> = measured.layers[..count].iter().map(AsRef::as_ref).collect();
    let indexes: Vec<_> = of_plans.iter().map(|layer| &layer.index).collect();
    let mut wanted: Vec<Wanted> = Vec::new();
    for (numbers, combinations) in contradicting(&claims, answers, &indexes) {
        let answers: Vec<Answer> =
            numbers.iter().enumerate().map(|(plan, number)| answers.at(plan, *number)).collect();
        if options.uncovered || ConflictKind::among(&answers).0 != ConflictKind::Uncovered {
            wanted.push(Wanted { plans: (0..count).collect(), answers, kind: None, combinations });
        }
    }
    drop(claims);
    let mut twice: Vec<Wanted> = Vec::new();
    let mut first: BTreeMap<usize, MeasuredLayer> = BTreeMap::new();
    for plan_number in (0..count).filter(|plan| plans[*plan].claimed_again > SquareMetres::ZERO) {
        let own = self_overlaps(of_plans[plan_number], scale, stop);
        first.insert(plan_number, first_claims(of_plans[plan_number], &own, scale, crs));
        for (numbers, combinations) in claimed_twice(&own, plan_number, answers) {
            let answers = numbers.iter().map(|number| answers.at(plan_number, *number)).collect();
            let kind = Some(ConflictKind::ClaimedTwice);
            twice.push(Wanted { plans: vec![plan_number; 2], answers, kind, combinations });
        }
    }
    let of_first: Vec<&MeasuredLayer> =
        (0..count).map(|plan| first.get(&plan).unwrap_or(of_plans[plan])).collect();
    let cuts = Cuts::default().cut(wanted, &of_first, scale, stop).cut(twice, &of_plans, scale, stop);
    let mut cut = Cut::of(cuts, scale, crs);
    watch.go_on()?;
    cut.find_sources(&of_first, &of_plans, scale, stop);
    Ok(cut)
}

/// How much of each project has a place in the first plan; none without projects.
fn place(run: &Run<'_>, said: &[Vec<Answer>], options: &ConflictOptions, stop: &Stop) -> Vec<Placement> {
    let layer = |role: &Role| {
        let at = run.roles.iter().position(|layers| layers.role() == role)?;
        Some((run.roles[at], &*run.measured.layers[at]))
    };
    let Some((projects, measured)) = layer(&Role::PROJECT).filter(|_| run.plans > 0) else {
        return Vec::new();
    };
    let answers = of_role(projects);
    let values = projects.iter().flat_map(|(_, rows, layer)| {
        (0..rows.len()).map(|row| layer.text("land_class", row).is_some_and(|value| !value.trim().is_empty()))
    });
    let values: Vec<bool> = values.collect();
    let projects = Said { layer: measured, answers: &answers, has_value: &values };
    let plan = Said { layer: &run.measured.layers[0], answers: &said[0], has_value: &[] };
    let parks = layer(&Role::PARK).map(|(_, measured)| measured);
    placements(projects, plan, parks, options, &run.measured.scale, stop)
}
