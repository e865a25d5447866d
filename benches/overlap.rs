//! How long overlaps take, by the way two layers lie to each other.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use sanxian_benches::shapes;
use sanxian_geom::{ArealScale, LayerIndex, MeasuredLayer, Stop, overlaps, self_overlaps};
use sanxian_model::{Crs, PolygonColumn};

/// Patches along one side of the square: 10 000 patches with 450 000 vertices.
const SIDE: u32 = 100;

/// Vertices of the large zone.
const LARGE: usize = 200_000;

fn main() {
    divan::main();
}

fn plane() -> ArealScale {
    ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("the plane needs no fit")
}

/// Measures the pairs of two layers; indexing is a bench of its own. Says how many pairs there must be, because
/// a bench of nothing is fast.
fn measure(bencher: Bencher, subject: &PolygonColumn, zones: &PolygonColumn, pairs: std::ops::Range<usize>) {
    let scale = plane();
    let subject = MeasuredLayer::new(LayerIndex::build(subject), &scale);
    let zones = LayerIndex::build(zones);
    let found = overlaps(&subject, &zones, &scale, &Stop::default()).len();
    assert!(pairs.contains(&found), "{found} pairs where {pairs:?} were meant");
    let features = subject.index.polygons().len() + zones.polygons().len();
    bencher
        .counter(ItemsCount::new(features))
        .bench_local(|| overlaps(black_box(&subject), black_box(&zones), &scale, &Stop::default()));
}

/// Two surveys of one ground, the second moved by 13 m.
#[divan::bench(sample_count = 20)]
fn many_small_with_many_small(bencher: Bencher) {
    let count = (SIDE * SIDE) as usize;
    let moved = shapes::patches(SIDE, [13.0, 7.0]);
    measure(bencher, &shapes::patches(SIDE, [0.0, 0.0]), &moved, count..5 * count);
}

/// A plan against one redline with holes.
#[divan::bench(sample_count = 20)]
fn many_small_with_one_large(bencher: Bencher) {
    let count = (SIDE * SIDE) as usize;
    measure(bencher, &shapes::patches(SIDE, [0.0, 0.0]), &shapes::one_zone(SIDE, LARGE), count / 4..count);
}

/// The same with the roles changed, which should change nothing.
#[divan::bench(sample_count = 20)]
fn one_large_with_many_small(bencher: Bencher) {
    let count = (SIDE * SIDE) as usize;
    measure(bencher, &shapes::one_zone(SIDE, LARGE), &shapes::patches(SIDE, [0.0, 0.0]), count / 4..count);
}

/// Every patch lies in a hole of one zone, so boxes meet and nothing shares area.
#[divan::bench(sample_count = 20)]
fn all_disjoint(bencher: Bencher) {
    measure(bencher, &shapes::patches(SIDE, [0.0, 0.0]), &shapes::zone_of_holes(SIDE), 0..1);
}

/// No box meets another.
#[divan::bench(sample_count = 20)]
fn all_far_apart(bencher: Bencher) {
    let apart = [f64::from(SIDE) * shapes::CELL, 0.0];
    measure(bencher, &shapes::patches(SIDE, [0.0, 0.0]), &shapes::patches(SIDE, apart), 0..1);
}

/// Every patch lies deep inside one zone.
#[divan::bench(sample_count = 20)]
fn all_covered(bencher: Bencher) {
    let count = (SIDE * SIDE) as usize;
    let zone = shapes::covering_zone(SIDE, LARGE);
    measure(bencher, &shapes::patches(SIDE, [0.0, 0.0]), &zone, count..count + 1);
}

/// Every patch shares a run of edges with the zone: half of them inside, half outside.
#[divan::bench(sample_count = 20)]
fn all_on_the_boundary(bencher: Bencher) {
    let (patches, zone) = shapes::along_a_boundary(10_000);
    measure(bencher, &patches, &zone, 5_000..5_001);
}

/// One layer within itself: overlaps of patches that should have none.
#[divan::bench(sample_count = 20)]
fn a_layer_with_itself(bencher: Bencher) {
    let scale = plane();
    let patches = shapes::patches(SIDE, [0.0, 0.0]);
    let layer = MeasuredLayer::new(LayerIndex::build(&patches), &scale);
    assert_eq!(self_overlaps(&layer, &scale, &Stop::default()), []);
    bencher
        .counter(ItemsCount::new(patches.len()))
        .bench_local(|| self_overlaps(black_box(&layer), &scale, &Stop::default()));
}
