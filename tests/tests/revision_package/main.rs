//! The package of a revision: what is in it, what its fields hold, and that the newer revision is made from the older one with it.

mod files;
mod layers;
mod making;
mod partition;
mod plans;
mod program;

use geo_types::Polygon;
use sanxian::revisions::{NotFound, Package, PackageError, RevisionOptions, apply, compare_layers};
use sanxian::{Explain, Lang, Layer, Plan, crs};

use layers::{features, only_layer, sorted, texts};
use making::{applied, of_day, package, package_with, reproduces};
use plans::{
    FARM, HOUSING, Patch, WATER, at, new_of_each_kind, old_of_each_kind, patch, plan_in, plan_of, plan_with,
    shape,
};

#[test]
fn every_kind_of_change_is_in_the_package_and_noise_is_not() {
    for epsg in [4546, 4490] {
        let [old, new] = [old_of_each_kind(), new_of_each_kind()].map(|patches| plan_in(&patches, epsg));
        let package = package(&old, &new);
        assert_eq!(package.name(), "GHYDYH");
        let before =
            ["grows", "is dropped", "is split", "numbered", "one half", "other half", "recoded", "remarked"];
        assert_eq!(sorted(package.before(), "BSM"), before);
        let after =
            ["a part", "comes", "grows", "is split", "numbered anew", "one half", "recoded", "remarked"];
        assert_eq!(sorted(package.after(), "BSM"), after);
        // From west to east: the patch that grows, the one that is dropped, the recoded one, the one that comes.
        let change = package.change();
        assert_eq!(texts(change, "WHLX"), ["1", "3", "2", "1"]);
        let numbers: Vec<String> = (1..5).map(|k| format!("20260301{k:06}")).collect();
        assert_eq!(texts(change, "WHBH"), numbers);
        for empty in ["BSM", "YSDM", "XZQDM", "XZQMC", "WHLY", "JDZBLY", "KZBSHSLX", "BZ"] {
            assert_eq!(change.attributes.column_by_name(empty).expect("a column").null_count(), 4, "{empty}");
        }
        // All but the noise is the newer revision, and that is no change.
        let made = applied(&package, &old);
        let left = compare_layers(&made, &new, &RevisionOptions::default()).expect("a comparison");
        assert_eq!((left[0].changed.len(), left[0].real_ground().count()), (1, 0), "{:?}", left[0].changed);
        assert_eq!(left[0].changed[0].shape.name(), "noise");
        let without_noise: Vec<Patch> = new_of_each_kind()
            .into_iter()
            .map(|patch| if patch.id == "noise" { old_of_each_kind()[9].clone() } else { patch })
            .collect();
        reproduces(&old, &plan_in(&without_noise, epsg));
    }
}

#[test]
fn what_is_the_same_or_noise_alone_gives_an_empty_package() {
    let patches = old_of_each_kind();
    let old = plan_in(&patches, 4546);
    assert!(reproduces(&old, &old).is_empty());
    let reversed: Vec<Patch> = patches.iter().rev().cloned().collect();
    assert!(package(&old, &plan_in(&reversed, 4546)).is_empty());
    let moved = |patch: &Patch| Patch { corners: patch.corners.map(|at| at + 2e-4), ..patch.clone() };
    let noisy: Vec<Patch> = patches.iter().map(moved).collect();
    assert!(package(&old, &plan_in(&noisy, 4546)).is_empty());
}

#[test]
fn features_of_several_kinds_of_overlap_and_doubles_are_found_again() {
    let old = [
        patch("A", HOUSING, [0.0, 0.0, 100.0, 100.0]),
        // On the ground of A, which is then dropped: what was housing is farmland now, though this did not change.
        patch("B", FARM, [50.0, 0.0, 150.0, 100.0]),
        patch("C", WATER, at(500.0)),
        patch("C", WATER, at(500.0)),
        patch("", WATER, at(700.0)),
        patch("", WATER, at(700.0)),
    ];
    let new = [old[1].clone(), old[2].clone(), old[4].clone(), patch("", WATER, at(900.0))];
    let [old, new] = [&old[..], &new[..]].map(|patches| plan_in(patches, 4546));
    let package = reproduces(&old, &new);
    assert_eq!(sorted(package.before(), "BSM"), ["", "", "A", "B", "C", "C"]);
    assert_eq!(sorted(package.after(), "BSM"), ["", "", "B", "C"]);
}

#[test]
fn identifiers_that_were_issued_anew_and_other_columns_are_in_the_newer_revision() {
    let old = old_of_each_kind();
    let numbered = |patch: &Patch| Patch { id: format!("new {}", patch.id), ..patch.clone() };
    let new: Vec<Patch> = old.iter().map(numbered).collect();
    let plan = plan_in(&old, 4546);
    let package = reproduces(&plan, &plan_in(&new, 4546));
    assert_eq!((package.before().len(), package.change().len()), (old.len(), 0));
    // A column that goes and one that comes: features without a value in them stay where they are.
    let other = plan_with(&old, 4546, ["BSM", "YDYHFLDM", "说明"]);
    let package = reproduces_columns(&plan, &other);
    assert_eq!(texts(package.before(), "BSM"), ["remarked"]);
    assert_eq!(texts(package.after(), "说明"), ["旧"]);
}

fn reproduces_columns(old: &Plan, new: &Plan) -> Package {
    let package = package(old, new);
    assert_eq!(features(only_layer(&applied(&package, old))), features(only_layer(new)));
    package
}

#[test]
fn a_layer_without_classes_has_ground_that_is_added_and_removed() {
    let line = |boxes: &[[f64; 4]]| {
        let shapes: Vec<Polygon> = boxes.iter().map(|corners| shape(*corners, 4546)).collect();
        let layer = Layer::from_geo(&shapes, crs::from_epsg(4546).expect("a CRS")).expect("a layer");
        plan_of(layer.named("HLFXKZX"))
    };
    let (old, new) = (line(&[at(0.0), at(500.0)]), line(&[[50.0, 0.0, 150.0, 100.0], at(500.0)]));
    let package = reproduces(&old, &new);
    assert_eq!(texts(package.change(), "WHLX"), ["3", "1"]);
    assert_eq!((package.before().len(), package.after().len()), (1, 1));
}

#[test]
fn fields_are_given_and_no_text_is_cut() {
    let [old, new] = [old_of_each_kind(), new_of_each_kind()].map(|patches| plan_in(&patches, 4546));
    let with = |field: &str, text: &str| {
        let mut options = of_day();
        options.values.insert(field.to_owned(), text.to_owned());
        package_with(&old, &new, &options)
    };
    let given = with("XZQMC", "示范县").expect("a package");
    assert!(texts(given.change(), "XZQMC").iter().all(|text| text == "示范县"));
    assert_eq!(with("XZQMC", &"县".repeat(100)).expect("a package").change().len(), 4);
    let long = with("XZQMC", &"县".repeat(101)).expect_err("a text that is too long");
    assert_eq!(long, PackageError::TextTooLong { field: "XZQMC".to_owned(), width: 100, length: 101 });
    assert!(long.explain().lines(Lang::Zh).contains("长度为 100"));
    for (field, width) in
        [("YSDM", 10), ("XZQDM", 12), ("WHLY", 3), ("JDZBLY", 10), ("KZBSHSLX", 3), ("BZ", 255)]
    {
        assert!(with(field, &"1".repeat(width)).is_ok(), "{field}");
        assert!(
            matches!(with(field, &"1".repeat(width + 1)), Err(PackageError::TextTooLong { .. })),
            "{field}"
        );
    }
    for field in ["BSM", "WHLX", "WHBH", "MJ"] {
        assert!(matches!(with(field, "1"), Err(PackageError::NoSuchField { .. })), "{field}");
    }
}

#[test]
fn a_package_that_does_not_fit_is_refused_and_says_where() {
    let [old, new] = [old_of_each_kind(), new_of_each_kind()];
    let plan = plan_in(&old, 4546);
    let package = package(&plan, &plan_in(&new, 4546));
    let refused = |patches: &[Patch]| {
        apply(&package, only_layer(&plan_in(patches, 4546))).expect_err("a package of another plan")
    };
    let why = |error: PackageError| match error {
        PackageError::NotFound { feature, why } => (feature.id.unwrap_or_default(), why),
        other => panic!("{other}"),
    };
    let with = |at: usize, patch: Patch| {
        let mut patches = old.clone();
        patches[at] = patch;
        patches
    };
    let dropped = &old[2];
    let elsewhere = Patch { corners: at(2_200.0), ..dropped.clone() };
    assert_eq!(why(refused(&with(2, elsewhere))), (dropped.id.clone(), NotFound::OtherShape));
    let renamed = Patch { id: "other".to_owned(), ..dropped.clone() };
    assert_eq!(
        why(refused(&with(2, renamed))),
        (dropped.id.clone(), NotFound::OtherIdentifier { is: Some("other".to_owned()) })
    );
    let mut fewer = old.clone();
    fewer.remove(2);
    assert_eq!(why(refused(&fewer)), (dropped.id.clone(), NotFound::Nowhere));
    let mut twice = old.clone();
    twice.push(dropped.clone());
    assert!(matches!(refused(&twice), PackageError::FoundAgain { .. }));
    let recoded = refused(&with(5, Patch { class: WATER.to_owned(), ..old[5].clone() }));
    let PackageError::ValueDiffers { column, package: there, plan: here, .. } = &recoded else {
        panic!("{recoded}")
    };
    assert_eq!((&**column, there.as_deref(), here.as_deref()), ("YDYHFLDM", Some(HOUSING), Some(WATER)));
    assert!(recoded.to_string().contains("other half"), "{recoded}");
    // Applied a second time.
    assert!(matches!(refused(&new), PackageError::NotFound { .. }));
    let mut already = old.clone();
    already.push(new[0].clone());
    assert!(matches!(refused(&already), PackageError::AlreadyThere { .. }));
    let abroad = apply(&package, only_layer(&plan_in(&old, 4490)));
    assert!(matches!(abroad, Err(PackageError::CrsOfPackage { .. })));
    let two = package_with(&plan, &plan_in(&new, 4490), &of_day());
    assert!(matches!(two, Err(PackageError::CrsDiffers { .. })));
}
