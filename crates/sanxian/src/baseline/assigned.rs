//! The findings of a run by the entries of a baseline.

use std::collections::BTreeMap;

use sanxian_model::{Crs, Finding, Role};
use sanxian_report::baseline::{Baseline, BaselineEntry, Spot};

use super::key::{Key, key};
use super::near_ground::distance;
use crate::plan::Plan;

/// Entries by fingerprint, and those of subjects without identifier by place: a county may have tens of thousands of either.
pub(super) struct EntryIndex<'a> {
    plan: &'a Plan,
    /// By fingerprint.
    named: BTreeMap<String, usize>,
    /// By strip from north to south; a feature lies in the strip of its west side.
    grounds: BTreeMap<i64, Vec<(usize, BaselineEntry)>>,
}

impl<'a> EntryIndex<'a> {
    pub(super) fn new(plan: &'a Plan) -> Self {
        Self { plan, named: BTreeMap::new(), grounds: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, number: usize, entry: &BaselineEntry) {
        match &entry.spot {
            None => drop(self.named.insert(entry.fingerprint.clone(), number)),
            Some(spot) => {
                let strip = strip(spot, self.plan.crs());
                self.grounds.entry(strip).or_default().push((number, entry.clone()));
            }
        }
    }

    /// The number of the entry that a finding is of. Of several on its ground it is the nearest.
    pub(super) fn find(&self, key: &Key, finding: &Finding) -> Option<usize> {
        let spot = match key {
            Key::Named(fingerprint) => return self.named.get(fingerprint).copied(),
            Key::Ground(spot) => spot,
        };
        let plan = self.plan;
        let layer = plan.layers().get(finding.layer.number())?;
        let feature = layer.polygons.feature(finding.row? as usize);
        let zone = finding.zone_role.as_ref().map_or("-", Role::name);
        let strip = strip(spot, plan.crs());
        let mut nearest: Option<(f64, usize)> = None;
        // What is near may be across the line between two strips.
        for (number, entry) in self.grounds.range(strip - 1..=strip + 1).flat_map(|(_, entries)| entries) {
            let Some(place) = &entry.spot else { continue };
            if entry.rule() != &*finding.rule || entry.role() != finding.role.name() || entry.zone() != zone {
                continue;
            }
            let far = distance(place, feature, spot.point, plan.crs());
            if let Some(far) = far.filter(|far| nearest.is_none_or(|(least, _)| *far < least)) {
                nearest = Some((far, *number));
            }
        }
        nearest.map(|(_, number)| number)
    }
}

/// The strip in which the west side of a feature lies. Strips are wider than what is near.
fn strip(spot: &Spot, crs: &Crs) -> i64 {
    let width = if crs.has_plane() { 1.0 } else { 1e-4 };
    (spot.extent[0] / width).floor() as i64
}

/// For each finding the number of its entry; none for a finding that has none.
pub(super) fn assigned(plan: &Plan, findings: &[&Finding], baseline: &Baseline) -> Vec<Option<usize>> {
    let mut index = EntryIndex::new(plan);
    baseline.entries.iter().enumerate().for_each(|(number, entry)| index.add(number, entry));
    findings.iter().map(|finding| index.find(&key(plan, finding)?, finding)).collect()
}

/// The findings of each entry that has some, by their numbers.
pub(super) fn by_entry(assigned: &[Option<usize>]) -> BTreeMap<usize, Vec<usize>> {
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, entry) in assigned.iter().enumerate() {
        if let Some(entry) = entry {
            groups.entry(*entry).or_default().push(number);
        }
    }
    groups
}
