//! Difference patches: the maximal connected areas on which two plans give one pair of different answers.

use std::collections::BTreeMap;

use rayon::prelude::*;
use sanxian_geom::{ArealScale, Claims, MeasuredLayer, Stop, common_ground};
use sanxian_model::{Position, SquareMetres};

use super::answer::Answer;
use super::kind::ConflictKind;

/// A difference patch (差异图斑): a maximal connected area on which two plans give one pair of different answers. Edges between
/// features of one plan that have one class do not cut it, and parts that touch in points only are two.
#[derive(Debug, Clone, PartialEq)]
pub struct DifferencePatch {
    /// What the plans say.
    pub answers: [Option<Answer>; 2],
    /// How the answers differ.
    pub kind: ConflictKind,
    /// Area on the ellipsoid.
    pub area: SquareMetres,
    /// The exterior ring, counter-clockwise, and the holes, closed, in the CRS of the first plan.
    pub polygon: Vec<Vec<Position>>,
}

/// The patches of every pair of answers that is a conflict, in the order of the answers, then from west to east and south to
/// north by the corner of their boxes.
pub(super) fn patches(
    claims: &Claims,
    answers: &[Vec<Option<Answer>>; 2],
    layers: [&MeasuredLayer; 2],
    scale: &ArealScale,
    stop: &Stop,
) -> Vec<DifferencePatch> {
    let mut pairs: BTreeMap<[Option<Answer>; 2], Vec<(u32, u32)>> = BTreeMap::new();
    for pair in &claims.pairs {
        let answers = [answers[0][pair.subject as usize], answers[1][pair.zone as usize]];
        if ConflictKind::of(answers[0], answers[1]).is_conflict() {
            pairs.entry(answers).or_default().push((pair.subject, pair.zone));
        }
    }
    let of_answers = |(answers, pairs): ([Option<Answer>; 2], Vec<(u32, u32)>)| {
        let kind = ConflictKind::of(answers[0], answers[1]);
        let parts = common_ground(&layers[0].index, &layers[1].index, &pairs, scale, stop);
        let mut patches: Vec<DifferencePatch> = parts
            .into_iter()
            .map(|part| DifferencePatch { answers, kind, area: part.area.ellipsoidal, polygon: part.polygon })
            .collect();
        patches.sort_by(|a, b| corner(a).partial_cmp(&corner(b)).expect("coordinates are finite"));
        patches
    };
    pairs.into_iter().collect::<Vec<_>>().into_par_iter().flat_map_iter(of_answers).collect()
}

/// The south-west corner of the box of a patch.
fn corner(patch: &DifferencePatch) -> Position {
    let least = |[x, y]: Position, [other_x, other_y]: &Position| [x.min(*other_x), y.min(*other_y)];
    patch.polygon[0].iter().fold([f64::INFINITY; 2], least)
}
