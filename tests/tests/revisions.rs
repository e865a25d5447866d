//! Findings of two revisions of a plan: which are new, worse, better, unchanged and healed.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray, UInt32Array};
use arrow_select::take::take_record_batch;
use geo_types::{LineString, Polygon};
use sanxian::revisions::{FindingChange, FindingPair, PairedBy, RevisionOptions, compare_layers};
use sanxian::{Check, CheckReport, Finding, Layer, Role, Scheme, crs};
use sanxian_tests::county;

/// Identifier, west and east of a patch of housing, a hundred metres from south to north.
type Patch<'a> = (Option<&'a str>, i32, i32);

fn layer(patches: &[Patch<'_>], epsg: u32) -> Layer {
    // Both systems have their central meridian where the coordinates are; the ground is not the same, which does not matter.
    let at = |x: i32, y: i32| (480_000.0 + f64::from(x), 3_790_000.0 + f64::from(y));
    let shape = |(_, west, east): &Patch<'_>| {
        let ring = vec![at(*west, 0), at(*east, 0), at(*east, 100), at(*west, 100)];
        Polygon::new(LineString::from(ring), Vec::new())
    };
    let shapes: Vec<Polygon> = patches.iter().map(shape).collect();
    let text = |cells: Vec<Option<&str>>| -> ArrayRef { Arc::new(StringArray::from(cells)) };
    let ids = text(patches.iter().map(|(id, ..)| *id).collect());
    let classes = text(vec![Some("0701"); patches.len()]);
    let attributes = RecordBatch::try_from_iter([("BSM", ids), ("YDYHFLDM", classes)]).expect("two columns");
    Layer::from_geo_with(&shapes, attributes, crs::from_epsg(epsg).expect("a CRS")).expect("a layer")
}

/// A plan against a redline that begins at x = 1000, by the rule for occupied redline.
fn revision_in(patches: &[Patch<'_>], epsg: u32) -> CheckReport {
    let redline = layer(&[(Some("R"), 1_000, 9_000)], epsg).named("redline");
    let plan = layer(patches, epsg).scheme(Scheme::LandSea2023).named("plan");
    Check::new(plan).redline(redline).select(["ER-02"]).run().expect("a check")
}

fn revision(patches: &[Patch<'_>]) -> CheckReport {
    revision_in(patches, 4546)
}

/// Identifiers of the subjects, what became of the finding, how much more area, and by what it was paired.
type Told = (Option<String>, Option<String>, FindingChange, i64, Option<PairedBy>);

fn pair_findings(old: &CheckReport, new: &CheckReport) -> Vec<FindingPair> {
    let layers = compare_layers(old.plan(), new.plan(), &RevisionOptions::default()).expect("a comparison");
    sanxian::revisions::pair_findings(old, new, &layers)
}

fn told(old: &CheckReport, new: &CheckReport) -> Vec<Told> {
    let id = |report: &CheckReport, number: Option<usize>| {
        let subject = &report.findings()[number?].subject;
        Some(subject.id.clone().unwrap_or_else(|| format!("#{}", subject.fid.unwrap_or_default())))
    };
    pair_findings(old, new)
        .into_iter()
        .map(|pair| {
            let more = pair.more.map_or(0, |more| more.get().round() as i64);
            (id(old, pair.old), id(new, pair.new), pair.change, more, pair.paired_by)
        })
        .collect()
}

#[test]
fn each_finding_is_new_worse_unchanged_better_or_healed() {
    let old = revision(&[
        (Some("stays"), 1_000, 1_010),
        (Some("grows"), 1_100, 1_110),
        (Some("shrinks"), 1_200, 1_220),
        (Some("leaves"), 1_300, 1_310),
        (Some("is dropped"), 1_400, 1_410),
    ]);
    let new = revision(&[
        (Some("comes"), 1_500, 1_510),
        (Some("stays"), 1_000, 1_010),
        (Some("grows"), 1_100, 1_130),
        (Some("shrinks"), 1_200, 1_205),
        (Some("leaves"), 300, 310),
    ]);
    let by = Some(PairedBy::Fingerprint);
    assert_eq!(
        told(&old, &new),
        [
            (None, Some("comes".to_owned()), FindingChange::New, 1_000, None),
            (Some("stays".to_owned()), Some("stays".to_owned()), FindingChange::Unchanged, 0, by),
            (Some("grows".to_owned()), Some("grows".to_owned()), FindingChange::Worse, 2_000, by),
            (Some("shrinks".to_owned()), Some("shrinks".to_owned()), FindingChange::Better, -1_500, by),
            (Some("leaves".to_owned()), None, FindingChange::Healed, -1_000, None),
            (Some("is dropped".to_owned()), None, FindingChange::Healed, -1_000, None),
        ]
    );
    let all: Vec<FindingChange> = told(&old, &old).into_iter().map(|(_, _, change, ..)| change).collect();
    assert_eq!(all, [FindingChange::Unchanged; 5]);
    assert!(pair_findings(&revision(&[]), &revision(&[])).is_empty());
}

#[test]
fn a_subject_with_another_identifier_is_known_by_its_ground() {
    // New identifiers; the second was cut in two, of which the larger half is the one that it was.
    let old = revision(&[(Some("1"), 1_000, 1_010), (Some("2"), 1_100, 1_200), (Some("3"), 1_300, 1_310)]);
    let new = revision(&[
        (Some("A"), 1_001, 1_011),
        (Some("B"), 1_100, 1_170),
        (Some("C"), 1_170, 1_200),
        // Beside where it was, with less than half in common.
        (Some("D"), 1_306, 1_316),
    ]);
    let by = Some(PairedBy::Ground);
    assert_eq!(
        told(&old, &new),
        [
            (Some("1".to_owned()), Some("A".to_owned()), FindingChange::Unchanged, 0, by),
            (Some("2".to_owned()), Some("B".to_owned()), FindingChange::Better, -3_000, by),
            (None, Some("C".to_owned()), FindingChange::New, 3_000, None),
            (None, Some("D".to_owned()), FindingChange::New, 1_000, None),
            (Some("3".to_owned()), None, FindingChange::Healed, -1_000, None),
        ]
    );
}

#[test]
fn a_feature_without_an_identifier_is_not_known_by_its_number() {
    // The first feature was taken out, so that the second has its number.
    let old = revision(&[(None, 1_000, 1_010), (None, 2_000, 2_020)]);
    let new = revision(&[(None, 2_000, 2_020), (Some(" "), 3_000, 3_010)]);
    assert_eq!(
        told(&old, &new),
        [
            (
                Some("#1".to_owned()),
                Some("#0".to_owned()),
                FindingChange::Unchanged,
                0,
                Some(PairedBy::Ground)
            ),
            (None, Some(" ".to_owned()), FindingChange::New, 1_000, None),
            (Some("#0".to_owned()), None, FindingChange::Healed, -1_000, None),
        ]
    );
}

#[test]
fn an_identifier_that_another_subject_has_now_pairs_nothing() {
    let old = [(Some("1"), 1_000, 1_010), (Some("2"), 1_100, 1_120), (Some("3"), 1_200, 1_230)];
    let shifted = [(Some("3"), 1_000, 1_010), (Some("1"), 1_100, 1_120), (Some("2"), 1_200, 1_230)];
    // All were issued anew, or two of many were taken for each other.
    let many: Vec<String> = (10..40).map(|number| number.to_string()).collect();
    let rest: Vec<Patch<'_>> =
        many.iter().zip(0..).map(|(id, at)| (Some(&**id), 2_000 + at * 100, 2_010 + at * 100)).collect();
    let swapped = [(Some("2"), 1_000, 1_010), (Some("1"), 1_100, 1_120), (Some("3"), 1_200, 1_230)];
    for (old, new) in
        [(old.to_vec(), shifted.to_vec()), ([&old[..], &rest].concat(), [&swapped[..], &rest].concat())]
    {
        let told = told(&revision(&old), &revision(&new));
        assert!(
            !told.is_empty()
                && told
                    .iter()
                    .all(|(_, _, change, more, _)| (*change, *more) == (FindingChange::Unchanged, 0)),
            "{told:?}"
        );
    }
}

#[test]
fn revisions_in_two_systems_are_paired_by_identifier_alone() {
    let old = revision_in(&[(Some("1"), 1_000, 1_010), (Some("2"), 1_100, 1_110)], 4546);
    let new = revision_in(&[(Some("1"), 1_000, 1_010), (Some("B"), 1_100, 1_110)], 4547);
    let changes: Vec<_> = told(&old, &new).into_iter().map(|(_, _, change, _, by)| (change, by)).collect();
    assert_eq!(
        changes,
        [
            (FindingChange::Unchanged, Some(PairedBy::Fingerprint)),
            (FindingChange::New, None),
            (FindingChange::Healed, None),
        ]
    );
}

/// Layers of the sample county from memory; of each only the rows that `keeps` says, in that order.
fn county(keeps: impl Fn(&str, usize) -> Vec<u32>) -> [(Role, Layer); 5] {
    county::LAYERS.map(|(role, name)| {
        let (table, crs) = county::table(name, county::Encoding::Wkb);
        let rows = UInt32Array::from(keeps(name, table.num_rows()));
        let table = take_record_batch(&table, &rows).expect("rows of the table");
        let layer = Layer::from_arrow_in([table], "geom", crs).expect("a layer").named(name);
        (role, layer.feature_ids("fid").expect("a column"))
    })
}

fn check_of([(_, plan), lines @ ..]: [(Role, Layer); 5]) -> Check {
    lines.into_iter().fold(Check::new(plan), |check, (role, layer)| check.layer(role, layer))
}

#[test]
fn what_is_measured_once_for_both_revisions_is_what_each_check_measures() {
    let whole = county(|_, rows| (0..rows as u32).collect());
    // Every seventh feature is gone, and the rest in another order.
    let cut = county(|_, rows| (0..rows as u32).rev().filter(|row| row % 7 != 0).collect());
    for changed in [&["GHYDYH"][..], &["GHYDYH", "STBHHX"], &["YJJBNTBHTB"], &["CZKFBJ", "YJJBNTBHTB"]] {
        // Layers that both revisions have are the very same, as those of a file that is read once.
        let new = std::array::from_fn(|at| {
            let is_changed = changed.contains(&county::LAYERS[at].1);
            if is_changed { cut[at].clone() } else { whole[at].clone() }
        });
        measured_once(|| check_of(whole.clone()), || check_of(new.clone()), changed);
    }
}

/// Rules about changes of the lines, which a check of one revision does not run.
const ABOUT_CHANGES: [&str; 4] = ["TL-13", "BF-03", "BF-17", "UB-07"];

/// Both revisions judged together are as each is alone.
fn measured_once(old: impl Fn() -> Check, new: impl Fn() -> Check, changed: &[&str]) {
    let revision = sanxian::Diff::between(old(), new()).run().expect("a comparison");
    let (before, now) = (old().run().expect("a check"), new().run().expect("a check"));
    assert!(before.findings().len() > 20 && now.findings().len() > 20);
    let [(plan, _), ..] = county::LAYERS;
    for (together, alone) in [(revision.before(), &before), (revision.now(), &now)] {
        let of_one = |finding: &&Finding| !ABOUT_CHANGES.contains(&&*finding.code);
        assert!(together.findings().iter().filter(of_one).eq(alone.findings()), "{changed:?}");
        assert_eq!(together.ledger(), alone.ledger());
        assert_eq!(together.slivers(), alone.slivers());
        assert_eq!(together.outcome().zones, alone.outcome().zones);
        assert_eq!(together.outcome().concerned.get(&plan), alone.outcome().concerned.get(&plan));
    }
    for (change, (_, name)) in revision.layers().iter().zip(county::LAYERS) {
        assert_eq!(change.features[0] - change.features[1], change.changed.len());
        assert_eq!(change.is_empty(), !changed.contains(&name), "{name}");
    }
}
