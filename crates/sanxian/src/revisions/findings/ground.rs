//! Findings whose subjects have other identifiers than before, and lie on the same ground.

use std::collections::BTreeMap;

use sanxian_geom::{ArealScale, LayerIndex, MeasuredLayer, Stop, overlaps};
use sanxian_model::{Crs, Finding, PolygonColumn, PolygonColumnBuilder, Role};

use crate::check::CheckReport;

/// What two findings must have in common beside ground.
type Kind<'a> = (&'a str, &'a Role, Option<&'a Role>);

/// Pairs of findings, old and new, of one rule and the same roles: the subjects share at least half of the smaller one. Of several
/// the one with the most ground in common; each finding is in one pair at most.
pub(super) fn by_ground(old: (&CheckReport, &[usize]), new: (&CheckReport, &[usize])) -> Vec<(usize, usize)> {
    if !sanxian_layer::crs::same_crs(old.0.plan().crs(), new.0.plan().crs()) {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    let of_old = by_kind(old);
    for (kind, rows) in by_kind(new) {
        if let Some(before) = of_old.get(&kind) {
            pairs.append(&mut of_kind((old.0, before), (new.0, &rows)));
        }
    }
    pairs
}

/// Findings about single features, by what they must have in common.
fn by_kind<'a>((report, numbers): (&'a CheckReport, &[usize])) -> BTreeMap<Kind<'a>, Vec<usize>> {
    let mut kinds: BTreeMap<Kind<'a>, Vec<usize>> = BTreeMap::new();
    for &number in numbers {
        let finding = &report.findings()[number];
        if finding.row.is_some() {
            let kind = (&*finding.rule, &finding.role, finding.zone_role.as_ref());
            kinds.entry(kind).or_default().push(number);
        }
    }
    kinds
}

fn of_kind(old: (&CheckReport, &[usize]), new: (&CheckReport, &[usize])) -> Vec<(usize, usize)> {
    // Shares of ground are the same in any plane; areas that are told are the findings' own.
    let plane = ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(()));
    let Ok(plane) = plane else { return Vec::new() };
    let [before, now] = [old, new].map(|side| MeasuredLayer::new(LayerIndex::build(&subjects(side)), &plane));
    let mut shared: Vec<(f64, usize, usize)> = overlaps(&before, &now.index, &plane, &Stop::default())
        .into_iter()
        .filter_map(|pair| {
            let (a, b) = (pair.subject as usize, pair.zone as usize);
            let smaller = before.areas[a].planar.get().min(now.areas[b].planar.get());
            (pair.area.get() >= smaller / 2.0).then_some((pair.area.get(), a, b))
        })
        .collect();
    shared.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut taken_before, mut taken_now) = (vec![false; old.1.len()], vec![false; new.1.len()]);
    let mut pairs = Vec::new();
    for (_, a, b) in shared {
        if !taken_before[a] && !taken_now[b] {
            (taken_before[a], taken_now[b]) = (true, true);
            pairs.push((old.1[a], new.1[b]));
        }
    }
    pairs
}

/// The polygons of the subjects of findings.
fn subjects((report, numbers): (&CheckReport, &[usize])) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    for number in numbers {
        let Finding { layer, row, .. } = &report.findings()[*number];
        match (report.plan().layers().get(layer.number()), row) {
            (Some(layer), Some(row)) => builder.push_view(layer.polygons.feature(*row as usize)),
            _ => builder.end_feature(),
        }
    }
    builder.finish()
}
