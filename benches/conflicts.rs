//! What a comparison of two plans of a county costs: seconds of each stage, and the most memory held, against its coordinates.
//!
//! The county is `target/counties/county-200000.gpkg` (`cargo xtask demo-county --patches 200000`), or the GeoPackage that
//! `SANXIAN_COUNTY` names, with its layers GHYDYH and GHYDYH2. A run takes long enough to be told by itself, and the peak of a
//! process is that of its first run, so there is one.

use std::path::Path;
use std::time::Instant;

use sanxian::{Conflicts, Layer, ReadOptions};
use sanxian_model::Position;

fn main() {
    let county = std::env::var("SANXIAN_COUNTY")
        .unwrap_or_else(|_| "../target/counties/county-200000.gpkg".to_owned());
    if !Path::new(&county).exists() {
        println!("conflicts: no county; `cargo xtask demo-county --patches 200000` makes it");
        return;
    }
    let started = Instant::now();
    let [first, second] = ["GHYDYH", "GHYDYH2"].map(|layer| {
        Layer::read(&format!("{county}#{layer}"), &ReadOptions::default()).expect("a plan of the county")
    });
    let read_seconds = started.elapsed().as_secs_f64();
    let features = [first.len(), second.len()];
    let report = Conflicts::between(("GHYDYH", first), ("GHYDYH2", second)).run().expect("a comparison");
    let stats = report.stats();
    let whole = started.elapsed().as_secs_f64();

    println!("{} x {} features, {} vertices", features[0], features[1], stats.vertices);
    println!("{} pairs, {} patches", stats.pairs, report.patches().len());
    let stages = [
        ("read", read_seconds),
        ("index", stats.index_seconds),
        ("claims", stats.overlap_seconds),
        ("patches", stats.rules_seconds),
        ("whole", whole),
    ];
    for (stage, seconds) in stages {
        println!("{stage:<8} {seconds:6.2} s");
    }
    if let Some(peak) = peak_bytes() {
        let coordinates = (stats.vertices * size_of::<Position>()) as f64;
        let million = 1e6;
        println!("peak     {:6.0} MB, {:.1} x the coordinates", peak / million, peak / coordinates);
    }
}

/// The most memory that the process has held, where the system tells it.
fn peak_bytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}
