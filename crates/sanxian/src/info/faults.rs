//! What reading tells about a layer, by kind.

use std::mem::discriminant;

use sanxian_model::{Fault, FaultKind, Layer, Treatment};
use sanxian_report::info::FaultGroup;

/// Faults of one kind and treatment together, in the order of the first of each; a layer without features is one.
pub(super) fn grouped(layer: &Layer, faults: Vec<Fault>) -> Vec<FaultGroup> {
    let mut groups: Vec<FaultGroup> = Vec::new();
    let empty = (layer.source.features == 0).then(|| Fault {
        place: layer.whole(),
        kind: FaultKind::EmptyLayer,
        near: None,
        detail: None,
        treatment: Treatment::Kept,
    });
    for fault in faults.into_iter().chain(empty) {
        let is_alike = |group: &&mut FaultGroup| {
            group.first.kind == fault.kind
                && discriminant(&group.first.treatment) == discriminant(&fault.treatment)
                && group.first.place.fid.is_some() == fault.place.fid.is_some()
        };
        match groups.iter_mut().find(is_alike) {
            Some(group) => group.count += 1,
            None => groups.push(FaultGroup { first: fault, count: 1 }),
        }
    }
    groups
}
