//! Puts plan and outcome together for the output formats.

use sanxian_report::{Input, Pieces, Report, Summary};

use crate::check::Outcome;
use crate::plan::Plan;

impl Outcome {
    /// Counts and verdict: what was found, what was judged, and what was not.
    #[must_use]
    pub fn summary(&self, plan: &Plan) -> Summary {
        Summary::of(&self.report(plan))
    }

    /// The outcome as the one input of every renderer.
    #[must_use]
    pub fn report<'a>(&'a self, plan: &'a Plan) -> Report<'a> {
        Report {
            tool_version: env!("CARGO_PKG_VERSION"),
            profile: &self.profile,
            tolerance: self.tolerance,
            crs: plan.crs(),
            inputs: plan.layers().iter().map(Input::of).collect(),
            zones: self.zones.clone(),
            faults: plan.faults(),
            plan: plan.subject(),
            layers: plan.layers(),
            ledger: &self.ledger,
            findings: &self.findings,
            slivers: &self.slivers,
            units: &self.units,
            quantities: &self.quantities,
            rules_run: &self.rules_run,
            not_run: &self.not_run,
            left_out: &self.left_out,
            replaced: &self.replaced,
            usual_tolerance: self.usual_tolerance,
            concerned: &self.concerned,
            rules: &self.rules,
            lines: None,
            baseline: self.baseline.as_ref(),
            pieces: self
                .pieces
                .as_ref()
                .map(|pieces| Pieces { column: &pieces.column, of_finding: &pieces.of_finding }),
        }
    }
}
