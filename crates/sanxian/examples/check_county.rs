//! The main job in ten lines: the sample county's plan against the three lines.
//!
//! `cargo run --package sanxian --example check_county`
#![expect(clippy::print_stdout, reason = "printing is all this example is for")]

use sanxian::{CheckOptions, PlanSources};

fn main() -> Result<(), sanxian::Error> {
    let county = "data/demo/county.gpkg";
    let plan = PlanSources::new()
        .plan(format!("{county}#GHYDYH"))
        .redline(format!("{county}#STBHHX"))
        .farmland(format!("{county}#YJJBNTBHTB"))
        .urban_boundary(format!("{county}#CZKFBJ"))
        .read()?;
    let outcome = sanxian::check(&plan, &CheckOptions::default())?;
    for finding in &outcome.findings {
        println!("{} {} {}", finding.severity, finding.code, finding.subject.label());
    }
    println!("{:?}", outcome.summary(&plan).verdict());
    Ok(())
}
