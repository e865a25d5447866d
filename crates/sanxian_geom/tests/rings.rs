//! What normalising rings must do with tidy, untidy, crossing and nested ones.

use sanxian_geom::{NormalisedRings, OnInvalid, RingOutcome, Stop, normalise_rings};
use sanxian_model::{Crs, FaultKind, PolygonColumnBuilder, Position};

fn normalised(polygons: &[&[&[Position]]], on_invalid: OnInvalid) -> NormalisedRings {
    let mut builder = PolygonColumnBuilder::new();
    builder.push_feature(polygons.iter().map(|rings| rings.iter().copied()));
    normalise_rings(builder.finish(), &Crs::plane(), on_invalid, &Stop::default())
}

fn area(normalised: &NormalisedRings) -> f64 {
    normalised
        .polygons
        .iter()
        .flat_map(|f| {
            f.rings().map(|r| r.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum::<f64>())
        })
        .sum::<f64>()
        / 2.0
}

const SQUARE: [Position; 5] = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0]];

fn square(x: f64, y: f64, side: f64) -> Vec<Position> {
    SQUARE.iter().map(|p| [p[0] / 10.0 * side + x, p[1] / 10.0 * side + y]).collect()
}

#[test]
fn a_tidy_ring_is_left_alone() {
    let result = normalised(&[&[&SQUARE]], OnInvalid::Error);
    assert!(result.faults.is_empty());
    assert_eq!(result.polygons.ring(0), SQUARE);
}

#[test]
fn direction_closing_repeats_and_spikes_are_mended_without_moving_a_vertex() {
    let untidy = [
        [0.0, 0.0],
        [0.0, 10.0],
        [0.0, 10.0],
        [10.0, 10.0],
        [14.0, 10.0],
        [10.0, 10.0],
        [10.0, 0.0],
        [5.0, 0.0],
        [5.0, -3.0],
        [5.0, 0.0],
    ];
    let result = normalised(&[&[&untidy]], OnInvalid::Error);
    assert!(result.faults.is_empty(), "{:?}", result.faults);
    assert_eq!(result.tidied, 1);
    assert!((area(&result) - 100.0).abs() < 1e-12);
    let ring = result.polygons.ring(0);
    assert_eq!(ring.first(), ring.last());
    assert!(ring.iter().all(|p| untidy.contains(p)), "{ring:?}");
    assert!(!ring.contains(&[14.0, 10.0]) && !ring.contains(&[5.0, -3.0]));
}

#[test]
fn a_spike_across_the_seam_goes_too() {
    let ring = [[12.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0], [0.0, 0.0], [12.0, 0.0]];
    let result = normalised(&[&[&ring]], OnInvalid::Error);
    assert!(result.faults.is_empty());
    assert!((area(&result) - 100.0).abs() < 1e-12);
}

#[test]
fn a_bow_tie_is_found_where_it_crosses_and_both_lobes_are_kept() {
    let bow: [Position; 5] = [[0.0, 0.0], [10.0, 10.0], [10.0, 0.0], [0.0, 10.0], [0.0, 0.0]];
    let result = normalised(&[&[&bow]], OnInvalid::Repair);
    assert_eq!(result.faults.len(), 1);
    assert_eq!(result.faults[0].kind, FaultKind::Crossing);
    assert_eq!(result.faults[0].near, Some([5.0, 5.0]));
    assert!((area(&result) - 50.0).abs() < 1e-6);
    assert!(matches!(result.faults[0].outcome, RingOutcome::Repaired { added, taken }
            if (added.get() - 50.0).abs() < 1e-6 && taken.get() == 0.0));
    for left in [OnInvalid::Skip, OnInvalid::Error] {
        let result = normalised(&[&[&bow]], left);
        assert!(result.polygons.is_empty() && result.rows.is_empty());
        assert_eq!(result.faults[0].outcome, RingOutcome::Left);
    }
}

#[test]
fn a_bow_tie_through_a_vertex_is_found_too() {
    let bow: [Position; 7] =
        [[0.0, 0.0], [5.0, 5.0], [10.0, 10.0], [10.0, 0.0], [5.0, 5.0], [0.0, 10.0], [0.0, 0.0]];
    let result = normalised(&[&[&bow]], OnInvalid::Repair);
    assert_eq!(result.faults.len(), 1);
    assert!((area(&result) - 50.0).abs() < 1e-6);
}

#[test]
fn a_ring_that_touches_itself_at_a_point_is_no_fault() {
    // Two lobes with the same sense of turn, joined at (5, 5).
    let ring: [Position; 7] =
        [[5.0, 5.0], [10.0, 0.0], [10.0, 10.0], [5.0, 5.0], [0.0, 10.0], [0.0, 0.0], [5.0, 5.0]];
    let result = normalised(&[&[&ring]], OnInvalid::Error);
    assert!(result.faults.is_empty(), "{:?}", result.faults);
    assert!((area(&result) - 50.0).abs() < 1e-12);
}

#[test]
fn holes_that_touch_and_parts_that_share_edges_are_no_fault() {
    let (a, b) = (square(2.0, 2.0, 3.0), square(5.0, 2.0, 3.0));
    let island = square(2.5, 2.5, 1.0);
    let next = square(10.0, 0.0, 10.0);
    let result = normalised(&[&[&SQUARE, &a, &b], &[&island], &[&next]], OnInvalid::Error);
    assert!(result.faults.is_empty(), "{:?}", result.faults);
    assert!((area(&result) - (100.0 - 18.0 + 1.0 + 100.0)).abs() < 1e-12);
}

#[test]
fn what_has_no_area_is_left_out_and_told() {
    let cases: [(&[Position], FaultKind); 4] = [
        (&[], FaultKind::Empty),
        (&[[0.0, 0.0], [1.0, 1.0], [0.0, 0.0]], FaultKind::TooFewPoints),
        (&[[0.0, 0.0], [1.0, 1.0], [2.0, 2.0], [0.0, 0.0]], FaultKind::TooFewPoints),
        (&[[0.0, 0.0], [1.0, f64::NAN], [2.0, 2.0], [0.0, 0.0]], FaultKind::NotFinite),
    ];
    for (ring, kind) in cases {
        let result = normalised(&[&[ring]], OnInvalid::Repair);
        assert!(result.polygons.is_empty());
        assert_eq!(result.faults.len(), 1, "{ring:?}");
        assert_eq!((result.faults[0].kind, result.faults[0].outcome), (kind, RingOutcome::Left), "{ring:?}");
    }
}

#[test]
fn rows_name_the_feature_as_delivered() {
    let mut builder = PolygonColumnBuilder::new();
    builder.push_feature([[SQUARE.to_vec()]]);
    builder.end_feature();
    builder.push_feature([[square(50.0, 0.0, 5.0)]]);
    let result = normalise_rings(builder.finish(), &Crs::plane(), OnInvalid::Repair, &Stop::default());
    assert_eq!(result.rows, [0, 2]);
    assert_eq!((result.faults[0].row, result.faults[0].kind), (1, FaultKind::Empty));
}
