//! A comparison of two revisions that are at hand, in a few lines.

use sanxian_model::Metres;

use super::options::RevisionOptions;
use super::revision::Revision;
use crate::check::Check;
use crate::error::Error;
use crate::watch::Watch;

/// Two revisions of a plan: what changed, and what became of the findings?
///
/// ```
/// use std::sync::Arc;
///
/// use geo_types::polygon;
/// use sanxian::arrow_array::{ArrayRef, RecordBatch, StringArray};
/// use sanxian::revisions::FindingChange;
/// use sanxian::{Check, Diff, Layer, crs};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let square = |x: f64| polygon![
///     (x: x, y: 3_790_000.0), (x: x + 10.0, y: 3_790_000.0),
///     (x: x + 10.0, y: 3_790_010.0), (x: x, y: 3_790_010.0),
/// ];
/// // Urban housing, which grows onto the redline.
/// let revision = |x: f64| -> Result<Check, Box<dyn std::error::Error>> {
///     let classes: ArrayRef = Arc::new(StringArray::from(vec!["0701"]));
///     let attributes = RecordBatch::try_from_iter([("YDYHFLDM", classes)])?;
///     let plan = Layer::from_geo_with(&[square(x)], attributes, crs::from_epsg(4546)?)?.named("plan");
///     let redline = Layer::from_geo(&[square(480_010.0)], crs::from_epsg(4546)?)?.named("redline");
///     Ok(Check::new(plan).redline(redline))
/// };
/// let diff = Diff::between(revision(480_000.0)?, revision(480_004.0)?).run()?;
/// assert_eq!(diff.pairs()[0].change, FindingChange::New);
/// assert_eq!(diff.layers()[0].ground.len(), 2);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Diff {
    before: Check,
    now: Check,
    options: RevisionOptions,
}

impl Diff {
    /// A comparison of the plan before with the plan now, each with the lines that it is held against. Both are judged by the rules and
    /// options of the newer one.
    #[must_use]
    pub fn between(before: Check, now: Check) -> Self {
        Self { before, now, options: RevisionOptions::default() }
    }

    /// Mean width up to which a strip of ground is noise of coordinates; see [`RevisionOptions::noise_width`].
    #[must_use]
    pub fn noise_width(mut self, width: Metres) -> Self {
        self.options.noise_width = Some(width);
        self
    }

    /// Follows the run, and can end it.
    #[must_use]
    pub fn watch(mut self, watch: Watch) -> Self {
        self.options.watch = watch;
        self
    }

    /// Checks both revisions and compares them.
    ///
    /// # Errors
    /// Those of [`Check::run`] and [`compare_layers`](super::compare_layers).
    pub fn run(self) -> Result<Revision, Error> {
        let Self { before, now, options } = self;
        let (before, ..) = before.watch(options.watch.clone()).plan()?;
        let (now, book, check) = now.watch(options.watch.clone()).plan()?;
        Revision::judge(before, now, &book, &check, &options)
    }
}
