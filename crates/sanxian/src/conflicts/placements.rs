//! Projects against the plan that they have to fit: how much of each has a place there, and lies in a park.

use sanxian_geom::{ArealScale, MeasuredLayer, Stop, ZoneOverlaps, overlaps};
use sanxian_model::conflict::Placement;
use sanxian_model::{Answer, AreaSum, ConflictKind, OverlapPair, SquareMetres, meaning};

use super::digitising::least_area;
use super::options::ConflictOptions;
use crate::measure::net_of_zones;

/// A layer with what its features say.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) layer: &'a MeasuredLayer,
    pub(super) answers: &'a [Answer],
    /// Of which feature something stands in the column of classes, whether or not it is one.
    pub(super) has_value: &'a [bool],
}

/// How much of each project has a place in a plan.
pub(super) fn placements(
    projects: Said<'_>,
    plan: Said<'_>,
    parks: Option<&MeasuredLayer>,
    options: &ConflictOptions,
    scale: &ArealScale,
    stop: &Stop,
) -> Vec<Placement> {
    let on_plan = nets(projects.layer, plan.layer, scale, stop);
    let in_parks = parks.map(|parks| nets(projects.layer, parks, scale, stop));
    let placement = |(row, (class, area)): (usize, (&Answer, &sanxian_geom::Area))| {
        let of_row = |pairs: &[OverlapPair]| {
            let start = pairs.partition_point(|pair| (pair.subject as usize) < row);
            let count = pairs[start..].partition_point(|pair| pair.subject as usize == row);
            start..start + count
        };
        let [mut placed, mut contradicted, mut unknown] = [AreaSum::ZERO; 3];
        for pair in &on_plan[of_row(&on_plan)] {
            // A class that nobody knows is not no class.
            let is_known = *class != Answer::Unknown || !projects.has_value[row];
            match fits(*class, plan.answers[pair.zone as usize]).filter(|_| is_known) {
                Some(true) => placed += pair.net,
                Some(false) => contradicted += pair.net,
                None => unknown += pair.net,
            }
        }
        let uncovered = AreaSum::from(area.ellipsoidal) - placed - contradicted - unknown;
        let in_parks = in_parks.as_ref().map(|pairs| {
            let nets = pairs[of_row(pairs)].iter().map(|pair| pair.net);
            nets.sum::<AreaSum>().area()
        });
        Placement {
            row: row as u32,
            class: *class,
            area: area.ellipsoidal,
            placed: placed.area(),
            contradicted: contradicted.area(),
            unknown: unknown.area(),
            uncovered: uncovered.area(),
            in_parks,
            least: options.least_area.or_else(|| least_area(*class)).unwrap_or(LEAST_OF_NO_CLASS),
        }
    };
    projects.answers.iter().zip(&projects.layer.areas).enumerate().map(placement).collect()
}

/// The smallest patch of construction land, for a project without a class; see [`ConflictOptions::least_area`].
const LEAST_OF_NO_CLASS: SquareMetres = SquareMetres(200.0);

/// What the features of a layer have of those of another, each spot once, ordered by the first.
fn nets(subject: &MeasuredLayer, zones: &MeasuredLayer, scale: &ArealScale, stop: &Stop) -> Vec<OverlapPair> {
    let within = ZoneOverlaps::within(zones, scale, stop);
    net_of_zones(overlaps(subject, &zones.index, scale, stop), subject, zones, &within, scale, stop)
}

/// Whether a plan has a place for a project there; none when nobody knows. One without a class fits construction land.
fn fits(project: Answer, plan: Answer) -> Option<bool> {
    if project == Answer::Unknown {
        let class = plan.class()?;
        return meaning(class.scheme, class.code)?.builds;
    }
    match ConflictKind::of(project, plan) {
        ConflictKind::Agree => Some(true),
        ConflictKind::Unknown => None,
        _ => Some(false),
    }
}
