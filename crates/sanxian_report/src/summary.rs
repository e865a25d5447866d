//! The counts that stand at the end of every report, and the verdict that follows from them.

use std::collections::BTreeSet;

use sanxian_model::{FaultKind, Finding, Role, Severity, Treatment};
use sanxian_rules::Gap;

use crate::report::{About, Report, SUBJECTS};

/// What a run amounts to, in the grades that Chinese review uses. It is given only by what was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// No error and no warning, every rule was judged, and everything took part (符合).
    Conforms,
    /// Warnings only, errors that the baseline accepts, no feature that a rule is about, or a layer that is empty as allowed or has nothing where the
    /// plan is: somebody must look at it (需核实).
    Verify,
    /// No error, but a line was not given, so some rules were not judged (部分检查).
    InPart,
    /// No error, but something that was given could not be judged (未完成).
    Incomplete,
    /// At least one error (不符合), whatever else was judged or not.
    DoesNotConform,
}

impl Verdict {
    /// The word used in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Conforms => "conforms",
            Self::Verify => "verify",
            Self::InPart => "in-part",
            Self::Incomplete => "incomplete",
            Self::DoesNotConform => "does-not-conform",
        }
    }
}

/// Findings by severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Findings that block.
    pub errors: usize,
    /// Findings that need a document.
    pub warnings: usize,
    /// Findings for information.
    pub notes: usize,
}

impl Counts {
    fn of(report: &Report<'_>, about: About) -> Self {
        let count = |severity| report.of_severity(severity, about).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }

    /// How many findings there are.
    #[must_use]
    pub fn all(self) -> usize {
        self.errors + self.warnings + self.notes
    }

    /// The number of findings of one severity.
    #[must_use]
    pub fn of_severity(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Note => self.notes,
        }
    }

    /// The worst severity that occurs.
    #[must_use]
    pub fn worst(self) -> Option<Severity> {
        Severity::ALL.into_iter().rev().find(|&severity| self.of_severity(severity) > 0)
    }
}

/// The counts of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Findings about what was asked: the plan and the project, or the lines when they alone were checked.
    pub subject: Counts,
    /// Findings about the lines that the plan or the project is held against.
    pub lines: Counts,
    /// Whether [`Self::lines`] count in the verdict; see [`Report::lines_decide`].
    pub lines_decide: bool,
    /// Features of the plan and the project that took part; of every layer when there is neither.
    pub checked: usize,
    /// Of those, features that at least one rule is about.
    pub judged: usize,
    /// Features that at least one finding is about.
    pub concerned: usize,
    /// Features that were repaired, over all inputs.
    pub repaired: usize,
    /// Features that were left out, over all inputs; or of which a part was, when those are more.
    pub skipped: usize,
    /// Layers that are empty or far from the plan, so that nothing can be found on them.
    pub idle_layers: usize,
    /// Layers whose boxes share nothing with that of the plan.
    pub layers_apart: usize,
    /// Layers that are empty, as the user allowed.
    pub empty_layers: usize,
    /// Rules that were judged.
    pub rules_run: usize,
    /// Rules that could not be judged, for all features or for some.
    pub rules_not_run: usize,
    /// Roles of the layers that rules asked for and nobody gave, in the order of precedence.
    pub not_given: Vec<Role>,
    /// Rules that could not be judged though their layers were given.
    pub not_judged: usize,
    /// Findings that the baseline accepts; they are in no other count.
    pub accepted: usize,
    /// Of those, findings that somebody must answer for: errors and warnings, as far as they would count in the verdict.
    pub accepted_graver: usize,
    /// Entries of the baseline that no finding is of.
    pub baseline_unused: usize,
}

/// Accepted findings that are no mere notes and would count in the verdict.
fn accepted_graver(report: &Report<'_>) -> usize {
    let counts = |finding: &Finding| {
        finding.severity > Severity::Note
            && (report.lines_decide() || report.about(finding) == About::Subject)
    };
    report.accepted().iter().filter(|accepted| counts(&accepted.finding)).count()
}

impl Summary {
    /// Counts a report.
    #[must_use]
    pub fn of(report: &Report<'_>) -> Self {
        let has_subject = report.inputs.iter().any(|input| SUBJECTS.contains(&input.role));
        let asked = |role: &Role| !has_subject || SUBJECTS.contains(role);
        let inputs = || report.inputs.iter();
        let idle =
            |kinds: &[FaultKind]| report.faults.iter().filter(|fault| kinds.contains(&fault.kind)).count();
        let empty = inputs().filter(|input| input.features == 0).count();
        let codes = |wanted: &[Gap]| {
            let of_gap = report.not_run.iter().filter(|rule| wanted.contains(&rule.reason.gap()));
            of_gap.map(|rule| &rule.code).collect::<BTreeSet<_>>().len()
        };
        let mut not_given: Vec<Role> = Vec::new();
        for rule in report.not_run.iter().filter(|rule| rule.reason.gap() == Gap::NotGiven) {
            let role = rule.reason.role().filter(|role| !not_given.contains(role));
            not_given.extend(role.cloned());
        }
        not_given.sort_by_key(|role| (role.precedence(), role.clone()));
        Self {
            subject: Counts::of(report, About::Subject),
            lines: Counts::of(report, About::Lines),
            lines_decide: report.lines_decide(),
            checked: inputs().filter(|input| asked(&input.role)).map(|input| input.used).sum(),
            judged: report.concerned.iter().filter(|(role, _)| asked(role)).map(|(_, count)| count).sum(),
            concerned: report
                .findings
                .iter()
                .filter(|finding| report.about(finding) == About::Subject)
                .filter_map(|f| f.row.map(|row| (f.layer, row)))
                .collect::<BTreeSet<_>>()
                .len(),
            repaired: inputs().map(|input| input.repaired).sum(),
            skipped: inputs().map(|input| input.skipped).sum::<usize>().max(not_taken(report)),
            idle_layers: idle(&[FaultKind::EmptyLayer, FaultKind::FarAway]),
            layers_apart: idle(&[FaultKind::Apart]),
            empty_layers: empty.saturating_sub(idle(&[FaultKind::EmptyLayer])),
            rules_run: report.rules_run.len(),
            rules_not_run: codes(&[Gap::NotGiven, Gap::NotJudged]),
            not_given,
            not_judged: codes(&[Gap::NotJudged]),
            accepted: report.accepted().len(),
            accepted_graver: accepted_graver(report),
            baseline_unused: report.baseline.map_or(0, |effect| effect.unused.len()),
        }
    }

    /// Findings that the verdict rests on.
    #[must_use]
    pub fn deciding(&self) -> Counts {
        let (subject, lines) = (self.subject, self.lines);
        if self.lines_decide {
            Counts {
                errors: subject.errors + lines.errors,
                warnings: subject.warnings + lines.warnings,
                notes: subject.notes + lines.notes,
            }
        } else {
            subject
        }
    }

    /// What the run amounts to.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let counts = self.deciding();
        if counts.errors > 0 {
            Verdict::DoesNotConform
        } else if self.unjudged() || self.rules_run == 0 {
            Verdict::Incomplete
        } else if !self.not_given.is_empty() {
            Verdict::InPart
        } else if counts.warnings > 0
            || self.accepted_graver > 0
            || self.judged == 0
            || self.empty_layers > 0
            || self.layers_apart > 0
        {
            Verdict::Verify
        } else {
            Verdict::Conforms
        }
    }

    /// Whether something that was given could not be judged: features that were left out, layers that are empty
    /// or far away, rules that lack a field or a known value.
    #[must_use]
    pub fn unjudged(&self) -> bool {
        self.skipped > 0 || self.idle_layers > 0 || self.not_judged > 0
    }

    /// Whether every rule that was asked for was judged, with everything that was given. If not, a run without
    /// findings is no proof.
    #[must_use]
    pub fn complete(&self) -> bool {
        !self.unjudged() && self.not_given.is_empty()
    }
}

/// Features of which something was not taken, each once: a collection may be in use without one of its members.
fn not_taken(report: &Report<'_>) -> usize {
    let skipped = report.faults.iter().filter(|fault| fault.treatment == Treatment::Skipped);
    let places = skipped.map(|fault| (&fault.place.path, &fault.place.layer, fault.place.fid));
    places.collect::<BTreeSet<_>>().len()
}
