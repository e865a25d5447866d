//! Whether identifiers are stable between two revisions.

use std::sync::Arc;

use rayon::prelude::*;
use sanxian_model::revision::Identifiers;

use super::pair::Pair;

/// The features of both revisions that carry an identifier, each carried once in both.
pub(super) fn of_one_identifier(ids: [&[Option<Arc<str>>]; 2]) -> Vec<Pair> {
    let [old, new] = ids.map(carried_once);
    let mut rest = &new[..];
    let mut pairs: Vec<Pair> = Vec::with_capacity(old.len().min(new.len()));
    for (id, row) in old {
        rest = &rest[rest.iter().take_while(|(other, _)| *other < id).count()..];
        if let Some((_, partner)) = rest.first().filter(|(other, _)| *other == id) {
            pairs.push((row, *partner));
        }
    }
    pairs.par_sort_unstable();
    pairs
}

/// Identifiers that one feature carries, with its number, in their order.
fn carried_once(ids: &[Option<Arc<str>>]) -> Vec<(&str, u32)> {
    let given = ids.iter().zip(0..).filter_map(|(id, row)| Some((id.as_deref()?, row)));
    let mut rows: Vec<(&str, u32)> = given.collect();
    rows.par_sort_unstable();
    let once = rows.chunk_by(|a, b| a.0 == b.0).filter(|carriers| carriers.len() == 1);
    once.map(|carriers| carriers[0]).collect()
}

/// What pairs of one identifier say, by the partners that features of both revisions have by shape or ground. A pair that is none of
/// these speaks against identifiers when one of its features has another partner; a feature that moved off its ground
/// altogether does not.
pub(super) fn stability(of_one_identifier: &[Pair], partners: &Partners) -> Identifiers {
    let (mut confirmed, mut contradicted) = (0, 0);
    for pair in of_one_identifier {
        if partners.contains(*pair) {
            confirmed += 1;
        } else if partners.has_any(*pair) {
            contradicted += 1;
        }
    }
    match confirmed + contradicted {
        0 if of_one_identifier.is_empty() => Identifiers::None,
        known if confirmed * 10 >= known * 9 => Identifiers::Stable,
        _ => Identifiers::Reissued,
    }
}

/// Features of both revisions that are of one shape, or share most of their ground.
pub(super) struct Partners {
    /// In order.
    pairs: Vec<Pair>,
    /// Whether a feature is in any of them, of both revisions.
    has_one: [Vec<bool>; 2],
}

impl Partners {
    /// Of pairs of features of which there are so many.
    pub(super) fn of(mut pairs: Vec<Pair>, features: [usize; 2]) -> Self {
        pairs.par_sort_unstable();
        let mut has_one = features.map(|count| vec![false; count]);
        for (old, new) in &pairs {
            has_one[0][*old as usize] = true;
            has_one[1][*new as usize] = true;
        }
        Self { pairs, has_one }
    }

    fn contains(&self, pair: Pair) -> bool {
        self.pairs.binary_search(&pair).is_ok()
    }

    /// Whether one of two features has a partner at all.
    fn has_any(&self, (old, new): Pair) -> bool {
        self.has_one[0][old as usize] || self.has_one[1][new as usize]
    }
}
