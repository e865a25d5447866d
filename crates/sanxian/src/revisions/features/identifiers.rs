//! Whether identifiers are stable between two revisions.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sanxian_model::revision::Identifiers;

use super::pair::Pair;

/// The features of both revisions that carry an identifier, each carried once in both.
pub(super) fn of_one_identifier(ids: [&[Option<Arc<str>>]; 2]) -> Vec<Pair> {
    let [old, new] = ids.map(carried_once);
    let mut pairs: Vec<Pair> = old.into_iter().filter_map(|(id, row)| Some((row, *new.get(&id)?))).collect();
    pairs.sort_unstable();
    pairs
}

fn carried_once(ids: &[Option<Arc<str>>]) -> HashMap<Arc<str>, u32> {
    let mut rows: HashMap<Arc<str>, Option<u32>> = HashMap::with_capacity(ids.len());
    for (id, row) in ids.iter().zip(0..) {
        if let Some(id) = id {
            rows.entry(Arc::clone(id)).and_modify(|row| *row = None).or_insert(Some(row));
        }
    }
    rows.into_iter().filter_map(|(id, row)| Some((id, row?))).collect()
}

/// What pairs of one identifier say, by the pairs of one shape or ground. A pair that is none of these speaks against
/// identifiers when one of its features is in another one; a feature that moved off its ground altogether does not.
pub(super) fn stability(of_one_identifier: &[Pair], on_one_ground: &HashSet<Pair>) -> Identifiers {
    let [old, new]: [HashSet<u32>; 2] =
        [0, 1].map(|side| on_one_ground.iter().map(|pair| [pair.0, pair.1][side]).collect());
    let confirmed = of_one_identifier.iter().filter(|pair| on_one_ground.contains(pair)).count();
    let elsewhere = |pair: &&Pair| old.contains(&pair.0) || new.contains(&pair.1);
    let contradicted =
        of_one_identifier.iter().filter(|pair| !on_one_ground.contains(pair)).filter(elsewhere).count();
    match confirmed + contradicted {
        0 if of_one_identifier.is_empty() => Identifiers::None,
        known if confirmed * 10 >= known * 9 => Identifiers::Stable,
        _ => Identifiers::Reissued,
    }
}
