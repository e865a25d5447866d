//! Plans that contradict each other: what is found where, of how many plans, and what is told of each patch.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use geo_types::{LineString, Polygon};
use sanxian::conflicts::{
    Answer, Cause, ConflictKind, Decision, DigitisingError, PlanAbout, PlanLevel, PlansError,
};
use sanxian::fault::FaultKind;
use sanxian::{ConflictReport, Conflicts, Error, Layer, Metres, Scheme, SquareMetres, crs};
use sanxian_tests::rectangles::{Patch, compare, plan};

/// Codes of kind and both answers, and the area to the square metre, which the map makes a few cm² too large.
fn told(report: &ConflictReport) -> Vec<(&'static str, String, String, i64)> {
    let code = |answer: &Answer| answer.code().unwrap_or_default().to_owned();
    let patches = report.patches().iter();
    patches
        .map(|patch| {
            let [first, second] = &patch.answers[..] else { panic!("two plans") };
            (
                patch.kind.code().expect("a conflict"),
                code(first),
                code(second),
                patch.area.get().round() as i64,
            )
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
        (
            &report.matrices()[0].uncovered[..],
            report.plans().iter().map(|plan| plan.claimed_again.get().round()).collect::<Vec<_>>()
        ),
        (&[][..], vec![0.0; 2])
    );
    for cell in report.matrices()[0].cells.iter().filter(|cell| cell.kind.is_conflict()) {
        let of_cell = report.patches().iter().filter(|patch| patch.answers[..] == cell.answers);
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
    assert_eq!(report.matrices()[0].cells.iter().filter(|cell| cell.kind == ConflictKind::Agree).count(), 1);
}

/// Plans, answers (`-` where a plan says nothing) and kind of each patch, with its area to the square metre.
fn patches_of(report: &ConflictReport) -> Vec<(&'static str, Vec<&'static str>, i64)> {
    let code = |answer: &Answer| match answer {
        Answer::Class(class) => class.code,
        Answer::Unknown => "?",
        Answer::Nothing => "-",
    };
    let patches = report.patches().iter();
    patches
        .map(|patch| {
            let answers = patch.answers.iter().map(code).collect();
            (patch.kind.code().expect("a conflict"), answers, patch.area.get().round() as i64)
        })
        .collect()
}

#[test]
fn ground_of_one_plan_alone_and_ground_claimed_twice_are_patches() {
    let first = [([0, 0, 100, 50], "0101"), ([60, 0, 100, 40], "0701")];
    let second = [([0, 0, 40, 50], "0101"), ([40, 0, 50, 50], "0103"), ([200, 0, 230, 40], "0301")];
    let report = compare(&first, &second);
    let expected = [
        // Both fields of the second, and what it leaves of the field of the first, house and all: each spot is the earliest's.
        ("MP-D", vec!["0101", "0103"], 500),
        ("MP-E", vec!["0101", "-"], 2_500),
        ("MP-E", vec!["-", "0301"], 1_200),
        ("MP-F", vec!["0101", "0701"], 1_600),
    ];
    assert_eq!(patches_of(&report), expected);
    let twice = report.patches().last().expect("a patch");
    assert_eq!((&twice.plans[..], twice.sources.len()), (&[0, 0][..], 2));
    let again: Vec<f64> = report.plans().iter().map(|plan| plan.claimed_again.get().round()).collect();
    assert_eq!(again, [1_600.0, 0.0]);
}

#[test]
fn of_three_plans_each_patch_has_all_answers() {
    let first = [([0, 0, 120, 40], "0101")];
    let second = [([0, 0, 40, 40], "0101"), ([40, 0, 120, 40], "0701")];
    let third = [([0, 0, 20, 40], "0101"), ([20, 0, 80, 40], "0701"), ([80, 0, 120, 20], "1001")];
    let named = |patches: &[Patch]| plan(patches, "YDYHFLDM").scheme(Scheme::LandSea2023);
    let report = Conflicts::new()
        .plan("土规", named(&first))
        .plan("城规", named(&second))
        .plan("林规", named(&third))
        .run()
        .expect("a comparison");
    let expected = [
        // The third alone builds; the second and third against the first; all three differ; the third does not cover it.
        ("MP-B", vec!["0101", "0101", "0701"], 800),
        ("MP-B", vec!["0101", "0701", "0701"], 1_600),
        ("MP-B", vec!["0101", "0701", "1001"], 800),
        ("MP-B", vec!["0101", "0701", "-"], 800),
    ];
    assert_eq!(patches_of(&report), expected);
    let between: Vec<[usize; 2]> = report.patches().iter().map(|patch| patch.between).collect();
    assert_eq!(between, [[0, 2], [0, 1], [0, 1], [0, 1]]);
    assert_eq!(report.patches()[2].kind_of(1, 2), ConflictKind::OtherUse);
    let pairs: Vec<[usize; 2]> = report.matrices().iter().map(|matrix| matrix.plans).collect();
    assert_eq!(pairs, [[0, 1], [0, 2], [1, 2]]);
    // What patches say of two of the plans adds up to their matrix.
    for matrix in report.matrices() {
        let [a, b] = matrix.plans;
        for cell in matrix.cells.iter().filter(|cell| cell.kind.is_conflict()) {
            let of_cell = report.patches().iter().filter(|p| [p.answers[a], p.answers[b]] == cell.answers);
            let patches: f64 = of_cell.map(|patch| patch.area.get()).sum();
            assert!((cell.area.get() - patches).abs() < 1e-4, "{cell:?} {patches}");
        }
    }
}

#[test]
fn a_patch_tells_its_sources_lines_and_unit_and_keeps_its_identifier() {
    let first = [([0, 0, 30, 40], "0101"), ([30, 0, 100, 40], "0101")];
    let second = [([0, 0, 100, 20], "0701"), ([0, 20, 100, 40], "0101")];
    let lines = |name: &str, patches: &[Patch]| plan(patches, "BZ").named(name);
    let compared = |first: &[Patch], second: &[Patch]| {
        let [first, second] =
            [first, second].map(|patches| plan(patches, "YDYHFLDM").scheme(Scheme::LandSea2023));
        Conflicts::between(("土规", first), ("城规", second))
            // Two zones of one line that lie on each other, and a unit on either side.
            .redline(lines("redline", &[([0, 0, 20, 10], ""), ([10, 0, 30, 10], "")]))
            .urban_boundary(lines("boundary", &[([0, 30, 100, 60], "")]))
            .units(lines("units", &[([-10, -10, 40, 60], ""), ([40, -10, 200, 60], "")]))
            .run()
            .expect("a comparison")
    };
    let report = compared(&first, &second);
    let [patch] = report.patches() else { panic!("one patch") };
    let shares: Vec<(usize, u32, i64)> = patch
        .sources
        .iter()
        .map(|source| (source.answer, source.row, source.area.get().round() as i64))
        .collect();
    assert_eq!(shares, [(0, 1, 1_400), (0, 0, 600), (1, 0, 2_000)]);
    let lines: Vec<(&str, i64)> =
        patch.lines.iter().map(|line| (line.role.name(), line.area.get().round() as i64)).collect();
    assert_eq!(lines, [("redline", 300)]);
    assert_eq!(
        patch.units.iter().map(|unit| (unit.row, unit.area.get().round() as i64)).collect::<Vec<_>>(),
        [(1, 1_200), (0, 800)]
    );
    assert!((patch.mean_width.get() - 2_000.0 / 120.0).abs() < 0.01, "{:?}", patch.mean_width);
    let [x, y] = patch.point;
    assert!((480_000.0..480_100.0).contains(&x) && (3_790_000.0..3_790_020.0).contains(&y));

    let turned: Vec<Patch> = first.iter().rev().copied().collect();
    let again = compared(&turned, &second);
    assert_eq!(again.patches()[0].id, patch.id);
    assert!(patch.id.starts_with("MP-B-") && patch.id.len() == 15, "{}", patch.id);
    // Another answer is another patch.
    let second = [([0, 0, 100, 20], "1001"), ([0, 20, 100, 40], "0101")];
    assert_ne!(compared(&first, &second).patches()[0].id, patch.id);
}

#[test]
fn small_and_narrow_patches_are_errors_of_digitising_and_stay_in_the_list() {
    let first = [([0, 0, 1_000, 100], "0101")];
    let second = [
        // 199 and 220 m² of housing, and a strip of a metre, which is less than one in the mean with its ends.
        ([0, 0, 1, 199], "0701"),
        ([10, 0, 21, 20], "0701"),
        ([100, 0, 700, 1], "0701"),
        ([300, 50, 320, 69], "0301"),
    ];
    let report = compare(&first, &second);
    let of_kind = |kind| report.patches().iter().filter(move |patch| patch.kind == kind);
    let why: Vec<Option<DigitisingError>> =
        of_kind(ConflictKind::SecondBuilds).map(|patch| patch.digitising).collect();
    let small = |least: f64| Some(DigitisingError::Small { least: SquareMetres(least) });
    let narrow = Some(DigitisingError::Narrow { least: Metres(1.0) });
    assert_eq!(why, [small(200.0), None, narrow]);
    // Field and wood: the smaller of 400 and 600 m².
    assert_eq!(of_kind(ConflictKind::OtherLand).map(|p| p.digitising).collect::<Vec<_>>(), [small(400.0)]);
    assert_eq!(report.standing().filter(|patch| patch.kind == ConflictKind::SecondBuilds).count(), 1);

    let [a, b] = [&first[..], &second[..]].map(|p| plan(p, "YDYHFLDM").scheme(Scheme::LandSea2023));
    let all = Conflicts::between(("a", a), ("b", b)).least_area(SquareMetres(0.0)).least_width(Metres(0.0));
    assert!(all.run().expect("a comparison").patches().iter().all(|patch| patch.digitising.is_none()));
}

#[test]
fn each_patch_says_why_the_plans_differ_who_decides_and_whom_to_follow() {
    // Strips of 100 m, each with houses in one of the plans: on the redline, approved, on the boundary, free; a shifted edge.
    let first = [([0, 0, 500, 100], "0101"), ([500, 0, 600, 100], "0301")];
    let second = [
        ([10, 10, 60, 60], "0701"),
        ([110, 10, 160, 60], "0701"),
        ([210, 10, 260, 60], "0701"),
        ([310, 10, 360, 60], "0701"),
        ([410, 0, 411, 100], "0701"),
        ([500, 10, 560, 60], "0101"),
    ];
    let lines = |patches: &[Patch]| plan(patches, "BZ");
    let decided = |about: [PlanAbout; 2]| {
        let [a, b] = [&first[..], &second[..]].map(|p| plan(p, "YDYHFLDM").scheme(Scheme::LandSea2023));
        let report = Conflicts::new()
            .plan_about("土规", a, about[0])
            .plan_about("城规", b, about[1])
            .redline(lines(&[([0, 0, 50, 50], "")]))
            .approved(lines(&[([100, 0, 200, 100], "")]))
            .urban_boundary(lines(&[([200, 0, 240, 100], "")]))
            .run()
            .expect("a comparison");
        let conflicts = report.patches().iter().filter(|patch| patch.kind != ConflictKind::Uncovered);
        conflicts.map(|patch| patch.decision.clone()).collect::<Vec<_>>()
    };
    let short = |decisions: &[Decision]| {
        let short = |decision: &Decision| (decision.cause, decision.rank, decision.follow);
        decisions.iter().map(short).collect::<Vec<_>>()
    };
    let plain = decided([PlanAbout::default(); 2]);
    let expected = [
        (Cause::Real, 1, Some(0)),
        (Cause::Approved, 2, Some(1)),
        (Cause::Real, 3, None),
        (Cause::Real, 6, None),
        (Cause::Shift, 6, None),
        (Cause::Real, 6, None),
    ];
    assert_eq!(short(&plain), expected);
    let departments = |decision: &Decision| decision.departments.join(" ");
    assert_eq!(departments(&plain[0]), "natural-resources agriculture ecology");
    assert_eq!(departments(&plain[5]), "natural-resources agriculture forestry");

    let level = |level| PlanAbout { level: Some(level), ..PlanAbout::default() };
    let by_level = decided([level(PlanLevel::Detailed), level(PlanLevel::Master)]);
    assert_eq!((by_level[3].rank, by_level[3].follow), (4, Some(1)));
    let year = |year| PlanAbout { base_year: Some(year), ..PlanAbout::default() };
    assert_eq!(decided([year(2020), year(2014)])[3].follow, Some(0));
    assert_eq!(decided([year(2020), year(2020)])[3].rank, 6);
}

#[test]
fn plans_that_cannot_contradict_each_other_say_so() {
    let field = [([0, 0, 50, 50], "0101")];
    let named = |patches: &[Patch]| plan(patches, "YDYHFLDM").scheme(Scheme::LandSea2023);
    let kinds = |report: &ConflictReport| report.faults().iter().map(|fault| fault.kind).collect::<Vec<_>>();
    // A plan without features: all of the other is uncovered, and the run is not complete.
    let report = Conflicts::between(("a", named(&field)), ("b", named(&[]))).run().expect("a comparison");
    assert_eq!(patches_of(&report), [("MP-E", vec!["0101", "-"], 2_500)]);
    assert!(kinds(&report).contains(&FaultKind::EmptyLayer) && !report.plan().is_complete());
    let report = Conflicts::between(("a", named(&[])), ("b", named(&field))).run().expect("a comparison");
    assert_eq!(patches_of(&report), [("MP-E", vec!["-", "0101"], 2_500)]);
    // Plans that do not touch, near and far.
    let near = Conflicts::between(("a", named(&field)), ("b", named(&[([80, 0, 130, 50], "0101")]))).run();
    let near = near.expect("a comparison");
    assert_eq!((near.patches().len(), kinds(&near)), (2, vec![FaultKind::Apart]));
    let far = [([300_000, 0, 300_050, 50], "0101")];
    let far = Conflicts::between(("a", named(&field)), ("b", named(&far))).run().expect("a comparison");
    assert!(kinds(&far) == [FaultKind::FarAway] && !far.plan().is_complete());
    // No column of classes: nobody knows, and no patch claims to.
    let report =
        Conflicts::between(("a", named(&field)), ("b", plan(&field, "BZ"))).run().expect("a comparison");
    assert_eq!((report.patches().len(), report.matrices()[0].cells[0].kind), (0, ConflictKind::Unknown));
    let [known, unknown] = report.plans() else { panic!("two plans") };
    assert_eq!((known.unknown.len(), unknown.schemes.len(), report.is_complete()), (0, 0, false));
    let [class] = &unknown.unknown[..] else { panic!("one value that is none") };
    assert_eq!((&class.value, class.features, class.area.get().round()), (&None, 1, 2_500.0));
}

#[test]
fn a_plan_in_degrees_is_compared_with_one_in_metres() {
    // A field of 2 km in degrees about the place of the housing, and housing of 100 m on the map.
    let corners = [(110.77, 34.22), (110.79, 34.22), (110.79, 34.24), (110.77, 34.24)];
    let field = Polygon::new(LineString::from(corners.to_vec()), Vec::new());
    let classes: ArrayRef = Arc::new(StringArray::from(vec!["0101"]));
    let attributes = RecordBatch::try_from_iter([("YDYHFLDM", classes)]).expect("one column");
    let degrees = Layer::from_geo_with(&[field], attributes, crs::from_epsg(4490).expect("a CRS"));
    let degrees = degrees.expect("a layer").scheme(Scheme::LandSea2023);
    let metres = plan(&[([0, 0, 100, 100], "0701")], "YDYHFLDM").scheme(Scheme::LandSea2023);
    let both = [("规划", metres.clone()), ("现状", degrees)];
    let [metres_first, degrees_second] = both.clone();
    let report = Conflicts::between(metres_first, degrees_second).run().expect("a comparison");
    let of = |report: &ConflictReport| {
        let built = report.patches().iter().find(|patch| patch.kind != ConflictKind::Uncovered);
        built.map(|patch| (patch.kind, patch.area.get()))
    };
    let in_metres = of(&report).expect("housing on a field");
    let [metres_second, degrees_first] = both;
    let in_degrees = Conflicts::between(degrees_first, metres_second).run().expect("a comparison");
    let in_degrees = of(&in_degrees).expect("housing on a field");
    assert_eq!((in_metres.0, in_degrees.0), (ConflictKind::FirstBuilds, ConflictKind::SecondBuilds));
    assert!((in_metres.1 - in_degrees.1).abs() < 0.005, "{in_metres:?} {in_degrees:?}");
}

#[test]
fn invalid_patches_are_repaired_and_told_and_three_schemes_are_one_comparison() {
    // A patch whose rings cross: two triangles of 50 m by 50 m.
    let bow = vec![(0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0)];
    let bow = bow.into_iter().map(|(x, y)| (480_000.0 + x, 3_790_000.0 + y)).collect::<LineString>();
    let classes: ArrayRef = Arc::new(StringArray::from(vec!["R2"]));
    let attributes = RecordBatch::try_from_iter([("规划地类", classes)]).expect("one column");
    let bow = Polygon::new(bow, Vec::new());
    let city = Layer::from_geo_with(&[bow], attributes, crs::from_epsg(4546).expect("a CRS"));
    let city = city.expect("a layer").field("land_class", "规划地类").scheme(Scheme::UrbanRural2011);
    let land_use = plan(&[([0, 0, 100, 100], "113")], "GHDLBM").scheme(Scheme::LandUse2006);
    let new = plan(&[([0, 0, 100, 100], "0103")], "YDYHFLDM").scheme(Scheme::LandSea2023);
    let report = Conflicts::new().plan("新", new).plan("土规", land_use).plan("城规", city).run();
    let report = report.expect("a comparison");
    let kinds: Vec<FaultKind> = report.faults().iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::Crossing]);
    // Of dry field and dry field against houses: each triangle is a patch, and each gap beside them.
    let found = patches_of(&report);
    let of_kind =
        |kind| found.iter().filter(|(of, ..)| *of == kind).map(|(_, _, area)| *area).collect::<Vec<_>>();
    assert_eq!((of_kind("MP-B"), of_kind("MP-E")), (vec![2_500; 2], vec![2_500; 2]), "{found:?}");
}

#[test]
fn a_comparison_needs_two_plans_of_different_names() {
    let layer = || plan(&[([0, 0, 10, 10], "0101")], "YDYHFLDM");
    let one = Conflicts::new().plan("a", layer()).run();
    assert!(matches!(one, Err(Error::Plans(PlansError::TooFew { given: 1 }))), "{one:?}");
    let twice = Conflicts::between(("a", layer()), ("a", layer())).run();
    assert!(matches!(&twice, Err(Error::Plans(PlansError::SameName { name })) if name == "a"), "{twice:?}");
}

#[test]
fn classes_that_nobody_knows_are_a_cell_of_their_own() {
    let report = compare(&[([0, 0, 10, 10], "9999")], &[([0, 0, 10, 10], "0701")]);
    assert!(report.patches().is_empty() && report.matrices()[0].cells.len() == 1);
    assert_eq!(
        (report.matrices()[0].cells[0].kind, report.matrices()[0].cells[0].answers[0]),
        (ConflictKind::Unknown, Answer::Unknown)
    );
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
        format!("{:?} {:?}", report.patches(), report.matrices())
    };
    assert_eq!(on(1), on(3));
    let watch = sanxian::Watch::default();
    watch.stop().ask();
    let [a, b] = [plan(&first, "YDYHFLDM"), plan(&second, "YDYHFLDM")];
    assert!(matches!(Conflicts::between(("a", a), ("b", b)).watch(watch).run(), Err(Error::Stopped)));
}
