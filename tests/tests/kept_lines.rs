//! Lines that are kept say of a plan and of a project what a check of its own says.

use std::thread;

use sanxian::fault::FaultKind;
use sanxian::{Check, CheckOptions, Error, Layer, Lines, ReadOptions, Role, RuleBook, WriteOptions};
use sanxian_tests::data;

fn layer(name: &str) -> Layer {
    let source = format!("{}#{name}", data("demo/county.gpkg").display());
    Layer::read(&source, &ReadOptions::default()).expect("a layer of the county")
}

fn project() -> Layer {
    let source = data("demo/项目红线.shp").display().to_string();
    Layer::read(&source, &ReadOptions::default()).expect("the project")
}

const LINES: [(Role, &str); 4] = [
    (Role::REDLINE, "STBHHX"),
    (Role::FARMLAND, "YJJBNTBHTB"),
    (Role::URBAN_BOUNDARY, "CZKFBJ"),
    (Role::PARK, "CYYQ"),
];

fn lines() -> Lines {
    Lines::new(LINES.map(|(role, name)| (role, layer(name)))).expect("lines")
}

#[test]
fn kept_lines_find_what_a_check_finds() {
    let (lines, book, options) =
        (lines(), RuleBook::embedded(), CheckOptions { pieces: true, ..Default::default() });
    for role in [Role::PLAN, Role::PROJECT] {
        let subject = || if role == Role::PLAN { layer("GHYDYH") } else { project() };
        let alone =
            LINES.into_iter().fold(Check::lines().layer(role.clone(), subject()), |check, (role, name)| {
                check.layer(role, layer(name))
            });
        let alone = alone.options(options.clone()).run().expect("a check");
        let about: Vec<_> = alone.findings().iter().filter(|finding| finding.role == role).cloned().collect();
        assert!(about.len() > 3, "{role}");
        // From several threads at once, and twice.
        thread::scope(|scope| {
            let check = || lines.check((role.clone(), subject()), &book, &options).expect("a check");
            for run in [scope.spawn(check), scope.spawn(check)] {
                let report = run.join().expect("no panic");
                assert_eq!(report.findings(), about, "{role}");
                assert_eq!(report.ledger(), alone.ledger(), "{role}");
                assert_eq!(report.summary().verdict(), alone.summary().verdict(), "{role}");
            }
        });
    }
}

#[test]
fn what_is_in_another_crs_is_brought_into_that_of_the_lines() {
    let folder = tempfile::tempdir().expect("a folder");
    let moved = folder.path().join("经纬度.gpkg");
    let source = data("demo/项目红线.shp").display().to_string();
    sanxian::convert(&source, &moved, Some("EPSG:4490"), &ReadOptions::default(), &WriteOptions::default())
        .expect("converted");
    let moved = Layer::read(moved.to_str().expect("a path"), &ReadOptions::default()).expect("a layer");
    let (lines, book, options) = (lines(), RuleBook::embedded(), CheckOptions::default());
    assert_eq!((moved.crs().epsg, lines.crs().epsg), (Some(4490), Some(4546)));
    let check = |project| lines.check((Role::PROJECT, project), &book, &options).expect("a check");
    let (there, here) = (check(moved), check(project()));
    assert_eq!(there.findings().len(), here.findings().len());
    for (a, b) in there.findings().iter().zip(here.findings()) {
        let area = |finding: &sanxian::Finding| finding.area().map_or(0.0, sanxian::SquareMetres::get);
        assert!(a.code == b.code && (area(a) - area(b)).abs() < 0.05, "{a:?} {b:?}");
    }
}

#[test]
fn a_project_without_features_is_told() {
    let empty =
        Layer::from_geo::<geo_types::Polygon>(&[], lines().crs().clone()).expect("a layer").named("空");
    match lines().check((Role::PROJECT, empty), &RuleBook::embedded(), &CheckOptions::default()) {
        Ok(report) => {
            assert!(report.faults().iter().any(|fault| fault.kind == FaultKind::EmptyLayer));
            assert_ne!(report.summary().verdict(), sanxian::Verdict::Conforms);
        }
        Err(error) => assert!(matches!(error, Error::NothingJudged { .. }), "{error}"),
    }
}

#[test]
fn what_is_held_against_lines_is_none_of_them() {
    let error = lines().check((Role::REDLINE, project()), &RuleBook::embedded(), &CheckOptions::default());
    assert!(matches!(error, Err(Error::SubjectAmongLines { role, .. }) if role == Role::REDLINE));
}
