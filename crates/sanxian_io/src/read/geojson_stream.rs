//! GeoJSON from a stream, or from a file of several documents: a collection, one feature, or a sequence of features,
//! either one a line or each behind a record separator (RFC 8142).

use std::io::Read;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, RecordBatchOptions, StringArray,
};
use arrow_schema::{Field, Schema};
use geojson::feature::Id;
use geojson::{Feature, FeatureCollection, GeoJson, Geometry, GeometryValue, JsonObject, JsonValue};
use sanxian_model::{FaultKind, PolygonColumnBuilder};

use crate::crs::{OwnCrs, crs_from_user};
use crate::read::{FromFile, ReadError, long_integers, text};
use sanxian_layer::{Delivered, OtherMembers, SeenOnReading};

/// Reads everything that a stream holds.
pub(crate) fn read_stream(path: &str, mut input: impl Read) -> Result<FromFile, ReadError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
    let (text, encoding) = text::decode_file(&bytes);
    if text.trim().is_empty() {
        return Err(ReadError::NoInput);
    }
    Ok(parts(path, &text)?.delivered("stdin", "GeoJSON", encoding))
}

/// Reads a file of several documents, in the encoding that the user names or the bytes tell.
pub(crate) fn read_sequence(
    path: &str,
    layer: &str,
    bytes: &[u8],
    encoding: Option<&str>,
) -> Result<FromFile, ReadError> {
    let (text, encoding) = match encoding.map(text::given).transpose()? {
        Some(given) => (given.encoding.decode(bytes).0, given.to_string()),
        None => text::decode_file(bytes),
    };
    Ok(parts(path, &text)?.delivered(layer, "GeoJSONSeq", encoding))
}

fn parts(path: &str, text: &str) -> Result<Parts, ReadError> {
    let mut parts = Parts::default();
    for (offset, document) in documents(&long_integers::in_quotes(text)) {
        for value in serde_json::Deserializer::from_str(document).into_iter::<GeoJson>() {
            let value = value.map_err(|error| ReadError::GeoJson {
                path: path.to_owned(),
                line: offset + error.line(),
                reason: error.to_string(),
            })?;
            parts.add(value);
        }
    }
    Ok(parts)
}

/// The text between record separators, each with the number of lines before it.
fn documents(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut lines = 0;
    text.split('\u{1E}').map(move |document| {
        let before = lines;
        lines += document.bytes().filter(|byte| *byte == b'\n').count();
        (before, document)
    })
}

#[derive(Default)]
struct Parts {
    features: Vec<Feature>,
    crs: Option<String>,
}

impl Parts {
    fn add(&mut self, value: GeoJson) {
        match value {
            GeoJson::FeatureCollection(FeatureCollection { features, foreign_members, .. }) => {
                self.crs = self.crs.take().or_else(|| stated_crs(foreign_members.as_ref()));
                self.features.extend(features);
            }
            GeoJson::Feature(feature) => {
                self.crs = self.crs.take().or_else(|| stated_crs(feature.foreign_members.as_ref()));
                self.features.push(feature);
            }
            GeoJson::Geometry(geometry) => self.features.push(Feature {
                bbox: None,
                geometry: Some(geometry),
                id: None,
                properties: None,
                foreign_members: None,
            }),
        }
    }

    fn delivered(self, layer: &str, driver: &str, encoding: String) -> FromFile {
        let mut builder = PolygonColumnBuilder::new();
        let (mut rows, mut seen) = (Vec::new(), Vec::new());
        for (row, feature) in self.features.iter().enumerate() {
            let row = row as u32;
            let mut members = Members::default();
            if let Some(geometry) = &feature.geometry {
                members.add(geometry);
            }
            if members.polygons.is_empty() {
                seen.push(match members.other {
                    Some(name) => SeenOnReading::not_polygon(row, name),
                    None => SeenOnReading { row, kind: FaultKind::Empty, kept: false, detail: None },
                });
                continue;
            }
            if members.other.is_some() {
                seen.push(SeenOnReading::other_members(row, members.others));
            }
            members.push(&mut builder);
            rows.push(row);
        }
        let crs = match self.crs.map(|name| crs_from_user(&name)) {
            Some(Ok(crs)) => OwnCrs::Stated(crs),
            // A `crs` member that nobody understands is no reason to take metres for degrees.
            Some(Err(_)) => OwnCrs::Missing,
            None => crs_from_user("EPSG:4326").map_or(OwnCrs::Missing, OwnCrs::Assumed),
        };
        let delivered = Delivered {
            layer: layer.to_owned(),
            driver: driver.to_owned(),
            encoding,
            features: self.features.len(),
            polygons: builder.finish(),
            rows,
            fids: fids(&self.features),
            attributes: attributes(&self.features),
            seen,
        };
        FromFile { delivered, crs }
    }
}

/// The name in the `crs` member of the specification of 2008, which GIS programs still write.
fn stated_crs(members: Option<&JsonObject>) -> Option<String> {
    let name = members?.get("crs")?.get("properties")?.get("name")?.as_str()?;
    Some(name.to_owned())
}

/// The polygons of a geometry, and what else it has.
#[derive(Default)]
struct Members<'a> {
    polygons: Vec<&'a Vec<Vec<geojson::Position>>>,
    other: Option<&'static str>,
    others: OtherMembers,
}

impl<'a> Members<'a> {
    fn add(&mut self, geometry: &'a Geometry) {
        match &geometry.value {
            GeometryValue::Polygon { coordinates } => {
                self.polygons.extend((!coordinates.is_empty()).then_some(coordinates));
            }
            GeometryValue::MultiPolygon { coordinates } => {
                self.polygons.extend(coordinates.iter().filter(|rings| !rings.is_empty()));
            }
            GeometryValue::GeometryCollection { geometries } => {
                for geometry in geometries {
                    self.add(geometry);
                }
            }
            GeometryValue::Point { .. } | GeometryValue::MultiPoint { .. } => {
                self.other = Some("point");
                self.others.points += 1;
            }
            GeometryValue::LineString { .. } | GeometryValue::MultiLineString { .. } => {
                self.other = Some("line");
                self.others.lines += 1;
            }
        }
    }

    fn push(&self, builder: &mut PolygonColumnBuilder) {
        for polygon in &self.polygons {
            for ring in *polygon {
                // A position without two numbers is no place; it is found later as one that is not finite.
                builder.extend_from(ring.iter().map(|position| match position.as_slice() {
                    [x, y, ..] => [*x, *y],
                    _ => [f64::NAN; 2],
                }));
                builder.end_ring();
            }
            builder.end_polygon();
        }
        builder.end_feature();
    }
}

/// The features' own numbers when each has one of its own, else their places from zero.
fn fids(features: &[Feature]) -> Vec<i64> {
    let own: Option<Vec<i64>> = features
        .iter()
        .map(|feature| match &feature.id {
            Some(Id::Number(number)) => number.as_i64(),
            _ => None,
        })
        .collect();
    let unique = |ids: &[i64]| {
        let mut sorted = ids.to_vec();
        sorted.sort_unstable();
        sorted.windows(2).all(|pair| pair[0] < pair[1])
    };
    own.filter(|ids| unique(ids)).unwrap_or_else(|| (0..features.len() as i64).collect())
}

/// One column for each property, in the order in which they are first met.
pub(crate) fn attributes(features: &[Feature]) -> RecordBatch {
    let mut names: Vec<&str> = Vec::new();
    let mut places: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for feature in features {
        for name in feature.properties.iter().flat_map(JsonObject::keys) {
            places.entry(name).or_insert_with(|| {
                names.push(name);
                names.len() - 1
            });
        }
    }
    let mut columns: Vec<(String, ArrayRef)> = Vec::with_capacity(names.len() + 1);
    let text_ids = features.iter().any(|feature| matches!(feature.id, Some(Id::String(_))));
    if text_ids && !names.contains(&"id") {
        let ids: StringArray = features
            .iter()
            .map(|feature| match &feature.id {
                Some(Id::String(id)) => Some(id.clone()),
                Some(Id::Number(number)) => Some(number.to_string()),
                None => None,
            })
            .collect();
        columns.push(("id".to_owned(), Arc::new(ids)));
    }
    for name in names {
        let values: Vec<Option<&JsonValue>> = features
            .iter()
            .map(|feature| feature.properties.as_ref()?.get(name).filter(|value| !value.is_null()))
            .collect();
        columns.push((name.to_owned(), column(&values)));
    }
    let schema: Vec<Field> =
        columns.iter().map(|(name, array)| Field::new(name, array.data_type().clone(), true)).collect();
    let options = RecordBatchOptions::new().with_row_count(Some(features.len()));
    RecordBatch::try_new_with_options(
        Arc::new(Schema::new(schema)),
        columns.into_iter().map(|(_, array)| array).collect(),
        &options,
    )
    .expect("each column has a row for each feature")
}

/// Whether a floating point number holds the value with every digit.
fn is_exact_as_f64(value: &JsonValue) -> bool {
    const EXACT: u64 = 1 << 53;
    value.is_f64() || value.as_i64().is_some_and(|whole| whole.unsigned_abs() <= EXACT)
}

/// The narrowest type that holds every value; text of JSON when they are of several kinds.
fn column(values: &[Option<&JsonValue>]) -> ArrayRef {
    let all = |test: fn(&JsonValue) -> bool| values.iter().flatten().all(|value| test(value));
    let any = values.iter().any(Option::is_some);
    if any && all(JsonValue::is_i64) {
        Arc::new(values.iter().map(|value| value.and_then(JsonValue::as_i64)).collect::<Int64Array>())
    } else if any && all(is_exact_as_f64) {
        Arc::new(values.iter().map(|value| value.and_then(JsonValue::as_f64)).collect::<Float64Array>())
    } else if any && all(JsonValue::is_boolean) {
        Arc::new(values.iter().map(|value| value.and_then(JsonValue::as_bool)).collect::<BooleanArray>())
    } else {
        let text = |value: &JsonValue| match value {
            JsonValue::String(text) => text.clone(),
            other => other.to_string(),
        };
        Arc::new(values.iter().map(|value| value.map(text)).collect::<StringArray>())
    }
}
