//! Identifiers that more than one feature carries.

use std::collections::HashMap;

use sanxian_model::{Fault, FaultKind, Layer, Outcome};

/// Tells each feature whose identifier an earlier feature carries. All of them are used: findings name the
/// feature id beside the identifier.
pub(crate) fn tell_duplicates(layer: &Layer, faults: &mut Vec<Fault>) {
    if !layer.fields.contains_key("id") && layer.column("id").is_none() {
        return;
    }
    let mut first: HashMap<String, usize> = HashMap::with_capacity(layer.len());
    for row in 0..layer.len() {
        let Some(id) = layer.text("id", row).filter(|id| !id.is_empty()) else { continue };
        match first.entry(id) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(row);
            }
            std::collections::hash_map::Entry::Occupied(entry) => faults.push(Fault {
                place: layer.place(row),
                kind: FaultKind::DuplicateId,
                near: None,
                detail: Some(format!("feature {} carries it too", layer.fids[*entry.get()])),
                outcome: Outcome::Kept,
            }),
        }
    }
}
