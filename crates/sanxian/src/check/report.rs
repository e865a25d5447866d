//! What a check found, as a user of the library asks for it.

use std::io;

use arrow_array::RecordBatch;
use sanxian_model::{Fault, Finding, Lang, Ledger, Sliver};
use sanxian_report::baseline::Accepted;
use sanxian_report::{Document, Format, Options, Report, Summary};
use sanxian_rules::Rule;

use super::outcome::Outcome;
use crate::error::Error;
use crate::plan::Plan;
use crate::tables;

/// What a check found, with the layers that it is about.
#[derive(Debug, Clone)]
pub struct CheckReport {
    plan: Plan,
    outcome: Outcome,
}

impl CheckReport {
    /// What a check of `plan` found.
    #[must_use]
    pub fn new(plan: Plan, outcome: Outcome) -> Self {
        Self { plan, outcome }
    }

    /// The findings in their total order.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.outcome.findings
    }

    /// What was found and is too narrow to count.
    #[must_use]
    pub fn slivers(&self) -> &[Sliver] {
        &self.outcome.slivers
    }

    /// The findings that the baseline accepts; they are in no other list.
    #[must_use]
    pub fn accepted(&self) -> &[Accepted] {
        self.outcome.baseline.as_ref().map_or(&[], |effect| &effect.accepted)
    }

    /// Where the area of each patch went.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.outcome.ledger
    }

    /// What was wrong with single features or whole layers.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        self.plan.faults()
    }

    /// Counts and verdict.
    #[must_use]
    pub fn summary(&self) -> Summary {
        Summary::of(&self.report())
    }

    /// Everything else that the check found out.
    #[must_use]
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// The layers in the CRS of the run.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The rule of a finding; its sources name document, version and article.
    #[must_use]
    pub fn rule_of(&self, finding: &Finding) -> Option<&Rule> {
        self.outcome.rule_of(finding)
    }

    /// A finding as a sentence.
    #[must_use]
    pub fn message(&self, finding: &Finding, lang: Lang) -> String {
        self.outcome.message(finding, lang)
    }

    /// The findings as a table with the columns that machine formats have. With
    /// [`pieces`](crate::CheckOptions::pieces) the last column, `geometry`, holds the shapes as `geoarrow.wkb`.
    #[must_use]
    pub fn findings_arrow(&self) -> RecordBatch {
        tables::findings(&self.report())
    }

    /// The report as a document: sections, tables with typed cells, figures.
    #[must_use]
    pub fn document(&self, lang: Lang) -> Document<'_> {
        sanxian_report::document(&self.report(), lang)
    }

    /// Writes the report in a text format, in English unless the options say otherwise.
    ///
    /// ```
    /// # use geo_types::polygon;
    /// use sanxian::{Check, Layer, crs, report};
    ///
    /// # fn main() -> Result<(), sanxian::Error> {
    /// # let square = polygon![(x: 480_000.0, y: 3.79e6), (x: 480_010.0, y: 3.79e6), (x: 480_010.0, y: 3.791e6)];
    /// # let plan = || Ok::<_, sanxian::Error>(Layer::from_geo(&[square.clone()], crs::from_epsg(4546)?)?.named("a"));
    /// # let checked = Check::lines().redline(plan()?).farmland(plan()?).run()?;
    /// let mut json = Vec::new();
    /// checked.write(report::Format::Json, &report::Options::default(), &mut json)?;
    /// # assert!(json.starts_with(b"{"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// What the system says when `out` refuses.
    pub fn write(&self, format: Format, options: &Options, out: &mut dyn io::Write) -> Result<(), Error> {
        Ok(sanxian_report::write(&self.report(), format, options, out)?)
    }

    /// The one input of every renderer.
    #[must_use]
    pub fn report(&self) -> Report<'_> {
        self.outcome.report(&self.plan)
    }
}
