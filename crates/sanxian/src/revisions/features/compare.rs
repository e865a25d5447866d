//! The layers of two revisions, role by role.

use std::collections::BTreeMap;

use rayon::prelude::*;
use sanxian_geom::Measurer;
use sanxian_model::revision::{FeatureChange, FieldChange, Identifiers, LayerChange, MatchedBy, ShapeChange};
use sanxian_model::{AreaSum, Role, SquareMetres};

use super::balances::Balances;
use super::changed_ground::Ground;
use super::classes::Classes;
use super::fields::fields;
use super::matching::{Group, matching};
use super::names::Names;
use super::noise_width::noise_width;
use super::pair::Pair;
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
    let stop = options.watch.asked();
    let mut moved = before.bare();
    moved.crs = now.crs().clone();
    for layer in before.layers() {
        moved.layers.push(into_crs(layer.clone(), now.crs())?);
    }
    let measured = Measured::index(now, stop)?;
    let earlier = Measured::beside(&moved, &measured, stop)?;
    Ok(compare_measured(&earlier, &measured, options)?.into_iter().map(|compared| compared.change).collect())
}

/// What became of the layers of a role, and which features have one shape in both revisions.
pub(in crate::revisions) struct Compared {
    pub(in crate::revisions) change: LayerChange,
    /// Numbers in the older and in the newer revision, in order.
    pub(in crate::revisions) same_shape: Vec<Pair>,
}

/// The same of revisions that are measured, in one CRS.
pub(in crate::revisions) fn compare_measured(
    before: &Measured<'_>,
    now: &Measured<'_>,
    options: &RevisionOptions,
) -> Result<Vec<Compared>, Error> {
    let side = |measured: &Measured<'_>, role: &Role| measured.number(role);
    let mut compared = Vec::new();
    for layers in now.plan.roles() {
        let role = layers.role();
        let (Some(old), Some(new)) = (side(before, role), side(now, role)) else { continue };
        let Some(old_layers) = before.plan.of_role(role) else { continue };
        let sides = [
            Side { layers: old_layers, measured: &before.layers[old] },
            Side { layers, measured: &now.layers[new] },
        ];
        compared.push(of_role(sides, now, options)?);
    }
    Ok(compared)
}

fn of_role(sides: [Side<'_>; 2], now: &Measured<'_>, options: &RevisionOptions) -> Result<Compared, Error> {
    let watch = &options.watch;
    let stop = watch.asked();
    watch.go_on()?;
    let role = sides[1].layers.role();
    let (scale, crs) = (&now.scale, now.plan.crs());
    let noise_width = options.noise_width.unwrap_or_else(|| noise_width(sides));
    let matching = matching(sides, scale, stop);
    let classes = Classes::of(sides, role);
    watch.go_on()?;
    let one_to_one = |group: &&Group| group.old.len() == 1 && group.new.len() == 1;
    let mut pairs = matching.same.clone();
    pairs.extend(matching.groups.iter().filter(one_to_one).map(|group| (group.old[0], group.new[0])));
    let names = Names::of(sides, &pairs);
    let mut fields = fields(sides, &pairs, matching.identifiers == Identifiers::Stable);
    let of_groups = fields.changes.split_off(matching.same.len());
    let of_groups: BTreeMap<Pair, Vec<FieldChange>> =
        pairs[matching.same.len()..].iter().copied().zip(of_groups).collect();

    let reshaping = Reshaping { sides, shared: &matching.shared, noise_width, crs };
    let change = |group: &Group, reshaped: Reshaped, fields: Vec<FieldChange>| {
        let Group { old, new, by } = group;
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
    let fields_of = |group: &Group| match (&group.old[..], &group.new[..]) {
        ([old], [new]) => of_groups.get(&(*old, *new)).cloned().unwrap_or_default(),
        _ => Vec::new(),
    };
    let groups = matching.groups.par_iter().with_min_len(16);
    let mut changed: Vec<FeatureChange> = groups
        .map_init(
            || Measurer::new(scale),
            |measurer, group| change(group, reshaping.of(group, measurer), fields_of(group)),
        )
        .collect();
    let mut kept: Vec<Pair> = Vec::with_capacity(matching.same.len());
    for (&(old, new), fields) in matching.same.iter().zip(fields.changes) {
        let recoded = classes.number(0, Some(old)) != classes.number(1, Some(new));
        if fields.is_empty() && !recoded && !names.is_moved(&[old], &[new]) {
            kept.push((old, new));
        } else {
            let group = Group { old: vec![old], new: vec![new], by: Some(MatchedBy::Shape) };
            changed.push(change(&group, Reshaped::default(), fields));
        }
    }
    // One whose vertices only are others covers the ground that it covered.
    let changes_nothing = |change: &FeatureChange| {
        change.shape == ShapeChange::Same && change.fields.is_empty() && !change.moved && !change.recoded
    };
    kept.extend(changed.iter().filter(|of| changes_nothing(of)).map(|of| (of.old[0], of.new[0])));
    kept.sort_unstable();
    changed.retain(|of| !changes_nothing(of));
    in_order(&mut changed, sides);
    watch.go_on()?;

    let ground = Ground { sides, matching: &matching, classes: &classes, noise_width, scale, crs, stop };
    let ground = ground.find();
    watch.go_on()?;
    let total = |side: Side<'_>| (0..side.len() as u32).map(|row| side.area(row)).sum::<AreaSum>().area();
    let [columns_dropped, columns_added] = fields.columns;
    let mut change = LayerChange {
        role: role.clone(),
        features: sides.map(|side| side.len()),
        areas: sides.map(total),
        claimed_again: ground.claimed_again,
        class_field: classes.field,
        known_classes: classes.known.clone(),
        identifiers: matching.identifiers,
        noise_width,
        unchanged: kept.len(),
        kept,
        changed,
        ground: ground.changes,
        shapes: ground.shapes,
        transitions: ground.transitions,
        balances: Vec::new(),
        columns_dropped,
        columns_added,
        columns_reissued: fields.reissued,
        renamed: names.renamed,
    };
    if *role != Role::ADMIN_UNIT {
        let units = now.number(&Role::ADMIN_UNIT).map(|units| &*now.layers[units]);
        let balances =
            Balances { old: sides[0], change: &change, classes: &classes, units, scale, crs, stop };
        change.balances = balances.find();
        watch.go_on()?;
    }
    Ok(Compared { change, same_shape: matching.same })
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
