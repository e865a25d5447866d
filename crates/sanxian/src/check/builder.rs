//! A check of layers that are at hand, in a few lines.

use std::sync::Arc;

use sanxian_model::{Metres, Role, SquareMetres};
use sanxian_report::Baseline;
use sanxian_rules::RuleBook;

use super::options::CheckOptions;
use super::report::CheckReport;
use super::run::check_with;
use crate::error::Error;
use crate::layer::Layer;
use crate::plan::Plan;
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

    /// Adds the ecological protection redline (生态保护红线). Call it again for more layers, such as those of land and sea: they are
    /// judged as if they were one.
    #[must_use]
    pub fn redline(self, layer: Layer) -> Self {
        self.layer(Role::REDLINE, layer)
    }

    /// Adds permanent basic farmland (永久基本农田). Call it again for more layers, such as one for each town: they are judged as if
    /// they were one.
    #[must_use]
    pub fn farmland(self, layer: Layer) -> Self {
        self.layer(Role::FARMLAND, layer)
    }

    /// Adds the urban development boundary (城镇开发边界); several layers as with [`Self::farmland`].
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

    /// Findings that are accepted: they are told apart and fail nothing.
    ///
    /// ```
    /// # use geo_types::polygon;
    /// use sanxian::baseline::{Acceptance, today};
    /// use sanxian::{Baseline, Check, Layer, crs};
    ///
    /// # fn main() -> Result<(), sanxian::Error> {
    /// # let square = |x: f64| polygon![
    /// #     (x: x, y: 3_790_000.0), (x: x + 10.0, y: 3_790_000.0),
    /// #     (x: x + 10.0, y: 3_790_010.0), (x: x, y: 3_790_010.0),
    /// # ];
    /// // The second time the redline reaches farther onto the farmland.
    /// let check = |x: f64| -> Result<Check, sanxian::Error> {
    ///     let redline = Layer::from_geo(&[square(x)], crs::from_epsg(4546)?)?.named("redline");
    ///     let farmland = Layer::from_geo(&[square(480_005.0)], crs::from_epsg(4546)?)?.named("farmland");
    ///     Ok(Check::lines().redline(redline).farmland(farmland))
    /// };
    /// let report = check(480_000.0)?.run()?;
    /// let acceptance = Acceptance { approval: Some("2026-17".to_owned()), ..Acceptance::default() };
    /// let (baseline, change) =
    ///     report.outcome().updated(report.plan(), &Baseline::default(), &acceptance, today());
    /// assert_eq!(change.added, report.findings().len());
    /// let baseline = Baseline::parse("sanxian.baseline.json", &baseline.to_text())?;
    ///
    /// let again = check(480_000.0)?.baseline(baseline.clone()).run()?;
    /// assert!(again.findings().is_empty() && again.accepted().len() == change.added);
    /// let more = check(480_001.0)?.baseline(baseline).run()?;
    /// assert!(!more.findings().is_empty());
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn baseline(mut self, baseline: Baseline) -> Self {
        self.options.baseline = Some(Arc::new(baseline));
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
        let (plan, book, options) = self.plan()?;
        let outcome = check_with(&plan, &book, &options)?;
        Ok(CheckReport::new(plan, outcome))
    }

    /// The plan that is to be checked, and by what.
    pub(crate) fn plan(self) -> Result<(Plan, RuleBook, CheckOptions), Error> {
        let plan = Plan::of_watched(self.layers, &self.options.watch)?;
        Ok((plan, self.book, self.options))
    }
}
