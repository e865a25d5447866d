//! The maximal connected parts of what two classes of two plans share, against GEOS, which dissolves each class, cuts the two
//! and takes the result apart.

use std::collections::BTreeMap;

use gdal::vector::Geometry;
use proptest::prelude::*;
use sanxian_geom::{
    ArealScale, Combinations, CommonGround, LayerIndex, MeasuredLayer, Stop, common_ground, overlaps,
};
use sanxian_model::{Crs, PolygonColumn, PolygonColumnBuilder, Position};
use sanxian_tests::geos;

/// A plan: patches that share their edges, and a class for each.
struct Coverage {
    polygons: PolygonColumn,
    classes: Vec<u8>,
}

/// A net of quadrilaterals, whose nodes are moved at random.
fn coverage(cells: usize, side: f64, from: Position, noise: &[f64], classes: &[u8]) -> Coverage {
    let node = |i: usize, j: usize| {
        let at = |k: usize| noise[(i * 31 + j * 57 + k * 13) % noise.len()] * side * 0.4;
        [from[0] + i as f64 * side + at(0), from[1] + j as f64 * side + at(1)]
    };
    let mut builder = PolygonColumnBuilder::new();
    for i in 0..cells {
        for j in 0..cells {
            let ring = [node(i, j), node(i + 1, j), node(i + 1, j + 1), node(i, j + 1), node(i, j)];
            builder.push_feature([[ring]]);
        }
    }
    let classes = (0..cells * cells).map(|k| classes[k % classes.len()]).collect();
    Coverage { polygons: builder.finish(), classes }
}

/// The parts of each pair of classes, ours.
fn ours(a: &Coverage, b: &Coverage) -> BTreeMap<(u8, u8), Vec<CommonGround>> {
    let plane = ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("plane");
    let measured = MeasuredLayer::new(LayerIndex::build(&a.polygons), &plane);
    let index = LayerIndex::build(&b.polygons);
    let mut pairs: BTreeMap<(u8, u8), Combinations> = BTreeMap::new();
    for pair in overlaps(&measured, &index, &plane, &Stop::default()) {
        let classes = (a.classes[pair.subject as usize], b.classes[pair.zone as usize]);
        let of_classes = pairs.entry(classes).or_insert_with(|| Combinations::of_layers(2));
        of_classes.push(&[Some(pair.subject), Some(pair.zone)]);
    }
    let layers = [&measured.index, &index];
    let parts = |pairs: &Combinations| common_ground(&layers, pairs, &plane, &Stop::default());
    pairs.iter().map(|(classes, pairs)| (*classes, parts(pairs))).collect()
}

fn dissolved(coverage: &Coverage, class: u8) -> Option<Geometry> {
    let of_class = coverage.polygons.iter().filter(|feature| coverage.classes[feature.row()] == class);
    of_class.map(|feature| geos(feature, [0.0; 2])).reduce(|all, one| all.union(&one).expect("GEOS unites"))
}

/// The areas of the polygons of a geometry.
fn areas(geometry: &Geometry) -> Vec<f64> {
    let mut areas = Vec::new();
    if geometry.geometry_name() == "POLYGON" {
        areas.push(geometry.area());
    }
    for part in 0..geometry.geometry_count() {
        let part = geometry.get_geometry(part);
        if part.geometry_name() == "POLYGON" {
            areas.push(part.area());
        }
    }
    areas
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_are_those_of_geos(
        noise in proptest::collection::vec(-1.0_f64..1.0, 64),
        classes_a in proptest::collection::vec(0_u8..3, 49),
        classes_b in proptest::collection::vec(0_u8..3, 25),
        shift in -40.0_f64..40.0,
    ) {
        let a = coverage(7, 30.0, [480_000.0, 3_790_000.0], &noise, &classes_a);
        let b = coverage(5, 41.0, [480_000.0 + shift, 3_790_003.0], &noise[7..], &classes_b);
        let ours = ours(&a, &b);
        for class_a in 0..3 {
            for class_b in 0..3 {
                let both = dissolved(&a, class_a).zip(dissolved(&b, class_b));
                let expected = both.and_then(|(a, b)| a.intersection(&b)).map_or_else(Vec::new, |both| areas(&both));
                // Corners that meet by chance leave nothing that anybody could draw.
                let mut expected: Vec<f64> = expected.into_iter().filter(|area| *area > 1e-6).collect();
                let found = ours.get(&(class_a, class_b)).map_or(&[][..], Vec::as_slice);
                let mut found: Vec<f64> = found.iter().map(|part| part.area.planar.get()).collect();
                found.retain(|area| *area > 1e-6);
                expected.sort_by(f64::total_cmp);
                found.sort_by(f64::total_cmp);
                prop_assert_eq!(expected.len(), found.len(), "{} {}: {:?} {:?}", class_a, class_b, expected, found);
                for (expected, found) in expected.iter().zip(&found) {
                    prop_assert!((expected - found).abs() < 1e-6 + 1e-9 * expected, "{expected} {found}");
                }
            }
        }
    }
}

fn squares(squares: &[[f64; 3]]) -> PolygonColumn {
    let mut builder = PolygonColumnBuilder::new();
    for &[x, y, side] in squares {
        builder.push_feature([[[[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]]]);
    }
    builder.finish()
}

#[test]
fn edges_inside_a_plan_cut_nothing_and_corners_join_nothing() {
    let plane = ArealScale::fit(&Crs::plane(), [], |_| Ok::<(), String>(())).expect("plane");
    let ground = |layers: &[&[[f64; 3]]], absent: Option<usize>| {
        let layers: Vec<LayerIndex> =
            layers.iter().map(|of_layer| LayerIndex::build(&squares(of_layer))).collect();
        let mut combinations = Combinations::of_layers(layers.len());
        let mut rows: Vec<Vec<Option<u32>>> = vec![Vec::new()];
        for (number, layer) in layers.iter().enumerate() {
            let count = layer.polygons().len() as u32;
            let choices: Vec<Option<u32>> =
                if absent == Some(number) { vec![None] } else { (0..count).map(Some).collect() };
            let longer = rows.iter().flat_map(|rows| choices.iter().map(|row| [&rows[..], &[*row]].concat()));
            rows = longer.collect();
        }
        for rows in rows {
            combinations.push(&rows);
        }
        let parts =
            common_ground(&layers.iter().collect::<Vec<_>>(), &combinations, &plane, &Stop::default());
        parts.into_iter().map(|part| (part.area.planar.get(), part.polygon.len())).collect::<Vec<_>>()
    };
    let parts = |a: &[[f64; 3]], b: &[[f64; 3]]| ground(&[a, b], None);
    // Two neighbours under one zone are one part.
    assert_eq!(parts(&[[0.0, 0.0, 10.0], [10.0, 0.0, 10.0]], &[[0.0, 0.0, 20.0]]), [(200.0, 1)]);
    // Two that share a corner are two.
    let corner = parts(&[[0.0, 0.0, 10.0], [10.0, 10.0, 10.0]], &[[0.0, 0.0, 20.0]]);
    assert_eq!(corner, [(100.0, 1), (100.0, 1)]);
    // Ground that one plan claims twice counts once.
    assert_eq!(parts(&[[0.0, 0.0, 10.0], [5.0, 0.0, 10.0]], &[[0.0, 0.0, 20.0]]), [(150.0, 1)]);
    // Eight around a place that is none: one part with a hole.
    let around: Vec<[f64; 3]> =
        (0..9).filter(|k| *k != 4).map(|k| [f64::from(k % 3), f64::from(k / 3), 1.0]).collect();
    assert_eq!(parts(&around, &[[-1.0, -1.0, 5.0]]), [(8.0, 2)]);
    // A pair that only touches is no part.
    assert_eq!(parts(&[[0.0, 0.0, 10.0]], &[[10.0, 0.0, 10.0]]), []);
    assert_eq!(parts(&[], &[]), []);
    // Of three layers, what all share; and what two share and the third does not cover.
    let three: [&[[f64; 3]]; 3] = [&[[0.0, 0.0, 10.0]], &[[4.0, 0.0, 10.0]], &[[0.0, 5.0, 10.0]]];
    assert_eq!(ground(&three, None), [(30.0, 1)]);
    assert_eq!(ground(&three, Some(2)), [(30.0, 1)]);
    assert_eq!(ground(&three, Some(1)), [(20.0, 1)]);
    // What one layer alone covers, around another in its middle.
    assert_eq!(ground(&[&[[0.0, 0.0, 10.0]], &[[4.0, 4.0, 2.0]]], Some(1)), [(96.0, 2)]);
}
