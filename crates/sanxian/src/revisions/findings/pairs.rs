//! The findings of two revisions, each with the one that it was.

use std::collections::{BTreeMap, BTreeSet};

use sanxian_model::Finding;
use sanxian_model::revision::{FindingChange, FindingPair, LayerChange, PairedBy};

use super::change::{change, more};
use super::feature::by_feature;
use super::ground::by_ground;
use crate::check::CheckReport;

/// The findings of two revisions of a plan, judged by one set of rules, each with the one that it was before: those of the newer
/// revision in their order, then the healed ones in the order of the older.
///
/// Findings are taken for one when they are of one rule and the same roles, and their subject is one feature in both revisions, as
/// `layers` says ([`compare_layers`](crate::revisions::compare_layers)), whatever its identifier; or, for roles that are not compared,
/// when it has one identifier. Where a subject was cut or merged, they are taken for one when the subjects share at least half of
/// the ground of the smaller; for that both revisions must be in one CRS. A finding is worse or better when its severity changed, or its area by more than the
/// tolerance of the newer check. What the baseline of both checks accepts is neither new nor healed: it is no finding.
///
/// ```
/// use geo_types::polygon;
/// use sanxian::revisions::{FindingChange, RevisionOptions, compare_layers, pair_findings};
/// use sanxian::{Check, CheckReport, Layer, crs};
///
/// # fn main() -> Result<(), sanxian::Error> {
/// let square = |x: f64| polygon![
///     (x: x, y: 3_790_000.0), (x: x + 10.0, y: 3_790_000.0),
///     (x: x + 10.0, y: 3_790_010.0), (x: x, y: 3_790_010.0),
/// ];
/// // A patch of farmland moves farther onto the redline.
/// let revision = |x: f64| -> Result<CheckReport, sanxian::Error> {
///     let redline = Layer::from_geo(&[square(480_000.0)], crs::from_epsg(4546)?)?.named("redline");
///     let farmland = Layer::from_geo(&[square(x)], crs::from_epsg(4546)?)?.named("farmland");
///     Check::lines().redline(redline).farmland(farmland).run()
/// };
/// let (old, new) = (revision(480_006.0)?, revision(480_004.0)?);
/// let layers = compare_layers(old.plan(), new.plan(), &RevisionOptions::default())?;
/// let pairs = pair_findings(&old, &new, &layers);
/// assert_eq!(pairs[0].change, FindingChange::Worse);
/// assert_eq!(pairs[0].more.map(|more| more.get().round()), Some(20.0));
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn pair_findings(old: &CheckReport, new: &CheckReport, layers: &[LayerChange]) -> Vec<FindingPair> {
    let mut before: Vec<Option<(usize, PairedBy)>> = vec![None; new.findings().len()];
    let mut found_again = vec![false; old.findings().len()];
    for (earlier, number) in by_feature(old, new, layers) {
        let [was, is] = [&old.findings()[earlier], &new.findings()[number]];
        let by = if is_named(is) && was.fingerprint() == is.fingerprint() {
            PairedBy::Fingerprint
        } else {
            PairedBy::Ground
        };
        before[number] = Some((earlier, by));
        found_again[earlier] = true;
    }
    let is_compared =
        |finding: &Finding| finding.row.is_some() && layers.iter().any(|layer| layer.role == finding.role);
    for (number, earlier) in by_fingerprint(old.findings(), new.findings(), is_compared) {
        before[number] = Some((earlier, PairedBy::Fingerprint));
        found_again[earlier] = true;
    }
    for number in still_accepted(old, new) {
        found_again[number] = true;
    }
    let open_old: Vec<usize> = (0..found_again.len()).filter(|&number| !found_again[number]).collect();
    let open_new: Vec<usize> = (0..before.len()).filter(|&number| before[number].is_none()).collect();
    for (earlier, number) in by_ground((old, &open_old), (new, &open_new)) {
        before[number] = Some((earlier, PairedBy::Ground));
        found_again[earlier] = true;
    }

    let tolerance = new.outcome().tolerance;
    let of_new = before.into_iter().zip(new.findings()).enumerate().map(|(number, (before, finding))| {
        let Some((earlier, by)) = before else {
            let (change, more) = (FindingChange::New, more(None, Some(finding)));
            return FindingPair { old: None, new: Some(number), change, more, paired_by: None };
        };
        let (change, more) = change(&old.findings()[earlier], finding, tolerance);
        FindingPair { old: Some(earlier), new: Some(number), change, more, paired_by: Some(by) }
    });
    let of_old = old.findings().iter().enumerate().filter(|(number, _)| !found_again[*number]);
    let of_old = of_old.map(|(number, finding)| {
        let (change, more) = (FindingChange::Healed, more(Some(finding), None));
        FindingPair { old: Some(number), new: None, change, more, paired_by: None }
    });
    of_new.chain(of_old).collect()
}

/// Findings of the older revision that stood, because there was more to them than was accepted, and that are there and accepted in the
/// newer one: they are not healed.
fn still_accepted(old: &CheckReport, new: &CheckReport) -> Vec<usize> {
    let (Some(before), Some(now)) = (&old.outcome().baseline, &new.outcome().baseline) else {
        return Vec::new();
    };
    if before.standing.is_empty() || before.baseline != now.baseline {
        return Vec::new();
    }
    let accepted: BTreeSet<usize> = now.accepted.iter().map(|accepted| accepted.entry).collect();
    let findings = old.findings().iter().enumerate();
    let still = findings.filter(|(_, finding)| {
        before.standing_of(finding).is_some_and(|standing| accepted.contains(&standing.entry))
    });
    still.map(|(number, _)| number).collect()
}

/// Whether a finding is about the layers as a whole or a feature with an identifier. A feature without one has only its number, which
/// another may have in the next revision.
fn is_named(finding: &Finding) -> bool {
    let id = finding.subject.id.as_deref();
    finding.row.is_none() || id.is_some_and(|id| !id.trim().is_empty())
}

/// Findings of one fingerprint, the new number first, but those that `is_compared` otherwise. Of several in either revision the first
/// are paired with the first. What is not named is not paired so.
fn by_fingerprint(
    old: &[Finding],
    new: &[Finding],
    is_compared: impl Fn(&Finding) -> bool,
) -> Vec<(usize, usize)> {
    let is_asked = |finding: &Finding| is_named(finding) && !is_compared(finding);
    let mut earlier: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, finding) in old.iter().enumerate().rev().filter(|(_, finding)| is_asked(finding)) {
        earlier.entry(finding.fingerprint()).or_default().push(number);
    }
    let named = new.iter().enumerate().filter(|(_, finding)| is_asked(finding));
    named
        .filter_map(|(number, finding)| Some((number, earlier.get_mut(&finding.fingerprint())?.pop()?)))
        .collect()
}
