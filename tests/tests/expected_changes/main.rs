//! A comparison of the sample county with its second revision finds what was planted, nothing else, and the areas that follow from the
//! plan of planting. What is expected was written by hand, in `data/demo/expected-changes.csv`.

mod edition;
mod row;
mod table;
mod teller;

use std::collections::BTreeSet;

use sanxian::report::{Format, Options};
use sanxian::revisions::{
    FindingChange, Identifiers, LayerChange, PackageOptions, Revision, RevisionOptions, ShapeChange, apply,
    compare_layers, package_of,
};
use sanxian::{CheckReport, Day, Diff, Metres, Plan, Role, SquareMetres};

use crate::edition::{BEFORE, Ids, NOW, Prepared, name_of};
use crate::row::{Areas, Key, Rows, holds, in_order, is_of};
use crate::table::expected;
use crate::teller::Teller;

/// The features that the table says are unchanged are, and all that it does not name.
fn unchanged_hold(teller: &Teller<'_>, expected: &Rows) {
    for change in teller.revision.layers() {
        let of_layer = || {
            expected
                .iter()
                .map(|row| &row.0)
                .filter(|key| key.layer == name_of(&change.role) && key.what == "feature")
        };
        let kept: BTreeSet<(String, String)> = change
            .kept
            .iter()
            .map(|(old, new)| (teller.said(change, 0, &[*old]).0, teller.said(change, 1, &[*new]).0))
            .collect();
        for key in of_layer().filter(|key| key.change == "unchanged") {
            assert!(kept.contains(&(key.old.clone(), key.new.clone())), "{key:?}");
        }
        let changed = of_layer().filter(|key| key.change != "unchanged" && !key.old.is_empty());
        let changed: usize = changed.map(|key| key.old.split(';').count()).sum();
        assert_eq!(change.unchanged, change.features[0] - changed, "{}", change.role);
        assert_eq!(change.unchanged, change.kept.len());
    }
}

fn compared(before: Prepared, now: Prepared) -> Revision {
    Diff::between(BEFORE.check(before), NOW.check(now)).run().expect("a comparison of the sample county")
}

#[test]
fn the_revision_changes_what_was_planted() {
    let revision = compared(Prepared::default(), Prepared::default());
    let (teller, expected) = (Teller::of(&revision, Ids::Kept), expected(false));
    assert!(revision.layers().iter().all(|change| change.identifiers == Identifiers::Stable));
    unchanged_hold(&teller, &expected);
    holds(teller.rows(), expected, false);
    // Case 15: the ground that is claimed twice.
    let again = revision.layers()[0].claimed_again.map(SquareMetres::get);
    assert!(again[0] == 0.0 && is_of(again[1], 40_000.0, false), "{again:?}");
}

#[test]
fn identifiers_that_are_issued_anew_leave_it_to_the_ground() {
    for ids in [Ids::Fresh, Ids::Rotated] {
        let revision = compared(Prepared::default(), Prepared { ids, ..Prepared::default() });
        let (teller, expected) = (Teller::of(&revision, ids), expected(true));
        let plan = &revision.layers()[0];
        let said = if ids == Ids::Fresh { Identifiers::None } else { Identifiers::Reissued };
        assert_eq!(plan.identifiers, said);
        unchanged_hold(&teller, &expected);
        holds(teller.rows(), expected, false);
    }
}

#[test]
fn the_order_of_features_makes_no_difference() {
    let shuffled = Prepared { shuffled: true, ..Prepared::default() };
    for (before, now) in [(shuffled, Prepared::default()), (Prepared::default(), shuffled)] {
        let revision = compared(before, now);
        let (teller, expected) = (Teller::of(&revision, Ids::Kept), expected(false));
        unchanged_hold(&teller, &expected);
        holds(teller.rows(), expected, false);
    }
}

#[test]
fn a_wider_noise_takes_in_two_centimetres() {
    let now = NOW.check(Prepared::default());
    let diff = Diff::between(BEFORE.check(Prepared::default()), now).noise_width(Metres(0.03));
    let revision = diff.run().expect("a comparison");
    // Case 18 is noise then.
    let planted = |number: usize| format!("4199002010900087{number:02}");
    let mut expected = expected(false);
    let mut turned = 0;
    for (key, areas) in &mut expected {
        if [&key.old, &key.new].into_iter().any(|ids| [planted(1), planted(2)].contains(ids))
            && ["reshaped", "change"].contains(&&*key.change)
        {
            "noise".clone_into(&mut key.change);
            if key.what == "feature" {
                *areas = [0.0, 0.0, 4.0];
            }
            turned += 1;
        }
    }
    assert_eq!(turned, 3);
    holds(Teller::of(&revision, Ids::Kept).rows(), expected, false);
}

#[test]
fn in_degrees_the_same_changed_but_for_noise() {
    let degrees = Prepared { in_degrees: true, ..Prepared::default() };
    // An edge that ends elsewhere is another line in degrees, off by less than a millimetre: many features have noise along it.
    let is_noise = |(key, _): &(Key, Areas)| key.change == "noise";
    // Where the revision before is in metres, it is brought into degrees first.
    for before in [degrees, Prepared::default()] {
        let revision = compared(before, degrees);
        let found = Teller::of(&revision, Ids::Kept).rows();
        let strips: f64 =
            found.iter().filter(|row| is_noise(row)).map(|(_, areas)| areas[1] + areas[2]).sum();
        assert!(strips < 10.0, "{strips}");
        let real = |rows: Rows| rows.into_iter().filter(|row| !is_noise(row)).collect::<Rows>();
        let expected = real(expected(false));
        let found = real(found).into_iter().map(|(key, areas)| (without_neighbours(key, &expected), areas));
        holds(found.collect(), expected.clone(), true);
    }
}

/// Ground with the features that the table names for it. In degrees its neighbours have a part in it, too, by their strips of noise.
fn without_neighbours(key: Key, expected: &Rows) -> Key {
    let of =
        |ids: &str| ids.split(';').filter(|id| !id.is_empty()).map(str::to_owned).collect::<BTreeSet<_>>();
    let has = |all: &str, some: &str| of(all).is_superset(&of(some));
    let planted = expected.iter().map(|row| &row.0).find(|planted| {
        (&planted.what, &planted.layer, &planted.classes) == (&key.what, &key.layer, &key.classes)
            && has(&key.old, &planted.old)
            && has(&key.new, &planted.new)
    });
    match planted {
        Some(planted) if key.what == "ground" => planted.clone(),
        _ => key,
    }
}

#[test]
fn the_way_back_is_the_mirror() {
    let there = compared(Prepared::default(), Prepared::default());
    let (before, now) = (BEFORE.check(Prepared::default()), NOW.check(Prepared::default()));
    let back = Diff::between(now, before).run().expect("a comparison");
    for (there, back) in there.layers().iter().zip(back.layers()) {
        let features = |change: &LayerChange, is_back: bool| {
            let mut told: Vec<_> = change
                .changed
                .iter()
                .map(|of| {
                    let areas = [of.lost, of.gained, of.noise].map(|area| area.get().to_bits());
                    let [lost, gained, noise] = areas;
                    let fields = in_order(of.fields.iter().map(|field| &field.field));
                    if is_back {
                        (
                            of.new.clone(),
                            of.old.clone(),
                            of.shape.mirrored(),
                            of.matched_by,
                            [gained, lost],
                            noise,
                            fields,
                        )
                    } else {
                        (
                            of.old.clone(),
                            of.new.clone(),
                            of.shape,
                            of.matched_by,
                            [lost, gained],
                            noise,
                            fields,
                        )
                    }
                })
                .collect();
            told.sort();
            told
        };
        assert_eq!(features(there, false), features(back, true));
        let ground = |change: &LayerChange, is_back: bool| {
            let mut told: Vec<_> = change
                .ground
                .iter()
                .map(|of| {
                    let (area, noise) = (of.area.get().to_bits(), of.is_noise);
                    let [old, new] = [&of.old, &of.new].map(Clone::clone);
                    if is_back {
                        (new, old, area, noise, of.of_new.clone(), of.of_old.clone())
                    } else {
                        (old, new, area, noise, of.of_old.clone(), of.of_new.clone())
                    }
                })
                .collect();
            told.sort();
            told
        };
        assert_eq!(ground(there, false), ground(back, true));
        assert_eq!(there.columns_added, back.columns_dropped);
        assert_eq!(there.columns_dropped, back.columns_added);
        assert_eq!(there.unchanged, back.unchanged);
    }
    // Of findings, those that do not ask what changed.
    let told = |revision: &Revision, is_back: bool| {
        let findings = [revision.before(), revision.now()].map(CheckReport::findings);
        let mut told: Vec<_> = revision
            .pairs()
            .iter()
            .filter_map(|pair| {
                let of_new = pair.new.map(|number| &findings[1][number]);
                let finding = of_new.or_else(|| pair.old.map(|number| &findings[0][number]))?;
                if ["TL-13", "BF-17", "BF-03", "BF-04", "UB-07", "UB-12"].contains(&&*finding.code) {
                    return None;
                }
                let more = pair.more.map_or(0.0, SquareMetres::get);
                let (change, more) =
                    if is_back { (mirrored(pair.change), -more) } else { (pair.change, more) };
                let id = finding.row.and(finding.subject.id.clone());
                Some((finding.code.to_string(), id, change, (more * 1e6).round() as i64))
            })
            .collect();
        told.sort();
        told
    };
    assert_eq!(told(&there, false), told(&back, true));
}

fn mirrored(change: FindingChange) -> FindingChange {
    match change {
        FindingChange::New => FindingChange::Healed,
        FindingChange::Worse => FindingChange::Better,
        FindingChange::Unchanged => FindingChange::Unchanged,
        FindingChange::Better => FindingChange::Worse,
        FindingChange::Healed => FindingChange::New,
    }
}

#[test]
fn a_revision_and_itself_differ_in_nothing() {
    for edition in [BEFORE, NOW] {
        let check = || edition.check(Prepared::default());
        let revision = Diff::between(check(), check()).run().expect("a comparison");
        assert!(revision.layers().iter().all(LayerChange::is_empty), "{edition:?}");
        assert!(revision.pairs().iter().all(|pair| pair.change == FindingChange::Unchanged), "{edition:?}");
        assert_eq!(revision.pairs().len(), revision.now().findings().len());
    }
}

#[test]
fn other_identifiers_alone_change_nothing() {
    for ids in [Ids::Fresh, Ids::Rotated] {
        let prepared = |ids| NOW.check(Prepared { ids, shuffled: true, ..Prepared::default() });
        let revision = Diff::between(prepared(Ids::Kept), prepared(ids)).run().expect("a comparison");
        for change in revision.layers() {
            assert!(change.is_empty(), "{ids:?} {}: {:?}", change.role, change.changed);
        }
        assert!(revision.pairs().iter().all(|pair| pair.change == FindingChange::Unchanged), "{ids:?}");
    }
}

#[test]
fn packages_of_the_revision_make_it_and_undo_it() {
    for (old, new) in [(BEFORE, NOW), (NOW, BEFORE)] {
        let [old, new] = [old, new].map(|edition| edition.check(Prepared::default()));
        let revision = Diff::between(old, new).run().expect("a comparison");
        let [before, now] = [revision.before(), revision.now()].map(CheckReport::plan);
        let day = PackageOptions::of_day(Day::parse("2027-03-01").expect("a day"));
        let package = package_of(before, now, revision.layers(), &day).expect("a package");
        let patches = before.of_role(&Role::PLAN).expect("a plan").layers();
        let made = Plan::of([(Role::PLAN, apply(&package, &patches[0]).expect("the package fits"))]);
        let changes = compare_layers(&made.expect("a plan"), now, &RevisionOptions::default());
        let change = changes.expect("a comparison").remove(0);
        // Noise alone is not handed in.
        assert!(change.changed.iter().all(|of| of.shape == ShapeChange::Noise), "{:?}", change.changed);
        assert_eq!(change.real_ground().count(), 0);
        assert_eq!((change.columns_added.len(), change.columns_dropped.len()), (0, 0));
        assert_eq!(change.features[0], change.features[1]);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let json = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            let mut bytes = Vec::new();
            let revision = compared(Prepared::default(), Prepared::default());
            revision.write(Format::Json, &Options::default(), &mut bytes).expect("written to memory");
            bytes
        })
    };
    let one = json(1);
    assert!(one.len() > 10_000, "{}", one.len());
    assert!(one == json(2), "two threads write other bytes");
}

#[test]
fn every_kind_of_change_is_planted() {
    let rows = expected(false);
    let planted = |what: &str| -> BTreeSet<&str> {
        rows.iter().filter(|(key, _)| key.what == what).map(|(key, _)| &*key.change).collect()
    };
    let shapes = planted("feature");
    assert!(ShapeChange::ALL.iter().all(|shape| shapes.contains(shape.name())), "{shapes:?}");
    let findings = planted("finding");
    assert!(FindingChange::ALL.iter().all(|change| findings.contains(change.name())), "{findings:?}");
}
