//! Identifiers that more than one feature carries.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

use arrow_array::{Array, StringArray};
use sanxian_model::{Fault, FaultKind, Layer, Outcome};

/// Tells each feature whose identifier an earlier feature carries. All of them are used: findings name the
/// feature id beside the identifier.
pub(crate) fn tell_duplicates(layer: &Layer, faults: &mut Vec<Fault>) {
    let mut tell = |row: usize, first: usize| {
        faults.push(Fault {
            place: layer.place(row),
            kind: FaultKind::DuplicateId,
            near: None,
            detail: Some(format!("feature {} carries it too", layer.fids[first])),
            outcome: Outcome::Kept,
        });
    };
    let texts = layer.column("id").and_then(|column| column.as_any().downcast_ref::<StringArray>());
    if let Some(texts) = texts {
        // The usual case, without a copy of each identifier.
        let mut first = HashMap::with_capacity(layer.len());
        for (row, id) in texts.iter().enumerate() {
            note(&mut first, id.filter(|id| !id.is_empty()), row, &mut tell);
        }
    } else {
        let mut first = HashMap::with_capacity(layer.len());
        for row in 0..layer.len() {
            note(&mut first, layer.text("id", row).filter(|id| !id.is_empty()), row, &mut tell);
        }
    }
}

fn note<K: Eq + Hash>(
    first: &mut HashMap<K, usize>,
    id: Option<K>,
    row: usize,
    tell: &mut impl FnMut(usize, usize),
) {
    let Some(id) = id else { return };
    match first.entry(id) {
        Entry::Vacant(entry) => {
            entry.insert(row);
        }
        Entry::Occupied(entry) => tell(row, *entry.get()),
    }
}
