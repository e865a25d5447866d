//! A comparison of plans that are at hand, in a few lines.

use sanxian_model::conflict::{LayerPair, PairSide};
use sanxian_model::{Metres, Role, SquareMetres};
use sanxian_rules::decision::PlanAbout;

use super::options::ConflictOptions;
use super::plans_error::PlansError;
use super::report::ConflictReport;
use super::run::compare;
use crate::error::Error;
use crate::layer::Layer;
use crate::plan::Plan;
use crate::watch::Watch;

/// A plan that is compared.
#[derive(Debug, Clone)]
struct ComparedPlan {
    name: String,
    layer: Layer,
    about: PlanAbout,
}

/// A comparison of plans: where do they contradict each other, and how?
///
/// All are plans of land classes, each in a scheme of its own. They are brought into the CRS of the first.
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
#[derive(Debug, Clone, Default)]
pub struct Conflicts {
    plans: Vec<ComparedPlan>,
    lines: Vec<(Role, Layer)>,
    pairs: Vec<LayerPair>,
    options: ConflictOptions,
}

impl Conflicts {
    /// A comparison without plans yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A comparison of two plans under their names.
    #[must_use]
    pub fn between(first: (&str, Layer), second: (&str, Layer)) -> Self {
        Self::new().plan(first.0, first.1).plan(second.0, second.1)
    }

    /// Adds a plan under its name. Kinds of conflicts speak of plans in this order: the first builds, the second does not.
    #[must_use]
    pub fn plan(self, name: &str, layer: Layer) -> Self {
        self.plan_about(name, layer, PlanAbout::default())
    }

    /// Adds a plan of which more is known: a master plan is followed before a special one, and the newer before the older.
    #[must_use]
    pub fn plan_about(mut self, name: &str, layer: Layer, about: PlanAbout) -> Self {
        self.plans.push(ComparedPlan { name: name.to_owned(), layer, about });
        self
    }

    /// Adds the ecological protection redline (生态保护红线): patches tell how much of it they touch. Several layers count as one.
    #[must_use]
    pub fn redline(self, layer: Layer) -> Self {
        self.line(Role::REDLINE, layer)
    }

    /// Adds permanent basic farmland (永久基本农田).
    #[must_use]
    pub fn farmland(self, layer: Layer) -> Self {
        self.line(Role::FARMLAND, layer)
    }

    /// Adds the urban development boundary (城镇开发边界).
    #[must_use]
    pub fn urban_boundary(self, layer: Layer) -> Self {
        self.line(Role::URBAN_BOUNDARY, layer)
    }

    /// Adds administrative units (行政区): each patch tells in which it lies.
    #[must_use]
    pub fn units(self, layer: Layer) -> Self {
        self.line(Role::ADMIN_UNIT, layer)
    }

    /// Adds the status layer (现状底图), such as patches of the land survey: every plan is held against it
    /// ([`ConflictReport::from_status`]), and it tells whether plans differ by their base years, and where there is construction
    /// already.
    #[must_use]
    pub fn status(self, layer: Layer) -> Self {
        self.line(Role::SURVEY, layer)
    }

    /// Adds the ground of approvals (已批准用地): a patch in it is put down to an approved change.
    #[must_use]
    pub fn approved(self, layer: Layer) -> Self {
        self.line(Role::APPROVED, layer)
    }

    /// Adds projects of other plans, such as a five-year plan or a special plan (专项规划): each has to have a place in the first plan, by
    /// its class, or on construction land when it has none. One plan is then enough.
    #[must_use]
    pub fn projects(self, layer: Layer) -> Self {
        self.line(Role::PROJECT, layer)
    }

    /// Adds industrial parks (产业园区): projects of industry and storage are told when they lie outside (产业进园入区).
    #[must_use]
    pub fn parks(self, layer: Layer) -> Self {
        self.line(Role::PARK, layer)
    }

    /// Adds a layer under any role, such as one of a pair. Patches tell what they have of control lines and approvals alone.
    #[must_use]
    pub fn line(mut self, role: Role, layer: Layer) -> Self {
        self.lines.push((role, layer));
        self
    }

    /// Adds a pair of layers that must not lie on each other. Its layers are added under their roles ([`Self::line`]); plans may then be
    /// none.
    #[must_use]
    pub fn pair(mut self, pair: LayerPair) -> Self {
        self.pairs.push(pair);
        self
    }

    /// The smallest patch that stands, whatever its classes; see [`ConflictOptions::least_area`].
    #[must_use]
    pub fn least_area(mut self, area: SquareMetres) -> Self {
        self.options.least_area = Some(area);
        self
    }

    /// The smallest mean width of a patch that stands; see [`ConflictOptions::least_width`].
    #[must_use]
    pub fn least_width(mut self, width: Metres) -> Self {
        self.options.least_width = width;
        self
    }

    /// Leaves out ground that only some of the plans cover; see [`ConflictOptions::uncovered`].
    #[must_use]
    pub fn without_uncovered(mut self) -> Self {
        self.options.uncovered = false;
        self
    }

    /// Follows the run, and can end it.
    #[must_use]
    pub fn watch(mut self, watch: Watch) -> Self {
        self.options.watch = watch;
        self
    }

    /// All options at once; what was set before is replaced, so this comes first.
    #[must_use]
    pub fn options(mut self, options: ConflictOptions) -> Self {
        self.options = options;
        self
    }

    /// Compares.
    ///
    /// # Errors
    /// [`Error::Plans`] with one plan and no projects, without plans and pairs, for two plans of one name, and for a pair without its layers, [`Error::Layer`] for a layer
    /// that cannot be used, [`Error::LayerTwice`], [`Error::Stopped`], [`Error::Scale`]; [`Error::CrsDiffers`] without the feature
    /// `files`.
    pub fn run(self) -> Result<ConflictReport, Error> {
        let Self { plans, lines, pairs, options } = self;
        let names: Vec<String> = plans.iter().map(|plan| plan.name.clone()).collect();
        let about: Vec<PlanAbout> = plans.iter().map(|plan| plan.about).collect();
        // Pairs of layers can be looked at without plans, and projects with one.
        let projects = lines.iter().any(|(role, _)| *role == Role::PROJECT);
        let enough = match names.len() {
            0 => !pairs.is_empty() && !projects,
            1 => projects,
            _ => true,
        };
        if !enough {
            return Err(PlansError::TooFew { given: names.len() }.into());
        }
        for (number, name) in names.iter().enumerate() {
            if names[..number].contains(name) {
                return Err(PlansError::SameName { name: name.clone() }.into());
            }
        }
        for pair in &pairs {
            let [first, second] = &pair.sides;
            let given = |side: &PairSide| lines.iter().any(|(role, _)| *role == side.role);
            if let Some(side) = pair.sides.iter().find(|side| !given(side)) {
                let (pair, role) = (pair.code.clone(), side.role.clone());
                return Err(PlansError::NoLayer { pair, role }.into());
            }
            if first.role == second.role {
                let (pair, role) = (pair.code.clone(), first.role.clone());
                return Err(PlansError::SameLayer { pair, role }.into());
            }
        }
        let plans = plans.into_iter().map(|plan| plan.layer);
        let plan = Plan::of_plans(plans.collect(), lines, &options.watch)?;
        compare(plan, names, about, pairs, &options)
    }
}
