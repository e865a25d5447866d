//! A package made of two plans, and applied.

use sanxian::revisions::{
    Package, PackageError, PackageOptions, RevisionOptions, apply, compare_layers, package_of,
};
use sanxian::{Day, Plan, Scheme};

use crate::layers::{features, only_layer, sorted, texts};
use crate::plans::plan_of;

pub(crate) fn of_day() -> PackageOptions {
    PackageOptions::of_day(Day::parse("2026-03-01").expect("a day"))
}

pub(crate) fn package_with(
    old: &Plan,
    new: &Plan,
    options: &PackageOptions,
) -> Result<Package, PackageError> {
    let changes = compare_layers(old, new, &RevisionOptions::default()).expect("a comparison");
    package_of(old, new, &changes, options)
}

pub(crate) fn package(old: &Plan, new: &Plan) -> Package {
    package_with(old, new, &of_day()).expect("a package")
}

pub(crate) fn applied(package: &Package, old: &Plan) -> Plan {
    let layer = apply(package, only_layer(old)).expect("the package fits");
    plan_of(layer.scheme(Scheme::LandSea2023))
}

/// The package makes the newer revision from the older one, and the mirrored one the other way round.
pub(crate) fn reproduces(old: &Plan, new: &Plan) -> Package {
    let there = package(old, new);
    assert_eq!(features(only_layer(&applied(&there, old))), features(only_layer(new)));
    let back = package(new, old);
    assert_eq!(features(only_layer(&applied(&back, new))), features(only_layer(old)));
    assert_eq!(features(there.before()), features(back.after()));
    assert_eq!(features(there.after()), features(back.before()));
    let mirrored = |kinds: Vec<String>| {
        let mut kinds: Vec<String> = kinds
            .into_iter()
            .map(|kind| match kind.as_str() {
                "1" => "3".to_owned(),
                "3" => "1".to_owned(),
                _ => kind,
            })
            .collect();
        kinds.sort();
        kinds
    };
    assert_eq!(sorted(there.change(), "WHLX"), mirrored(texts(back.change(), "WHLX")));
    there
}
