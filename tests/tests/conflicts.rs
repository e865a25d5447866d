//! Two plans that contradict each other: what is found where, and that the sums close.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use geo_types::{LineString, Polygon};
use proptest::prelude::*;
use sanxian::conflicts::{Answer, ConflictKind};
use sanxian::{ConflictReport, Conflicts, Error, Layer, Scheme, crs};

/// West, south, east, north in whole metres, and a class.
type Patch = ([i32; 4], &'static str);

fn plan(patches: &[Patch], column: &str) -> Layer {
    let at = |x: i32, y: i32| (480_000.0 + f64::from(x), 3_790_000.0 + f64::from(y));
    let shape = |[w, s, e, n]: &[i32; 4]| {
        Polygon::new(LineString::from(vec![at(*w, *s), at(*e, *s), at(*e, *n), at(*w, *n)]), Vec::new())
    };
    let shapes: Vec<Polygon> = patches.iter().map(|(corners, _)| shape(corners)).collect();
    let classes: ArrayRef = Arc::new(patches.iter().map(|(_, class)| Some(*class)).collect::<StringArray>());
    let attributes = RecordBatch::try_from_iter([(column, classes)]).expect("one column");
    Layer::from_geo_with(&shapes, attributes, crs::from_epsg(4546).expect("a CRS")).expect("a layer")
}

fn compare(first: &[Patch], second: &[Patch]) -> ConflictReport {
    let plans =
        [plan(first, "YDYHFLDM"), plan(second, "YDYHFLDM")].map(|layer| layer.scheme(Scheme::LandSea2023));
    let [first, second] = plans;
    Conflicts::between(("土规", first), ("城规", second)).run().expect("a comparison")
}

/// Codes of kind and both answers, and the area to the square metre, which the map makes a few cm² too large.
fn told(report: &ConflictReport) -> Vec<(&'static str, String, String, i64)> {
    let code = |answer: Option<Answer>| answer.map_or_else(String::new, |answer| answer.code.to_owned());
    let patches = report.patches().iter();
    patches
        .map(|patch| {
            let [first, second] = patch.answers.map(code);
            (patch.kind.code().expect("a conflict"), first, second, patch.area.get().round() as i64)
        })
        .collect()
}

#[test]
fn each_difference_is_one_patch_however_it_is_drawn() {
    // A field in two parcels, housing, industry; and a wood.
    let first = [
        ([0, 0, 50, 40], "0101"),
        ([50, 0, 100, 40], "0101"),
        ([100, 0, 140, 40], "0701"),
        ([0, 40, 140, 80], "0301"),
    ];
    let second = [
        // The field becomes housing over the edge of its parcels, in two lots that touch along an edge.
        ([30, 0, 60, 20], "0701"),
        ([60, 0, 80, 20], "0701"),
        // Housing becomes industry, and the field that is its neighbour in the corner too.
        ([100, 20, 140, 40], "1001"),
        ([80, 0, 100, 20], "1001"),
        // What stays as it is, in another cut.
        ([0, 0, 30, 40], "0101"),
        ([30, 20, 100, 40], "0101"),
        ([100, 0, 140, 20], "0701"),
        // Woods become a park on both sides of a strip that remains, which they share no edge with.
        ([0, 40, 60, 80], "1401"),
        ([60, 40, 70, 80], "0301"),
        ([70, 40, 140, 80], "1401"),
    ];
    let report = compare(&first, &second);
    let own = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    let expected = [
        ("MP-B", own("0101", "0701"), 1_000),
        ("MP-B", own("0101", "1001"), 400),
        ("MP-B", own("0301", "1401"), 2_400),
        ("MP-B", own("0301", "1401"), 2_800),
        ("MP-C", own("0701", "1001"), 800),
    ];
    let expected: Vec<_> = expected.map(|(kind, (a, b), area)| (kind, a, b, area)).to_vec();
    assert_eq!(told(&report), expected);
    assert_eq!(
        (report.uncovered(), report.claimed_again().map(|area| area.get().round())),
        (&[][..], [0.0; 2])
    );
    for cell in report.cells().iter().filter(|cell| cell.kind.is_conflict()) {
        let of_cell = report.patches().iter().filter(|patch| patch.answers == cell.answers);
        let patches: f64 = of_cell.map(|patch| patch.area.get()).sum();
        assert!((cell.area.get() - patches).abs() < 1e-4, "{cell:?} {patches}");
    }
}

#[test]
fn plans_of_two_schemes_agree_by_what_both_say_for_certain() {
    let planned = [([0, 0, 50, 50], "1001"), ([50, 0, 100, 50], "0601"), ([100, 0, 150, 50], "0101")];
    let surveyed = [([0, 0, 50, 50], "0601"), ([50, 0, 100, 50], "0601"), ([100, 0, 150, 50], "1204")];
    let first = plan(&planned, "YDYHFLDM").scheme(Scheme::LandSea2023);
    let second = plan(&surveyed, "DLBM").scheme(Scheme::Survey2019);
    let report = Conflicts::between(("规划", first), ("现状", second)).run().expect("a comparison");
    // Industry is industry; a rural road is none; a field that is saline land.
    let kinds: Vec<ConflictKind> = report.patches().iter().map(|patch| patch.kind).collect();
    assert_eq!(kinds, [ConflictKind::OtherLand, ConflictKind::SecondBuilds]);
    assert_eq!(report.cells().iter().filter(|cell| cell.kind == ConflictKind::Agree).count(), 1);
}

#[test]
fn classes_that_nobody_knows_are_a_cell_of_their_own() {
    let report = compare(&[([0, 0, 10, 10], "9999")], &[([0, 0, 10, 10], "0701")]);
    assert!(report.patches().is_empty() && report.cells().len() == 1);
    assert_eq!((report.cells()[0].kind, report.cells()[0].answers[0]), (ConflictKind::Unknown, None));
    assert!(!report.faults().is_empty());
}

#[test]
fn a_comparison_can_be_ended_and_is_the_same_at_any_number_of_threads() {
    let first: Vec<Patch> =
        (0..200).map(|k| ([k * 7, 0, k * 7 + 7, 300], ["0101", "0701", "0301"][k as usize % 3])).collect();
    let second: Vec<Patch> = (0..90)
        .map(|k| ([-3, k * 4, 1_300, k * 4 + 4], ["0701", "0101", "1001", "0301"][k as usize % 4]))
        .collect();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let report = pool.install(|| compare(&first, &second));
        format!("{:?} {:?} {:?}", report.patches(), report.cells(), report.uncovered())
    };
    assert_eq!(on(1), on(3));
    let watch = sanxian::Watch::default();
    watch.stop().ask();
    let [a, b] = [plan(&first, "YDYHFLDM"), plan(&second, "YDYHFLDM")];
    assert!(matches!(Conflicts::between(("a", a), ("b", b)).watch(watch).run(), Err(Error::Stopped)));
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
        let code = |answer: Option<Answer>| answer.map(|answer| answer.code);
        let mut found: BTreeMap<(Option<&str>, Option<&str>), f64> = BTreeMap::new();
        for cell in report.cells() {
            found.insert((code(cell.answers[0]), code(cell.answers[1])), cell.area.get());
        }
        for uncovered in report.uncovered() {
            let of = code(uncovered.answer);
            found.insert(if uncovered.plan == 0 { (of, None) } else { (None, of) }, uncovered.area.get());
        }
        let total: f64 = found.values().sum();
        // What a square metre of the map is here, from ground that neither plan tells of.
        let scale = compare(&[([0, 0, 50, 50], "0101")], &[([0, 0, 50, 50], "0101")]).cells()[0].area.get() / 2_500.0;
        prop_assert!((total - scale * f64::from(whole)).abs() < 1e-4 + total * 1e-7, "{total}");
        found.retain(|_, area| *area > 1e-4);
        prop_assert_eq!(found.keys().collect::<Vec<_>>(), squares.keys().collect::<Vec<_>>());
        for (spot, area) in &found {
            let expected = f64::from(squares[spot]) * scale;
            // A square centimetre, and what the scale of the map changes over fifty metres.
            prop_assert!((area - expected).abs() < 1e-4 + expected * 1e-7, "{spot:?} {area} {expected}");
        }
    }
}
