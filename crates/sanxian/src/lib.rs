//! sanxian (三线): checks land-use plans against the three lines (ecological redline 生态保护红线, permanent
//! basic farmland 永久基本农田, urban development boundary 城镇开发边界).
//!
//! ```no_run
//! use sanxian::{CheckOptions, Lang, PlanSources};
//!
//! # fn main() -> Result<(), sanxian::Error> {
//! let plan = PlanSources::new()
//!     .plan("county.gpkg#GHYDYH")
//!     .redline("county.gpkg#STBHHX")
//!     .farmland("county.gpkg#YJJBNTBHTB")
//!     .urban_boundary("county.gpkg#CZKFBJ")
//!     .read()?;
//! let outcome = sanxian::check(&plan, &CheckOptions::default())?;
//! for finding in &outcome.findings {
//!     println!("{}", outcome.message(finding, Lang::Zh));
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Areas are square metres on the ellipsoid of the layers' CRS, within edges that are straight in the plan's
//! own CRS, unless a name says planar.
//!
//! # Invariant
//! Wiring only: reading is in `sanxian_io`, measuring in `sanxian_geom`, judging in `sanxian_rules`, wording in
//! `sanxian_report`.

#![deny(missing_docs)]

mod accounts;
mod area_method;
mod check;
mod convert;
mod error;
mod examples;
mod geopackage;
mod measured;
mod overlap;
mod pieces;
mod plan;
mod reporting;
mod slivers;
mod stats;

pub use area_method::AreaMethod;
pub use check::{CheckOptions, Outcome, check, check_with};
pub use convert::{Converted, convert};
pub use error::Error;
pub use examples::{ExampleError, run_example};
pub use geopackage::write_geopackage;
pub use overlap::{OverlapRow, Overlaps, overlap, read_for_overlap};
pub use pieces::FindingPieces;
pub use plan::{Plan, PlanSources, Source};
pub use stats::{Stage, Stats};

pub use sanxian_geom::{ArealScale, OnInvalid};
pub use sanxian_io::write::remove_unfinished;
pub use sanxian_io::{
    CrsChoice, Existing, ReadOptions, WriteError, WriteOptions, crs_from_user, list_layers, redact,
    refuse_overwriting_inputs, refuse_replacing, write_atomically,
};
pub use sanxian_layer::canonical_name_of_column;
pub use sanxian_model::fault;
pub use sanxian_model::nearest::nearest;
pub use sanxian_model::{
    Fault, Finding, Lang, Layer, Ledger, Metres, Role, Scheme, Severity, Sliver, SquareMetres,
};
pub use sanxian_report as report;
pub use sanxian_rules::{Gap, NotRun, Reason, Rule, RuleBook, canonical_names, reasons_not_run};
