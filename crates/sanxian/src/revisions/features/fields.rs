//! Columns whose values changed, where one feature became one.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use arrow_array::ArrayRef;
use rayon::prelude::*;
use sanxian_model::revision::FieldChange;
use sanxian_model::{CellValue, Layer};

use super::columns::{is_of_database, place_of_column};
use super::side::Side;

/// Pairs that one thread compares at a time.
const AT_A_TIME: usize = 1 << 10;

/// Fewer pairs say nothing about a column.
const LEAST_PAIRS: usize = 2;

/// What became of the columns.
pub(super) struct Fields {
    /// Of each pair, in their order, the columns whose values changed.
    pub(super) changes: Vec<Vec<FieldChange>>,
    /// Columns that only the older revision has, then those of the newer one only.
    pub(super) columns: [Vec<String>; 2],
    /// Columns that tell features apart and have other values for all of them: they are not compared.
    pub(super) reissued: Vec<String>,
}

/// Compares the columns of pairs of features. Values are the same when they read the same as text, so that a column of numbers may
/// have become one of text; no value is the same as an empty one. Columns of a database that say how large a shape is or number
/// rows are not compared. With `keep_ids` false, the column of identifiers is not either.
pub(super) fn fields([old, new]: [Side<'_>; 2], pairs: &[(u32, u32)], keep_ids: bool) -> Fields {
    let mut of_layers: HashMap<[usize; 2], Vec<Shared<'_>>> = HashMap::new();
    for (i, before) in old.layers.layers().iter().enumerate() {
        for (k, now) in new.layers.layers().iter().enumerate() {
            of_layers.insert([i, k], shared_columns(before, now, keep_ids));
        }
    }
    let (starts_old, starts_new) = (starts(old), starts(new));
    let compare = |&(a, b): &(u32, u32)| {
        let ((i, row_old), (k, row_new)) = (layer_of(&starts_old, a), layer_of(&starts_new, b));
        let columns = of_layers[&[i, k]].iter();
        columns.filter_map(|column| column.change(row_old, row_new)).collect::<Vec<FieldChange>>()
    };
    let mut changes: Vec<Vec<FieldChange>> = pairs
        .par_chunks(AT_A_TIME)
        .flat_map_iter(|pairs| pairs.iter().map(compare).collect::<Vec<_>>())
        .collect();
    let reissued = reissued(&changes);
    for of_pair in &mut changes {
        of_pair.retain(|change| !reissued.contains(&change.field));
    }
    Fields {
        changes,
        columns: [only_in(old, new), only_in(new, old)],
        reissued: reissued.into_iter().collect(),
    }
}

/// Columns that changed in all pairs, from values that are all different to others that are.
fn reissued(changes: &[Vec<FieldChange>]) -> BTreeSet<String> {
    if changes.len() < LEAST_PAIRS {
        return BTreeSet::new();
    }
    let candidates = changes[0].iter().map(|change| change.field.clone());
    let is_reissued = |field: &String| {
        let (mut old, mut new) = (HashSet::new(), HashSet::new());
        changes.iter().all(|of_pair| {
            of_pair.iter().find(|change| change.field == *field).is_some_and(|change| {
                change.old.as_ref().is_some_and(|value| old.insert(value))
                    && change.new.as_ref().is_some_and(|value| new.insert(value))
            })
        }) && old.is_disjoint(&new)
    };
    candidates.filter(is_reissued).collect()
}

/// A column of a layer of both revisions.
struct Shared<'a> {
    name: String,
    old: &'a ArrayRef,
    new: &'a ArrayRef,
}

impl Shared<'_> {
    fn change(&self, old: usize, new: usize) -> Option<FieldChange> {
        let (old, new) = (CellValue::of(self.old, old), CellValue::of(self.new, new));
        if old == new {
            return None;
        }
        let text = |value: CellValue<'_>| {
            let text = value.into_text().map(Cow::into_owned)?;
            Some(text.trim().to_owned()).filter(|text| !text.is_empty())
        };
        let (old, new) = (text(old), text(new));
        (old != new).then(|| FieldChange { field: self.name.clone(), old, new })
    }
}

/// Columns of both layers, by what they mean or else by name, in the order of the newer one.
fn shared_columns<'a>(old: &'a Layer, new: &'a Layer, keep_ids: bool) -> Vec<Shared<'a>> {
    let schema = new.attributes.schema_ref();
    let of_column = |(at, field): (usize, &arrow_schema::FieldRef)| {
        let name = field.name();
        let canonical = new.fields.iter().find(|(_, column)| *column == name).map(|(canonical, _)| canonical);
        if is_of_database(name) || (!keep_ids && canonical.is_some_and(|canonical| canonical == "id")) {
            return None;
        }
        let old = column_of(old, name, canonical.map(String::as_str))?;
        Some(Shared { name: name.clone(), old, new: new.attributes.column(at) })
    };
    schema.fields().iter().enumerate().filter_map(of_column).collect()
}

fn column_of<'a>(layer: &'a Layer, name: &str, canonical: Option<&str>) -> Option<&'a ArrayRef> {
    place_of_column(layer, name, canonical).map(|at| layer.attributes.column(at))
}

/// Columns of a side that no layer of the other has.
fn only_in(side: Side<'_>, other: Side<'_>) -> Vec<String> {
    let mut names = BTreeSet::new();
    for layer in side.layers.layers() {
        for field in layer.attributes.schema_ref().fields() {
            let name = field.name();
            let canonical =
                layer.fields.iter().find(|(_, column)| *column == name).map(|(canonical, _)| &**canonical);
            let there = other.layers.layers().iter().any(|layer| column_of(layer, name, canonical).is_some());
            if !there && !is_of_database(name) {
                names.insert(name.clone());
            }
        }
    }
    names.into_iter().collect()
}

/// Number of the first feature of each layer.
pub(super) fn starts(side: Side<'_>) -> Vec<usize> {
    side.layers.iter().map(|(_, rows, _)| rows.start).collect()
}

/// The layer of a feature, by place, and its row there.
pub(super) fn layer_of(starts: &[usize], number: u32) -> (usize, usize) {
    let number = number as usize;
    // Of layers that begin at one number all but the last are empty.
    let layer = starts.partition_point(|start| *start <= number) - 1;
    (layer, number - starts[layer])
}
