//! The package of two revisions that were compared.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use sanxian_geom::Extent;
use sanxian_layer::crs::same_crs;
use sanxian_model::revision::{FeatureChange, GroundChange, LayerChange, ShapeChange};
use sanxian_model::{FieldMap, Layer, PolygonColumn, PolygonColumnBuilder, Role};

use super::change_fields::change_fields;
use super::columns::{Columns, identifiers, with_own_columns};
use super::error::PackageError;
use super::layer_names::{AFTER, BEFORE, CHANGE};
use super::options::PackageOptions;
use super::package::Package;
use crate::plan::Plan;
use crate::revisions::features::shape::hash;

/// The package of the plan layer of two revisions, from what [`compare_layers`](crate::revisions::compare_layers) says of them.
///
/// Old features are in it when anything about them changed: the ground by more than noise of coordinates, the class, another column,
/// the identifier; and when they lie on ground that changed. In place of each are the features that it became. Noise of coordinates
/// alone is no change. Ground is that whose class changed: of a layer without classes, what is newly covered and no longer.
///
/// # Input must
/// `changes` is what [`compare_layers`](crate::revisions::compare_layers) says of these two.
///
/// # Errors
/// [`PackageError::NotOneLayer`], [`PackageError::CrsDiffers`], [`PackageError::NoSuchField`], [`PackageError::TextTooLong`],
/// [`PackageError::TooMany`].
pub fn package_of(
    before: &Plan,
    now: &Plan,
    changes: &[LayerChange],
    options: &PackageOptions,
) -> Result<Package, PackageError> {
    let of_plan = [before, now].map(|plan| plan.of_role(&Role::PLAN));
    let count = |side: usize| of_plan[side].map_or(0, |layers| layers.layers().len());
    let (Some([old]), Some([new])) = (of_plan[0].map(|of| of.layers()), of_plan[1].map(|of| of.layers()))
    else {
        return Err(PackageError::NotOneLayer { before: count(0), now: count(1) });
    };
    if !same_crs(&old.crs, &new.crs) {
        let [before, now] = [old, new].map(|layer| layer.crs.name.clone());
        return Err(PackageError::CrsDiffers { before, now });
    }
    let Some(change) = changes.iter().find(|change| change.role == Role::PLAN) else {
        return Err(PackageError::NotOneLayer { before: count(0), now: count(1) });
    };
    let rows = Touched::of(old, new, change).rows;
    let name = options.layer.clone().unwrap_or_else(|| new.source.layer.to_string());
    let part = |layer: &Layer, rows: &BTreeSet<u32>, prefix: &str| {
        let mut part = with_own_columns(layer.take(&rows.iter().copied().collect::<Vec<_>>()));
        part.source.layer = format!("{prefix}{name}").into();
        part
    };
    Ok(Package {
        before: part(old, &rows[0], BEFORE),
        change: changed_ground(new, change, &name, options)?,
        after: part(new, &rows[1], AFTER),
        name,
    })
}

/// The ground that changed, from west to east.
fn changed_ground(
    new: &Layer,
    change: &LayerChange,
    name: &str,
    options: &PackageOptions,
) -> Result<Layer, PackageError> {
    let mut real: Vec<(Extent, &GroundChange, usize)> = change
        .ground
        .iter()
        .enumerate()
        .filter(|(_, ground)| !ground.is_noise)
        .map(|(at, ground)| (extent_of(&change.shapes, at), ground, at))
        .collect();
    // Parts of one corner are in the order of the comparison, which is that of their sizes.
    real.sort_by(|(a, _, _), (b, _, _)| a.min[0].total_cmp(&b.min[0]).then(a.min[1].total_cmp(&b.min[1])));
    let mut shapes = PolygonColumnBuilder::new();
    for (_, _, at) in &real {
        shapes.push_view(change.shapes.feature(*at));
    }
    let grounds: Vec<&GroundChange> = real.iter().map(|(_, ground, _)| *ground).collect();
    let mut source = new.source.clone();
    source.layer = format!("{CHANGE}{name}").into();
    source.features = grounds.len();
    Ok(Layer {
        role: new.role.clone(),
        source,
        crs: new.crs.clone(),
        polygons: shapes.finish(),
        fids: (1..=grounds.len() as i64).collect(),
        attributes: change_fields(&grounds, options.date, &options.values)?,
        fields: FieldMap::new(),
        derived: RecordBatch::new_empty(Arc::new(Schema::empty())),
        repaired: Vec::new(),
    })
}

fn extent_of(shapes: &PolygonColumn, feature: usize) -> Extent {
    shapes.feature(feature).rings().map(Extent::of).fold(Extent::EMPTY, Extent::union)
}

/// Features of both revisions that changed or lie on changed ground, by number.
struct Touched<'a> {
    change: &'a LayerChange,
    rows: [BTreeSet<u32>; 2],
}

impl<'a> Touched<'a> {
    fn of(old: &Layer, new: &Layer, change: &'a LayerChange) -> Self {
        let mut touched = Self { change, rows: Default::default() };
        for changed in change.changed.iter().filter(|changed| !is_noise(changed)) {
            touched.add(&changed.old, &changed.new);
        }
        let pairs = touched.pairs();
        let columns = Columns::of(old, new);
        for &(a, b) in &pairs {
            if columns.difference(a as usize, b as usize).is_some() {
                touched.add(&[a], &[b]);
            }
        }
        touched.with_ground(&pairs);
        touched.with_twins(&pairs, [old, new]);
        touched
    }

    fn add(&mut self, old: &[u32], new: &[u32]) {
        self.rows[0].extend(old);
        self.rows[1].extend(new);
    }

    /// Features that are what they were, and those that only noise tells apart: each with the one that it was.
    fn pairs(&self) -> Vec<(u32, u32)> {
        let noise = self.change.changed.iter().filter(|changed| is_noise(changed));
        let noise = noise.flat_map(|changed| changed.old.iter().copied().zip(changed.new.iter().copied()));
        self.change.kept.iter().copied().chain(noise).collect()
    }

    /// Adds the features of ground that changed, each with its partner. Where features overlap, ground may have changed that a feature
    /// which is what it was covers now that another is gone.
    fn with_ground(&mut self, pairs: &[(u32, u32)]) {
        let partner: HashMap<(usize, u32), (u32, u32)> =
            pairs.iter().flat_map(|&(a, b)| [((0, a), (a, b)), ((1, b), (a, b))]).collect();
        for ground in self.change.real_ground() {
            let old = ground.of_old.iter().map(|row| (0, *row));
            for place in old.chain(ground.of_new.iter().map(|row| (1, *row))) {
                if let Some(&(a, b)) = partner.get(&place) {
                    self.add(&[a], &[b]);
                }
            }
        }
    }

    /// Adds features that have the shape and the identifier of one that is there already, so that whoever finds these finds as many as
    /// are meant.
    fn with_twins(&mut self, pairs: &[(u32, u32)], layers: [&Layer; 2]) {
        let ids = layers.map(|layer| identifiers(layer, layer));
        let key = |side: usize, row: u32| {
            (hash(layers[side].polygons.feature(row as usize)), &ids[side][row as usize])
        };
        let mut known: HashMap<(usize, u32), (u64, &Option<String>)> = HashMap::new();
        for &(a, b) in pairs {
            known.insert((0, a), key(0, a));
            known.insert((1, b), key(1, b));
        }
        loop {
            let there: [HashSet<(u64, &Option<String>)>; 2] =
                [0, 1].map(|side| self.rows[side].iter().map(|row| key(side, *row)).collect());
            let is_twin = |side: usize, row: u32| {
                !self.rows[side].contains(&row) && there[side].contains(&known[&(side, row)])
            };
            let more: Vec<(u32, u32)> =
                pairs.iter().copied().filter(|&(a, b)| is_twin(0, a) || is_twin(1, b)).collect();
            if more.is_empty() {
                return;
            }
            for (a, b) in more {
                self.add(&[a], &[b]);
            }
        }
    }
}

/// Whether nothing but noise of coordinates tells features from what they were.
fn is_noise(change: &FeatureChange) -> bool {
    change.shape == ShapeChange::Noise && change.fields.is_empty() && !change.recoded && !change.moved
}
