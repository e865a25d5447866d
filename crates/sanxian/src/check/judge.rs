//! Judges by rules what was measured.

use std::collections::{BTreeMap, BTreeSet};

use sanxian_model::{FaultKind, Finding, Layer, LayerId, Ledger, Place, Role, RoleLayers};
use sanxian_report::ZoneTotal;

use super::chosen::Chosen;
use super::options::CheckOptions;
use super::outcome::Outcome;
use super::shape_key::shape_key;
use crate::baseline::today;
use crate::error::Error;
use crate::measure::{Ground, mark, set_aside};
use crate::plan::Plan;
use crate::stats::Stats;

/// Judges by the rules what was measured.
pub(crate) fn judge(
    plan: &Plan,
    chosen: Chosen<'_>,
    options: &CheckOptions,
    ground: &dyn Ground,
    mut ledger: Ledger,
) -> Result<Outcome, Error> {
    let watch = &options.watch;
    let mut checked = sanxian_rules::check(&chosen.rules, ground, &chosen.limits(options))?;
    if checked.run.is_empty() && !options.may_judge_nothing {
        return Err(Error::NothingJudged { not_run: checked.not_run });
    }
    watch.go_on()?;
    tell_apart(plan, &mut checked.findings);
    ground.locate(&mut checked.findings);
    watch.go_on()?;
    let narrow = ground.narrow(&checked.findings, options.sliver_width);
    let (findings, slivers) = set_aside(checked.findings, narrow);
    let subject = plan.subject();
    if let Some(subject) = subject {
        mark(&mut ledger, &slivers, subject);
    }
    let zones = zone_totals(plan, ground, subject.map(|layers| layers.role()));
    let units = subject.map_or_else(Vec::new, |layers| ground.unit_totals(layers.role()));
    watch.go_on()?;
    let stats = Stats {
        features: plan.layers.iter().map(Layer::len).sum(),
        vertices: plan.layers.iter().map(|layer| layer.polygons.coords().len()).sum(),
        pairs: zones.iter().map(|zone| zone.pairs).sum(),
        ..Stats::default()
    };
    let mut outcome = Outcome {
        findings,
        slivers,
        ledger,
        zones,
        units,
        quantities: checked.quantities,
        rules_run: checked.run,
        not_run: checked.not_run,
        left_out: chosen.left_out,
        replaced: chosen.replaced,
        usual_tolerance: chosen.usual_tolerance,
        concerned: checked.concerned,
        rules: chosen.rules.into_iter().cloned().collect(),
        profile: options.profile.clone(),
        tolerance: chosen.tolerance,
        pieces: None,
        baseline: None,
        stats,
    };
    if let Some(baseline) = &options.baseline {
        outcome.accept(plan, baseline, options.today.unwrap_or_else(today));
    }
    outcome.pieces = options.pieces.then(|| ground.cut(&outcome.findings));
    watch.go_on()?;
    Ok(outcome)
}

/// Adds the feature id to identifiers that several features of a layer carry, and the layer to those that several layers
/// of a role carry, so that no two findings look alike and each keeps a fingerprint of its own.
fn tell_apart(plan: &Plan, findings: &mut [Finding]) {
    let shared: BTreeSet<(&str, &str, &str)> = plan
        .faults
        .iter()
        .filter(|fault| fault.kind == FaultKind::DuplicateId)
        .filter_map(|fault| Some((&*fault.place.path, &*fault.place.layer, fault.place.id.as_deref()?)))
        .collect();
    let (tags, carried_twice) = (plan.tags(), plan.carried_twice());
    // Whether the identifier is no other's.
    let name = |place: &mut Place, layer: LayerId| -> bool {
        let Some(fid) = place.fid else { return true };
        let own = place.id.clone().filter(|id| !id.trim().is_empty());
        let in_two_layers = own.as_ref().is_none_or(|id| carried_twice.contains(&(layer, id.clone())));
        let mut is_own = own.is_some() && !in_two_layers;
        if let Some(id) = &own
            && shared.contains(&(&*place.path, &*place.layer, id.as_str()))
        {
            place.id = Some(format!("{id}#{fid}"));
            is_own = false;
        }
        if in_two_layers && let Some(tag) = &tags[layer.number()] {
            place.id = Some(format!("{tag}:{}", place.label()));
        }
        is_own
    };
    let mut keys = Keys::default();
    for finding in findings {
        let id = finding.subject.id.clone().unwrap_or_default();
        if !name(&mut finding.subject, finding.layer) {
            finding.key = keys.of(plan, finding, &id);
        }
        for zone in &mut finding.zones {
            name(&mut zone.place, zone.layer);
        }
    }
}

/// What subjects without an identifier of their own are known by.
#[derive(Default)]
struct Keys {
    of_rows: BTreeMap<(LayerId, u32), String>,
    /// Features of each role by key: those of one shape have a number, in the order of the findings.
    taken: BTreeMap<(Role, String), usize>,
}

impl Keys {
    /// The key of the subject of a finding; none where it has no shape.
    fn of(&mut self, plan: &Plan, finding: &Finding, id: &str) -> Option<String> {
        let row = finding.row?;
        if let Some(known) = self.of_rows.get(&(finding.layer, row)) {
            return Some(known.clone());
        }
        let layer = plan.layers().get(finding.layer.number()).filter(|layer| layer.len() > row as usize)?;
        let mut key = format!("{}{}", id.trim(), shape_key(layer.polygons.feature(row as usize), plan.crs()));
        let number = self.taken.entry((finding.role.clone(), key.clone())).or_default();
        *number += 1;
        if *number > 1 {
            key = format!("{key}~{number}");
        }
        self.of_rows.insert((finding.layer, row), key.clone());
        Some(key)
    }
}

/// How much of the subject lies on each zone layer, in the order of precedence.
fn zone_totals(plan: &Plan, facts: &dyn Ground, subject: Option<&Role>) -> Vec<ZoneTotal> {
    let Some(subject) = subject else { return Vec::new() };
    let mut zones: Vec<RoleLayers<'_>> = plan.roles().collect();
    zones.sort_by_key(|zone| zone.role().precedence());
    let mut totals = Vec::new();
    for zone in zones {
        let Some(table) = facts.overlaps(subject, zone.role()) else { continue };
        for (_, numbers, layer) in zone.iter() {
            let total = table.total(|zone| numbers.contains(&(zone as usize)));
            totals.push(ZoneTotal {
                role: zone.role().clone(),
                layer: layer.source.layer.to_string(),
                pairs: total.pairs,
                patches: total.subjects,
                overlap: total.area,
                planar: plan.crs.has_plane().then_some(total.planar),
            });
        }
    }
    totals
}
