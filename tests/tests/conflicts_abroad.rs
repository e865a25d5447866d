//! Plans that are not in China: zoning against use in Cambridge, Massachusetts, and development zones against protected sites and
//! vineyards in Montpellier. The areas of the patches are those that GEOS finds.

use sanxian::conflicts::{Answer, ConflictKind, DifferencePatch, PlannedClass};
use sanxian::{ClassTable, ConflictReport, Conflicts, Layer, Plan, ReadOptions, Role, Scheme, SquareMetres};
use sanxian_tests::{data, geos};

fn layer(file: &str, name: &str) -> Layer {
    Layer::read(&format!("{}#{name}", data(file).display()), &ReadOptions::default()).expect("it can be read")
}

fn of_table(name: &str, column: &str, table: &str) -> Layer {
    let text = std::fs::read_to_string(data("cambridge").join(table)).expect("a table");
    let table = ClassTable::parse(table, &text).expect("a table");
    layer("cambridge/zoning.gpkg", name).classes(column, &table).expect("a column")
}

/// Areas by kind, to the tenth of a hectare, patches that stand and errors of digitising.
fn counted(report: &ConflictReport) -> Vec<(&'static str, usize, i64)> {
    let of_kind = |kind: ConflictKind| {
        let patches: Vec<_> = report.standing().filter(|patch| patch.kind == kind).collect();
        let area: f64 = patches.iter().map(|patch| patch.area.hectares()).sum();
        (kind.code().expect("a code"), patches.len(), (area * 10.0).round() as i64)
    };
    let kinds = ConflictKind::CONFLICTS.into_iter().map(of_kind);
    kinds.filter(|(_, patches, _)| *patches > 0).collect()
}

#[test]
fn districts_of_cambridge_are_used_for_something_else() {
    let zoning = of_table("zoning", "ZONE_TYPE", "zoning-classes.csv");
    let used = of_table("parcels", "USE_CODE", "use-classes.csv");
    let report = Conflicts::between(("zoning", zoning), ("use", used)).without_uncovered().run();
    let report = report.expect("a comparison");
    assert_eq!(counted(&report), [("MP-C", 240, 626)]);
    // 47 parcels are not in the assessor's table; every district and every other use has a class.
    let [zoning, used] = report.plans() else { panic!("two plans") };
    assert!(zoning.unknown.is_empty() && !report.is_complete());
    let unknown: Vec<_> = used.unknown.iter().map(|class| (class.value.as_deref(), class.features)).collect();
    assert_eq!(unknown, [(None, 47)]);
    // Districts of mixed use are settlements of any use, and contradict no use in town.
    let mixed = |answer: Answer| answer.class().is_some_and(|class| class.scheme == Scheme::LandUse2006);
    assert!(report.standing().all(|patch| !patch.answers.iter().any(|answer| mixed(*answer))));
    // All cells and what only one of them covers are the union of both.
    let matrix = &report.matrices()[0];
    let cells: f64 = matrix.cells.iter().map(|cell| cell.area.get()).sum();
    let alone: f64 = matrix.uncovered.iter().map(|ground| ground.area.get()).sum();
    let own: f64 = report.plans().iter().map(|plan| plan.area.get() - plan.claimed_again.get()).sum();
    assert!((own - cells - (cells + alone)).abs() < 1e-4, "{own} {cells} {alone}");
}

#[test]
fn development_zones_of_montpellier_lie_on_protected_ground() {
    let zones = || layer("montpellier/montpellier.gpkg", "zac_2014");
    let sites = || layer("montpellier/montpellier.gpkg", "sites_classes");
    let vines = || layer("montpellier/montpellier.gpkg", "aoc");
    let class = |code| PlannedClass::of(Scheme::UrbanRural2011, code).expect("a class");
    let report = Conflicts::new()
        .plan("zac", zones().class(class("H")))
        .plan("sites", sites().class(class("E")))
        .plan("vines", vines().class(PlannedClass::of(Scheme::LandSea2023, "02").expect("a class")))
        .without_uncovered()
        .run()
        .expect("a comparison");
    assert_eq!(counted(&report), [("MP-A", 7, 214), ("MP-F", 3, 3)]);
    // The ground that two of them share, each spot once, as GEOS finds it.
    let union = |layer: Layer| {
        let plan = Plan::of([(Role::PLAN, layer)]).expect("a layer");
        let polygons = &plan.layers()[0].polygons;
        let shapes = (0..polygons.len()).map(|row| geos(polygons.feature(row), [770_000.0, 6_279_000.0]));
        shapes.reduce(|all, next| all.union(&next).expect("a union")).expect("a feature")
    };
    for (first, second, names) in [(zones(), sites(), [0, 1]), (zones(), vines(), [0, 2])] {
        let shared = union(first).intersection(&union(second)).map_or(0.0, |shared| shared.area());
        let covers = |patch: &DifferencePatch, plan: usize| patch.answers[plan] != Answer::Nothing;
        let patches = report.patches().iter().filter(|patch| patch.kind == ConflictKind::FirstBuilds);
        let patches = patches.filter(|patch| names.iter().all(|plan| covers(patch, *plan)));
        let planar: f64 = patches.filter_map(|patch| patch.planar).map(SquareMetres::get).sum();
        assert!(shared > 0.0 && (planar - shared).abs() < 1e-3, "{names:?}: {planar} {shared}");
        let matrix = report.matrices().iter().find(|matrix| matrix.plans == names).expect("a matrix");
        assert!(matrix.cells.iter().all(|cell| cell.kind == ConflictKind::FirstBuilds));
    }
}
