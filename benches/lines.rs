//! Projects held against lines that are kept: what the first costs and what each further one; and how long a check runs on
//! after it was asked to end.
//!
//! The county is the sample county, or the GeoPackage that `SANXIAN_COUNTY` names, with its layer names.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use arrow_array::{ArrayRef, BinaryArray, RecordBatch, StringArray};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use sanxian::{Check, CheckOptions, Layer, Lines, Plan, ReadOptions, Role, RuleBook, Watch};
use sanxian_layer::wkb::feature_to_wkb;

fn main() {
    divan::main();
}

/// Patches of a project.
const PATCHES: usize = 40;

fn read(layer: &str) -> Layer {
    let county = std::env::var("SANXIAN_COUNTY").unwrap_or_else(|_| "../data/demo/county.gpkg".to_owned());
    Layer::read(&format!("{county}#{layer}"), &ReadOptions::default()).expect("a layer of the county")
}

fn lines() -> Lines {
    Lines::new([
        (Role::REDLINE, read("STBHHX")),
        (Role::FARMLAND, read("YJJBNTBHTB")),
        (Role::URBAN_BOUNDARY, read("CZKFBJ")),
    ])
    .expect("lines")
}

/// Neighbouring patches of the county's plan, as projects of 40.
fn projects(most: usize) -> Vec<Layer> {
    let plan = Plan::of([(Role::PLAN, read("GHYDYH"))]).expect("a plan");
    let layer = &plan.layers()[0];
    let rows: Vec<usize> = (0..layer.len()).collect();
    let mut bytes = Vec::new();
    rows.chunks_exact(PATCHES)
        .take(most)
        .map(|rows| {
            let shapes: BinaryArray = rows
                .iter()
                .map(|&row| {
                    feature_to_wkb(layer.polygons.feature(row), true, &mut bytes);
                    Some(bytes.clone())
                })
                .collect();
            let text = |name: &str| -> ArrayRef {
                Arc::new(rows.iter().map(|&row| layer.text(name, row)).collect::<StringArray>())
            };
            let columns: [(&str, ArrayRef); 3] =
                [("BSM", text("id")), ("YDYHFLDM", text("land_class")), ("geometry", Arc::new(shapes))];
            let table = RecordBatch::try_from_iter(columns).expect("a table");
            Layer::from_arrow_in([table], "geometry", layer.crs.clone()).expect("a project")
        })
        .collect()
}

fn check(lines: &Lines, project: &Layer) -> usize {
    let options = CheckOptions::default();
    let report = lines.check((Role::PROJECT, project.clone()), &RuleBook::embedded(), &options);
    report.expect("a check").findings().len()
}

/// Reading and indexing the lines, and one project.
#[divan::bench(sample_count = 5)]
fn first(bencher: Bencher) {
    let projects = projects(1);
    bencher.bench_local(|| check(&lines(), black_box(&projects[0])));
}

/// Up to 1 000 projects against lines that are indexed.
#[divan::bench(sample_count = 5)]
fn further(bencher: Bencher) {
    let (lines, projects) = (lines(), projects(1_000));
    let count = ItemsCount::new(projects.len());
    bencher
        .counter(count)
        .bench_local(|| projects.iter().map(|project| check(&lines, black_box(project))).sum::<usize>());
}

/// From the word to end to the end, so many milliseconds after the layers were read.
#[divan::bench(args = [10, 100, 400, 800], sample_count = 5)]
fn stopping(bencher: Bencher, after: u64) {
    let layers = [
        (Role::PLAN, read("GHYDYH")),
        (Role::REDLINE, read("STBHHX")),
        (Role::FARMLAND, read("YJJBNTBHTB")),
        (Role::URBAN_BOUNDARY, read("CZKFBJ")),
    ];
    bencher
        .with_inputs(|| {
            let watch = Watch::default();
            let (stop, layers) = (watch.stop(), layers.clone());
            let run = thread::spawn(move || {
                let check =
                    layers.into_iter().fold(Check::lines(), |check, (role, layer)| check.layer(role, layer));
                check.options(CheckOptions { watch, ..CheckOptions::default() }).run().is_ok()
            });
            thread::sleep(Duration::from_millis(after));
            (stop, run)
        })
        .bench_local_values(|(stop, run)| {
            stop.ask();
            run.join().expect("no panic")
        });
}
