//! A check of layers that are at hand, in a few lines.

use std::io;

use arrow_array::RecordBatch;
use sanxian_model::{Fault, Finding, Lang, Ledger, Metres, Role, Sliver, SquareMetres};
use sanxian_report::{Document, Format, Options, Report, Summary};
use sanxian_rules::{Rule, RuleBook};

use crate::check::{CheckOptions, Outcome, check_with};
use crate::error::Error;
use crate::layer::Layer;
use crate::plan::Plan;
use crate::tables;
use crate::watch::Watch;

/// A check in the making: a plan, the lines it is held against, and by which rules.
///
/// ```
/// use geo_types::polygon;
/// use sanxian::{Check, Lang, Layer, crs};
///
/// # fn main() -> Result<(), sanxian::Error> {
/// let square = |x: f64| polygon![
///     (x: x, y: 3_790_000.0), (x: x + 10.0, y: 3_790_000.0),
///     (x: x + 10.0, y: 3_790_010.0), (x: x, y: 3_790_010.0),
/// ];
/// let redline = Layer::from_geo(&[square(480_000.0)], crs::from_epsg(4546)?)?.named("redline");
/// let farmland = Layer::from_geo(&[square(480_005.0)], crs::from_epsg(4546)?)?.named("farmland");
/// let report = Check::lines().redline(redline).farmland(farmland).run()?;
/// let finding = &report.findings()[0];
/// assert_eq!(&*finding.code, "TL-01");
/// println!("{}", report.message(finding, Lang::En));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Check {
    layers: Vec<(Role, Layer)>,
    book: RuleBook,
    options: CheckOptions,
}

impl Check {
    /// A check of a plan: patches or parcels (规划图斑, 地块).
    #[must_use]
    pub fn new(plan: Layer) -> Self {
        Self::lines().layer(Role::PLAN, plan)
    }

    /// A check of the red line of a project (项目用地红线).
    #[must_use]
    pub fn project(project: Layer) -> Self {
        Self::lines().layer(Role::PROJECT, project)
    }

    /// A check of the lines among themselves.
    #[must_use]
    pub fn lines() -> Self {
        Self { layers: Vec::new(), book: RuleBook::embedded(), options: CheckOptions::default() }
    }

    /// Adds the ecological protection redline (生态保护红线).
    #[must_use]
    pub fn redline(self, layer: Layer) -> Self {
        self.layer(Role::REDLINE, layer)
    }

    /// Adds the permanent basic farmland (永久基本农田).
    #[must_use]
    pub fn farmland(self, layer: Layer) -> Self {
        self.layer(Role::FARMLAND, layer)
    }

    /// Adds the urban development boundary (城镇开发边界).
    #[must_use]
    pub fn urban_boundary(self, layer: Layer) -> Self {
        self.layer(Role::URBAN_BOUNDARY, layer)
    }

    /// Adds a layer under any role. Several layers may have one role: they are judged as if they were one.
    #[must_use]
    pub fn layer(mut self, role: Role, layer: Layer) -> Self {
        self.layers.push((role, layer));
        self
    }

    /// Adds rules of one's own to those that come with the library.
    #[must_use]
    pub fn rules(mut self, book: RuleBook) -> Self {
        self.book = book;
        self
    }

    /// The dated rule set: `national-2026`.
    #[must_use]
    pub fn profile(mut self, name: &str) -> Self {
        name.clone_into(&mut self.options.profile);
        self
    }

    /// Judges these rules in place of the profile's: names, codes, or the letters of a family.
    #[must_use]
    pub fn select<'r>(mut self, rules: impl IntoIterator<Item = &'r str>) -> Self {
        self.options.select.extend(rules.into_iter().map(str::to_owned));
        self
    }

    /// Leaves these rules out.
    #[must_use]
    pub fn ignore<'r>(mut self, rules: impl IntoIterator<Item = &'r str>) -> Self {
        self.options.ignore.extend(rules.into_iter().map(str::to_owned));
        self
    }

    /// Largest area that is let pass, whatever rules and profile say.
    #[must_use]
    pub fn tolerance(mut self, tolerance: SquareMetres) -> Self {
        self.options.tolerance = Some(tolerance);
        self
    }

    /// Mean width below which an overlap is set aside; see [`CheckOptions::sliver_width`].
    #[must_use]
    pub fn sliver_width(mut self, width: Metres) -> Self {
        self.options.sliver_width = Some(width);
        self
    }

    /// Follows the run, and can end it.
    #[must_use]
    pub fn watch(mut self, watch: Watch) -> Self {
        self.options.watch = watch;
        self
    }

    /// All other options at once; what was set before is replaced, so this comes first.
    #[must_use]
    pub fn options(mut self, options: CheckOptions) -> Self {
        self.options = options;
        self
    }

    /// Runs the check.
    ///
    /// # Errors
    /// [`Error::Layer`] for a layer that cannot be used, [`Error::LayerTwice`], [`Error::NothingToCheck`], [`Error::Stopped`],
    /// [`Error::CrsDiffers`] and [`Error::OtherProjection`] without the feature `files`, `Error::Crs` with it, and those of
    /// [`check`](crate::check()).
    pub fn run(self) -> Result<CheckReport, Error> {
        let plan = Plan::of_watched(self.layers, &self.options.watch)?;
        let outcome = check_with(&plan, &self.book, &self.options)?;
        Ok(CheckReport::new(plan, outcome))
    }
}

/// What a check found, with the layers that it is about.
#[derive(Debug, Clone)]
pub struct CheckReport {
    plan: Plan,
    outcome: Outcome,
}

impl CheckReport {
    pub(crate) fn new(plan: Plan, outcome: Outcome) -> Self {
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
    /// [`pieces`](CheckOptions::pieces) the last column, `geometry`, holds the shapes as `geoarrow.wkb`.
    #[must_use]
    pub fn findings_arrow(&self) -> RecordBatch {
        tables::findings(&self.report())
    }

    /// The report as a document: sections, tables with typed cells, figures.
    #[must_use]
    pub fn document(&self, lang: Lang) -> Document<'_> {
        sanxian_report::document(&self.report(), lang)
    }

    /// Writes the report in a text format.
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
