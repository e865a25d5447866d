//! Pairs of layers that must not lie on each other: the maximal connected areas that both cover.

use std::collections::HashMap;

use sanxian_geom::{Combinations, MeasuredLayer, Stop, overlaps};
use sanxian_model::conflict::{LayerPair, PairPatch, PairSide};
use sanxian_model::{
    Answer, ConflictKind, DifferencePatch, PolygonColumn, PolygonColumnBuilder, RoleLayers, meaning,
};

use super::answers::{Answers, of_role};
use super::digitising::digitising_of_pair;
use super::identifiers::{fnv_1a, label};
use super::lines::hold_against;
use super::options::ConflictOptions;
use super::patches::{Cut, Cuts, Wanted};
use crate::measure::Measured;
use sanxian_model::Crs;

/// What pairs of layers have in common.
#[derive(Debug, Clone, Default)]
pub(super) struct PairPatches {
    pub(super) patches: Vec<PairPatch>,
    /// Their polygons, in their order.
    pub(super) polygons: PolygonColumn,
}

/// The layers of a run: those of each role, measured, and how many of them are plans.
pub(super) struct Run<'a> {
    pub(super) roles: &'a [RoleLayers<'a>],
    pub(super) measured: &'a Measured<'a>,
    pub(super) plans: usize,
    pub(super) answers: &'a Answers,
    pub(super) crs: &'a Crs,
}

/// The patches of pairs whose layers are all there, pair by pair.
pub(super) fn pair_patches(
    pairs: &[LayerPair],
    run: &Run<'_>,
    options: &ConflictOptions,
    stop: &Stop,
) -> PairPatches {
    let mut found = PairPatches::default();
    let mut polygons = PolygonColumnBuilder::new();
    for (number, pair) in pairs.iter().enumerate() {
        let side = |side: &PairSide| run.roles.iter().position(|layers| *layers.role() == side.role);
        let [Some(first), Some(second)] = [side(&pair.sides[0]), side(&pair.sides[1])] else { continue };
        let layers: [&MeasuredLayer; 2] = [&run.measured.layers[first], &run.measured.layers[second]];
        let roles = [run.roles[first], run.roles[second]];
        let mut cut = cut_of(pair, layers, roles, run, stop);
        hold_against(&mut cut, &run.roles[run.plans..], run.measured, run.answers, stop);
        cut.polygons().iter().for_each(|polygon| polygons.push_view(polygon));
        let mut seen: HashMap<String, usize> = HashMap::new();
        for mut patch in cut.patches {
            patch.lines.sort_by_key(|line| line.role.precedence());
            let id = identifier(pair, &patch, roles);
            let times = seen.entry(id.clone()).and_modify(|times| *times += 1).or_insert(1);
            let id = if *times == 1 { id } else { format!("{id}-{times}") };
            found.patches.push(PairPatch {
                id,
                pair: number,
                area: patch.area,
                planar: patch.planar,
                mean_width: patch.mean_width,
                point: patch.point,
                digitising: digitising_of_pair(&patch, options),
                sources: patch.sources,
                lines: patch.lines,
                units: patch.units,
            });
        }
    }
    found.polygons = polygons.finish();
    found
}

/// The ground that both layers of a pair cover.
fn cut_of(
    pair: &LayerPair,
    layers: [&MeasuredLayer; 2],
    roles: [RoleLayers<'_>; 2],
    run: &Run<'_>,
    stop: &Stop,
) -> Cut {
    let scale = &run.measured.scale;
    let taken = [0, 1].map(|side| -> Vec<bool> {
        let classes = &pair.sides[side].classes;
        of_role(roles[side]).into_iter().map(|answer| takes_part(answer, classes)).collect()
    });
    let mut combinations = Combinations::of_layers(2);
    for shared in overlaps(layers[0], &layers[1].index, scale, stop) {
        if taken[0][shared.subject as usize] && taken[1][shared.zone as usize] {
            combinations.push(&[Some(shared.subject), Some(shared.zone)]);
        }
    }
    // Neither says a class, and like ground that is claimed twice it is measured by the features as they are.
    let (answers, kind) = (vec![Answer::Unknown; 2], Some(ConflictKind::ClaimedTwice));
    let wanted = vec![Wanted { plans: vec![0, 1], answers, kind, combinations }];
    let mut cut = Cut::of(Cuts::default().cut(wanted, &layers, scale, stop), scale, run.crs);
    cut.find_sources(&layers, &layers, scale, stop);
    cut
}

/// Whether a feature is of one of some classes, as far as that is certain.
fn takes_part(answer: Answer, classes: &[String]) -> bool {
    let of_class = || {
        let class = answer.class()?;
        let meaning = meaning(class.scheme, class.code)?;
        let is = |wanted: &String| {
            meaning.nature.name() == wanted
                || meaning.class.is_some_and(|class| class.code.starts_with(wanted.as_str()))
        };
        Some(classes.iter().any(is))
    };
    classes.is_empty() || of_class().unwrap_or_default()
}

/// An identifier that several patches may have.
fn identifier(pair: &LayerPair, patch: &DifferencePatch, roles: [RoleLayers<'_>; 2]) -> String {
    let sources = patch.sources.iter().map(|source| {
        let (_, layer, row) = roles[source.answer].at(source.row as usize);
        format!("{}={}", source.answer, label(layer, row))
    });
    let mut sources: Vec<String> = sources.collect();
    sources.sort_unstable();
    format!("{}-{:010x}", pair.code, fnv_1a(sources.join("|").as_bytes()) >> 24)
}
