//! The sums of a comparison close to the square centimetre: for the sample county with its planted gaps and overlaps, and for a
//! county of any size in the GeoPackage that `SANXIAN_COUNTY` names, when there is one (`cargo xtask demo-county --patches N`).

use geo_types::polygon;
use sanxian::conflicts::ConflictKind;
use sanxian::{ConflictReport, Conflicts, Layer, ReadOptions, SquareMetres};
use sanxian_model::AreaSum;
use sanxian_tests::data;

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
