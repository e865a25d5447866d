//! Layers beside the plans of a comparison: the land as it is (现状), pairs of layers that must not overlap, and projects that
//! need a place.

use sanxian::conflicts::{Cause, ConflictKind, LayerPair, PairPatch, PairSide, PlanAbout, PlansError};
use sanxian::model::Text;
use sanxian::{ConflictReport, Conflicts, Error, Role, Scheme, SquareMetres};
use sanxian_tests::rectangles::{Patch, plan};

#[test]
fn the_status_layer_tells_of_base_years_and_of_what_is_built() {
    let first = [([0, 0, 300, 50], "0101")];
    let second = [([0, 0, 60, 50], "0701"), ([100, 0, 160, 50], "0701"), ([200, 0, 260, 50], "0701")];
    // Built; a field; built on two patches of which neither has more than half.
    let built = [([0, 0, 60, 50], "0701"), ([100, 0, 160, 50], "0101"), ([200, 0, 230, 50], "0701")];
    let compared = |years: [Option<u16>; 2], approvals: bool| {
        let [a, b] = [&first[..], &second[..]].map(|p| plan(p, "YDYHFLDM").scheme(Scheme::LandSea2023));
        let about = years.map(|base_year| PlanAbout { base_year, ..PlanAbout::default() });
        let status = plan(&built, "DLBM").scheme(Scheme::Survey2019).named("DLTB");
        let approved = plan(&[([900, 0, 950, 50], "")], "BZ").named("approvals");
        let plans = Conflicts::new().plan_about("a", a, about[0]).plan_about("b", b, about[1]).status(status);
        let plans = if approvals { plans.approved(approved) } else { plans };
        let report = plans.run().expect("a comparison");
        let houses = report.patches().iter().filter(|patch| patch.kind == ConflictKind::SecondBuilds);
        houses.map(|patch| (patch.decision.cause, patch.decision.rank)).collect::<Vec<_>>()
    };
    let newer = compared([Some(2014), Some(2020)], false);
    assert_eq!(newer, [(Cause::BaseYear, 4), (Cause::Real, 4), (Cause::Real, 4)]);
    assert_eq!(compared([None, None], true), [(Cause::Real, 5), (Cause::Real, 6), (Cause::Real, 6)]);
    assert_eq!(compared([None, None], false), [(Cause::Real, 6); 3]);
}

#[test]
fn plans_are_told_in_figures_and_held_against_the_status_layer() {
    // 23 is other land, which may be idle land in settlements; X9 is no class.
    let first = [([0, 0, 50, 50], "0701"), ([50, 0, 100, 50], "23"), ([100, 0, 120, 50], "X9")];
    let second = [([0, 0, 120, 50], "0101"), ([0, 0, 120, 10], "0101")];
    // The third of the survey's patches is under no plan.
    let built = [([0, 0, 30, 50], "0701"), ([30, 0, 120, 50], "0101"), ([120, 0, 130, 50], "0101")];
    let [a, b] = [&first[..], &second[..]].map(|p| plan(p, "YDYHFLDM").scheme(Scheme::LandSea2023));
    let status = plan(&built, "DLBM").scheme(Scheme::Survey2019).named("DLTB");
    let report = Conflicts::between(("a", a), ("b", b)).status(status).run().expect("a comparison");
    let rounded = |area: SquareMetres| area.get().round() as i64;
    let [a, b] = report.plans() else { panic!("two plans") };
    assert_eq!((a.features, rounded(a.area), rounded(a.claimed_again)), (3, 6_000, 0));
    assert_eq!(
        (a.coarse_features, rounded(a.coarse_area), &*a.schemes),
        (1, 2_500, &[Scheme::LandSea2023][..])
    );
    let unknown: Vec<_> =
        a.unknown.iter().map(|class| (class.value.as_deref(), class.features, rounded(class.area))).collect();
    assert_eq!(unknown, [(Some("X9"), 1, 1_000)]);
    assert_eq!((b.features, rounded(b.area), rounded(b.claimed_again)), (2, 7_200, 1_200));
    let of_cells = |plan: usize| {
        let matrix = &report.from_status()[plan];
        assert_eq!(matrix.plans, [2, plan]);
        let cells = matrix.cells.iter().map(|cell| (cell.kind.code(), rounded(cell.area)));
        let alone = matrix.uncovered.iter().map(|ground| (ground.plan, rounded(ground.area)));
        (cells.collect::<Vec<_>>(), alone.collect::<Vec<_>>())
    };
    // Built stays built on 30 m, is new on 20 m; nobody knows of the rest.
    let cells = vec![(Some("MP-B"), 1_000), (None, 2_500), (None, 1_000), (Some("MP-0"), 1_500)];
    assert_eq!(of_cells(0), (cells, vec![(2, 500)]));
    assert_eq!(of_cells(1), (vec![(Some("MP-0"), 4_500), (Some("MP-A"), 1_500)], vec![(2, 500)]));
}

/// A pair of the land survey and woods, of features of some classes of the survey.
fn woods_on(classes: &[&str]) -> LayerPair {
    let side = |role, classes: &[&str]| PairSide {
        role,
        classes: classes.iter().map(|class| (*class).to_owned()).collect(),
    };
    LayerPair {
        code: "LF-1".to_owned(),
        title: Text::new("林地与耕地重叠", "woods on fields"),
        department: Text::new("林草", "forestry"),
        advice: Text::default(),
        sides: [side(Role::new("woods").expect("a role"), &[]), side(Role::SURVEY, classes)],
    }
}

#[test]
fn layers_of_a_pair_have_ground_in_common_that_is_one_patch_each() {
    let woods = [([0, 0, 50, 50], ""), ([50, 0, 100, 50], ""), ([200, 0, 250, 50], "")];
    // Two fields side by side under both woods, a wood, and a field that only touches.
    let survey = [
        ([20, 10, 60, 40], "0101"),
        ([60, 10, 80, 40], "0103"),
        ([200, 0, 220, 50], "0301"),
        ([250, 0, 300, 50], "0101"),
    ];
    let run = |classes: &[&str], least: f64| {
        let woods = plan(&woods, "BZ").named("woods");
        let survey = plan(&survey, "DLBM").scheme(Scheme::Survey2019).named("DLTB");
        Conflicts::new()
            .line(Role::new("woods").expect("a role"), woods)
            .status(survey)
            .units(plan(&[([-10, -10, 40, 60], ""), ([40, -10, 300, 60], "")], "BZ").named("units"))
            .pair(woods_on(classes))
            .least_area(SquareMetres(least))
            .run()
            .expect("a comparison")
    };
    let told = |report: &ConflictReport| -> Vec<(i64, usize, usize, bool)> {
        let told = |patch: &PairPatch| {
            let area = patch.area.get().round() as i64;
            (area, patch.sources.len(), patch.units.len(), patch.digitising.is_some())
        };
        report.pair_patches().iter().map(told).collect()
    };
    let fields = run(&["01"], 0.0);
    assert_eq!(told(&fields), [(1_800, 4, 2, false)]);
    let [patch] = fields.pair_patches() else { panic!("one patch") };
    let sources: f64 =
        patch.sources.iter().filter(|source| source.answer == 1).map(|source| source.area.get()).sum();
    assert!((sources - patch.area.get()).abs() < 1e-6 && patch.id.starts_with("LF-1-"), "{patch:?}");
    assert_eq!((fields.patches().len(), fields.matrices().len(), fields.is_complete()), (0, 0, true));
    // Every class of the survey, and one by its nature.
    assert_eq!(told(&run(&[], 0.0)), [(1_800, 4, 2, false), (1_000, 2, 1, false)]);
    assert_eq!(told(&run(&["construction"], 0.0)), []);
    assert_eq!(told(&run(&["farm"], 1_500.0)), [(1_800, 4, 2, false), (1_000, 2, 1, true)]);
}

#[test]
fn a_pair_without_its_layers_is_refused() {
    let field = [([0, 0, 50, 50], "0101")];
    let survey = || plan(&field, "DLBM").scheme(Scheme::Survey2019);
    let missing = Conflicts::new().status(survey()).pair(woods_on(&[])).run();
    assert!(
        matches!(&missing, Err(Error::Plans(PlansError::NoLayer { pair, role })) if pair == "LF-1" && role.name() == "woods"),
        "{missing:?}"
    );
    let mut one = woods_on(&[]);
    one.sides[0].role = Role::SURVEY;
    let one = Conflicts::new().status(survey()).pair(one).run();
    assert!(matches!(&one, Err(Error::Plans(PlansError::SameLayer { .. }))), "{one:?}");
    let one_plan = Conflicts::new().plan("a", survey()).status(survey()).pair(woods_on(&[])).run();
    assert!(matches!(&one_plan, Err(Error::Plans(PlansError::TooFew { given: 1 }))), "{one_plan:?}");
}

#[test]
fn projects_have_their_place_where_the_plan_says_the_same() {
    let spatial = [
        ([0, 0, 100, 100], "0803"),
        ([100, 0, 200, 100], "0101"),
        ([200, 0, 300, 100], "100101"),
        ([300, 0, 400, 100], "X9"),
        // Claimed again: the ground counts for the school, which comes first.
        ([0, 0, 50, 100], "0701"),
    ];
    let projects = [
        // A cultural house on its place; one half on fields; a factory half in the park; one where nobody knows; a path off the plan.
        ([10, 10, 90, 90], "0803"),
        ([60, 0, 140, 100], "0803"),
        ([210, 0, 290, 100], "100101"),
        ([310, 0, 390, 100], "0803"),
        ([500, 0, 600, 50], "0803"),
        // Without a class: on construction land of any kind, and on a field.
        ([10, 10, 40, 40], ""),
        ([110, 10, 140, 40], ""),
        // On a field by a strip of 150 m².
        ([10, 0, 101, 100], "0803"),
    ];
    let of = |patches: &[Patch]| plan(patches, "YDYHFLDM").scheme(Scheme::LandSea2023);
    let park = plan(&[([200, 0, 250, 100], ""), ([240, 0, 250, 100], "")], "BZ").named("parks");
    let report = Conflicts::new()
        .plan("spatial", of(&spatial))
        .projects(of(&projects).named("five-year"))
        .parks(park)
        .run()
        .expect("a comparison");
    let rounded = |area: SquareMetres| area.get().round() as i64;
    let told: Vec<(&str, [i64; 4], Option<i64>)> = report
        .placements()
        .iter()
        .map(|of| {
            let areas = [of.placed, of.contradicted, of.unknown, of.uncovered].map(rounded);
            (of.verdict().name(), areas, of.outside_parks().map(rounded))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("placed", [6_400, 0, 0, 0], None),
            ("in-part", [4_000, 4_000, 0, 0], None),
            // The park's features lie on each other: that ground counts once.
            ("placed", [8_000, 0, 0, 0], Some(4_000)),
            ("unknown", [0, 0, 8_000, 0], None),
            ("no-place", [0, 0, 0, 5_000], None),
            ("placed", [900, 0, 0, 0], None),
            ("no-place", [0, 900, 0, 0], None),
            ("placed", [9_000, 100, 0, 0], None),
        ]
    );
    for placement in report.placements() {
        let parts = [placement.placed, placement.contradicted, placement.unknown, placement.uncovered];
        let sum: f64 = parts.iter().map(|area| area.get()).sum();
        assert!((sum - placement.area.get()).abs() < 1e-6, "{placement:?}");
    }
    // Two plans: projects are held against the first, and are no line.
    let both =
        Conflicts::between(("a", of(&spatial)), ("b", of(&spatial))).projects(of(&projects).named("p")).run();
    let both = both.expect("a comparison");
    assert_eq!(both.placements().len(), projects.len());
    assert!(both.patches().iter().all(|patch| patch.lines.is_empty()));
    let no_plan = Conflicts::new().projects(of(&projects)).run();
    assert!(matches!(&no_plan, Err(Error::Plans(PlansError::TooFew { given: 0 }))), "{no_plan:?}");
}
