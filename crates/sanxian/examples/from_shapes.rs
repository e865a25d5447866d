//! Checks polygons that are in memory, with attributes beside them. Needs no file and no C library.
//!
//! `cargo run --package sanxian --no-default-features --example from_shapes`
#![expect(clippy::print_stdout, reason = "printing is all this example is for")]

use std::error::Error;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use geo_types::{Polygon, polygon};
use sanxian::{Check, Lang, Layer, crs};

/// A square in EPSG:4546, so many metres east of a corner.
fn square(east: f64, side: f64) -> Polygon {
    let [x, y] = [480_000.0 + east, 3_790_000.0];
    polygon![(x: x, y: y), (x: x + side, y: y), (x: x + side, y: y + side), (x: x, y: y + side)]
}

fn main() -> Result<(), Box<dyn Error>> {
    let gauss_kruger = crs::from_epsg(4546)?;
    let patches = [square(0.0, 100.0), square(200.0, 100.0)];
    let ids: ArrayRef = Arc::new(StringArray::from(vec!["A1", "A2"]));
    // 0701: urban housing in the classification of land and sea use of 2023.
    let classes: ArrayRef = Arc::new(StringArray::from(vec!["0701", "0701"]));
    let attributes = RecordBatch::try_from_iter([("BSM", ids), ("YDYHFLDM", classes)])?;

    let plan = Layer::from_geo_with(&patches, attributes, gauss_kruger.clone())?.named("plan");
    let farmland = Layer::from_geo(&[square(60.0, 100.0)], gauss_kruger)?.named("farmland");
    let report = Check::new(plan).farmland(farmland).run()?;

    for finding in report.findings() {
        println!("{} {} {}", finding.severity, finding.code, report.message(finding, Lang::En));
    }
    println!("{:?}", report.summary().verdict());
    Ok(())
}

#[test]
fn it_runs() {
    main().expect("the example runs");
}
