//! Names by which a platform knows a finding again in its next run. No line and no measured value is in them.

use std::collections::{BTreeMap, BTreeSet};

use sanxian_model::{Finding, fnv1a};

/// The fingerprints of findings, each once: a second finding of one fingerprint, as of features that share an identifier, has its number
/// after it, in the order of the findings.
pub(super) fn fingerprints(findings: &[Finding]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let one = |finding: &Finding| {
        let name = finding.fingerprint();
        let number = numbers.entry(name.clone()).or_default();
        loop {
            *number += 1;
            let unique = if *number == 1 { name.clone() } else { format!("{name}~{number}") };
            if taken.insert(unique.clone()) {
                return unique;
            }
        }
    };
    findings.iter().map(one).collect()
}

/// A fingerprint as a hash (FNV-1a of 64 bits) and a number of occurrence, the form of the one that code scanning of GitHub compares.
pub(super) fn hashed(fingerprint: &str) -> String {
    format!("{:016x}:1", fnv1a(fingerprint.bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    #[test]
    fn findings_that_share_an_identifier_are_told_apart() {
        let finding = Sample::county().findings[0].clone();
        let with = |id: &str| {
            let mut finding = finding.clone();
            finding.subject.id = Some(id.to_owned());
            finding
        };
        // The identifier of the last is written like the fingerprint of a second finding.
        let name = |id: &str| with(id).fingerprint();
        let mut findings = vec![with("A"), with("A"), with("B"), with("A")];
        let wanted = [name("A"), format!("{}~2", name("A")), name("B"), format!("{}~3", name("A"))];
        assert_eq!(fingerprints(&findings), wanted);
        for finding in &mut findings {
            finding.zone_role = None;
        }
        findings.push(findings[0].clone());
        let unique: BTreeSet<String> = fingerprints(&findings).into_iter().collect();
        assert_eq!(unique.len(), findings.len());
    }

    #[test]
    fn hashes_are_those_of_the_published_function() {
        assert_eq!(hashed(""), "cbf29ce484222325:1");
        assert_eq!(hashed("a"), "af63dc4c8601ec8c:1");
        assert_eq!(hashed("foobar"), "85944171f73967e8:1");
    }
}
