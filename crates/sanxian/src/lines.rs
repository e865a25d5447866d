//! Control lines that are read and indexed once, and checked against again and again.

use sanxian_geom::Stop;
use sanxian_model::{Crs, Fault, Role};
use sanxian_rules::RuleBook;

use crate::check::{CheckOptions, CheckReport, Scope, run};
use crate::error::Error;
use crate::layer::Layer;
use crate::measure::{Measured, MeasuredLines, lines_of};
use crate::plan::Plan;

/// Control lines, normalised, indexed and measured once. Any number of plans and projects is held against them, from
/// any number of threads.
///
/// What is held against them is brought into their CRS, so edges are straight there. Each check judges the plan or the
/// project and not the lines among themselves: for that there is [`Check::lines`](crate::Check::lines).
///
/// ```
/// use geo_types::polygon;
/// use sanxian::{CheckOptions, Layer, Lines, Role, RuleBook, crs};
///
/// # fn main() -> Result<(), sanxian::Error> {
/// let square = |x: f64| polygon![
///     (x: x, y: 3_790_000.0), (x: x + 10.0, y: 3_790_000.0),
///     (x: x + 10.0, y: 3_790_010.0), (x: x, y: 3_790_010.0),
/// ];
/// let layer = |x: f64| Layer::from_geo(&[square(x)], crs::from_epsg(4546)?);
/// let lines = Lines::new([(Role::FARMLAND, layer(480_000.0)?)])?;
/// let options = CheckOptions { select: vec!["BF-10".to_owned()], ..CheckOptions::default() };
/// for x in [480_005.0, 490_000.0] {
///     let report = lines.check((Role::PROJECT, layer(x)?), &RuleBook::embedded(), &options)?;
///     println!("{:?}", report.summary().verdict());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Lines {
    plan: Plan,
    measured: MeasuredLines,
}

impl Lines {
    /// Lines under their roles.
    ///
    /// # Errors
    /// Those of [`Plan::of`], and [`Error::Scale`] for coordinates that lie outside the area of their CRS.
    pub fn new(layers: impl IntoIterator<Item = (Role, Layer)>) -> Result<Self, Error> {
        Self::of_plan(Plan::of(layers)?)
    }

    /// Lines that are read already.
    ///
    /// # Errors
    /// [`Error::Scale`] for coordinates that lie outside the area of their CRS.
    pub fn of_plan(plan: Plan) -> Result<Self, Error> {
        let roles = lines_of(&plan);
        let measured = Measured::index(&plan, &Stop::default())?.into_lines(&roles);
        Ok(Self { plan, measured })
    }

    /// The CRS in which everything is checked.
    #[must_use]
    pub fn crs(&self) -> &Crs {
        self.plan.crs()
    }

    /// What was wrong with single features or whole layers.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        self.plan.faults()
    }

    /// Checks a plan or a project: a layer under the role of one. [`CheckOptions::watch`] follows it and can end it.
    ///
    /// # Errors
    /// [`Error::SubjectAmongLines`] when one of the lines has that role, and else as [`Check::run`](crate::Check::run).
    pub fn check(
        &self,
        (role, layer): (Role, Layer),
        book: &RuleBook,
        options: &CheckOptions,
    ) -> Result<CheckReport, Error> {
        let plan = self.plan.with_subject(role, layer, &options.watch)?;
        let outcome = run(&plan, book, options, Scope::Subjects, |plan| {
            Measured::onto(plan, &self.measured, options.watch.asked())
        })?;
        Ok(CheckReport::new(plan, outcome))
    }
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines").field("plan", &self.plan).finish_non_exhaustive()
    }
}
