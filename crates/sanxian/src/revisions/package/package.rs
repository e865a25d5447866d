//! What changed of a plan layer, in the three layers of the standard form.

use sanxian_model::Layer;

/// What changed of a plan layer from one revision to the next, in the three layers in which maintained plans are handed in
/// (动态维护成果).
///
/// With it the newer revision can be made from the older one:
///
/// ```
/// use geo_types::polygon;
/// use sanxian::revisions::{
///     PackageOptions, RevisionOptions, apply, compare_layers, package_of,
/// };
/// use sanxian::{Day, Layer, Plan, Role, crs};
///
/// # fn main() -> Result<(), sanxian::Error> {
/// let square = |x: f64| polygon![
///     (x: x, y: 3_790_000.0), (x: x + 10.0, y: 3_790_000.0),
///     (x: x + 10.0, y: 3_790_010.0), (x: x, y: 3_790_010.0),
/// ];
/// // A flood line that loses one part and gets another.
/// let plan = |at: [f64; 2]| -> Result<Plan, sanxian::Error> {
///     let layer = Layer::from_geo(&at.map(square), crs::from_epsg(4546)?)?.named("HLFXKZX");
///     Plan::of([(Role::PLAN, layer)])
/// };
/// let (old, new) = (plan([480_000.0, 480_100.0])?, plan([480_000.0, 480_200.0])?);
/// let changes = compare_layers(&old, &new, &RevisionOptions::default())?;
/// let options = PackageOptions::of_day(Day::parse("2026-03-01").expect("a day")).with("XZQDM", "330106")?;
/// let package = package_of(&old, &new, &changes, &options)?;
/// assert_eq!((package.before().len(), package.change().len(), package.after().len()), (1, 2, 1));
/// assert_eq!(package.change().text("WHBH", 0).as_deref(), Some("20260301000001"));
///
/// let made = Plan::of([(Role::PLAN, apply(&package, &old.layers()[0])?)])?;
/// assert!(compare_layers(&made, &new, &RevisionOptions::default())?[0].is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    pub(super) name: String,
    pub(super) before: Layer,
    pub(super) change: Layer,
    pub(super) after: Layer,
}

impl Package {
    /// Name of the plan layer, `L`: `GHYDYH`, `GHFQ`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `WHQL`: the features of the older revision that changed or lie on changed ground, whole, with their own attributes but
    /// for row numbers and sizes of shapes, which a database keeps itself.
    #[must_use]
    pub fn before(&self) -> &Layer {
        &self.before
    }

    /// `WHCL`: the ground whose class changed, or that is newly covered or no longer, from west to east.
    #[must_use]
    pub fn change(&self) -> &Layer {
        &self.change
    }

    /// `WHHL`: the features of the newer revision in place of the old ones.
    #[must_use]
    pub fn after(&self) -> &Layer {
        &self.after
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.change.is_empty() && self.after.is_empty()
    }
}
