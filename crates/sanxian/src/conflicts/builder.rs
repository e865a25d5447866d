//! A comparison of plans that are at hand, in a few lines.

use sanxian_model::Role;

use super::answer::Answer;
use super::matrix::{cells, claimed_again, uncovered};
use super::patch::patches;
use super::report::ConflictReport;
use crate::error::Error;
use crate::layer::Layer;
use crate::measure::Measured;
use crate::plan::Plan;
use crate::stats::Stage;
use crate::watch::Watch;

/// A comparison of two plans: where do they contradict each other, and how?
///
/// Both are plans of land classes, each in a scheme of its own. The second is brought into the CRS of the first.
///
/// ```
/// use std::sync::Arc;
///
/// use geo_types::polygon;
/// use sanxian::arrow_array::{ArrayRef, RecordBatch, StringArray};
/// use sanxian::{Conflicts, Layer, crs};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let plan = |class: &str| -> Result<Layer, Box<dyn std::error::Error>> {
///     let square = polygon![
///         (x: 480_000.0, y: 3_790_000.0), (x: 480_100.0, y: 3_790_000.0),
///         (x: 480_100.0, y: 3_790_100.0), (x: 480_000.0, y: 3_790_100.0),
///     ];
///     let classes: ArrayRef = Arc::new(StringArray::from(vec![class]));
///     let attributes = RecordBatch::try_from_iter([("YDYHFLDM", classes)])?;
///     Ok(Layer::from_geo_with(&[square], attributes, crs::from_epsg(4546)?)?)
/// };
/// // Urban housing in the one, paddy fields in the other.
/// let report = Conflicts::between(("土规", plan("0101")?), ("城规", plan("0701")?)).run()?;
/// let [patch] = report.patches() else { panic!("one patch") };
/// assert_eq!(patch.kind.code(), Some("MP-B"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Conflicts {
    plans: [(String, Layer); 2],
    watch: Watch,
}

impl Conflicts {
    /// A comparison of two plans under their names.
    #[must_use]
    pub fn between(first: (&str, Layer), second: (&str, Layer)) -> Self {
        let named = |(name, layer): (&str, Layer)| (name.to_owned(), layer);
        Self { plans: [named(first), named(second)], watch: Watch::default() }
    }

    /// Follows the run, and can end it.
    #[must_use]
    pub fn watch(mut self, watch: Watch) -> Self {
        self.watch = watch;
        self
    }

    /// Compares.
    ///
    /// # Errors
    /// [`Error::Layer`] for a layer that cannot be used, [`Error::Stopped`], [`Error::Scale`]; [`Error::CrsDiffers`] without the
    /// feature `files`.
    pub fn run(self) -> Result<ConflictReport, Error> {
        let Self { plans: [(first, a), (second, b)], watch } = self;
        let [role_a, role_b] = roles();
        let plan = Plan::of_plans([(role_a, a), (role_b, b)], &watch)?;
        let answers = [0, 1].map(|number| Answer::of_layer(&plan.layers()[number]));

        watch.begin(Stage::Index)?;
        let stop = watch.asked();
        let measured = Measured::index(&plan, stop)?;
        watch.begin(Stage::Overlap)?;
        let layers = [&*measured.layers[0], &*measured.layers[1]];
        let claims = sanxian_geom::claims(layers[0], layers[1], &measured.scale, stop);
        watch.go_on()?;
        let patches = patches(&claims, &answers, layers, &measured.scale, stop);
        watch.go_on()?;
        Ok(ConflictReport {
            names: [first, second],
            crs: plan.crs().clone(),
            cells: cells(&claims, &answers),
            uncovered: uncovered(&claims, &answers),
            claimed_again: [claimed_again(&claims.first), claimed_again(&claims.second)],
            patches,
            faults: plan.faults().to_vec(),
        })
    }
}

/// Roles under which two plans are held beside each other.
fn roles() -> [Role; 2] {
    ["plan-1", "plan-2"].map(|name| Role::new(name).expect("a role of letters and digits"))
}
