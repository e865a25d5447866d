//! The sums of a comparison close to the square centimetre: for random small plans with gaps and overlaps, for the sample county
//! with its planted ones, and for a county of any size in the GeoPackage that `SANXIAN_COUNTY` names, when there is one (`cargo xtask demo-county --patches N`).

use std::collections::BTreeMap;

use geo_types::polygon;
use proptest::prelude::*;
use sanxian::conflicts::{Answer, ConflictKind};
use sanxian::{ConflictReport, Conflicts, Layer, ReadOptions, SquareMetres};
use sanxian_model::AreaSum;
use sanxian_tests::data;
use sanxian_tests::rectangles::{Patch, compare};

const SQUARE_CENTIMETRE: f64 = 1e-4;

fn plans() -> [Layer; 2] {
    let sources = if let Ok(county) = std::env::var("SANXIAN_COUNTY") {
        [format!("{county}#GHYDYH"), format!("{county}#GHYDYH2")]
    } else {
        let of_demo = |file: &str, layer: &str| format!("{}#{layer}", data(file).display());
        [of_demo("demo/county.gpkg", "GHYDYH"), of_demo("demo/plans.gpkg", "TDLYZTGH")]
    };
    sources.map(|source| Layer::read(&source, &ReadOptions::default()).expect("a plan of a county"))
}

fn compared(first: Layer, second: Layer) -> ConflictReport {
    Conflicts::between(("a", first), ("b", second)).run().expect("a comparison")
}

fn sum(areas: impl Iterator<Item = SquareMetres>) -> f64 {
    areas.sum::<AreaSum>().area().get()
}

fn cells(report: &ConflictReport) -> f64 {
    sum(report.matrices()[0].cells.iter().map(|cell| cell.area))
}

/// What a plan covers, each spot once: what it shares with ground that holds all of it and has no class.
fn covered(plan: Layer) -> f64 {
    let whole = polygon![
        (x: 100_000.0, y: 3_200_000.0), (x: 900_000.0, y: 3_200_000.0),
        (x: 900_000.0, y: 4_200_000.0), (x: 100_000.0, y: 4_200_000.0),
    ];
    let whole = Layer::from_geo(&[whole], plan.crs().clone()).expect("a layer");
    let report = compared(plan, whole);
    let beyond = report.matrices()[0].uncovered.iter().filter(|uncovered| uncovered.plan == 0);
    assert_eq!(beyond.count(), 0, "the plan lies in the ground that it is held against");
    cells(&report)
}

#[test]
fn the_matrix_closes_to_the_square_centimetre_and_patches_add_up_to_their_cells() {
    let [first, second] = plans();
    let report = compared(first.clone(), second.clone());
    let matrix = &report.matrices()[0];
    let shared = cells(&report);
    let union = covered(first) + covered(second) - shared;
    let told = shared + sum(matrix.uncovered.iter().map(|uncovered| uncovered.area));
    assert!((union - told).abs() < SQUARE_CENTIMETRE, "{union} {told}");

    let mut conflicts = 0;
    for cell in matrix.cells.iter().filter(|cell| cell.kind.is_conflict()) {
        let of_cell = report.patches().iter().filter(|patch| patch.answers[..] == cell.answers);
        let of_cell = of_cell.filter(|patch| patch.kind != ConflictKind::ClaimedTwice);
        let patches = sum(of_cell.map(|patch| patch.area));
        assert!((cell.area.get() - patches).abs() < SQUARE_CENTIMETRE, "{cell:?} {patches}");
        conflicts += 1;
    }
    assert!(conflicts >= 8, "{conflicts}");
}

fn patches() -> impl Strategy<Value = Vec<Patch>> {
    let class = prop_oneof![Just("0101"), Just("0701"), Just("0301"), Just("1001")];
    let one =
        (0..30, 0..30, 1..20, 1..20, class).prop_map(|(x, y, w, h, class)| ([x, y, x + w, y + h], class));
    proptest::collection::vec(one, 1..9)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_matrix_closes_over_gaps_and_overlaps(first in patches(), second in patches()) {
        let report = compare(&first, &second);
        let covers = |patches: &[Patch], x: i32, y: i32| -> Option<&'static str> {
            let on = |([w, s, e, n], _): &&Patch| (*w..*e).contains(&x) && (*s..*n).contains(&y);
            patches.iter().find(on).map(|(_, class)| *class)
        };
        let mut squares: BTreeMap<(Option<&str>, Option<&str>), i32> = BTreeMap::new();
        for (x, y) in (0..50).flat_map(|x| (0..50).map(move |y| (x, y))) {
            let spot = (covers(&first, x, y), covers(&second, x, y));
            if spot != (None, None) {
                *squares.entry(spot).or_default() += 1;
            }
        }
        let whole: i32 = squares.values().sum();
        let code = Answer::code;
        let mut found: BTreeMap<(Option<&str>, Option<&str>), f64> = BTreeMap::new();
        for cell in &report.matrices()[0].cells {
            found.insert((code(cell.answers[0]), code(cell.answers[1])), cell.area.get());
        }
        for uncovered in &report.matrices()[0].uncovered {
            let of = code(uncovered.answer);
            found.insert(if uncovered.plan == 0 { (of, None) } else { (None, of) }, uncovered.area.get());
        }
        let total: f64 = found.values().sum();
        // What a square metre of the map is here, from ground that neither plan tells of.
        let scale = compare(&[([0, 0, 50, 50], "0101")], &[([0, 0, 50, 50], "0101")]).matrices()[0].cells[0].area.get() / 2_500.0;
        prop_assert!((total - scale * f64::from(whole)).abs() < 1e-4 + total * 1e-7, "{total}");
        found.retain(|_, area| *area > 1e-4);
        prop_assert_eq!(found.keys().collect::<Vec<_>>(), squares.keys().collect::<Vec<_>>());
        for (spot, area) in &found {
            let expected = f64::from(squares[spot]) * scale;
            // A square centimetre, and what the scale of the map changes over fifty metres.
            prop_assert!((area - expected).abs() < 1e-4 + expected * 1e-7, "{spot:?} {area} {expected}");
        }
        // The patches of a cell add up to it, whatever either plan claims twice.
        let mut of_cells: BTreeMap<(Option<&str>, Option<&str>), f64> = BTreeMap::new();
        for patch in report.patches().iter().filter(|patch| patch.kind != ConflictKind::ClaimedTwice) {
            *of_cells.entry((code(patch.answers[0]), code(patch.answers[1]))).or_default() += patch.area.get();
            let sources: f64 =
                patch.sources.iter().filter(|source| source.answer == 0).map(|source| source.area.get()).sum();
            if patch.answers[0] != Answer::Nothing {
                prop_assert!((sources - patch.area.get()).abs() < 1e-4, "{sources} {patch:?}");
            }
        }
        let conflicts = report.matrices()[0].cells.iter().filter(|cell| cell.kind.is_conflict());
        let conflicts = conflicts.map(|cell| (code(cell.answers[0]), code(cell.answers[1])));
        for spot in conflicts.chain(found.keys().copied().filter(|(a, b)| a.is_none() || b.is_none())) {
            let (cell, patches) = (found.get(&spot).copied(), of_cells.get(&spot).copied());
            let difference = cell.unwrap_or_default() - patches.unwrap_or_default();
            prop_assert!(difference.abs() < 1e-4, "{spot:?} {cell:?} {patches:?}");
        }
    }
}
