//! The layers of two revisions, role by role.

use std::collections::BTreeMap;

use rayon::prelude::*;
use sanxian_geom::Measurer;
use sanxian_model::revision::{FeatureChange, FieldChange, Identifiers, LayerChange, MatchedBy, ShapeChange};
use sanxian_model::{AreaSum, Role, RoleLayers, SquareMetres};

use super::changed_ground::Ground;
use super::classes::Classes;
use super::fields::fields;
use super::matching::{Group, matching};
use super::names::Names;
use super::noise_width::noise_width;
use super::reshaped::{Reshaped, Reshaping};
use super::side::Side;
use crate::error::Error;
use crate::measure::Measured;
use crate::plan::{Plan, into_crs};
use crate::revisions::options::RevisionOptions;

/// What became of the features and the ground of each role that both revisions have, in the order of the newer one. Layers of the
/// older revision are brought into the CRS of the newer one.
///
/// The result does not depend on the order of features in their layers but for the numbers by which it names them.
///
/// # Errors
/// [`Error::CrsDiffers`] without the feature `files`, or else what the transformation says; [`Error::Stopped`].
pub fn compare_layers(
    before: &Plan,
    now: &Plan,
    options: &RevisionOptions,
) -> Result<Vec<LayerChange>, Error> {
    let mut changes = Vec::new();
    for new in now.roles() {
        if let Some(old) = before.of_role(new.role()) {
            changes.push(of_role(old, new, now, options)?);
        }
    }
    Ok(changes)
}

/// The role under which layers of the older revision stand beside those of the newer one.
fn earlier() -> Role {
    Role::new("earlier-revision").expect("a role of letters")
}

fn of_role(
    old: RoleLayers<'_>,
    new: RoleLayers<'_>,
    now: &Plan,
    options: &RevisionOptions,
) -> Result<LayerChange, Error> {
    let watch = &options.watch;
    let stop = watch.asked();
    let mut plan = now.bare();
    for layer in old.layers() {
        let mut layer = into_crs(layer.clone(), now.crs())?;
        layer.role = earlier();
        plan.layers.push(layer);
    }
    plan.layers.extend(new.layers().iter().cloned());
    let measured = Measured::index(&plan, stop)?;
    let roles: Vec<RoleLayers<'_>> = plan.roles().collect();
    let sides = [0, 1].map(|side| Side { layers: roles[side], measured: &measured.layers[side] });
    watch.go_on()?;

    let noise_width = options.noise_width.unwrap_or_else(|| noise_width(sides));
    let matching = matching(sides, &measured.scale, stop);
    let classes = Classes::of(sides, new.role());
    watch.go_on()?;
    let one_to_one = |group: &&Group| group.old.len() == 1 && group.new.len() == 1;
    let mut pairs = matching.same.clone();
    pairs.extend(matching.groups.iter().filter(one_to_one).map(|group| (group.old[0], group.new[0])));
    let names = Names::of(sides, &pairs);
    let fields = fields(sides, &pairs, matching.identifiers == Identifiers::Stable);
    let of_pair: BTreeMap<(u32, u32), Vec<FieldChange>> = pairs.iter().copied().zip(fields.changes).collect();

    let reshaping = Reshaping { sides, shared: &matching.shared, noise_width, crs: now.crs() };
    let change = |group: &Group, reshaped: Reshaped| {
        let Group { old, new, by } = group;
        let fields = match (&old[..], &new[..]) {
            ([old], [new]) => of_pair.get(&(*old, *new)).cloned().unwrap_or_default(),
            _ => Vec::new(),
        };
        let in_both = !old.is_empty() && !new.is_empty();
        FeatureChange {
            shape: shape_of(group, reshaped),
            matched_by: *by,
            recoded: in_both && classes.among(0, old) != classes.among(1, new),
            moved: names.is_moved(old, new),
            fields,
            before: sides[0].areas(old),
            now: sides[1].areas(new),
            lost: reshaped.lost,
            gained: reshaped.gained,
            noise: reshaped.noise,
            old: old.clone(),
            new: new.clone(),
        }
    };
    let groups = matching.groups.par_iter().with_min_len(16);
    let mut changed: Vec<FeatureChange> = groups
        .map_init(
            || Measurer::new(&measured.scale),
            |measurer, group| change(group, reshaping.of(group, measurer)),
        )
        .collect();
    let twins = matching.same.iter().map(|&(old, new)| {
        let group = Group { old: vec![old], new: vec![new], by: Some(MatchedBy::Shape) };
        change(&group, Reshaped::default())
    });
    changed.extend(twins);
    let (kept, mut changed) = without_kept(changed);
    in_order(&mut changed, sides);
    watch.go_on()?;

    let ground = Ground {
        sides,
        matching: &matching,
        classes: &classes,
        noise_width,
        scale: &measured.scale,
        crs: now.crs(),
        stop,
    };
    let ground = ground.find();
    watch.go_on()?;
    let total = |side: Side<'_>| (0..side.len() as u32).map(|row| side.area(row)).sum::<AreaSum>().area();
    let [columns_dropped, columns_added] = fields.columns;
    Ok(LayerChange {
        role: new.role().clone(),
        features: sides.map(|side| side.len()),
        areas: sides.map(total),
        claimed_again: ground.claimed_again,
        class_field: classes.field,
        known_classes: classes.known,
        identifiers: matching.identifiers,
        noise_width,
        unchanged: kept.len(),
        kept,
        changed,
        ground: ground.changes,
        shapes: ground.shapes,
        transitions: ground.transitions,
        columns_dropped,
        columns_added,
        columns_reissued: fields.reissued,
        renamed: names.renamed,
    })
}

/// The numbers of features that did not change in any way, in order, and what became of the others.
fn without_kept(changed: Vec<FeatureChange>) -> (Vec<(u32, u32)>, Vec<FeatureChange>) {
    let changes_nothing = |change: &FeatureChange| {
        change.shape == ShapeChange::Same && change.fields.is_empty() && !change.moved && !change.recoded
    };
    let (still, changed): (Vec<_>, Vec<_>) = changed.into_iter().partition(changes_nothing);
    let pairs = still.iter().flat_map(|change| change.old.iter().copied().zip(change.new.iter().copied()));
    let mut kept: Vec<(u32, u32)> = pairs.collect();
    kept.sort_unstable();
    (kept, changed)
}

fn shape_of(group: &Group, reshaped: Reshaped) -> ShapeChange {
    let changed = reshaped.lost > SquareMetres::ZERO || reshaped.gained > SquareMetres::ZERO;
    match (group.old.len(), group.new.len()) {
        (0, _) => ShapeChange::Added,
        (_, 0) => ShapeChange::Removed,
        (1, 1) if changed => ShapeChange::Reshaped,
        // Whoever adds a vertex on an edge changes no ground.
        (1, 1) if reshaped.noise > SquareMetres::ZERO => ShapeChange::Noise,
        (1, 1) => ShapeChange::Same,
        (1, _) => ShapeChange::Split,
        (_, 1) => ShapeChange::Merged,
        _ => ShapeChange::Redrawn,
    }
}

/// By what became of them, then from west to east.
fn in_order(changed: &mut [FeatureChange], sides: [Side<'_>; 2]) {
    let corner = |change: &FeatureChange| {
        let rows = change.old.iter().map(|row| (0, *row)).chain(change.new.iter().map(|row| (1, *row)));
        let corners = rows.map(|(side, row)| sides[side].extent(row).min);
        corners
            .min_by(|a: &[f64; 2], b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])))
            .unwrap_or_default()
    };
    changed.sort_by_cached_key(|change| {
        let [x, y] = corner(change).map(Ordered);
        let ids = |side: usize, rows: &[u32]| -> Vec<Option<String>> {
            let layers = sides[side].layers;
            rows.iter().map(|row| layers.place(*row as usize).id).collect()
        };
        (change.shape, x, y, ids(0, &change.old), ids(1, &change.new), change.old.clone(), change.new.clone())
    });
}

/// A coordinate in its order.
#[derive(PartialEq)]
struct Ordered(f64);

impl Eq for Ordered {}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
