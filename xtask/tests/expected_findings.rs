//! A check of the sample county finds what was planted, nothing else, and the areas that follow from the
//! plan of planting. What is expected was written by hand, in `data/demo/expected-findings.csv`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use sanxian::{CheckOptions, Finding, Plan, PlanSources, Role};
use sanxian_model::{Measure, SquareMetres};

fn demo() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../data/demo")
}

fn plan() -> Plan {
    let layer = |name: &str| format!("{}#{name}", demo().join("county.gpkg").display());
    let plan = PlanSources::new()
        .plan(layer("GHYDYH"))
        .zone(Role::PROJECT, demo().join("项目红线.shp").display().to_string())
        .redline(layer("STBHHX"))
        .farmland(layer("YJJBNTBHTB"))
        .urban_boundary(layer("CZKFBJ"))
        .zone(Role::PARK, layer("CYYQ"))
        .read()
        .expect("the sample county can be read");
    assert_eq!(plan.faults(), []);
    plan
}

/// Rule, layer, identifier and severity of a finding: each stands once.
type Key = [String; 4];

fn key(finding: &Finding) -> Key {
    let id = finding.subject.id.clone().filter(|_| finding.row.is_some()).unwrap_or_default();
    let severity = finding.severity.name().to_owned();
    [finding.code.to_string(), finding.subject.layer.to_string(), id, severity]
}

struct Expected {
    measure: String,
    planar: Option<f64>,
    range: Option<(f64, f64)>,
}

fn expected() -> BTreeMap<Key, Expected> {
    let text = std::fs::read_to_string(demo().join("expected-findings.csv")).expect("the table is there");
    let mut rows = BTreeMap::new();
    for line in text.lines().skip(1) {
        // The last column is prose and may hold commas.
        let cells: Vec<&str> = line.splitn(10, ',').collect();
        let [_, code, layer, bsm, severity, measure, planar, min, max, _] = cells.as_slice() else {
            panic!("a row has ten columns: {line}");
        };
        let number = |text: &str| text.parse::<f64>().ok();
        let row = Expected {
            measure: (*measure).to_owned(),
            planar: number(planar),
            range: number(min).zip(number(max)),
        };
        let key = [code, layer, bsm, severity].map(|text| (*text).to_owned());
        assert!(rows.insert(key.clone(), row).is_none(), "{key:?} is listed twice");
    }
    assert_eq!(rows.len(), 38);
    rows
}

fn in_range(area: SquareMetres, row: &Expected, key: &Key) {
    let (min, max) = row.range.expect("areas have a range");
    assert!((min..=max).contains(&area.get()), "{key:?}: {} is not in {min} to {max}", area.get());
}

#[test]
fn the_sample_county_has_exactly_the_planted_findings() {
    let outcome = sanxian::check(&plan(), &CheckOptions::default()).expect("a check of the sample county");
    assert!(outcome.not_run.is_empty(), "{:?}", outcome.not_run);
    let mut expected = expected();
    for finding in &outcome.findings {
        let key = key(finding);
        let Some(row) = expected.remove(&key) else { panic!("not planted: {key:?} {:?}", finding.measure) };
        match &finding.measure {
            Measure::Overlap { area, planar, .. } => {
                assert_eq!(row.measure, "overlap", "{key:?}");
                in_range(*area, &row, &key);
                let planar = planar.expect("the county has a plane").get();
                assert!(row.planar.is_some_and(|known| (known - planar).abs() < 1e-4), "{key:?}: {planar}");
            }
            Measure::Outside { area, .. } => {
                assert_eq!(row.measure, "outside", "{key:?}");
                in_range(*area, &row, &key);
            }
            Measure::Ratio { value, .. } => {
                assert_eq!(row.measure, "ratio", "{key:?}");
                // The bounds that the plan of planting gives.
                assert!((0.159..=0.224).contains(value), "{key:?}: {value}");
            }
            other => panic!("{key:?} measures {other:?}"),
        }
    }
    assert!(expected.is_empty(), "planted and not found: {:?}", expected.keys());
}
