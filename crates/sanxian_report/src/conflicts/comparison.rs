//! What a comparison has to tell, whoever shows it: the one input of every renderer of comparisons.

use sanxian_model::conflict::{
    LayerPair, Matrix, PairPatch, Placement, PlacementVerdict, PlanFigures, SourceShare,
};
use sanxian_model::place::Place;
use sanxian_model::{Crs, DifferencePatch, Fault, Layer, Metres, PolygonColumn, RoleLayers, SquareMetres};
use sanxian_rules::decision::{Guide, PlanAbout};

use crate::report::Input;

/// Everything that a report may show of one comparison of plans.
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    /// Version of the program.
    pub tool_version: &'a str,
    /// CRS of the run; every position in the report is in it.
    pub crs: &'a Crs,
    /// What was read: the plans first, in the order in which the user gave them.
    pub inputs: Vec<Input>,
    /// What was wrong with single features on reading, in reading order.
    pub faults: &'a [Fault],
    /// Whether everything that was given took part, and every class is known.
    pub complete: bool,
    /// Ground for which two plans have classes that may agree or not, plans two by two.
    pub undecided: SquareMetres,
    /// The plans in figures.
    pub plans: &'a [PlanFigures],
    /// What was told of each plan.
    pub about: &'a [PlanAbout],
    /// Every layer of the run, the plans first.
    pub layers: &'a [Layer],
    /// The administrative units, when they were given.
    pub units: Option<RoleLayers<'a>>,
    /// The class × class matrix of each two plans.
    pub matrices: &'a [Matrix],
    /// The same of the status layer and each plan.
    pub from_status: &'a [Matrix],
    /// The patches in their order, errors of digitising among them.
    pub patches: &'a [DifferencePatch],
    /// Their polygons.
    pub polygons: &'a PolygonColumn,
    /// The pairs of layers that were looked at.
    pub pairs: &'a [LayerPair],
    /// The ground that both layers of a pair cover, errors of digitising among it.
    pub pair_patches: &'a [PairPatch],
    /// Its polygons.
    pub pair_polygons: &'a PolygonColumn,
    /// The projects, when they were given.
    pub projects: Option<RoleLayers<'a>>,
    /// How much of each project has a place in the first plan.
    pub placements: &'a [Placement],
    /// The smallest patch that stands; none for the smallest of its classes.
    pub least_area: Option<SquareMetres>,
    /// The smallest mean width of a patch that stands.
    pub least_width: Metres,
    /// Whether ground that only some of the plans cover was looked at.
    pub uncovered: bool,
    /// Whether errors of digitising are listed one by one. They are counted in any case.
    pub list_digitising: bool,
    /// Words and order of decision.
    pub guide: &'a Guide,
}

/// What a comparison amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contradiction {
    /// No plan contradicts another beyond errors of digitising, and everything took part (一致).
    None,
    /// None was found, but not everything could be compared (未完成).
    Incomplete,
    /// Plans contradict each other (有矛盾), whether or not everything could be compared.
    Found,
}

impl Contradiction {
    /// The word used in machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "agree",
            Self::Incomplete => "incomplete",
            Self::Found => "contradict",
        }
    }
}

impl<'a> Comparison<'a> {
    /// What it amounts to.
    #[must_use]
    pub fn contradiction(&self) -> Contradiction {
        let in_pairs = self.pair_patches.iter().any(|patch| patch.digitising.is_none());
        let off = self.placements.iter().any(|placement| {
            matches!(placement.verdict(), PlacementVerdict::NoPlace | PlacementVerdict::InPart)
                || placement.outside_parks().is_some()
        });
        // Plans that share no ground have nothing to agree on.
        let compared = self.matrices.iter().all(|matrix| !matrix.cells.is_empty());
        match (in_pairs || off || self.standing().next().is_some(), self.complete && compared) {
            (true, _) => Contradiction::Found,
            (false, true) => Contradiction::None,
            (false, false) => Contradiction::Incomplete,
        }
    }

    /// The patches that stand.
    pub fn standing(&self) -> impl Iterator<Item = &'a DifferencePatch> + use<'a> {
        self.patches.iter().filter(|patch| patch.digitising.is_none())
    }

    /// The patches that are listed, with their numbers.
    pub fn listed(&self) -> impl Iterator<Item = (usize, &'a DifferencePatch)> + use<'a> {
        let digitising = self.list_digitising;
        let all = self.patches.iter().enumerate();
        all.filter(move |(_, patch)| digitising || patch.digitising.is_none())
    }

    /// Where a source of a patch is.
    #[must_use]
    pub fn source_place(&self, patch: &DifferencePatch, source: usize) -> Place {
        let source = &patch.sources[source];
        self.layers[patch.plans[source.answer]].place(source.row as usize)
    }

    /// The patches of pairs of layers that are listed, with their numbers.
    pub fn listed_in_pairs(&self) -> impl Iterator<Item = (usize, &'a PairPatch)> + use<'a> {
        let digitising = self.list_digitising;
        let all = self.pair_patches.iter().enumerate();
        all.filter(move |(_, patch)| digitising || patch.digitising.is_none())
    }

    /// A source of a patch of a pair: its name, or its identifier when it has none, and where it is.
    pub(crate) fn pair_feature(&self, patch: &PairPatch, source: &SourceShare) -> Option<(String, Place)> {
        let role = &self.pairs[patch.pair].sides[source.answer].role;
        let (_, layer, row) = RoleLayers::of(self.layers, role)?.at(source.row as usize);
        let place = layer.place(row);
        let name = layer.text("name", row).filter(|name| !name.trim().is_empty());
        Some((name.unwrap_or_else(|| place.label()), place))
    }

    /// A project: its name, or its identifier when it has no name, and where it is; none when the projects are not at hand.
    pub(crate) fn project(&self, placement: &Placement) -> Option<(String, Place)> {
        let (_, layer, row) = self.projects?.at(placement.row as usize);
        let place = layer.place(row);
        let name = layer.text("name", row).filter(|name| !name.trim().is_empty());
        Some((name.unwrap_or_else(|| place.label()), place))
    }

    /// Name of a unit by its number, or its identifier when it has no name.
    pub(crate) fn unit_name(&self, number: u32) -> String {
        let Some(units) = self.units else { return String::new() };
        let (_, layer, row) = units.at(number as usize);
        let name = layer.text("name", row).filter(|name| !name.trim().is_empty());
        name.unwrap_or_else(|| layer.place(row).label())
    }

    /// Identifier of a unit by its number.
    pub(crate) fn unit_id(&self, number: u32) -> Option<String> {
        let (_, layer, row) = self.units?.at(number as usize);
        layer.text("id", row)
    }
}
