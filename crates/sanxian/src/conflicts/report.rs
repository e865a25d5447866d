//! What a comparison of plans found.

use std::io::{self, Write};

use sanxian_model::conflict::{LayerPair, Matrix, PairPatch, Placement, PlacementVerdict, PlanFigures};
use sanxian_model::{
    AreaSum, ConflictKind, Crs, DifferencePatch, Fault, Lang, Metres, PolygonColumn, Role, SquareMetres,
};
use sanxian_report::conflicts::{self, Comparison};
use sanxian_report::{Document, Format, Input, Options};
use sanxian_rules::decision::{Guide, PlanAbout};

use super::pairs::PairPatches;
use crate::plan::Plan;
use crate::stats::Stats;

/// What a comparison of plans found.
///
/// # Promises
/// It closes to the square centimetre: of each two plans all cells and what only one of them covers add up to the union of
/// both; and of two plans the patches of a cell add up to the cell. Ground that a plan claims twice counts for the earliest of
/// its features, in cells and in patches, and is a patch of its own kind besides.
#[derive(Debug, Clone)]
pub struct ConflictReport {
    pub(super) plan: Plan,
    pub(super) plans: Vec<PlanFigures>,
    pub(super) about: Vec<PlanAbout>,
    pub(super) matrices: Vec<Matrix>,
    pub(super) from_status: Vec<Matrix>,
    pub(super) patches: Vec<DifferencePatch>,
    pub(super) polygons: PolygonColumn,
    pub(super) pairs: Vec<LayerPair>,
    pub(super) in_pairs: PairPatches,
    pub(super) placements: Vec<Placement>,
    pub(super) least_area: Option<SquareMetres>,
    pub(super) least_width: Metres,
    pub(super) uncovered: bool,
    pub(super) stats: Stats,
}

/// What rounding leaves along edges: less is no ground that could not be compared.
const UNSEEN: SquareMetres = SquareMetres(0.5);

impl ConflictReport {
    /// The plans in figures; their numbers are their places here.
    #[must_use]
    pub fn plans(&self) -> &[PlanFigures] {
        &self.plans
    }

    /// What was told of each plan.
    #[must_use]
    pub fn about(&self) -> &[PlanAbout] {
        &self.about
    }

    /// The layers that were compared, and the lines and units that they were held against, in one CRS.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The CRS in which they are compared: that of the first.
    #[must_use]
    pub fn crs(&self) -> &Crs {
        self.plan.crs()
    }

    /// What was wrong with single features or whole layers.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        self.plan.faults()
    }

    /// The class × class matrix of each two plans.
    #[must_use]
    pub fn matrices(&self) -> &[Matrix] {
        &self.matrices
    }

    /// The matrix of the status layer and each plan: what is there, and what the plan says. Empty without a status layer.
    #[must_use]
    pub fn from_status(&self) -> &[Matrix] {
        &self.from_status
    }

    /// Whether everything that was given took part, every class is known, and each two plans could be compared wherever both cover
    /// the ground. If not, plans that do not contradict each other are not sure to agree.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let is_known = |placement: &Placement| placement.verdict() != PlacementVerdict::Unknown;
        self.plan.is_complete()
            && self.plans.iter().all(|plan| plan.unknown.is_empty())
            && self.undecided() <= UNSEEN
            && self.placements.iter().all(is_known)
    }

    /// Ground for which two plans have classes that may agree or not, such as 23 其他土地 and 2301 空闲地, plans two by two.
    #[must_use]
    pub fn undecided(&self) -> SquareMetres {
        let cells = self.matrices.iter().flat_map(|matrix| &matrix.cells);
        let undecided = cells.filter(|cell| {
            cell.kind == ConflictKind::Unknown && cell.answers.iter().all(|answer| answer.class().is_some())
        });
        undecided.map(|cell| cell.area).sum::<AreaSum>().area()
    }

    /// Every difference patch, errors of digitising among them ([`DifferencePatch::digitising`]): by what the plans say, then
    /// from west to east.
    #[must_use]
    pub fn patches(&self) -> &[DifferencePatch] {
        &self.patches
    }

    /// The patches that stand.
    pub fn standing(&self) -> impl Iterator<Item = &DifferencePatch> {
        self.patches.iter().filter(|patch| patch.digitising.is_none())
    }

    /// The polygons of the patches, in their order and in the CRS of the run.
    #[must_use]
    pub fn polygons(&self) -> &PolygonColumn {
        &self.polygons
    }

    /// The pairs of layers that were looked at.
    #[must_use]
    pub fn pairs(&self) -> &[LayerPair] {
        &self.pairs
    }

    /// The ground that both layers of a pair cover: pair by pair, then from west to east, errors of digitising among it.
    #[must_use]
    pub fn pair_patches(&self) -> &[PairPatch] {
        &self.in_pairs.patches
    }

    /// The polygons of [`Self::pair_patches`], in their order and in the CRS of the run.
    #[must_use]
    pub fn pair_polygons(&self) -> &PolygonColumn {
        &self.in_pairs.polygons
    }

    /// How much of each project has a place in the first plan, in the order of the projects. Empty without projects.
    #[must_use]
    pub fn placements(&self) -> &[Placement] {
        &self.placements
    }

    /// The ground on which plans contradict each other, by the patches, errors of digitising among them.
    #[must_use]
    pub fn contradicted(&self) -> SquareMetres {
        self.patches.iter().map(|patch| patch.area).sum::<AreaSum>().area()
    }

    /// The comparison as the one input of every renderer; errors of digitising are counted, and listed only when
    /// [`Comparison::list_digitising`] is set.
    #[must_use]
    pub fn comparison(&self) -> Comparison<'_> {
        Comparison {
            tool_version: env!("CARGO_PKG_VERSION"),
            crs: self.plan.crs(),
            inputs: self.plan.layers().iter().map(Input::of).collect(),
            faults: self.plan.faults(),
            complete: self.is_complete(),
            undecided: self.undecided(),
            plans: &self.plans,
            about: &self.about,
            layers: self.plan.layers(),
            units: self.plan.of_role(&Role::ADMIN_UNIT),
            matrices: &self.matrices,
            from_status: &self.from_status,
            patches: &self.patches,
            polygons: &self.polygons,
            pairs: &self.pairs,
            pair_patches: &self.in_pairs.patches,
            pair_polygons: &self.in_pairs.polygons,
            projects: self.plan.of_role(&Role::PROJECT),
            placements: &self.placements,
            least_area: self.least_area,
            least_width: self.least_width,
            uncovered: self.uncovered,
            list_digitising: false,
            guide: Guide::embedded(),
        }
    }

    /// The comparison as a document with every row.
    #[must_use]
    pub fn document(&self, lang: Lang) -> Document<'_> {
        conflicts::document(&self.comparison(), lang)
    }

    /// Writes the comparison as text.
    ///
    /// # Errors
    /// What `out` reports; and [`io::ErrorKind::Unsupported`] for a `GeoPackage`, which is no text.
    pub fn write(&self, format: Format, options: &Options, out: &mut dyn Write) -> io::Result<()> {
        conflicts::write(&self.comparison(), format, options, out)
    }

    /// What the run cost.
    #[must_use]
    pub fn stats(&self) -> &Stats {
        &self.stats
    }
}
