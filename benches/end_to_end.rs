//! How long a user waits for the sample county: reading, checking, and writing the report.

use divan::{Bencher, black_box};
use sanxian::report::{Format, Options, write};
use sanxian::{CheckOptions, Outcome, Plan, PlanSources, Role};

fn main() {
    divan::main();
}

/// A layer of the sample county. Cargo runs benches in the folder of their package.
fn layer(name: &str) -> String {
    format!("../data/demo/{name}")
}

fn read() -> Plan {
    PlanSources::new()
        .plan(layer("county.gpkg#GHYDYH"))
        .redline(layer("county.gpkg#STBHHX"))
        .farmland(layer("county.gpkg#YJJBNTBHTB"))
        .urban_boundary(layer("county.gpkg#CZKFBJ"))
        .zone(Role::PROJECT, layer("项目红线.shp"))
        .zone(Role::PARK, layer("county.gpkg#CYYQ"))
        .zone(Role::ADMIN_UNIT, layer("county.gpkg#XZQ"))
        .zone(Role::SURVEY, layer("county.gpkg#DLTB"))
        .read()
        .expect("the sample county is there")
}

fn check(plan: &Plan) -> Outcome {
    let outcome = sanxian::check(plan, &CheckOptions::default()).expect("the sample county can be checked");
    assert!(!outcome.findings.is_empty(), "the sample county has planted findings");
    outcome
}

/// All layers from their files.
#[divan::bench(sample_count = 20)]
fn reading() -> Plan {
    read()
}

/// The rules of the profile on layers that are read.
#[divan::bench(sample_count = 20)]
fn checking(bencher: Bencher) {
    let plan = read();
    bencher.bench_local(|| check(black_box(&plan)));
}

/// From the files to the report in JSON.
#[divan::bench(sample_count = 20)]
fn everything() -> Vec<u8> {
    let plan = read();
    let outcome = check(&plan);
    let mut report = Vec::new();
    write(&outcome.report(&plan), Format::Json, &Options::default(), &mut report)
        .expect("memory can be written");
    report
}
