//! Revisions of a plan against each other: what became of features and of the ground, which findings are new, and which are healed.

mod builder;
mod features;
mod findings;
mod options;
mod package;
mod revision;

pub use builder::Diff;
pub use features::compare_layers;
pub use findings::pair_findings;
pub use options::RevisionOptions;
#[cfg(feature = "files")]
pub use package::write_revision;
pub use package::{NotFound, Package, PackageError, PackageOptions, apply, package_of};
pub use revision::Revision;
pub use sanxian_model::revision::{
    Balance, FeatureChange, FieldChange, FindingChange, FindingPair, GroundChange, GroundClass, GroundKind,
    Identifiers, LayerChange, LayerRenamed, MatchedBy, PairedBy, ShapeChange, Transition,
};
pub use sanxian_report::revisions::{ChangeCounts, FORMATS, headline};
