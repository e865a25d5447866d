//! The sample county as Arrow tables, and its report without what tells where it came from.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{Float64Builder, ListBuilder, StructBuilder};
use arrow_array::{ArrayRef, BinaryArray, Int64Array, RecordBatch};
use arrow_schema::{DataType, Field, Fields, Schema};
use sanxian::Role;
use sanxian_io::ReadOptions;
use sanxian_layer::Delivered;
use sanxian_layer::wkb::feature_to_wkb;
use sanxian_model::{Crs, PolygonColumn};
use serde_json::Value;

use crate::data;

/// Role and layer of the sample county.
pub const LAYERS: [(Role, &str); 5] = [
    (Role::PLAN, "GHYDYH"),
    (Role::REDLINE, "STBHHX"),
    (Role::FARMLAND, "YJJBNTBHTB"),
    (Role::URBAN_BOUNDARY, "CZKFBJ"),
    (Role::PARK, "CYYQ"),
];

/// Where a layer of the county is.
#[must_use]
pub fn source(layer: &str) -> String {
    format!("{}#{layer}", data("demo/county.gpkg").display())
}

/// How a table holds its geometry.
#[derive(Clone, Copy, Debug)]
pub enum Encoding {
    /// Well-known binary.
    Wkb,
    /// Lists of lists of coordinates.
    Native,
}

/// A layer of the county as a table: identifiers of features, attributes and geometry, with the CRS as a code.
///
/// # Panics
/// When the county cannot be read.
#[must_use]
pub fn table(layer: &str, encoding: Encoding) -> (RecordBatch, Crs) {
    let (_, delivered, crs) =
        sanxian_io::read_delivered(&source(layer), None, &ReadOptions::default()).expect("a layer");
    let Delivered { polygons, fids, attributes, rows, features, .. } = delivered;
    assert_eq!(rows.len(), features, "the county has no feature without polygons");
    let (name, geometry) = match encoding {
        Encoding::Wkb => ("geoarrow.wkb", wkb(&polygons)),
        Encoding::Native => ("geoarrow.multipolygon", multipolygons(&polygons)),
    };
    let metadata = HashMap::from([
        ("ARROW:extension:name".to_owned(), name.to_owned()),
        ("ARROW:extension:metadata".to_owned(), r#"{"crs":"EPSG:4546"}"#.to_owned()),
    ]);
    let mut fields = attributes.schema().fields().to_vec();
    fields.insert(0, Arc::new(Field::new("fid", DataType::Int64, false)));
    fields.push(Arc::new(Field::new("geom", geometry.data_type().clone(), true).with_metadata(metadata)));
    let mut columns: Vec<ArrayRef> = vec![Arc::new(Int64Array::from(fids))];
    columns.extend(attributes.columns().to_vec());
    columns.push(geometry);
    (RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).expect("a table"), crs)
}

fn wkb(polygons: &PolygonColumn) -> ArrayRef {
    let mut bytes = Vec::new();
    let values = polygons.iter().map(|feature| {
        feature_to_wkb(feature, false, &mut bytes);
        Some(bytes.clone())
    });
    Arc::new(values.collect::<BinaryArray>())
}

/// Lists of lists of lists of coordinates in columns of their own.
fn multipolygons(polygons: &PolygonColumn) -> ArrayRef {
    let axis = |name: &str| Field::new(name, DataType::Float64, false);
    let coordinates = StructBuilder::from_fields(Fields::from(vec![axis("x"), axis("y")]), 0);
    let mut builder = ListBuilder::new(ListBuilder::new(ListBuilder::new(coordinates)));
    for feature in polygons.iter() {
        for polygon in feature.polygons() {
            for ring in polygon.rings() {
                let coordinates = builder.values().values().values();
                for position in ring {
                    for (axis, value) in position.iter().enumerate() {
                        let values = coordinates.field_builder::<Float64Builder>(axis);
                        values.expect("an axis").append_value(*value);
                    }
                    coordinates.append(true);
                }
                builder.values().values().append(true);
            }
            builder.values().append(true);
        }
        builder.append(true);
    }
    Arc::new(builder.finish())
}

/// A report but for how its inputs were read.
///
/// # Panics
/// When the report is no JSON.
#[must_use]
pub fn told(report: &sanxian::report::Report<'_>) -> Value {
    let mut bytes = Vec::new();
    let options = sanxian::report::Options::default();
    sanxian::report::write(report, sanxian::report::Format::Json, &options, &mut bytes).expect("JSON");
    let mut json: Value = serde_json::from_slice(&bytes).expect("JSON");
    forget_origins(&mut json);
    json
}

/// Takes out what tells a file from memory.
pub fn forget_origins(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for key in ["path", "driver", "encoding"] {
                members.remove(key);
            }
            members.values_mut().for_each(forget_origins);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_origins),
        _ => {}
    }
}
