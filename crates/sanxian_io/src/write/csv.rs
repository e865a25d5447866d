//! A layer as a table with its geometry in a column of well-known text.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use crate::write::{OutputLayer, WriteError, Written};
use sanxian_layer::wkb::feature_to_wkt;
use sanxian_model::CellValue;

/// Writes `WKT` and the attributes, comma-separated in UTF-8.
pub(crate) fn write(unfinished: &Path, path: &Path, layer: &OutputLayer<'_>) -> Result<Written, WriteError> {
    let file = File::create(unfinished).map_err(WriteError::io(path))?;
    let mut table = csv::Writer::from_writer(BufWriter::new(file));
    let failed = |error: csv::Error| WriteError::Io { path: path.to_owned(), source: error.into() };
    let schema = layer.attributes.schema_ref();
    table.write_field("WKT").map_err(failed)?;
    table.write_record(schema.fields().iter().map(|field| field.name())).map_err(failed)?;
    let mut wkt = String::new();
    for feature in layer.polygons.iter() {
        feature_to_wkt(feature, &mut wkt);
        table.write_field(&wkt).map_err(failed)?;
        for column in layer.attributes.columns() {
            let text = CellValue::of(column, feature.row()).into_text().unwrap_or_default();
            table.write_field(text.as_bytes()).map_err(failed)?;
        }
        table.write_record(None::<&[u8]>).map_err(failed)?;
    }
    table.flush().map_err(WriteError::io(path))?;
    Ok(Written::default())
}
