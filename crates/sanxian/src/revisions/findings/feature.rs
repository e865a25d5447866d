//! Findings whose subjects are one feature in both revisions.

use std::collections::BTreeMap;

use sanxian_model::revision::LayerChange;
use sanxian_model::{Finding, Role};

use crate::check::CheckReport;

/// What two findings must have in common beside their subject.
type Kind<'a> = (&'a str, &'a Role, Option<&'a Role>);

/// Pairs of findings, old and new, of one rule and the same roles, about a feature that is one and the same in both revisions: it did
/// not change, or it is the one that became the one.
pub(super) fn by_feature(
    old: &CheckReport,
    new: &CheckReport,
    layers: &[LayerChange],
) -> Vec<(usize, usize)> {
    let successors = Successors::of(layers);
    let mut of_new: BTreeMap<(Kind<'_>, u32), Vec<usize>> = BTreeMap::new();
    for (number, finding) in new.findings().iter().enumerate().rev() {
        if let Some(row) = subject(new, finding) {
            of_new.entry((kind(finding), row)).or_default().push(number);
        }
    }
    let mut pairs = Vec::new();
    for (earlier, finding) in old.findings().iter().enumerate() {
        let successor = subject(old, finding).and_then(|row| successors.get(&finding.role, row));
        let numbers = successor.and_then(|row| of_new.get_mut(&(kind(finding), row)));
        if let Some(number) = numbers.and_then(Vec::pop) {
            pairs.push((earlier, number));
        }
    }
    pairs
}

/// What single features became.
struct Successors<'a> {
    layers: &'a [LayerChange],
    /// Of those that changed, by role.
    changed: BTreeMap<&'a Role, BTreeMap<u32, u32>>,
}

impl<'a> Successors<'a> {
    fn of(layers: &'a [LayerChange]) -> Self {
        let one_to_one = |layer: &LayerChange| {
            let changed = layer.changed.iter().filter_map(|of| match (&of.old[..], &of.new[..]) {
                ([old], [new]) => Some((*old, *new)),
                _ => None,
            });
            changed.collect()
        };
        Self { layers, changed: layers.iter().map(|layer| (&layer.role, one_to_one(layer))).collect() }
    }

    fn get(&self, role: &Role, old: u32) -> Option<u32> {
        let kept = &self.layers.iter().find(|layer| layer.role == *role)?.kept;
        match kept.binary_search_by_key(&old, |(old, _)| *old) {
            Ok(at) => Some(kept[at].1),
            Err(_) => self.changed.get(role)?.get(&old).copied(),
        }
    }
}

fn kind(finding: &Finding) -> Kind<'_> {
    (&finding.rule, &finding.role, finding.zone_role.as_ref())
}

/// The number of the subject through the layers of its role; none of a finding about the layers as a whole.
fn subject(report: &CheckReport, finding: &Finding) -> Option<u32> {
    let layers = report.plan().of_role(&finding.role)?;
    Some(layers.number(finding.layer, finding.row? as usize) as u32)
}
