//! What a layer holds, for comparison with another: values, features, areas.

use std::collections::BTreeMap;

use sanxian::{Plan, model};

pub(crate) fn only_layer(plan: &Plan) -> &model::Layer {
    &plan.layers()[0]
}

pub(crate) fn texts(layer: &model::Layer, column: &str) -> Vec<String> {
    (0..layer.len()).map(|row| layer.text(column, row).unwrap_or_default()).collect()
}

/// The values of a column, in an order of their own.
pub(crate) fn sorted(layer: &model::Layer, column: &str) -> Vec<String> {
    let mut texts = texts(layer, column);
    texts.sort();
    texts
}

/// The values of a feature, and its rings.
pub(crate) type Feature = (Vec<String>, Vec<Vec<[u64; 2]>>);

/// Every feature with its values and its rings, each from its least vertex on, in an order of their own.
pub(crate) fn features(layer: &model::Layer) -> Vec<Feature> {
    let schema = layer.attributes.schema();
    let mut columns: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    columns.sort_unstable();
    let ring = |ring: &[[f64; 2]]| {
        let mut open: Vec<[u64; 2]> = ring[1..].iter().map(|at| at.map(f64::to_bits)).collect();
        let least = (0..open.len()).min_by_key(|at| open[*at]).unwrap_or_default();
        open.rotate_left(least);
        open
    };
    let feature = |row: usize| {
        let values =
            columns.iter().map(|column| format!("{column}={}", layer.text(column, row).unwrap_or_default()));
        let mut rings: Vec<_> = layer.polygons.feature(row).rings().map(ring).collect();
        rings.sort();
        (values.collect(), rings)
    };
    let mut features: Vec<_> = (0..layer.len()).map(feature).collect();
    features.sort();
    features
}

/// Square metres of each class, as the plane has them; a degree is taken for a hundred kilometres.
pub(crate) fn areas(layer: &model::Layer, epsg: u32) -> BTreeMap<String, f64> {
    let unit = if epsg == 4490 { 1e10 } else { 1.0 };
    let mut areas = BTreeMap::new();
    for (feature, class) in layer.polygons.iter().zip(texts(layer, "YDYHFLDM")) {
        let area: f64 = feature
            .rings()
            .map(|ring| {
                let [x, y] = ring[0];
                let cross =
                    |of: &[[f64; 2]]| (of[0][0] - x) * (of[1][1] - y) - (of[1][0] - x) * (of[0][1] - y);
                ring.windows(2).map(cross).sum::<f64>() / 2.0
            })
            .sum();
        *areas.entry(class).or_insert(0.0) += area * unit;
    }
    areas
}

/// How far a vertex of one layer is from the same of the other, in units of the CRS.
pub(crate) fn furthest(a: &model::Layer, b: &model::Layer) -> f64 {
    assert_eq!(a.polygons.coords().len(), b.polygons.coords().len());
    let by_place = |layer: &model::Layer| {
        let mut at = layer.polygons.coords().to_vec();
        // To the millimetre, or less than that in degrees.
        at.sort_by_key(|at| at.map(|at| (at * 1e6).round() as i64));
        at
    };
    let pairs = by_place(a).into_iter().zip(by_place(b));
    pairs.flat_map(|(a, b)| [(a[0] - b[0]).abs(), (a[1] - b[1]).abs()]).fold(0.0, f64::max)
}
