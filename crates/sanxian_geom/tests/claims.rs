//! What two layers claim, each spot once, against counting squares, and against unions in the plane and in degrees.

use proptest::prelude::*;
use sanxian_geom::{Area, ArealScale, Claims, LayerIndex, MeasuredLayer, Measurer, Stop, claims, union_of};
use sanxian_model::{Crs, CrsKind, PolygonColumn, PolygonColumnBuilder, Position};

fn column(rings: &[Vec<Position>]) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    for ring in rings {
        builder.push_feature([[ring.clone()]]);
    }
    builder.finish()
}

fn claimed(crs: &Crs, first: &[Vec<Position>], second: &[Vec<Position>]) -> (Claims, [Vec<Area>; 2]) {
    let scale = ArealScale::fit(crs, [], |_| Ok::<(), String>(())).expect("no projection");
    let [first, second] =
        [first, second].map(|rings| MeasuredLayer::new(LayerIndex::build(&column(rings)), &scale));
    (claims(&first, &second, &scale, &Stop::default()), [first.areas, second.areas])
}

/// West, south, east, north in whole metres.
type Box = [i32; 4];

fn ring([w, s, e, n]: &Box) -> Vec<Position> {
    [[w, s], [e, s], [e, n], [w, n], [w, s]].map(|p| p.map(|c| f64::from(*c))).to_vec()
}

fn boxes() -> impl Strategy<Value = Vec<Box>> {
    let one = (0..12, 0..12, 1..9, 1..9).prop_map(|(x, y, w, h)| [x, y, x + w, y + h]);
    proptest::collection::vec(one, 0..7)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn each_square_is_held_by_the_earliest(first in boxes(), second in boxes()) {
        let rings = |boxes: &[Box]| boxes.iter().map(ring).collect::<Vec<_>>();
        let (found, _) = claimed(&Crs::plane(), &rings(&first), &rings(&second));
        let (mut again, mut alone) = ([vec![0; first.len()], vec![0; second.len()]], [vec![0; first.len()], vec![0; second.len()]]);
        let mut net = std::collections::BTreeMap::new();
        for (x, y) in (0..21).flat_map(|x| (0..21).map(move |y| (x, y))) {
            let on = |boxes: &[Box]| -> Vec<usize> {
                (0..boxes.len()).filter(|&k| { let [w, s, e, n] = boxes[k]; (w..e).contains(&x) && (s..n).contains(&y) }).collect()
            };
            let covering = [on(&first), on(&second)];
            for side in 0..2 {
                covering[side].iter().skip(1).for_each(|&k| again[side][k] += 1);
                if covering[1 - side].is_empty() && let Some(&k) = covering[side].first() {
                    alone[side][k] += 1;
                }
            }
            if let (Some(&a), Some(&b)) = (covering[0].first(), covering[1].first()) {
                *net.entry((a as u32, b as u32)).or_insert(0) += 1;
            }
        }
        let near = |found: f64, expected: i32| (found - f64::from(expected)).abs() < 1e-6;
        for (side, of_side) in [&found.first, &found.second].into_iter().enumerate() {
            for (k, claim) in of_side.iter().enumerate() {
                prop_assert!(near(claim.again.planar.get(), again[side][k]), "{side} {k} {claim:?}");
                prop_assert!(near(claim.alone.planar.get(), alone[side][k]), "{side} {k} {claim:?} {}", alone[side][k]);
            }
        }
        for pair in &found.pairs {
            let expected = net.remove(&(pair.subject, pair.zone)).unwrap_or(0);
            prop_assert!(near(pair.net_planar.get(), expected), "{pair:?} {expected}");
        }
        prop_assert!(net.is_empty(), "{net:?}");
    }

    #[test]
    fn the_sums_close_in_the_plane_and_in_degrees(
        stars in proptest::collection::vec(((-60.0..60.0), (-60.0..60.0), proptest::collection::vec(20.0..80.0_f64, 3..9)), 2..10),
        degrees in any::<bool>(),
    ) {
        let crs = if degrees { Crs { kind: CrsKind::Geographic { degrees: 1.0 }, ..Crs::plane() } } else { Crs::plane() };
        let (origin, unit) = if degrees { ([117.0, 31.8], 1e-5) } else { ([39_500_000.0, 3_520_000.0], 1.0) };
        let rings: Vec<Vec<Position>> = stars.iter().map(|(x, y, radii)| {
            let mut ring: Vec<Position> = radii.iter().enumerate().map(|(k, radius)| {
                let (sin, cos) = (std::f64::consts::TAU * (k as f64 + 0.1) / radii.len() as f64).sin_cos();
                [origin[0] + (x + radius * cos) * unit, origin[1] + (y + radius * sin) * unit]
            }).collect();
            ring.push(ring[0]);
            ring
        }).collect();
        let (first, second) = rings.split_at(rings.len() / 2);
        let (found, areas) = claimed(&crs, first, second);
        let scale = ArealScale::fit(&crs, [], |_| Ok::<(), String>(())).expect("no projection");
        let union = |rings: &[Vec<Position>]| {
            let shapes: Vec<_> = rings.iter().map(|ring| vec![vec![ring.clone()]]).collect();
            let mut builder = PolygonColumnBuilder::new();
            builder.push_feature(union_of(&shapes, origin, &crs));
            Measurer::new(&scale).area(&LayerIndex::build(&builder.finish()), 0).ellipsoidal.get()
        };
        let held = |areas: &[Area], claims: &[sanxian_geom::Claim]| -> (f64, f64) {
            let area: f64 = areas.iter().map(|area| area.ellipsoidal.get()).sum();
            let again: f64 = claims.iter().map(|claim| claim.again.ellipsoidal.get()).sum();
            (area - again, claims.iter().map(|claim| claim.alone.ellipsoidal.get()).sum())
        };
        let ((of_first, only_first), (of_second, only_second)) = (held(&areas[0], &found.first), held(&areas[1], &found.second));
        let common: f64 = found.pairs.iter().map(|pair| pair.net.get()).sum();
        // A square centimetre.
        let close = |a: f64, b: f64| (a - b).abs() < 1e-4;
        prop_assert!(close(of_first, union(first)) && close(of_second, union(second)), "{of_first} {of_second}");
        prop_assert!(close(of_first, only_first + common) && close(of_second, only_second + common), "{of_first} {only_first} {common}");
        prop_assert!(close(only_first + common + only_second, union(&rings)), "{only_first} {common} {only_second}");
    }
}
