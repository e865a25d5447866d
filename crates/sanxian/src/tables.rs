//! Results as Arrow tables.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use sanxian_layer::wkb::feature_to_wkb;
use sanxian_model::{Crs, Lang, PolygonColumn};
use sanxian_report::{MapLayer, Report, map_layers};

/// The findings, one row each, in their order; with the shapes when the report has them.
pub(crate) fn findings(report: &Report<'_>) -> RecordBatch {
    let findings = map_layers(report, Lang::En).into_iter().find(|layer| layer.name == "findings");
    let MapLayer { attributes, shapes, .. } = findings.expect("a map has a layer of findings");
    if report.pieces.is_none() {
        return attributes;
    }
    let mut fields: Vec<Arc<Field>> = attributes.schema().fields().to_vec();
    fields.push(Arc::new(geometry_field(report.crs)));
    let mut columns = attributes.columns().to_vec();
    columns.push(geometry(&shapes));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).expect("a shape for each finding")
}

/// Well-known binary of each feature; null where there is no polygon.
fn geometry(shapes: &PolygonColumn) -> ArrayRef {
    let mut bytes = Vec::new();
    let values = shapes.iter().map(|feature| {
        feature_to_wkb(feature, true, &mut bytes);
        (feature.polygons().len() > 0).then(|| bytes.clone())
    });
    Arc::new(values.collect::<BinaryArray>())
}

/// A column of well-known binary in the words of `GeoArrow`.
fn geometry_field(crs: &Crs) -> Field {
    let definition = match crs.epsg {
        Some(code) => format!(r#"{{"crs":"EPSG:{code}","crs_type":"authority_code"}}"#),
        None if crs.wkt.is_empty() => "{}".to_owned(),
        None => {
            let text = crs.wkt.replace('\\', r"\\").replace('"', r#"\""#);
            format!(r#"{{"crs":"{text}"}}"#)
        }
    };
    let metadata = HashMap::from([
        ("ARROW:extension:name".to_owned(), "geoarrow.wkb".to_owned()),
        ("ARROW:extension:metadata".to_owned(), definition),
    ]);
    Field::new("geometry", DataType::Binary, true).with_metadata(metadata)
}
