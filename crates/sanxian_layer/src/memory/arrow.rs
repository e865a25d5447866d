//! Layers from Arrow record batches.

use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchOptions};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use sanxian_model::Crs;

use super::Features;
use super::crs_metadata::of_field;
use super::geometry_column::{Encoding, read};
use crate::{Delivered, LayerError};

/// A layer from Arrow, and the CRS that its geometry column carries.
#[derive(Debug)]
pub struct Table {
    /// The layer.
    pub delivered: Delivered,
    /// The CRS of the geometry column; none when its metadata hold none.
    pub crs: Option<Crs>,
}

/// A layer of the rows of some batches, numbered from 0 over all of them.
///
/// `geometry` names the column of areas: well-known binary of either byte order (`geoarrow.wkb`, `ogc.wkb`, or no
/// extension at all), or native `geoarrow.polygon` and `geoarrow.multipolygon`. x is east and y is north, whatever the
/// axes of the CRS say, as GeoArrow has it. The other columns are the attributes.
///
/// # Errors
/// [`LayerError::NoGeometryColumn`], [`LayerError::NotAreas`] for a column of another type,
/// [`LayerError::SchemasDiffer`], [`LayerError::BrokenGeometry`], and [`LayerError::Crs`] when the CRS of the column is
/// not understood.
pub fn from_arrow(
    name: &str,
    batches: impl IntoIterator<Item = RecordBatch>,
    geometry: &str,
) -> Result<Table, LayerError> {
    let batches: Vec<RecordBatch> = batches.into_iter().collect();
    let schema = batches.first().map_or_else(|| Arc::new(Schema::empty()), RecordBatch::schema);
    let Some((at, field)) = schema.column_with_name(geometry) else {
        return Err(LayerError::NoGeometryColumn {
            layer: name.to_owned(),
            column: geometry.to_owned(),
            known: schema.fields().iter().map(|field| field.name().clone()).collect(),
        });
    };
    let encoding = Encoding::of(field).ok_or_else(|| LayerError::NotAreas {
        layer: name.to_owned(),
        column: geometry.to_owned(),
        kind: field.data_type().to_string(),
    })?;
    let crs = of_field(field)
        .map_err(|source| LayerError::Crs { layer: name.to_owned(), source: Box::new(source) })?;
    let broken = |row: u32| LayerError::BrokenGeometry { layer: name.to_owned(), row };
    let mut features = Features::default();
    for batch in &batches {
        if batch.schema_ref().fields() != schema.fields() {
            return Err(LayerError::SchemasDiffer { layer: name.to_owned() });
        }
        read(encoding, batch.column(at), &mut features, &broken)?;
    }
    let attributes = attributes(&schema, &batches, at).map_err(|error| LayerError::Columns {
        path: name.to_owned(),
        layer: name.to_owned(),
        reason: error.to_string(),
    })?;
    Ok(Table { delivered: features.delivered(name, attributes), crs })
}

/// Every column but the geometry.
fn attributes(
    schema: &SchemaRef,
    batches: &[RecordBatch],
    geometry: usize,
) -> Result<RecordBatch, ArrowError> {
    let others: Vec<usize> = (0..schema.fields().len()).filter(|&column| column != geometry).collect();
    let schema = Arc::new(schema.project(&others)?);
    if others.is_empty() {
        let rows = batches.iter().map(RecordBatch::num_rows).sum();
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        return RecordBatch::try_new_with_options(schema, Vec::new(), &options);
    }
    let batches = batches.iter().map(|batch| batch.project(&others)).collect::<Result<Vec<_>, _>>()?;
    arrow_select::concat::concat_batches(&schema, &batches)
}
