//! Sets findings aside that are too narrow to be told from the rounding of coordinates.
//!
//! Two layers whose edges are one and the same line on the ground, each written with seven decimals of a degree,
//! overlap along that line in strips of centimetres, and a strip of a kilometre is larger than any tolerance of area.
//! Rounding moves a vertex by half a step along each axis, that is by `step / √2` at most. So two edges that were one
//! lie no further apart than `(step₁ + step₂) / √2`, and what is narrower on the mean tells nothing.

use std::collections::BTreeSet;

use rayon::prelude::*;
use sanxian_model::{CrsKind, Finding, Layer, LayerId, Ledger, Measure, Metres, RoleLayers, Sliver};

use super::measured::Measured;
use super::pieces::shape_of;
use super::width::{ground_length, mean_width};
use crate::plan::Plan;

/// A coarser step is how a layer was drawn, such as on whole metres, and not how it was rounded on writing. Six decimals
/// of a degree, the coarsest that is usual for writing, are 0.11 m.
const COARSEST: Metres = Metres(0.2);

/// The findings that stand, and those that are set aside because they are narrow, each in their order.
pub(crate) fn set_aside(
    findings: Vec<Finding>,
    apart: Vec<Option<(Metres, Metres)>>,
) -> (Vec<Finding>, Vec<Sliver>) {
    let (mut stand, mut slivers) = (Vec::with_capacity(findings.len()), Vec::new());
    for (finding, narrow) in findings.into_iter().zip(apart) {
        match narrow {
            Some((width, limit)) => slivers.push(Sliver { finding, width, limit }),
            None => stand.push(finding),
        }
    }
    (stand, slivers)
}

/// Marks the ground of slivers in the ledger, where it is all that a patch has on a line.
pub(crate) fn mark(ledger: &mut Ledger, slivers: &[Sliver], subject: RoleLayers<'_>) {
    for Sliver { finding, .. } in slivers.iter().filter(|sliver| sliver.finding.role == *subject.role()) {
        let line = ledger.roles.iter().position(|line| finding.zone_role.as_ref() == Some(line));
        let (Measure::Overlap { area, .. }, Some(row), Some(line)) = (&finding.measure, finding.row, line)
        else {
            continue;
        };
        let number = subject.number(finding.layer, row as usize) as u32;
        let Ok(row) = ledger.rows.binary_search_by_key(&number, |entry| entry.subject) else { continue };
        let entries = ledger.rows[row].lines.iter_mut();
        for entry in entries.filter(|entry| usize::from(entry.role) == line) {
            entry.sliver |= entry.gross - *area < ledger.tolerance;
        }
    }
}

/// For each finding the mean width of what it is about and the limit that it is below; none when it is not.
///
/// `asked` is the mean width below which a finding is set aside, for all layers; by default it follows from the steps of
/// the layers of each finding.
pub(crate) fn widths(
    measured: &Measured<'_>,
    findings: &[Finding],
    asked: Option<Metres>,
) -> Vec<Option<(Metres, Metres)>> {
    let boundaries =
        if asked == Some(Metres::ZERO) { Boundaries::default() } else { Boundaries::of(measured, findings) };
    findings.par_iter().map(|finding| narrow(measured, finding, asked, &boundaries)).collect()
}

/// Length of the boundary in metres of each zone that some findings are about.
#[derive(Default)]
struct Boundaries(Vec<((usize, u32), f64)>);

impl Boundaries {
    fn of(measured: &Measured<'_>, findings: &[Finding]) -> Self {
        let zones = findings.iter().filter_map(|finding| measured.zones_of(finding));
        let mut zones: Vec<(usize, u32)> =
            zones.flat_map(|(role, rows)| rows.into_iter().map(move |row| (role, row))).collect();
        zones.par_sort_unstable();
        zones.dedup();
        let lengths = zones.into_par_iter().with_min_len(64);
        Self(lengths.map(|(role, row)| ((role, row), boundary(measured, role, row as usize))).collect())
    }

    fn length(&self, role: usize, row: u32) -> f64 {
        self.0.binary_search_by_key(&(role, row), |(zone, _)| *zone).map_or(0.0, |at| self.0[at].1)
    }
}

fn boundary(measured: &Measured<'_>, layer: usize, row: usize) -> f64 {
    let rings = measured.polygons(layer).feature(row).rings();
    rings.map(|ring| ground_length(ring, &measured.plan.crs)).sum()
}

fn narrow(
    measured: &Measured<'_>,
    finding: &Finding,
    asked: Option<Metres>,
    boundaries: &Boundaries,
) -> Option<(Metres, Metres)> {
    let (Measure::Overlap { area, .. } | Measure::Outside { area, .. }) = finding.measure else {
        return None;
    };
    let (subject, row) = measured.subject_of(finding)?;
    let (zone, rows) = measured.zones_of(finding)?;
    let limit = match asked {
        Some(limit) => limit,
        None => limit_of(measured.plan, finding)?,
    };
    if limit <= Metres::ZERO {
        return None;
    }
    // The boundary of what is shared, or left outside, is part of those of the features. Only what could be narrow with all
    // of them is cut; as lengths are those of the map, half of it is not enough.
    let of_zones = rows.iter().map(|row| boundaries.length(zone, *row)).sum::<f64>();
    let longest = boundary(measured, subject, row) + of_zones;
    if area.get() >= limit.get() * longest {
        return None;
    }
    let shape = shape_of(measured, finding);
    let width = mean_width(area, shape.iter().flatten().map(Vec::as_slice), &measured.plan.crs)?;
    (width < limit).then_some((width, limit))
}

/// How far apart the edges of a finding must be, to be two: of the layers of its zones, that which tells most decides.
fn limit_of(plan: &Plan, finding: &Finding) -> Option<Metres> {
    let subject = &plan.layers[finding.layer.number()];
    let zones: BTreeSet<LayerId> = finding.zones.iter().map(|zone| zone.layer).collect();
    let all = || plan.of_role(finding.zone_role.as_ref()?);
    let layers: Vec<&Layer> = if zones.is_empty() {
        all()?.layers().iter().collect()
    } else {
        zones.iter().map(|id| &plan.layers[id.number()]).collect()
    };
    layers.into_iter().map(|zone| told_apart(subject, zone)).min_by(|a, b| a.get().total_cmp(&b.get()))
}

/// How far apart edges of two layers must be, to be two.
pub(crate) fn told_apart(a: &Layer, b: &Layer) -> Metres {
    let step = |layer: &Layer| {
        let unit = match layer.source.crs.kind {
            // At the equator, where a degree is longest in the east: 111.3 km.
            CrsKind::Geographic { degrees } => degrees.to_radians() * layer.source.crs.ellipsoid.semi_major,
            CrsKind::Projected { metres } => metres,
            CrsKind::Plane => 1.0,
        };
        let step = layer.source.step.map_or(0.0, |step| step * unit);
        if step > COARSEST.get() { 0.0 } else { step }
    };
    Metres((step(a) + step(b)) * std::f64::consts::FRAC_1_SQRT_2)
}

#[cfg(test)]
mod tests {
    use sanxian_model::{Crs, Role};

    use super::*;

    #[test]
    fn a_step_that_is_coarse_is_how_a_layer_was_drawn() {
        let crs = Crs { kind: CrsKind::Geographic { degrees: 1.0 }, ..Crs::plane() };
        let layer = |step: Option<f64>| {
            let mut layer = crate::examples::layer(Role::PLAN, &[], &crs).expect("no shapes");
            layer.source.step = step;
            layer
        };
        let width = |a, b| told_apart(&layer(a), &layer(b)).get();
        assert!((width(Some(1e-7), Some(1e-7)) - 0.015_743).abs() < 1e-6);
        assert!((width(Some(1e-6), None) - 0.078_715).abs() < 1e-6);
        assert_eq!((width(Some(1e-5), Some(1.0)), width(None, None)), (0.0, 0.0));
    }
}
