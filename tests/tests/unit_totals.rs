//! What of a plan lies in each administrative unit: boxes in the plane, where every area is a product, and the sample county, where
//! units add up to the ledger.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use geo_types::{LineString, Polygon};
use proptest::prelude::*;
use sanxian::{Check, Crs, Layer, Scheme};
use sanxian_tests::{data, sanxian};
use serde_json::Value;

/// West, south, east, north.
type Corners = [f64; 4];

fn layer(boxes: &[Corners], name: &str) -> Layer {
    let shape = |[west, south, east, north]: &Corners| {
        let corners = [(*west, *south), (*east, *south), (*east, *north), (*west, *north)];
        Polygon::new(LineString::from(corners.to_vec()), Vec::new())
    };
    let shapes: Vec<Polygon> = boxes.iter().map(shape).collect();
    let classes: ArrayRef = Arc::new(StringArray::from(vec!["0701"; boxes.len()]));
    let attributes = RecordBatch::try_from_iter([("YDYHFLDM", classes)]).expect("a column");
    let layer = Layer::from_geo_with(&shapes, attributes, Crs::plane()).expect("a layer");
    layer.scheme(Scheme::LandSea2023).named(name)
}

/// The area that some boxes have in common.
fn common(boxes: &[Corners]) -> f64 {
    let side = |low: usize, high: usize| {
        let from = boxes.iter().map(|corners| corners[low]).fold(f64::MIN, f64::max);
        let to = boxes.iter().map(|corners| corners[high]).fold(f64::MAX, f64::min);
        (to - from).max(0.0)
    };
    side(0, 2) * side(1, 3)
}

const UNITS: [Corners; 3] = [[0.0, 0.0, 100.0, 60.0], [100.0, 0.0, 180.0, 60.0], [0.0, 60.0, 180.0, 120.0]];

/// Boxes that share no ground: each has a column of its own.
fn boxes(most: usize) -> impl Strategy<Value = Vec<Corners>> {
    let one = (1..25_u8, 0..100_u8, 1..60_u8);
    proptest::collection::vec(one, 1..most).prop_map(|boxes| {
        let corners = |(at, (width, south, height)): (usize, (u8, u8, u8))| {
            let (west, south) = (at as f64 * 25.0 - 10.0, f64::from(south) - 10.0);
            [west, south, west + f64::from(width), south + f64::from(height)]
        };
        boxes.into_iter().enumerate().map(corners).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn areas_of_boxes_are_products(plan in boxes(9), redline in boxes(9)) {
        let report = Check::new(layer(&plan, "plan"))
            .redline(layer(&redline, "redline"))
            .layer(sanxian::Role::ADMIN_UNIT, layer(&UNITS, "units"))
            .select(["ER-02"])
            .run()
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        let totals = report.outcome().units.clone();
        for (number, unit) in (0..).zip(UNITS) {
            let area: f64 = plan.iter().map(|patch| common(&[*patch, unit])).sum();
            let on: f64 = plan
                .iter()
                .flat_map(|patch| redline.iter().map(|line| common(&[*patch, *line, unit])))
                .sum();
            let found = totals.iter().find(|total| total.unit == Some(number));
            let found = found.map_or([0.0; 2], |total| [total.area.get(), total.lines[0].1.get()]);
            prop_assert!((found[0] - area).abs() < 1e-5 && (found[1] - on).abs() < 1e-5, "{found:?} {area} {on}");
        }
        let all: f64 = plan.iter().map(|patch| common(&[*patch])).sum();
        let told: f64 = totals.iter().map(|total| total.area.get()).sum();
        prop_assert!((all - told).abs() < 0.002, "{all} {told}");
    }
}

#[test]
fn units_of_the_sample_county_add_up_to_the_ledger() {
    let county = data("demo/county.gpkg").display().to_string();
    let config = data("demo/sanxian.toml").display().to_string();
    let report =
        sanxian(["check", &format!("{county}#GHYDYH"), "--config", &config, "--output-format", "json"])
            .ends(1)
            .json();
    let units = report["units"].as_array().expect("units");
    assert_eq!(units.len(), 4);
    assert!(units.iter().all(|unit| unit["id"].is_string() && unit["name"].is_string()));
    let sum = |of: &dyn Fn(&Value) -> Option<f64>| units.iter().filter_map(of).sum::<f64>();
    let totals = &report["ledger"]["totals"];
    let near = |a: f64, b: f64, slivers: f64| assert!((-0.1..slivers).contains(&(a - b)), "{a} {b}");
    near(sum(&|unit| unit["area_m2"].as_f64()), totals["area_m2"].as_f64().expect("an area"), 0.1);
    for line in totals["lines"].as_array().expect("lines") {
        let role = line["role"].as_str().expect("a role");
        // Totals of the ledger tell what is below tolerance apart.
        near(sum(&|unit| unit["on_m2"][role].as_f64()), line["gross_m2"].as_f64().expect("an area"), 2.1);
    }
}
