//! What a finding is known by in a baseline.

use sanxian_model::{Crs, Finding, Role};
use sanxian_report::baseline::Spot;

use super::near_ground::extent;
use crate::plan::Plan;

/// What a finding is known by in a baseline.
pub(super) enum Key {
    /// The fingerprint, by rule, roles and identifier.
    Named(String),
    /// The ground of the subject, which has no identifier of its own.
    Ground(Spot),
}

/// What a finding is known by; none when its subject is not at hand.
///
/// An identifier that several features carry is none: what tells them apart in a fingerprint is their number or their layer's name.
pub(super) fn key(plan: &Plan, finding: &Finding) -> Option<Key> {
    let Some(row) = finding.row else { return Some(Key::Named(finding.fingerprint())) };
    let layer = plan.layers().get(finding.layer.number())?;
    let row = row as usize;
    let own = layer.text("id", row).filter(|id| !id.trim().is_empty());
    if own.is_some() && own == finding.subject.id {
        return Some(Key::Named(finding.fingerprint()));
    }
    if row >= layer.len() {
        return None;
    }
    let parts = if plan.crs().has_plane() { 1e3 } else { 1e9 };
    let rounded = |value: f64| (value * parts).round() / parts;
    let sides = extent(layer.polygons.feature(row));
    let middle = [0, 1].map(|axis| f64::midpoint(sides.min[axis], sides.max[axis]));
    Some(Key::Ground(Spot {
        crs: crs_name(plan.crs()),
        extent: [sides.min[0], sides.min[1], sides.max[0], sides.max[1]].map(rounded),
        point: finding.point.unwrap_or(middle).map(rounded),
    }))
}

/// The CRS of a run, as the file names it.
pub(super) fn crs_name(crs: &Crs) -> String {
    crs.epsg.map_or_else(|| crs.name.clone(), |code| format!("EPSG:{code}"))
}

impl Key {
    /// The fingerprint under which the baseline keeps a finding. Where it is stands in it in place of an identifier.
    pub(super) fn fingerprint(&self, finding: &Finding, crs: &Crs) -> String {
        match self {
            Self::Named(fingerprint) => fingerprint.clone(),
            Self::Ground(Spot { point: [x, y], .. }) => {
                let decimals = if crs.has_plane() { 2 } else { 7 };
                let zone = finding.zone_role.as_ref().map_or("-", Role::name);
                format!("{}/{}/@{x:.decimals$},{y:.decimals$}/{zone}", finding.rule, finding.role)
            }
        }
    }
}
