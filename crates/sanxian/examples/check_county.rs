//! The main job in ten lines: the sample county's plan against the three lines.
//!
//! `cargo run --package sanxian --example check_county`
#![expect(clippy::print_stdout, reason = "printing is all this example is for")]

use sanxian::{Check, Error, Layer, ReadOptions};

fn main() -> Result<(), Error> {
    let read = |layer: &str| Layer::read(&format!("data/demo/county.gpkg#{layer}"), &ReadOptions::default());
    let report = Check::new(read("GHYDYH")?)
        .redline(read("STBHHX")?)
        .farmland(read("YJJBNTBHTB")?)
        .urban_boundary(read("CZKFBJ")?)
        .run()?;
    for finding in report.findings() {
        println!("{} {} {}", finding.severity, finding.code, finding.subject.label());
    }
    println!("{:?}", report.summary().verdict());
    Ok(())
}
