//! The counts that stand at the end of every report, and the verdict that follows from them.

use std::collections::BTreeSet;

use sanxian_model::{FaultKind, Role, Severity};

use crate::report::Report;

/// What the findings amount to, in the grades that Chinese review uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// No error and no warning, and everything took part (符合).
    Conforms,
    /// Warnings only, or something was left out: it must be looked at (需核实).
    Verify,
    /// At least one error (不符合).
    DoesNotConform,
}

impl Verdict {
    /// The word used in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Conforms => "conforms",
            Self::Verify => "verify",
            Self::DoesNotConform => "does-not-conform",
        }
    }
}

/// The counts of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Findings that block.
    pub errors: usize,
    /// Findings that need a document.
    pub warnings: usize,
    /// Findings for information.
    pub notes: usize,
    /// Features of the plan and the project that took part; of every layer when there is neither.
    pub checked: usize,
    /// Features that at least one finding is about.
    pub concerned: usize,
    /// Features that were repaired, over all inputs.
    pub repaired: usize,
    /// Features that were left out, over all inputs.
    pub skipped: usize,
    /// Layers that are empty or far from the plan, so that nothing can be found on them.
    pub idle_layers: usize,
    /// Rules that could not run.
    pub not_run: usize,
}

impl Summary {
    /// Counts a report.
    #[must_use]
    pub fn of(report: &Report<'_>) -> Self {
        let count = |severity| report.of_severity(severity).count();
        let subjects = [Role::PLAN, Role::PROJECT];
        let has_subject = report.inputs.iter().any(|input| subjects.contains(&input.role));
        let inputs = || report.inputs.iter();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            checked: inputs()
                .filter(|input| !has_subject || subjects.contains(&input.role))
                .map(|input| input.used)
                .sum(),
            concerned: report
                .findings
                .iter()
                .filter_map(|f| f.row.map(|row| (&f.subject.path, &f.subject.layer, row)))
                .collect::<BTreeSet<_>>()
                .len(),
            repaired: inputs().map(|input| input.repaired).sum(),
            skipped: inputs().map(|input| input.skipped).sum(),
            idle_layers: report
                .faults
                .iter()
                .filter(|fault| matches!(fault.kind, FaultKind::EmptyLayer | FaultKind::FarAway))
                .count(),
            not_run: report.not_run.len(),
        }
    }

    /// How many findings there are.
    #[must_use]
    pub fn findings(self) -> usize {
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

    /// What the run amounts to. A run that left something out, or checked nothing, conforms to nothing: it must
    /// be looked at.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        if self.errors > 0 {
            Verdict::DoesNotConform
        } else if self.warnings > 0 || !self.complete() || self.checked == 0 {
            Verdict::Verify
        } else {
            Verdict::Conforms
        }
    }

    /// Whether everything in the inputs took part. If not, a run without findings is no proof.
    #[must_use]
    pub fn complete(self) -> bool {
        self.skipped == 0 && self.idle_layers == 0
    }
}
