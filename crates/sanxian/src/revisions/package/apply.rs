//! The newer revision of a plan, from the older one and a package.

use std::collections::BTreeMap;

use arrow_array::{
    Array, ArrayRef, RecordBatch, RecordBatchOptions, StringArray, UInt32Array, new_null_array,
};
use arrow_cast::{CastOptions, cast_with_options};
use arrow_schema::{DataType, Field, Schema};
use arrow_select::concat::concat;
use arrow_select::take::take;
use sanxian_layer::Delivered;
use sanxian_layer::crs::same_crs;
use sanxian_model::{Layer, Place, PolygonColumn, PolygonColumnBuilder};

use super::columns::{Columns, Difference, identifiers, place_in, text, with_own_columns};
use super::error::{NotFound, PackageError};
use super::find::Find;
use super::package::Package;

/// The newer revision of a plan layer: the older one without the features of `WHQ`, and with those of `WHH` after them.
///
/// Each feature of `WHQ` must be there with its shape, its identifier and its values, as often as the package has it, and none of
/// `WHH` may be there already; otherwise the package is of another revision, and nothing is made. Coordinates stay as they are,
/// columns are those of `WHH`.
///
/// # Errors
/// [`PackageError::NotFound`], [`PackageError::FoundAgain`], [`PackageError::ValueDiffers`] and [`PackageError::AlreadyThere`] name the
/// feature; [`PackageError::CrsOfPackage`], [`PackageError::ColumnType`].
pub fn apply(package: &Package, old: &Layer) -> Result<crate::Layer, PackageError> {
    for part in [&package.before, &package.after] {
        if !same_crs(&part.crs, &old.crs) {
            let [package, plan] = [part, old].map(|layer| layer.crs.name.clone());
            return Err(PackageError::CrsOfPackage { package, plan });
        }
    }
    let old = &with_own_columns(old.clone());
    let find = Find::among(old);
    let ids = identifiers(old, old);
    let gone = replaced(&package.before, old, &find, &ids)?;
    let kept: Vec<u32> = (0..old.len() as u32).filter(|row| !gone[*row as usize]).collect();
    let of_after = identifiers(&package.after, old);
    for (feature, id) in package.after.polygons.iter().zip(&of_after) {
        let named = id.as_deref();
        let is_there = |row: &u32| !gone[*row as usize] && ids[*row as usize] == *id;
        if let Some(row) = find.of_shape(feature).into_iter().find(is_there) {
            let (feature, plan) =
                (place(&package.after, feature.row(), named), place(old, row as usize, named));
            return Err(PackageError::AlreadyThere { feature: Box::new(feature), plan: Box::new(plan) });
        }
    }
    let attributes = joined(old, &kept, &package.after)?;
    let layer = delivered(&package.name, old, &kept, &package.after.polygons, attributes);
    Ok(crate::Layer::of_delivered(layer, old.crs.clone()))
}

/// Which rows of the older revision a package replaces.
fn replaced(
    before: &Layer,
    old: &Layer,
    find: &Find<'_>,
    ids: &[Option<String>],
) -> Result<Vec<bool>, PackageError> {
    let columns = Columns::of(old, before);
    let mut gone = vec![false; old.len()];
    // Rows that are one with one that is gone, and may be left.
    let mut again: BTreeMap<u32, usize> = BTreeMap::new();
    for (feature, id) in before.polygons.iter().zip(identifiers(before, old)) {
        let name = || Box::new(place(before, feature.row(), id.as_deref()));
        let of_shape = find.of_shape(feature);
        let (mine, others): (Vec<u32>, Vec<u32>) =
            of_shape.into_iter().partition(|row| ids[*row as usize] == id);
        if mine.is_empty() {
            let why = match others.first() {
                Some(other) => NotFound::OtherIdentifier { is: ids[*other as usize].clone() },
                None if id.is_some() && ids.contains(&id) => NotFound::OtherShape,
                None => NotFound::Nowhere,
            };
            return Err(PackageError::NotFound { feature: name(), why });
        }
        let mut differs: Option<Difference> = None;
        let mut same: Vec<u32> = Vec::new();
        for row in mine {
            match columns.difference(row as usize, feature.row()) {
                Some(difference) => differs = differs.or(Some(difference)),
                None => same.push(row),
            }
        }
        if let (Some(Difference { column, old, new }), true) = (differs, same.is_empty()) {
            return Err(PackageError::ValueDiffers { feature: name(), column, package: new, plan: old });
        }
        let Some(row) = same.iter().copied().find(|row| !gone[*row as usize]) else {
            return Err(PackageError::NotFound { feature: name(), why: NotFound::NotSoOften });
        };
        gone[row as usize] = true;
        again.extend(same.into_iter().map(|row| (row, feature.row())));
    }
    match again.into_iter().find(|(row, _)| !gone[*row as usize]) {
        Some((row, number)) => {
            let id = ids[row as usize].as_deref();
            let (feature, plan) = (place(before, number, id), place(old, row as usize, id));
            Err(PackageError::FoundAgain { feature: Box::new(feature), plan: Box::new(plan) })
        }
        None => Ok(gone),
    }
}

/// Where a feature is, by its number and identifier.
fn place(layer: &Layer, row: usize, id: Option<&str>) -> Place {
    Place { fid: Some(layer.fids[row]), id: id.map(str::to_owned), ..layer.whole() }
}

/// Attributes of rows of the older revision, then those of the newer features, in the columns of these.
fn joined(old: &Layer, kept: &[u32], after: &Layer) -> Result<RecordBatch, PackageError> {
    let rows = UInt32Array::from(kept.to_vec());
    let mut columns: Vec<ArrayRef> = Vec::with_capacity(after.attributes.num_columns());
    let mut fields: Vec<Field> = Vec::with_capacity(columns.capacity());
    for (at, field) in after.attributes.schema_ref().fields().iter().enumerate() {
        let failed = || PackageError::ColumnType { column: field.name().clone() };
        let of_after = after.attributes.column(at);
        let of_old = match place_in(old, after, field.name()) {
            Some(place) => {
                let column = take(old.attributes.column(place), &rows, None).ok().ok_or_else(failed)?;
                as_type(&column, of_after.data_type()).ok_or_else(failed)?
            }
            None => new_null_array(of_after.data_type(), kept.len()),
        };
        columns.push(concat(&[&*of_old, &**of_after]).ok().ok_or_else(failed)?);
        fields.push(Field::clone(field).with_nullable(true));
    }
    let options = RecordBatchOptions::new().with_row_count(Some(kept.len() + after.len()));
    let batch = RecordBatch::try_new_with_options(Schema::new(fields).into(), columns, &options);
    Ok(batch.expect("a value for each row in each column"))
}

/// A column as one of another type with the same values; none when it has values that the type has not.
fn as_type(column: &ArrayRef, wanted: &DataType) -> Option<ArrayRef> {
    if column.data_type() == wanted {
        return Some(column.clone());
    }
    let options = CastOptions { safe: false, ..CastOptions::default() };
    let cast = |column: &dyn Array| cast_with_options(column, wanted, &options).ok();
    // A cast cuts fractions in silence, and makes 0.1 of four bytes into 0.10000000149.
    let keeps = |cast: &ArrayRef| (0..column.len()).all(|row| text(column, row) == text(cast, row));
    cast(column).filter(keeps).or_else(|| {
        let texts: StringArray = (0..column.len()).map(|row| text(column, row)).collect();
        cast(&texts).filter(keeps)
    })
}

/// The layer as a reader would deliver it.
fn delivered(
    name: &str,
    old: &Layer,
    kept: &[u32],
    after: &PolygonColumn,
    attributes: RecordBatch,
) -> Delivered {
    let mut polygons = PolygonColumnBuilder::new();
    for &row in kept {
        polygons.push_view(old.polygons.feature(row as usize));
    }
    after.iter().for_each(|feature| polygons.push_view(feature));
    let features = kept.len() + after.len();
    Delivered {
        layer: name.to_owned(),
        driver: "memory".to_owned(),
        encoding: "UTF-8".to_owned(),
        features,
        polygons: polygons.finish(),
        rows: (0..features as u32).collect(),
        fids: (1..=features as i64).collect(),
        attributes,
        seen: Vec::new(),
    }
}
