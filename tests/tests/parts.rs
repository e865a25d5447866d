//! A plan cut into parts, checked apart and merged in any order and any tree gives the bytes of the whole.

use std::sync::LazyLock;

use proptest::prelude::*;
use sanxian::report::{Format, Options, write};
use sanxian::{
    AreaMethod, CheckOptions, Error, Outcome, PartError, PartedCheck, Partial, Plan, PlanSources, Role,
    RuleBook,
};
use sanxian_tests::data;

/// The sample county; its plan and lines from the GeoPackage that `SANXIAN_COUNTY` names, when there is one.
static COUNTY: LazyLock<Plan> = LazyLock::new(|| {
    let sample = || data("demo/county.gpkg").display().to_string();
    let county = std::env::var("SANXIAN_COUNTY").unwrap_or_else(|_| sample());
    let layer = |name: &str| format!("{county}#{name}");
    PlanSources::new()
        .plan(layer("GHYDYH"))
        .zone(Role::PROJECT, data("demo/项目红线.shp").display().to_string())
        .redline(layer("STBHHX"))
        .farmland(layer("YJJBNTBHTB"))
        .urban_boundary(layer("CZKFBJ"))
        .zone(Role::PARK, format!("{}#CYYQ", sample()))
        .zone(Role::ADMIN_UNIT, format!("{}#XZQ", sample()))
        .read()
        .expect("the sample county")
});

/// Every byte that a report has, the shapes of findings among them.
fn bytes(plan: &Plan, outcome: &Outcome) -> Vec<u8> {
    let mut bytes = Vec::new();
    for format in [Format::Json, Format::GeoJson, Format::Csv] {
        write(&outcome.report(plan), format, &Options::default(), &mut bytes)
            .expect("writing to memory works");
    }
    bytes
}

fn options(area: AreaMethod) -> CheckOptions {
    CheckOptions { pieces: true, area, ..CheckOptions::default() }
}

/// Merges two of the parts, chosen by the next number, until one is left.
fn merged(mut parts: Vec<Partial>, mut choices: impl Iterator<Item = usize>) -> Partial {
    while parts.len() > 1 {
        let first = parts.swap_remove(choices.next().unwrap_or(0) % parts.len());
        let second = choices.next().unwrap_or(0) % parts.len();
        let other = std::mem::take(&mut parts[second]);
        parts[second] = first.merge(other);
    }
    parts.pop().unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_of_the_county_are_the_county(
        seed in any::<u64>(),
        count in 3_usize..=7,
        choices in proptest::collection::vec(any::<usize>(), 32),
        national in any::<bool>(),
    ) {
        let options = options(if national { AreaMethod::National } else { AreaMethod::Straight });
        let book = RuleBook::embedded();
        let whole = sanxian::check(&COUNTY, &options).expect("a check");
        prop_assert!(whole.findings.len() > 30);
        let check = PartedCheck::new(&COUNTY, &book, &options).expect("lines");
        let patches = COUNTY.layers()[0].len() as u32;
        let part_of = |row: u32| (seed.rotate_left(row % 64) ^ u64::from(row).wrapping_mul(0x9E37_79B9_7F4A_7C15)) as usize % count;
        let mut parts: Vec<Partial> = (0..count)
            .map(|part| {
                let rows: Vec<u32> = (0..patches).filter(|&row| part_of(row) == part).collect();
                check.part(&rows).expect("a part")
            })
            .collect();
        parts.push(check.rest().expect("the rest"));
        let outcome = check.finish(merged(parts, choices.into_iter())).expect("a whole");
        prop_assert!(bytes(&COUNTY, &outcome) == bytes(&COUNTY, &whole), "the bytes differ");
    }
}

#[test]
fn what_is_no_whole_is_refused() {
    let (options, book) = (options(AreaMethod::Straight), RuleBook::embedded());
    let check = PartedCheck::new(&COUNTY, &book, &options).expect("lines");
    let patches = COUNTY.layers()[0].len() as u32;
    let refused = |result: Result<Outcome, Error>| match result {
        Err(Error::Parts(error)) => error,
        other => panic!("{other:?}"),
    };
    let all: Vec<u32> = (0..patches).collect();
    let (most, last) =
        (check.part(&all[..all.len() - 2]).expect("a part"), check.part(&all[all.len() - 2..]));
    let (last, rest) = (last.expect("a part"), check.rest().expect("the rest"));
    let missing = refused(check.finish(most.clone().merge(rest.clone())));
    assert_eq!(missing, PartError::Missing { rows: 2, first: patches - 2 });
    let twice =
        refused(check.finish(most.clone().merge(last.clone()).merge(last.clone()).merge(rest.clone())));
    assert_eq!(twice, PartError::Twice { row: patches - 2 });
    assert_eq!(refused(check.finish(most.clone().merge(last.clone()))), PartError::Rest { times: 0 });
    assert!(check.finish(last.merge(rest).merge(most)).is_ok());
    assert!(matches!(check.part(&[patches]), Err(Error::Parts(PartError::NoSuchRow { .. }))));
    assert!(matches!(check.part(&[4, 3, 4]), Err(Error::Parts(PartError::Twice { row: 4 }))));
}
