//! Where plans contradict each other (多规合一, 两规差异): what each says, the ground on which they differ, and the sums.

mod answers;
mod builder;
mod combinations;
mod digitising;
#[cfg(feature = "files")]
mod geopackage;
mod identifiers;
mod lines;
mod matrices;
mod options;
mod pairs;
mod patches;
mod placements;
mod plan_figures;
mod plans_error;
mod report;
mod run;

pub use builder::Conflicts;
#[cfg(feature = "files")]
pub use geopackage::write_geopackage;
pub use options::ConflictOptions;
pub use plans_error::PlansError;
pub use report::ConflictReport;
pub use sanxian_model::conflict::{
    Answer, Cause, Cell, ConflictKind, Decision, DifferencePatch, DigitisingError, LayerPair, LineShare,
    Matrix, PairPatch, PairSide, Placement, PlacementVerdict, PlanFigures, PlannedClass, SourceShare,
    Uncovered, UnitShare, UnknownClass,
};
pub use sanxian_report::conflicts::{
    Comparison, Contradiction, FORMATS, Statistics, Total, guide_page, headline, map_layers, write,
    write_kind_card,
};
pub use sanxian_rules::decision::{CauseCard, Department, Guide, KindCard, PlanAbout, PlanLevel, RankCard};
