//! How long the shapes take on which work could grow beyond all bounds: a million vertices in one ring, a vertex a
//! billion metres away, zones in a pile.

use divan::{Bencher, black_box};
use sanxian_benches::giants;
use sanxian_geom::{
    ArealScale, Candidate, LayerIndex, MeasuredLayer, OnInvalid, Stop, ZoneOverlaps, net_areas,
    normalise_rings, overlaps,
};
use sanxian_model::{Crs, PolygonColumn, Position};

const VERTICES: u32 = 1_000_000;

fn main() {
    divan::main();
}

fn plane() -> ArealScale {
    ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("the plane needs no fit")
}

/// A ring by the name of its shape.
fn ring(shape: &str) -> Vec<Position> {
    match shape {
        "comb" => giants::comb(VERTICES),
        "upright comb" => giants::upright(&giants::comb(VERTICES)),
        "strip" => giants::strip(VERTICES),
        "upright strip" => giants::upright(&giants::strip(VERTICES)),
        _ => giants::spiral(VERTICES),
    }
}

const SHAPES: [&str; 5] = ["comb", "upright comb", "spiral", "strip", "upright strip"];

#[divan::bench(args = SHAPES, sample_count = 3, sample_size = 1)]
fn a_valid_ring_is_normalised(bencher: Bencher, shape: &str) {
    let column = giants::column([ring(shape)]);
    bencher.with_inputs(|| column.clone()).bench_local_values(|column| {
        let result = normalise_rings(column, &Crs::plane(), OnInvalid::Repair, &Stop::default());
        assert!(result.faults.is_empty());
        result
    });
}

#[divan::bench(args = SHAPES, sample_count = 3, sample_size = 1)]
fn a_ring_that_crosses_itself_is_repaired(bencher: Bencher, shape: &str) {
    let column = giants::column([giants::crossing_itself(&ring(shape))]);
    bencher.with_inputs(|| column.clone()).bench_local_values(|column| {
        let result = normalise_rings(column, &Crs::plane(), OnInvalid::Repair, &Stop::default());
        assert_eq!((result.faults.len(), result.rows.len()), (1, 1));
        result
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn two_discs_with_a_stray_vertex_overlap(bencher: Bencher) {
    let scale = plane();
    let discs = [450.0, 500.0].map(|r| giants::column([giants::disc_with_stray_vertex(VERTICES, r)]));
    bencher.bench_local(|| {
        let patch = MeasuredLayer::new(LayerIndex::build(&discs[0]), &scale);
        let found = overlaps(&patch, &LayerIndex::build(&discs[1]), &scale, &Stop::default());
        assert_eq!(found.len(), 1);
        black_box(found)
    });
}

/// Net areas of zones on one patch, from which zones lie on each other to what each nets.
fn net(bencher: Bencher, patch: &PolygonColumn, zones: u32) {
    let scale = plane();
    let zones_column = giants::pile(zones);
    let patch = MeasuredLayer::new(LayerIndex::build(patch), &scale);
    let layer = MeasuredLayer::new(LayerIndex::build(&zones_column), &scale);
    let candidates: Vec<Candidate> = overlaps(&patch, &layer.index, &scale, &Stop::default())
        .iter()
        .map(|pair| Candidate::of(0, pair))
        .collect();
    assert_eq!(candidates.len(), zones as usize);
    bencher.bench_local(|| {
        let zone_overlaps = ZoneOverlaps::within(&layer, &scale, &Stop::default());
        net_areas(
            (&patch.index, 0),
            patch.areas[0],
            &[&layer.index],
            black_box(&candidates),
            |earlier, later| zone_overlaps.contains(earlier.row, later.row),
            &scale,
        )
    });
}

#[divan::bench(args = [400, 4_000], sample_count = 3, sample_size = 1)]
fn a_pile_on_one_patch_is_shared_out(bencher: Bencher, zones: u32) {
    let patch = vec![[0.0, 0.0], [2_000.0, 0.0], [2_000.0, 2_000.0], [0.0, 2_000.0], [0.0, 0.0]];
    net(bencher, &giants::column([patch]), zones);
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_pile_on_a_spiral_is_shared_out(bencher: Bencher) {
    net(bencher, &giants::column([giants::spiral(VERTICES)]), 400);
}
