//! What a run has to tell, whoever shows it: the one input of every renderer.
//!
//! The facade fills a [`Report`] once. A renderer chooses and words; it measures nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use sanxian_model::layer::RowFilter;
use sanxian_model::{
    Crs, Fault, Finding, Layer, LayerId, Ledger, PolygonColumn, Quantity, Role, RoleLayers, Severity, Sliver,
    SquareMetres, UnitTotal, place::Place,
};
use sanxian_rules::{NotRun, Rule};

use crate::baseline::{Accepted, BaselineEffect};
use crate::feature_lines::FeatureLines;

/// Everything that a report may show of one run.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// Version of the program.
    pub tool_version: &'a str,
    /// The dated rule set: `national-2026`.
    pub profile: &'a str,
    /// Overlaps below this are slivers: in the ledger, in no finding.
    pub tolerance: SquareMetres,
    /// CRS of the run; every position in the report is in it.
    pub crs: &'a Crs,
    /// What was read, in the order in which the user gave it.
    pub inputs: Vec<Input>,
    /// How much of the subjects lies on each zone layer, in order of precedence.
    pub zones: Vec<ZoneTotal>,
    /// What was wrong with single features on reading, in reading order.
    pub faults: &'a [Fault],
    /// The layers whose patches [`Self::ledger`] accounts for; none when the lines alone were checked.
    pub plan: Option<RoleLayers<'a>>,
    /// Every layer of the run; [`LayerId`] is the place in this list. Shapes of patches are taken from here for map output.
    pub layers: &'a [Layer],
    /// Where the area of each patch of the plan went; empty when the lines alone were checked.
    pub ledger: &'a Ledger,
    /// The findings in their total order.
    pub findings: &'a [Finding],
    /// What was set aside because it is too narrow, in the same order.
    pub slivers: &'a [Sliver],
    /// What of the plan lies in each administrative unit; empty without units.
    pub units: &'a [UnitTotal],
    /// Caps and floors that were judged, whether they hold or not, in the order of their codes.
    pub quantities: &'a [Quantity],
    /// Codes of the rules that were judged, in order.
    pub rules_run: &'a [Arc<str>],
    /// Rules that were asked for and could not be judged, for all features or for some.
    pub not_run: &'a [NotRun],
    /// Codes of the rules of the profile that the user left out.
    pub left_out: &'a [Arc<str>],
    /// Codes of the rules of the profile in whose place rules of the user's own stand.
    pub replaced: &'a [Arc<str>],
    /// The tolerance of the profile, whatever the user asked for.
    pub usual_tolerance: SquareMetres,
    /// For each subject role, how many of its features at least one rule was about.
    pub concerned: &'a BTreeMap<Role, usize>,
    /// The rules that took part; they hold the words of the findings.
    pub rules: &'a [Rule],
    /// The pieces of overlap, when they were asked for.
    pub pieces: Option<Pieces<'a>>,
    /// What the baseline did to the findings; none without a baseline.
    pub baseline: Option<&'a BaselineEffect>,
    /// On which lines of text files features begin, when somebody looked.
    pub lines: Option<&'a FeatureLines>,
}

/// Roles that a check is about; without any of them it is about the lines.
pub(crate) const SUBJECTS: [Role; 2] = [Role::PLAN, Role::PROJECT];

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// What was asked about: the plan, the project, or the lines themselves when they alone were checked.
    Subject,
    /// The lines that the plan or the project is held against.
    Lines,
}

/// One layer that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// What the layer means in the run.
    pub role: Role,
    /// The input as the user named it.
    pub path: String,
    /// Layer name inside it.
    pub layer: String,
    /// Driver that read it.
    pub driver: String,
    /// CRS as delivered.
    pub crs: Crs,
    /// PROJ pipeline to the run's CRS; none when nothing was moved.
    pub pipeline: Option<String>,
    /// Text encoding and how it was known.
    pub encoding: String,
    /// Features in the input.
    pub features: usize,
    /// Features that took part.
    pub used: usize,
    /// Of those, features whose rings were turned, closed, or freed of repeated points and spikes.
    pub tidied: usize,
    /// Of those, features whose geometry was repaired.
    pub repaired: usize,
    /// Features that were left out because they cannot be used.
    pub skipped: usize,
    /// The filter that the user set, and what it left out.
    pub filter: Option<RowFilter>,
}

impl Input {
    /// The account of a layer after normalising: what is not in use was skipped.
    #[must_use]
    pub fn of(layer: &Layer) -> Self {
        let left_out = layer.source.filter.as_ref().map_or(0, |filter| filter.left_out);
        Self {
            role: layer.role.clone(),
            path: layer.source.path.to_string(),
            layer: layer.source.layer.to_string(),
            driver: layer.source.driver.clone(),
            crs: layer.source.crs.clone(),
            pipeline: layer.source.pipeline.clone(),
            encoding: layer.source.encoding.clone(),
            features: layer.source.features,
            used: layer.len(),
            tidied: layer.source.tidied,
            repaired: layer.repaired.len(),
            skipped: layer.source.features.saturating_sub(layer.len() + left_out),
            filter: layer.source.filter.clone(),
        }
    }
}

/// How much of the subjects lies on one zone layer.
#[derive(Debug, Clone, PartialEq)]
pub struct ZoneTotal {
    /// Role of the zone layer.
    pub role: Role,
    /// Its layer name.
    pub layer: String,
    /// Pairs of a subject and a zone feature that share area.
    pub pairs: usize,
    /// Subjects that share area with the layer.
    pub patches: usize,
    /// Shared area on the ellipsoid, pair by pair.
    pub overlap: SquareMetres,
    /// Shared area in the plane of the CRS; none in a geographic CRS.
    pub planar: Option<SquareMetres>,
}

/// The shapes of the overlaps behind the findings.
#[derive(Debug, Clone, Copy)]
pub struct Pieces<'a> {
    /// The shapes, in the CRS of the run.
    pub column: &'a PolygonColumn,
    /// Which feature of `column` belongs to each finding; none for a finding without a shape.
    pub of_finding: &'a [Option<u32>],
}

impl<'a> Report<'a> {
    /// A rule that took part, by its name.
    #[must_use]
    pub fn rule(&self, name: &str) -> Option<&'a Rule> {
        self.rules.iter().find(|rule| *rule.name == *name)
    }

    /// A layer of the run; none when it is not at hand.
    #[must_use]
    pub fn layer(&self, id: LayerId) -> Option<&'a Layer> {
        self.layers.get(id.number())
    }

    /// Row of the shape that belongs to finding number `index`.
    #[must_use]
    pub fn piece_of(&self, index: usize) -> Option<usize> {
        self.pieces?.of_finding.get(index).copied().flatten().map(|row| row as usize)
    }

    /// Where the patch of a ledger row is; none when the plan itself is not at hand.
    #[must_use]
    pub fn patch_place(&self, row: u32) -> Option<Place> {
        self.plan.map(|plan| plan.place(row as usize))
    }

    /// The findings that the baseline accepts; they are in no other list.
    #[must_use]
    pub fn accepted(&self) -> &'a [Accepted] {
        self.baseline.map_or(&[], |effect| &effect.accepted)
    }

    /// The findings of one severity about one part of the run.
    pub fn of_severity(&self, severity: Severity, about: About) -> impl Iterator<Item = &'a Finding> + '_ {
        self.findings
            .iter()
            .filter(move |finding| finding.severity == severity && self.about(finding) == about)
    }

    /// What a finding is about.
    #[must_use]
    pub fn about(&self, finding: &Finding) -> About {
        if self.plan.is_none() || SUBJECTS.contains(&finding.role) { About::Subject } else { About::Lines }
    }

    /// Whether faults of the lines count in the verdict: they were asked about, or came with the plan. Whoever
    /// asks about a project is not answerable for the lines that it is held against.
    #[must_use]
    pub fn lines_decide(&self) -> bool {
        self.plan.is_none_or(|plan| *plan.role() == Role::PLAN)
    }
}
