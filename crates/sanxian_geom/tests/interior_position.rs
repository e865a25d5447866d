//! The position that a finding names lies inside the region it is about.

use proptest::prelude::*;
use sanxian_geom::{ArealScale, LayerIndex, Measurer};
use sanxian_model::{Crs, PolygonColumn, PolygonColumnBuilder, Position};

fn plane() -> ArealScale {
    ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("the plane needs no fit")
}

fn column(rings: &[Vec<Position>]) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    for ring in rings {
        builder.push_feature([[ring.clone()]]);
    }
    builder.finish()
}

fn rectangle(w: f64, s: f64, e: f64, n: f64) -> Vec<Position> {
    vec![[w, s], [e, s], [e, n], [w, n], [w, s]]
}

#[test]
fn the_middle_of_the_longest_stretch() {
    let feature = column(&[rectangle(0.0, 0.0, 10.0, 10.0)]);
    let zones = column(&[rectangle(0.0, 0.0, 4.0, 8.0), rectangle(20.0, 0.0, 30.0, 10.0)]);
    let (feature, zones) = (LayerIndex::build(&feature), LayerIndex::build(&zones));
    let scale = plane();
    let mut measurer = Measurer::new(&scale);
    let mut at = |rows: &[u32], covered| measurer.position((&feature, 0), (&zones, rows), covered);
    assert_eq!(at(&[0], true), Some([2.0, 4.0]));
    assert_eq!(at(&[0], false), Some([5.0, 5.0]));
    assert_eq!(at(&[], false), Some([5.0, 5.0]));
    assert_eq!(at(&[1], true), None);
    assert_eq!(at(&[], true), None);
}

/// Whether a position lies inside a ring, by counting crossings to the east.
fn holds(ring: &[Position], [x, y]: Position) -> bool {
    ring.windows(2).filter(|e| (e[0][1] > y) != (e[1][1] > y)).fold(false, |inside, e| {
        let at = e[0][0] + (y - e[0][1]) / (e[1][1] - e[0][1]) * (e[1][0] - e[0][0]);
        inside != (x < at)
    })
}

fn star() -> impl Strategy<Value = Vec<Position>> {
    ((-50.0..50.0), (-50.0..50.0), proptest::collection::vec(5.0..60.0_f64, 3..12)).prop_map(
        |(x, y, radii): (f64, f64, Vec<f64>)| {
            let step = std::f64::consts::TAU / radii.len() as f64;
            let mut ring: Vec<Position> = (0..radii.len())
                .map(|k| [x + radii[k] * (k as f64 * step).cos(), y + radii[k] * (k as f64 * step).sin()])
                .collect();
            ring.push(ring[0]);
            ring
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_position_is_in_the_feature_and_in_a_zone_or_in_none(
        (ring, others, covered) in (star(), proptest::collection::vec(star(), 1..4), any::<bool>())
    ) {
        let (feature, zones) = (column(std::slice::from_ref(&ring)), column(&others));
        let (feature, zones) = (LayerIndex::build(&feature), LayerIndex::build(&zones));
        let rows: Vec<u32> = (0..others.len() as u32).collect();
        let scale = plane();
        let mut measurer = Measurer::new(&scale);
        let shared: f64 = rows
            .iter()
            .filter_map(|&row| measurer.overlap((&feature, 0), (&zones, row as usize), None))
            .map(|area| area.planar.get())
            .sum();
        match measurer.position((&feature, 0), (&zones, &rows), covered) {
            Some(at) => {
                prop_assert!(holds(&ring, at), "{at:?} is outside the feature");
                prop_assert_eq!(others.iter().any(|other| holds(other, at)), covered, "{:?}", at);
            }
            // Every upright line missed: the region is narrow.
            None => prop_assert!(!covered || shared < 100.0, "{shared} m² and no position"),
        }
    }
}
