//! A plan in figures: what it covers, and which of its classes are not certain.

use std::collections::BTreeMap;

use sanxian_geom::{Area, Claim};
use sanxian_model::conflict::{PlanFigures, UnknownClass};
use sanxian_model::{Answer, AreaSum, Layer, SquareMetres, meaning};

/// The figures of a plan: `areas` and `answers` are those of its features, `claims` what they claim beside another plan.
pub(super) fn plan_figures(
    name: String,
    layer: &Layer,
    areas: &[Area],
    answers: &[Answer],
    claims: &[Claim],
) -> PlanFigures {
    let total = |areas: &mut dyn Iterator<Item = SquareMetres>| areas.sum::<AreaSum>().area();
    let rows = || answers.iter().zip(areas);
    let classes = answers.iter().filter_map(|answer| answer.class());
    let mut schemes: Vec<_> = classes.map(|class| class.scheme).collect();
    schemes.sort_unstable();
    schemes.dedup();
    let coarse = || rows().filter(|(answer, _)| is_coarse(**answer)).map(|(_, area)| area.ellipsoidal);
    PlanFigures {
        name,
        schemes,
        features: layer.len(),
        area: total(&mut areas.iter().map(|area| area.ellipsoidal)),
        claimed_again: total(&mut claims.iter().map(|claim| claim.again.ellipsoidal)),
        coarse_features: coarse().count(),
        coarse_area: total(&mut coarse()),
        unknown: unknown(layer, areas, answers),
    }
}

/// Whether a class may be several of the present scheme, or may build or not.
fn is_coarse(answer: Answer) -> bool {
    let of_class = answer.class().and_then(|class| meaning(class.scheme, class.code));
    of_class.is_some_and(|meaning| meaning.class.is_none() || meaning.builds.is_none())
}

fn unknown(layer: &Layer, areas: &[Area], answers: &[Answer]) -> Vec<UnknownClass> {
    let mut found: BTreeMap<Option<String>, (usize, AreaSum)> = BTreeMap::new();
    for (row, (answer, area)) in answers.iter().zip(areas).enumerate() {
        if *answer == Answer::Unknown {
            let value = layer.text("land_class", row).filter(|value| !value.trim().is_empty());
            let (features, sum) = found.entry(value).or_insert((0, AreaSum::ZERO));
            *features += 1;
            *sum += area.ellipsoidal;
        }
    }
    let class = |(value, (features, sum)): (Option<String>, (usize, AreaSum))| UnknownClass {
        value,
        features,
        area: sum.area(),
    };
    let mut unknown: Vec<UnknownClass> = found.into_iter().map(class).collect();
    unknown.sort_by(|a, b| b.area.get().total_cmp(&a.area.get()).then_with(|| a.value.cmp(&b.value)));
    unknown
}
