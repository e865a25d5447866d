//! One side of a diff between two revisions of a [Kart](https://kartproject.org) repository, as `kart diff -o json-lines`
//! writes it: an object a line, of which those of the type `feature` hold what a feature was (`-`) and is (`+`).
//!
//! What did not change is in neither side. Geometry is well-known binary in hexadecimal digits, in the CRS that the schema of
//! the dataset names.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use geojson::{Feature, JsonObject, JsonValue};
use sanxian_layer::memory::{self, Table};
use sanxian_model::Text;

use crate::crs::{OwnCrs, crs_from_user};
use crate::read::source_ref::{KartSide, SourceRef};
use crate::read::{FromFile, LayerInfo, ReadError, geojson_stream, long_integers};

/// The version of the lines that is understood.
const VERSION: &str = "kart.diff/v2";
/// The column of geometry on the way to a layer; no column of a dataset is named so.
const GEOMETRY: &str = "\u{1}geometry";

/// Reads one side of a dataset.
///
/// # Errors
/// [`ReadError::KartDiff`] with the line, and those of choosing a layer.
pub(crate) fn read(source: &SourceRef, side: KartSide) -> Result<FromFile, ReadError> {
    let mut datasets = datasets(source, side)?;
    let name = choose(source, &datasets)?;
    let dataset = datasets.remove(&name).unwrap_or_default();
    let path = || source.path.clone();
    let crs = match dataset.crs_text() {
        None => OwnCrs::Missing,
        Some(text) => OwnCrs::Stated(crs_from_user(text).map_err(|error| ReadError::Crs {
            path: path(),
            layer: name.clone(),
            source: error.into(),
        })?),
    };
    let fids = dataset.fids();
    let Table { mut delivered, .. } = memory::from_arrow(&name, [dataset.table(source, &name)?], GEOMETRY)?;
    "Kart".clone_into(&mut delivered.driver);
    "UTF-8".clone_into(&mut delivered.encoding);
    delivered.fids = fids.unwrap_or(delivered.fids);
    Ok(FromFile { delivered, crs })
}

/// Lists the datasets with geometry, with their features on this side.
pub(crate) fn list(source: &SourceRef, side: KartSide) -> Result<Vec<LayerInfo>, ReadError> {
    Ok(infos(&datasets(source, side)?))
}

/// What a diff tells of one side of a dataset.
#[derive(Debug, Default)]
struct Dataset {
    /// Columns on this side, or on the other one where the dataset is not there on this side.
    schema: Vec<Column>,
    is_own_schema: bool,
    /// Definitions of CRSs that changed, by their names.
    definitions: BTreeMap<String, String>,
    /// The features, each with its line.
    features: Vec<(usize, JsonObject)>,
}

#[derive(Debug)]
struct Column {
    name: String,
    is_key: bool,
    /// Kind of geometry and name of the CRS.
    geometry: Option<(String, Option<String>)>,
}

fn datasets(source: &SourceRef, side: KartSide) -> Result<BTreeMap<String, Dataset>, ReadError> {
    let path = || source.path.clone();
    let file = File::open(source.connection()).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ReadError::Missing { path: path() },
        _ => ReadError::Io { path: path(), source: error },
    })?;
    let mut datasets: BTreeMap<String, Dataset> = BTreeMap::new();
    let mut has_version = false;
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let wrong = |reason: Text| ReadError::KartDiff { path: path(), line: number + 1, reason };
        let line = line.map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidData => wrong(Text::new("不是 UTF-8 文本", "it is not text in UTF-8")),
            _ => ReadError::Io { path: path(), source: error },
        })?;
        if line.trim().is_empty() {
            continue;
        }
        let object: JsonObject = serde_json::from_str(&long_integers::in_quotes(&line)).map_err(|error| {
            wrong(Text::new(format!("不是 JSON 对象（{error}）"), format!("no JSON object ({error})")))
        })?;
        let text = |key: &str| object.get(key).and_then(JsonValue::as_str).unwrap_or_default();
        if !has_version {
            if text("type") != "version" || text("version") != VERSION {
                return Err(wrong(Text::new(
                    format!("首行应为 {VERSION} 的版本说明"),
                    format!("its first line does not say that it is of version {VERSION}"),
                )));
            }
            has_version = true;
        }
        if matches!(text("type"), "meta" | "metaInfo" | "feature") {
            let dataset = datasets.entry(text("dataset").to_owned()).or_default();
            dataset.take(&object, side, number + 1).map_err(wrong)?;
        }
    }
    if !has_version {
        let reason = Text::new("文件为空", "it is empty");
        return Err(ReadError::KartDiff { path: path(), line: 1, reason });
    }
    Ok(datasets)
}

impl Dataset {
    /// Takes what a line tells of this side.
    fn take(&mut self, object: &JsonObject, side: KartSide, line: usize) -> Result<(), Text> {
        let text = |key: &str| object.get(key).and_then(JsonValue::as_str).unwrap_or_default();
        let change = |key: &str| object.get("change").and_then(|change| change.get(key));
        match (text("type"), text("key")) {
            ("metaInfo", "schema.json") => self.take_schema(object.get("value"), true),
            ("meta", "schema.json") => {
                let other = if side == KartSide::Old { "+" } else { "-" };
                self.take_schema(change(other), false);
                self.take_schema(change(side.key()), true);
            }
            ("meta", key) => {
                let name = key.strip_prefix("crs/").and_then(|name| name.strip_suffix(".wkt"));
                if let (Some(name), Some(wkt)) = (name, change(side.key()).and_then(JsonValue::as_str)) {
                    self.definitions.insert(name.to_owned(), wkt.to_owned());
                }
            }
            ("feature", _) => {
                let keys = object.get("change").and_then(JsonValue::as_object);
                let is_known = |keys: &&JsonObject| keys.keys().all(|key| key == "-" || key == "+");
                let known = keys.filter(|keys| !keys.is_empty()).filter(is_known).ok_or_else(|| {
                    Text::new(
                        "要素的变化应只有修改前 `-` 和修改后 `+`",
                        "what changed of a feature is not told by what it was (`-`) and what it is (`+`)",
                    )
                })?;
                match known.get(side.key()) {
                    Some(JsonValue::Object(feature)) => self.features.push((line, feature.clone())),
                    None => {}
                    Some(_) => return Err(Text::new("要素不是 JSON 对象", "a feature is no JSON object")),
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes the columns of a schema; those of the side itself go before those of the other.
    fn take_schema(&mut self, schema: Option<&JsonValue>, own: bool) {
        let Some(columns) = schema.and_then(JsonValue::as_array).filter(|_| own || !self.is_own_schema)
        else {
            return;
        };
        let column = |column: &JsonValue| {
            let text = |key: &str| column.get(key).and_then(JsonValue::as_str).map(str::to_owned);
            let kind = || (text("geometryType").unwrap_or_default(), text("geometryCRS"));
            Some(Column {
                name: text("name")?,
                is_key: column.get("primaryKeyIndex").is_some_and(JsonValue::is_number),
                geometry: (text("dataType").as_deref() == Some("geometry")).then(kind),
            })
        };
        self.schema = columns.iter().filter_map(column).collect();
        self.is_own_schema = own;
    }

    /// The first column with geometry; kind and CRS of it.
    fn geometry(&self) -> Option<(&str, &str, Option<&str>)> {
        self.schema.iter().find_map(|column| {
            let (kind, crs) = column.geometry.as_ref()?;
            Some((column.name.as_str(), kind.as_str(), crs.as_deref()))
        })
    }

    /// The CRS as it can be understood: its definition where the diff has it, else its name.
    fn crs_text(&self) -> Option<&str> {
        let (_, _, crs) = self.geometry()?;
        let name = crs?;
        Some(self.definitions.get(name).map_or(name, String::as_str))
    }

    /// The primary keys, when they are one whole number each.
    fn fids(&self) -> Option<Vec<i64>> {
        let mut keys = self.schema.iter().filter(|column| column.is_key);
        let (Some(key), None) = (keys.next(), keys.next()) else { return None };
        self.features.iter().map(|(_, feature)| feature.get(&key.name)?.as_i64()).collect()
    }

    /// The features with their geometry as well-known binary.
    fn table(self, source: &SourceRef, layer: &str) -> Result<RecordBatch, ReadError> {
        let geometry = self.geometry().map(|(name, ..)| name.to_owned()).unwrap_or_default();
        let mut binary: Vec<Option<Vec<u8>>> = Vec::with_capacity(self.features.len());
        let mut features = Vec::with_capacity(self.features.len());
        for (line, mut properties) in self.features {
            binary.push(match properties.remove(&geometry) {
                None | Some(JsonValue::Null) => None,
                Some(value) => {
                    Some(value.as_str().and_then(from_hex).ok_or_else(|| ReadError::KartDiff {
                        path: source.path.clone(),
                        line,
                        reason: Text::new(
                            format!("字段 `{geometry}` 不是十六进制 WKB 几何"),
                            format!("column `{geometry}` is no geometry as hexadecimal WKB"),
                        ),
                    })?)
                }
            });
            let properties = Some(properties);
            features.push(Feature {
                bbox: None,
                geometry: None,
                id: None,
                properties,
                foreign_members: None,
            });
        }
        let attributes = geojson_stream::attributes(&features);
        let mut fields: Vec<Arc<Field>> = attributes.schema().fields().iter().cloned().collect();
        fields.push(Arc::new(Field::new(GEOMETRY, DataType::Binary, true)));
        let geometry: ArrayRef = Arc::new(binary.iter().map(Option::as_deref).collect::<BinaryArray>());
        let columns = attributes.columns().iter().cloned().chain([geometry]).collect();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(|error| {
            let (path, layer) = (source.path.clone(), layer.to_owned());
            sanxian_layer::LayerError::Columns { path, layer, reason: error.to_string() }.into()
        })
    }
}

/// The dataset that the source names, or the only one with geometry.
fn choose(source: &SourceRef, datasets: &BTreeMap<String, Dataset>) -> Result<String, ReadError> {
    let path = source.path.clone();
    let layers = infos(datasets);
    match (&source.layer, layers.as_slice()) {
        (Some(name), _) if layers.iter().any(|layer| layer.name == *name) => Ok(name.clone()),
        (Some(name), _) => Err(ReadError::NoSuchLayer { path, layer: name.clone(), known: layers }),
        (None, [one]) => Ok(one.name.clone()),
        (None, []) => Err(ReadError::NoPolygonLayer { path, layers }),
        (None, _) => Err(ReadError::SeveralLayers { path, layers }),
    }
}

fn infos(datasets: &BTreeMap<String, Dataset>) -> Vec<LayerInfo> {
    let info = |(name, dataset): (&String, &Dataset)| {
        let (_, kind, crs) = dataset.geometry()?;
        let (name, geometry, crs) = (name.clone(), kind.to_owned(), crs.map(str::to_owned));
        Some(LayerInfo { name, geometry, polygons: true, features: Some(dataset.features.len() as u64), crs })
    };
    datasets.iter().filter_map(info).collect()
}

fn from_hex(digits: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let byte = |&[high, low]: &[u8; 2]| Some((digit(high)? * 16 + digit(low)?) as u8);
    if rest.is_empty() { pairs.iter().map(byte).collect() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_digits_of_either_case_are_bytes() {
        assert_eq!(from_hex("00fFA1"), Some(vec![0x00, 0xFF, 0xA1]));
        assert_eq!((from_hex("0"), from_hex("0g"), from_hex("")), (None, None, Some(vec![])));
    }
}
