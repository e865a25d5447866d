//! Small layers that the tests write and read back.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int32Array, RecordBatch, StringArray};
use sanxian_io::{OutputLayer, ReadError, ReadOptions, WriteOptions, crs_from_user, read_layer};
use sanxian_layer::NormalisedLayer;
use sanxian_model::{Crs, PolygonColumn, PolygonColumnBuilder, Position, Role};

/// South-west corner of the small layers, in EPSG:4546.
pub const CORNER: Position = [480_000.0, 3_790_000.0];

pub fn crs(text: &str) -> Crs {
    crs_from_user(text).expect("a known CRS")
}

/// A counter-clockwise square with its corner at `at`.
pub fn square([x, y]: Position, size: f64) -> Vec<Position> {
    vec![[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
}

/// A clockwise square, as holes are.
pub fn hole(at: Position, size: f64) -> Vec<Position> {
    let mut ring = square(at, size);
    ring.reverse();
    ring
}

pub fn column(features: Vec<Vec<Vec<Vec<Position>>>>) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    for feature in features {
        builder.push_feature(feature);
    }
    builder.finish()
}

/// Three features around a corner: a square, one with a hole, one of two parts.
pub fn three([x, y]: Position, unit: f64) -> PolygonColumn {
    column(vec![
        vec![vec![square([x, y], unit)]],
        vec![vec![square([x + 2.0 * unit, y], unit), hole([x + 2.2 * unit, y + 0.2 * unit], 0.5 * unit)]],
        vec![vec![square([x, y + 2.0 * unit], unit)], vec![square([x + 2.0 * unit, y + 2.0 * unit], unit)]],
    ])
}

pub fn table(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)))
        .expect("columns of one length")
}

/// Three rows in the manner of a plan.
pub fn plan_table() -> RecordBatch {
    table(vec![
        ("BSM", Arc::new(StringArray::from(vec!["411402001", "411402002", "411402003"])) as ArrayRef),
        ("YDYHFLDM", Arc::new(StringArray::from(vec!["1001", "0101", "070301"]))),
        ("项目名称", Arc::new(StringArray::from(vec![Some("示例工业园"), None, Some("堃宇村宅基地")]))),
        ("TBMJ", Arc::new(Float64Array::from(vec![Some(1234.56), Some(0.1), None]))),
        ("SJNF", Arc::new(Int32Array::from(vec![2026, 2025, 2024]))),
    ])
}

pub fn write(path: &Path, name: &str, crs: &Crs, polygons: &PolygonColumn, attributes: &RecordBatch) {
    let layer = OutputLayer { name, crs, polygons, attributes, style: None };
    sanxian_io::write_layers(path, &[layer], &WriteOptions::default()).expect("written");
}

/// Writes three plan features in EPSG:4546.
pub fn write_plan(path: &Path) {
    write(path, "规划图斑", &crs("EPSG:4546"), &three(CORNER, 100.0), &plan_table());
}

pub fn read(source: &str, options: &ReadOptions) -> NormalisedLayer {
    read_layer(source, Role::PLAN, options).unwrap_or_else(|error| panic!("{error}"))
}

pub fn read_path(path: &Path) -> NormalisedLayer {
    read(path.to_str().expect("a name"), &ReadOptions::default())
}

pub fn refused(source: &str, options: &ReadOptions) -> ReadError {
    read_layer(source, Role::PLAN, options).expect_err("it should be refused")
}

pub fn texts(layer: &sanxian_model::Layer, column: &str) -> Vec<Option<String>> {
    (0..layer.len()).map(|row| layer.text(column, row)).collect()
}
