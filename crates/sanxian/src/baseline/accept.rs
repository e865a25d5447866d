//! Takes the findings out that a baseline accepts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sanxian_model::{Day, Finding, Role};
use sanxian_report::baseline::{
    Accepted, Amount, Baseline, BaselineEffect, BaselineEntry, Standing, Unused, WhyStanding,
};

use super::assigned::{assigned, by_entry};
use super::key::crs_name;
use crate::check::Outcome;
use crate::plan::Plan;

impl Outcome {
    /// Takes the findings out that a baseline accepts on a day; those that another baseline took out come back. What stands though
    /// there is an entry for it, because that is expired or there is more to it than was accepted, says so.
    ///
    /// [`CheckOptions::baseline`](crate::CheckOptions::baseline) does it in a check.
    pub fn accept(&mut self, plan: &Plan, baseline: &Arc<Baseline>, today: Day) {
        let all = self.take_all();
        let findings: Vec<&Finding> = all.iter().map(|(finding, _)| finding).collect();
        let assigned = assigned(plan, &findings, baseline);
        let mut standing: BTreeMap<String, Standing> = BTreeMap::new();
        let mut is_accepted = vec![false; all.len()];
        let groups = by_entry(&assigned);
        for (&number, group) in &groups {
            let of_group: Vec<&Finding> = group.iter().map(|&finding| findings[finding]).collect();
            match why_standing(&baseline.entries[number], &of_group, self, today) {
                None => group.iter().for_each(|&finding| is_accepted[finding] = true),
                Some(why) => standing.extend(
                    of_group
                        .iter()
                        .map(|finding| (finding.fingerprint(), Standing { entry: number, why: why.clone() })),
                ),
            }
        }
        let unused = self.unused(plan, baseline, &groups.into_keys().collect());
        let mut accepted = Vec::new();
        let mut of_finding = Vec::new();
        for (((finding, piece), entry), is_accepted) in all.into_iter().zip(assigned).zip(is_accepted) {
            if let Some(entry) = entry.filter(|_| is_accepted) {
                accepted.push(Accepted { finding, entry });
            } else {
                self.findings.push(finding);
                of_finding.push(piece);
            }
        }
        if let Some(pieces) = &mut self.pieces {
            pieces.of_finding = of_finding;
        }
        self.baseline = Some(BaselineEffect { baseline: Arc::clone(baseline), accepted, standing, unused });
    }

    /// Every finding in the total order with the number of its shape, those that a baseline accepts among them.
    fn take_all(&mut self) -> Vec<(Finding, Option<u32>)> {
        let findings = std::mem::take(&mut self.findings);
        let mut pieces = self.pieces.as_mut().map_or_else(Vec::new, |p| std::mem::take(&mut p.of_finding));
        pieces.resize(findings.len(), None);
        let mut all: Vec<(Finding, Option<u32>)> = findings.into_iter().zip(pieces).collect();
        if let Some(earlier) = self.baseline.take() {
            all.extend(earlier.accepted.into_iter().map(|accepted| (accepted.finding, None)));
            all.sort_by(|(a, _), (b, _)| a.order().cmp(&b.order()));
        }
        all
    }

    /// The entries that no finding is of. What is set aside as too narrow is no finding, and there all the same.
    fn unused(&self, plan: &Plan, baseline: &Baseline, used: &BTreeSet<usize>) -> Vec<Unused> {
        let slivers: Vec<&Finding> = self.slivers.iter().map(|sliver| &sliver.finding).collect();
        let narrow: BTreeSet<usize> = assigned(plan, &slivers, baseline).into_iter().flatten().collect();
        let entries = baseline.entries.iter().enumerate();
        let unused = entries.filter(|(number, _)| !used.contains(number) && !narrow.contains(number));
        unused.map(|(entry, of)| Unused { entry, judged: self.has_judged(plan, of) }).collect()
    }

    /// Whether everything was judged that an entry is about: its rule ran, for its role, over layers of which nothing was left out, and
    /// by no tolerance wider than the usual one.
    fn has_judged(&self, plan: &Plan, entry: &BaselineEntry) -> bool {
        let role = |name: &str| plan.roles().any(|layers| layers.role().name() == name);
        let rule = self.rules.iter().find(|rule| *rule.name == *entry.rule());
        let is_of_role = |of: Option<&Role>| of.is_none_or(|role| role.name() == entry.role());
        let crs = entry.spot.as_ref().is_none_or(|spot| spot.crs == crs_name(plan.crs()));
        plan.is_complete()
            && self.tolerance <= self.usual_tolerance
            && role(entry.role())
            && (entry.zone() == "-" || role(entry.zone()))
            && rule.is_some_and(|rule| self.rules_run.contains(&rule.code))
            && !self.not_run.iter().any(|not| *not.rule == *entry.rule() && is_of_role(not.role.as_ref()))
            && crs
    }
}

/// Why findings stand though there is an entry for them; none when it accepts them.
fn why_standing(
    entry: &BaselineEntry,
    findings: &[&Finding],
    outcome: &Outcome,
    today: Day,
) -> Option<WhyStanding> {
    if let Some(expires) = entry.expires.filter(|_| entry.is_expired(today)) {
        return Some(WhyStanding::Expired(expires));
    }
    let now = Amount::of(findings)?;
    entry
        .amount
        .is_exceeded_by(&now, outcome.tolerance)
        .then(|| WhyStanding::Grown { accepted: Box::new(entry.amount.clone()), now: Box::new(now) })
}
