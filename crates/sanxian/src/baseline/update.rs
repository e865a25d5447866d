//! Keeps a baseline up to date with what a run found.

use std::collections::BTreeSet;

use sanxian_model::{Day, Finding};
use sanxian_report::baseline::{Amount, Baseline, BaselineEntry};

use super::acceptance::Acceptance;
use super::assigned::{EntryIndex, assigned, by_entry};
use super::change::BaselineChange;
use super::key::{Key, key};
use crate::check::Outcome;
use crate::plan::Plan;

impl Outcome {
    /// A baseline that accepts everything that the run found: findings without an entry get one, and where there is more to a finding
    /// than was accepted, so much is accepted now. An entry that is expired stays so unless a later day is given. Nothing is
    /// removed; see [`Self::pruned`].
    #[must_use]
    pub fn updated(
        &self,
        plan: &Plan,
        baseline: &Baseline,
        acceptance: &Acceptance,
        today: Day,
    ) -> (Baseline, BaselineChange) {
        let accepted = self.baseline.iter().flat_map(|effect| &effect.accepted);
        let mut findings: Vec<&Finding> =
            self.findings.iter().chain(accepted.map(|accepted| &accepted.finding)).collect();
        findings.sort_by(|a, b| a.order().cmp(&b.order()));
        let assigned = assigned(plan, &findings, baseline);
        let mut updated = Baseline { profile: self.profile.clone(), entries: baseline.entries.clone() };
        let mut change = BaselineChange::default();
        for (number, group) in by_entry(&assigned) {
            let of_group: Vec<&Finding> = group.iter().map(|&finding| findings[finding]).collect();
            let (Some(now), entry) = (Amount::of(&of_group), &mut updated.entries[number]) else { continue };
            let is_expired = entry.is_expired(today);
            if is_expired && acceptance.expires.is_none_or(|day| today > day) {
                change.expired += 1;
                continue;
            }
            let is_exceeded = entry.amount.is_exceeded_by(&now, self.tolerance);
            if is_exceeded {
                entry.amount = now;
            }
            if is_exceeded || is_expired {
                write(entry, acceptance);
                change.updated += 1;
            }
        }
        change.kept = updated.entries.len() - change.updated;
        let open = findings.iter().zip(&assigned).filter(|(_, entry)| entry.is_none());
        let mut fresh: Vec<(BaselineEntry, Vec<&Finding>)> = Vec::new();
        // Several findings may be about one subject.
        let mut index = EntryIndex::new(plan);
        for (finding, _) in open {
            let Some(key) = key(plan, finding) else { continue };
            if let Some(number) = index.find(&key, finding) {
                fresh[number].1.push(finding);
                continue;
            }
            let Some(entry) = new_entry(&key, finding, plan, acceptance) else { continue };
            index.add(fresh.len(), &entry);
            fresh.push((entry, vec![finding]));
        }
        change.added = fresh.len();
        updated.entries.extend(fresh.into_iter().filter_map(|(entry, group)| {
            let amount = Amount::of(&group)?;
            Some(BaselineEntry { amount, ..entry })
        }));
        updated.entries.sort_by(|a, b| a.fingerprint.cmp(&b.fingerprint));
        (updated, change)
    }

    /// The baseline of the run without the entries whose findings are gone, and what became of its entries. One stays when the run
    /// did not judge everything that it is about: another rule was selected, a layer was not given, features were left out.
    /// None without a baseline.
    #[must_use]
    pub fn pruned(&self) -> Option<(Baseline, BaselineChange)> {
        let effect = self.baseline.as_ref()?;
        let gone: BTreeSet<usize> =
            effect.unused.iter().filter(|unused| unused.judged).map(|unused| unused.entry).collect();
        let Baseline { profile, entries } = &*effect.baseline;
        let kept = entries.iter().enumerate().filter(|(number, _)| !gone.contains(number));
        let kept: Vec<BaselineEntry> = kept.map(|(_, entry)| entry.clone()).collect();
        let change = BaselineChange {
            kept: kept.len(),
            removed: gone.len(),
            not_judged: effect.unused.len() - gone.len(),
            ..BaselineChange::default()
        };
        Some((Baseline { profile: profile.clone(), entries: kept }, change))
    }
}

fn new_entry(key: &Key, finding: &Finding, plan: &Plan, acceptance: &Acceptance) -> Option<BaselineEntry> {
    let spot = match key {
        Key::Named(_) => None,
        Key::Ground(spot) => Some(spot.clone()),
    };
    let mut entry = BaselineEntry {
        fingerprint: key.fingerprint(finding, plan.crs()),
        code: finding.code.to_string(),
        subject: finding
            .name
            .clone()
            .filter(|name| !name.is_empty())
            .map_or_else(|| finding.subject.label(), |name| format!("{} {name}", finding.subject.label())),
        amount: Amount::of(&[finding])?,
        spot,
        reason: None,
        approval: None,
        expires: None,
        by: None,
    };
    write(&mut entry, acceptance);
    Some(entry)
}

/// Writes what is given; what is not stays as it is.
fn write(entry: &mut BaselineEntry, acceptance: &Acceptance) {
    let Acceptance { reason, approval, expires, by } = acceptance;
    for (field, given) in [(&mut entry.reason, reason), (&mut entry.approval, approval), (&mut entry.by, by)]
    {
        if given.is_some() {
            field.clone_from(given);
        }
    }
    entry.expires = expires.or(entry.expires);
}
