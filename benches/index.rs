//! How long it takes until a layer can be asked where its features are, and until they are measured.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use sanxian_benches::shapes;
use sanxian_geom::{ArealScale, LayerIndex, MeasuredLayer};
use sanxian_model::Crs;

/// Patches along one side of the square: 2 500 and 90 000 patches.
const SIDES: [u32; 2] = [50, 300];

fn main() {
    divan::main();
}

/// The index of a layer of patches, with the first question, which builds the tree of the features.
#[divan::bench(args = SIDES, sample_count = 20)]
fn many_small(bencher: Bencher, side: u32) {
    let patches = shapes::patches(side, [0.0, 0.0]);
    bencher.counter(ItemsCount::new(patches.len())).bench_local(|| {
        let index = LayerIndex::build(black_box(&patches));
        let mut found = Vec::new();
        index.features_near(&index.extent(0), &mut found);
        found
    });
}

/// The index of one feature by its vertices.
#[divan::bench(args = [20_000, 1_000_000], sample_count = 20)]
fn one_large(bencher: Bencher, vertices: usize) {
    let zone = shapes::one_zone(100, vertices);
    bencher
        .counter(ItemsCount::new(zone.coords().len()))
        .bench_local(|| LayerIndex::build(black_box(&zone)).whole_extent());
}

/// Areas of all patches of an indexed layer, the index included.
#[divan::bench(args = SIDES, sample_count = 20)]
fn areas(bencher: Bencher, side: u32) {
    let patches = shapes::patches(side, [0.0, 0.0]);
    let scale = ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("the plane needs no fit");
    bencher
        .counter(ItemsCount::new(patches.len()))
        .bench_local(|| MeasuredLayer::new(LayerIndex::build(black_box(&patches)), &scale).areas);
}
