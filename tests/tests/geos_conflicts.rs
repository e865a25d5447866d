//! Two plans of 5 000 and 3 000 patches against GEOS, which dissolves each class of each plan, cuts every two classes and takes
//! the result apart: the same patches with the same areas, in metres and in degrees.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use gdal::vector::Geometry;
use geo_types::{LineString, Polygon};
use proptest::prelude::RngExt as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use sanxian::conflicts::ConflictKind;
use sanxian::{Conflicts, Layer, Scheme, crs};
use sanxian_model::{PolygonColumn, PolygonColumnBuilder, Position};
use sanxian_tests::geos;

/// Field, wood, housing, industry and park: every two of them contradict each other.
const CLASSES: [&str; 5] = ["0101", "0301", "0701", "1001", "1401"];

/// A plan: quadrilaterals that share their edges, and a class for each.
struct Plan {
    shapes: Vec<Vec<Position>>,
    classes: Vec<&'static str>,
}

/// A net over a square of 2 km, its nodes moved at random; coordinates are metres from a corner, a metre being `unit`.
fn plan(columns: usize, rows: usize, corner: Position, unit: f64, random: &mut TestRng) -> Plan {
    let (wide, high) = (2_000.0 / columns as f64, 2_000.0 / rows as f64);
    let mut nodes = Vec::with_capacity((columns + 1) * (rows + 1));
    for i in 0..=columns {
        for j in 0..=rows {
            let moved = [random.random_range(-0.4..0.4) * wide, random.random_range(-0.4..0.4) * high];
            let place = [i as f64 * wide + moved[0], j as f64 * high + moved[1]];
            nodes.push([corner[0] + place[0] * unit, corner[1] + place[1] * unit]);
        }
    }
    let node = |i: usize, j: usize| nodes[i * (rows + 1) + j];
    let mut plan = Plan { shapes: Vec::new(), classes: Vec::new() };
    for i in 0..columns {
        for j in 0..rows {
            plan.shapes.push(vec![
                node(i, j),
                node(i + 1, j),
                node(i + 1, j + 1),
                node(i, j + 1),
                node(i, j),
            ]);
            plan.classes.push(CLASSES[random.random_range(0..CLASSES.len())]);
        }
    }
    plan
}

fn layer(plan: &Plan, epsg: u32) -> Layer {
    let polygon = |ring: &Vec<Position>| {
        Polygon::new(ring.iter().map(|[x, y]| (*x, *y)).collect::<LineString>(), Vec::new())
    };
    let shapes: Vec<Polygon> = plan.shapes.iter().map(polygon).collect();
    let classes: ArrayRef = Arc::new(StringArray::from(plan.classes.clone()));
    let attributes = RecordBatch::try_from_iter([("YDYHFLDM", classes)]).expect("one column");
    let layer = Layer::from_geo_with(&shapes, attributes, crs::from_epsg(epsg).expect("a CRS"));
    layer.expect("a layer").scheme(Scheme::LandSea2023)
}

/// What a class of a plan covers, by GEOS, united two by two.
fn dissolved(plan: &Plan, class: &str, origin: Position) -> Geometry {
    let mut builder = PolygonColumnBuilder::new();
    for (ring, _) in plan.shapes.iter().zip(&plan.classes).filter(|(_, of)| **of == class) {
        builder.push_feature([[ring]]);
    }
    let column: PolygonColumn = builder.finish();
    let mut parts: Vec<Geometry> = column.iter().map(|feature| geos(feature, origin)).collect();
    while parts.len() > 1 {
        let pairs = parts.chunks(2);
        parts = pairs
            .map(|pair| match pair {
                [a, b] => a.union(b).expect("GEOS unites"),
                rest => rest[0].clone(),
            })
            .collect();
    }
    parts.pop().expect("every class has patches")
}

/// The areas of the polygons of a geometry.
fn areas(geometry: &Geometry) -> Vec<f64> {
    if geometry.geometry_name() == "POLYGON" {
        return vec![geometry.area()];
    }
    (0..geometry.geometry_count()).flat_map(|part| areas(&geometry.get_geometry(part))).collect()
}

/// Area of a polygon in the units of its CRS.
fn planar(rings: impl Iterator<Item = impl AsRef<[Position]>>, origin: Position) -> f64 {
    let twice = rings.map(|ring| {
        let cross = |edge: &[Position]| {
            let [[ax, ay], [bx, by]] = [edge[0], edge[1]].map(|[x, y]| [x - origin[0], y - origin[1]]);
            ax * by - bx * ay
        };
        ring.as_ref().windows(2).map(cross).sum::<f64>()
    });
    twice.sum::<f64>() / 2.0
}

/// `unit` is a metre in the units of the CRS.
fn patches_are_those_of_geos(epsg: u32, corner: Position, unit: f64) {
    let mut random = TestRng::from_seed(RngAlgorithm::ChaCha, &[25; 32]);
    let first = plan(72, 70, corner, unit, &mut random);
    let second = plan(55, 55, corner, unit, &mut random);
    assert_eq!((first.shapes.len(), second.shapes.len()), (5_040, 3_025));
    let report = Conflicts::between(("土规", layer(&first, epsg)), ("城规", layer(&second, epsg)));
    let report = report.run().expect("a comparison");

    // Nobody draws less than a square millimetre, and coordinates in doubles do not hold it.
    let least = 1e-6 * unit * unit;
    let mut ours: BTreeMap<[&str; 2], Vec<f64>> = BTreeMap::new();
    for (patch, polygon) in report.patches().iter().zip(report.polygons().iter()) {
        if patch.kind != ConflictKind::Uncovered {
            let codes = [patch.answers[0].code(), patch.answers[1].code()].map(|code| code.expect("a class"));
            ours.entry(codes).or_default().push(planar(polygon.rings(), corner));
        }
    }
    let mut total = 0;
    let of_classes = |plan: &Plan| CLASSES.map(|class| dissolved(plan, class, corner));
    let (firsts, seconds) = (of_classes(&first), of_classes(&second));
    for (a, first) in CLASSES.into_iter().zip(&firsts) {
        for (b, second) in CLASSES.into_iter().zip(&seconds).filter(|(b, _)| *b != a) {
            let mut expected = areas(&first.intersection(second).expect("GEOS cuts"));
            let mut found = ours.remove(&[a, b]).unwrap_or_default();
            for areas in [&mut expected, &mut found] {
                areas.retain(|area| *area > least);
                areas.sort_by(f64::total_cmp);
            }
            assert_eq!(expected.len(), found.len(), "{a} {b}");
            for (expected, found) in expected.iter().zip(&found) {
                let apart = (expected - found).abs();
                assert!(apart < least + 1e-9 * expected, "{a} {b}: {expected} {found}");
            }
            total += found.len();
        }
    }
    assert!(ours.is_empty(), "{:?}", ours.keys());
    assert!(total > 9_000, "{total}");
}

#[test]
fn patches_in_metres_are_those_of_geos() {
    patches_are_those_of_geos(4546, [480_000.0, 3_790_000.0], 1.0);
}

#[test]
fn patches_in_degrees_are_those_of_geos() {
    patches_are_those_of_geos(4490, [113.6, 34.7], 1e-5);
}
