//! Which features of the newer revision are those of the older one.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use sanxian_geom::{ArealScale, Stop, overlaps};
use sanxian_model::OverlapPair;
use sanxian_model::revision::{Identifiers, MatchedBy};

use super::identifiers::{Partners, of_one_identifier, stability};
use super::pair::Pair;
use super::same_shape::same_shape;
use super::side::Side;
use crate::measure::some_of;

/// Which features are the same ones.
pub(super) struct Matching {
    /// Pairs of one shape, in the order of the older revision.
    pub(super) same: Vec<Pair>,
    /// The rest: features that became one another.
    pub(super) groups: Vec<Group>,
    pub(super) identifiers: Identifiers,
    /// What features of `groups` share, by the numbers of both revisions, in order.
    pub(super) shared: Vec<OverlapPair>,
}

/// Features of the older revision that became those of the newer one, or features that are in one revision only.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Group {
    pub(super) old: Vec<u32>,
    pub(super) new: Vec<u32>,
    pub(super) by: Option<MatchedBy>,
}

/// Matches features by shape, then by identifier where identifiers are stable, then by ground: two that share at least half of
/// the smaller. A feature that has a partner by its identifier gets others only if they have none.
pub(super) fn matching(sides: [Side<'_>; 2], scale: &ArealScale, stop: &Stop) -> Matching {
    let ids = sides.map(|side| side.texts("id"));
    let ids: [&[Option<Arc<str>>]; 2] = [&ids[0], &ids[1]];
    let same = same_shape(sides, ids);
    let [rest_old, rest_new] = [0, 1].map(|side| {
        let mut is_open = vec![true; sides[side].len()];
        for pair in &same {
            is_open[[pair.0, pair.1][side] as usize] = false;
        }
        let rows = is_open.into_iter().zip(0..);
        rows.filter_map(|(is_open, row)| is_open.then_some(row)).collect::<Vec<u32>>()
    });
    let shared = shared_ground(sides, &rest_old, &rest_new, scale, stop);
    let on_one_ground = |pair: &OverlapPair| {
        let smaller = sides[0].area(pair.subject).min(sides[1].area(pair.zone));
        pair.area.get() >= smaller.get() / 2.0
    };

    let of_one_id = of_one_identifier(ids);
    let by_ground: Vec<Pair> =
        shared.iter().filter(|pair| on_one_ground(pair)).map(|pair| (pair.subject, pair.zone)).collect();
    let by_shape_or_ground = Partners::of([&same[..], &by_ground].concat(), sides.map(|side| side.len()));
    let identifiers = stability(&of_one_id, &by_shape_or_ground);

    let mut partners: Vec<(u32, u32, MatchedBy)> = Vec::new();
    if identifiers == Identifiers::Stable {
        let (open_old, open_new): (HashSet<u32>, HashSet<u32>) =
            (rest_old.iter().copied().collect(), rest_new.iter().copied().collect());
        let open = of_one_id.iter().filter(|(old, new)| open_old.contains(old) && open_new.contains(new));
        partners.extend(open.map(|&(old, new)| (old, new, MatchedBy::Identifier)));
    }
    let [named_old, named_new]: [HashSet<u32>; 2] =
        [0, 1].map(|side| partners.iter().map(|pair| [pair.0, pair.1][side]).collect());
    let has_none = |&(old, new): &Pair| !named_old.contains(&old) || !named_new.contains(&new);
    partners.extend(by_ground.into_iter().filter(has_none).map(|(old, new)| (old, new, MatchedBy::Ground)));
    Matching { same, groups: groups(&rest_old, &rest_new, &partners), identifiers, shared }
}

/// What the features of both revisions that have no twin share.
fn shared_ground(
    [old, new]: [Side<'_>; 2],
    rest_old: &[u32],
    rest_new: &[u32],
    scale: &ArealScale,
    stop: &Stop,
) -> Vec<OverlapPair> {
    let (before, now) = (some_of(old.measured, rest_old), some_of(new.measured, rest_new));
    let mut shared = overlaps(&before, &now.index, scale, stop);
    for pair in &mut shared {
        (pair.subject, pair.zone) = (rest_old[pair.subject as usize], rest_new[pair.zone as usize]);
    }
    shared
}

/// The features, put together as far as partners reach.
fn groups(rest_old: &[u32], rest_new: &[u32], partners: &[(u32, u32, MatchedBy)]) -> Vec<Group> {
    let at = |rest: &[u32]| rest.iter().enumerate().map(|(at, row)| (*row, at)).collect::<HashMap<_, _>>();
    let (at_old, at_new) = (at(rest_old), at(rest_new));
    let mut parent: Vec<usize> = (0..rest_old.len() + rest_new.len()).collect();
    for (old, new, _) in partners {
        let [a, b] = [at_old[old], rest_old.len() + at_new[new]].map(|node| root(&mut parent, node));
        parent[a.max(b)] = a.min(b);
    }
    let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
    for node in 0..parent.len() {
        let group = groups.entry(root(&mut parent, node)).or_insert_with(|| Group {
            old: Vec::new(),
            new: Vec::new(),
            by: None,
        });
        match rest_old.get(node) {
            Some(row) => group.old.push(*row),
            None => group.new.push(rest_new[node - rest_old.len()]),
        }
    }
    for (old, _, by) in partners {
        let root = root(&mut parent, at_old[old]);
        if let Some(group) = groups.get_mut(&root) {
            // Where ground had a say, it is told.
            group.by = group.by.max(Some(*by));
        }
    }
    groups.into_values().collect()
}

fn root(parent: &mut [usize], mut node: usize) -> usize {
    while parent[node] != node {
        parent[node] = parent[parent[node]];
        node = parent[node];
    }
    node
}
