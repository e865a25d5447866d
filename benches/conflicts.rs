//! What a comparison of two plans of a county costs: seconds of each stage, and the most memory held, against its coordinates.
//!
//! The county is `target/counties/county-200000.gpkg` (`cargo xtask demo-county --patches 200000`), or the GeoPackage that
//! `SANXIAN_COUNTY` names. Its plan GHYDYH is compared with each of two second plans. A run takes long enough to be told by
//! itself, and the peak of a process is that of all its runs, so each comparison has a process of its own.

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use sanxian::{Conflicts, Layer, ReadOptions};
use sanxian_model::Position;

/// Second plans, and what comparing the first with them is like.
const CASES: [(&str, &str); 2] = [
    ("GHYDYH3", "usual case: 95 patches in 100 have the class that the first plan gives to their middle"),
    ("GHYDYH2", "worst case: classes are drawn by lot"),
];

/// Set to the second plan that a process compares.
const CASE: &str = "SANXIAN_CONFLICTS_CASE";

fn main() -> Result<(), Box<dyn Error>> {
    let county = std::env::var("SANXIAN_COUNTY")
        .unwrap_or_else(|_| "../target/counties/county-200000.gpkg".to_owned());
    let mut out = io::stdout().lock();
    if !Path::new(&county).exists() {
        writeln!(out, "conflicts: no county; `cargo xtask demo-county --patches 200000` makes it")?;
        return Ok(());
    }
    if let Ok(second) = std::env::var(CASE) {
        return compare(&county, &second, &mut out);
    }
    for (second, like) in CASES {
        writeln!(out, "\nGHYDYH x {second}, {like}")?;
        out.flush()?;
        let status = Command::new(std::env::current_exe()?).env(CASE, second).status()?;
        if !status.success() {
            return Err(format!("GHYDYH x {second}: {status}").into());
        }
    }
    Ok(())
}

/// Compares the county's plan with its second plan of that name, and tells what it cost.
fn compare(county: &str, second: &str, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let read = |layer: &str| Layer::read(&format!("{county}#{layer}"), &ReadOptions::default());
    let layers = (read("GHYDYH")?, read(second)?);
    let read_seconds = started.elapsed().as_secs_f64();
    let features = [layers.0.len(), layers.1.len()];
    let report = Conflicts::between(("GHYDYH", layers.0), (second, layers.1)).run()?;
    let stats = report.stats();
    let whole = started.elapsed().as_secs_f64();

    writeln!(out, "{} x {} features, {} vertices", features[0], features[1], stats.vertices)?;
    writeln!(out, "{} pairs, {} patches", stats.pairs, report.patches().len())?;
    let stages = [
        ("read", read_seconds),
        ("index", stats.index_seconds),
        ("claims", stats.overlap_seconds),
        ("patches", stats.rules_seconds),
        ("whole", whole),
    ];
    for (stage, seconds) in stages {
        writeln!(out, "{stage:<8} {seconds:6.2} s")?;
    }
    if let Some(peak) = peak_bytes() {
        let coordinates = (stats.vertices * size_of::<Position>()) as f64;
        let million = 1e6;
        writeln!(out, "peak     {:6.0} MB, {:.1} x the coordinates", peak / million, peak / coordinates)?;
    }
    Ok(())
}

/// The most memory that the process has held, where the system tells it.
fn peak_bytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}
