//! sanxian (三线): checks land-use plans against the three lines (ecological redline 生态保护红线, permanent
//! basic farmland 永久基本农田, urban development boundary 城镇开发边界).
//!
//! | You have | Use |
//! |---|---|
//! | polygons in memory, or files | [`Layer`] and [`Check`] |
//! | lines in several layers, by town or by land and sea | [`Check::farmland`] and its like, called once for each |
//! | many plans or projects for the same lines | [`Lines`] |
//! | a run to follow, or to end from another thread | [`Watch`] |
//! | findings to be written as JSON, text or a table | [`CheckReport::write`], [`CheckReport::findings_arrow`] |
//! | a plan to be cut into parts, one check bit for bit | [`PartedCheck`] |
//! | plans that may contradict each other | [`Conflicts`] |
//! | old findings that are accepted, and none new | [`Baseline`], [`CheckOptions::baseline`] |
//! | two revisions of a plan: what changed, and what is new | [`Diff`] |
//! | files of which nothing is known yet | [`info::inspect`](crate::info::inspect) |
//! | no rule, only who shares how much area with whom | [`overlap()`] |
//! | a `sanxian.toml` | [`Config`], `Check::from_config` |
//!
//! # Polygons that are in memory
//!
//! A [`Layer`] is made of shapes of `geo-types`, of Arrow record batches (of the version that [`arrow_array`] re-exports), or
//! read from a file. [`Check`] gives each layer its role and runs the rules; [`CheckReport`] holds what came out.
//!
//! ```
//! use std::sync::Arc;
//!
//! use geo_types::polygon;
//! use sanxian::arrow_array::{ArrayRef, RecordBatch, StringArray};
//! use sanxian::{Check, Lang, Layer, crs, reasons_not_run};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let square = |x: f64| polygon![
//!     (x: x, y: 3_790_000.0), (x: x + 10.0, y: 3_790_000.0),
//!     (x: x + 10.0, y: 3_790_010.0), (x: x, y: 3_790_010.0),
//! ];
//! let gauss_kruger = crs::from_epsg(4546)?;
//! // 0701, urban housing, in the column that the classification of land and sea use of 2023 has for it.
//! let classes: ArrayRef = Arc::new(StringArray::from(vec!["0701"]));
//! let attributes = RecordBatch::try_from_iter([("YDYHFLDM", classes)])?;
//! let plan = Layer::from_geo_with(&[square(480_000.0)], attributes, gauss_kruger.clone())?.named("plan");
//! let redline = Layer::from_geo(&[square(480_005.0)], gauss_kruger)?.named("redline");
//!
//! let report = Check::new(plan).redline(redline).run()?;
//! println!("{:?}", report.summary().verdict());
//! for finding in report.findings() {
//!     println!("{} {:?} {}", finding.code, finding.area(), report.message(finding, Lang::En));
//! }
//! for (reason, codes) in reasons_not_run(&report.outcome().not_run, Lang::En) {
//!     println!("not judged: {codes:?}: {reason}");
//! }
//! # assert_eq!(&*report.findings()[0].code, "ER-02");
//! # Ok(())
//! # }
//! ```
//!
//! No finding is a pass only when the [`Verdict`] says so: a rule whose layer, field or value is missing stands in
//! [`Outcome::not_run`] with its reason.
//!
//! A [`Finding`] says which rule ([`code`](Finding::code)) is broken how badly ([`severity`](Finding::severity)) by which
//! feature ([`subject`](Finding::subject)) on which zones ([`zones`](Finding::zones)), and what was
//! [measured](Finding::measure). [`CheckReport::rule_of`] gives the rule, whose sources name document and article
//! ([`LegalSource`]).
//!
//! # Units and CRS
//!
//! Coordinates are x east and y north in the CRS of their layer. A run has one CRS: that of the plan, or of the project, or of
//! the first line when lines alone are checked; with [`Lines`] that of the lines. Areas are square metres on the ellipsoid of
//! that CRS, within edges that are straight in it, unless a name says planar; in [`Crs::plane`], bare metres, the planar area
//! stands in for both.
//!
//! Gauss-Kruger, UTM and any other transverse Mercator, and longitude and latitude, are understood in every build; see
//! [`crs`]. Another projection ends with [`Error::OtherProjection`] unless the feature `files` brings PROJ. A layer in another
//! CRS than the run is brought into it with `files`, and ends with [`Error::CrsDiffers`] without.
//!
//! # Errors
//!
//! An [`Error`] is why there is no result. Match on its variants; most hold a cause in a box. It prints what happened, where and
//! what to do in English; [`Explain`] gives the same in both languages, with a key for programs.
//!
//! ```
//! # use geo_types::polygon;
//! use sanxian::{Error, Explain, Lang, Layer, LayerError, crs};
//!
//! # fn main() -> Result<(), Error> {
//! // Latitude first, as the registry has it: swapped axes.
//! # let square = polygon![(x: 31.0, y: 117.0), (x: 31.1, y: 117.0), (x: 31.1, y: 117.1)];
//! match Layer::from_geo(&[square], crs::from_epsg(4490)?) {
//!     Err(Error::Layer(cause)) if matches!(*cause, LayerError::OutOfPlace { .. }) => {
//!         println!("{}: {}", cause.explain().key, cause.explain().lines(Lang::Zh));
//!     }
//!     other => panic!("{other:?}"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! What is wrong with single features is part of the result ([`CheckReport::faults`]), because it must be told with it.
//!
//! # Files
//!
//! The feature `files`, on by default, links GDAL and PROJ: it reads and writes every format that GDAL knows and brings
//! layers into one CRS. Without it no C library is linked.
//!
//! ```no_run
//! # #[cfg(feature = "files")]
//! # fn main() -> Result<(), sanxian::Error> {
//! use sanxian::{Check, Layer, ReadOptions};
//!
//! let read = |layer: &str| Layer::read(&format!("county.gpkg#{layer}"), &ReadOptions::default());
//! let report = Check::new(read("GHYDYH")?)
//!     .redline(read("STBHHX")?)
//!     .farmland(read("YJJBNTBHTB")?)
//!     .urban_boundary(read("CZKFBJ")?)
//!     .run()?;
//! println!("{:?}", report.summary().verdict());
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "files"))]
//! # fn main() {}
//! ```
//!
//! # Invariant
//! Wiring only: reading is in `sanxian_io`, what columns mean in `sanxian_layer`, measuring in `sanxian_geom`, judging in
//! `sanxian_rules`, wording in `sanxian_report`.

#![deny(missing_docs)]

pub mod baseline;
mod check;
mod class_table;
pub mod config;
pub mod conflicts;
#[cfg(feature = "files")]
mod convert;
mod error;
mod examples;
#[cfg(feature = "files")]
mod feature_lines;
#[cfg(feature = "files")]
mod feature_text;
#[cfg(feature = "files")]
pub mod files;
mod filtered;
#[cfg(feature = "files")]
mod geopackage;
#[cfg(feature = "files")]
pub mod info;
mod layer;
mod lines;
mod measure;
mod overlap;
mod plan;
mod reporting;
pub mod revisions;
#[cfg(feature = "files")]
mod sources;
mod stats;
mod tables;
mod watch;

pub use baseline::{Baseline, BaselineEffect, BaselineEntry, BaselineError};
pub use check::{
    Check, CheckOptions, CheckReport, Outcome, PartError, PartedCheck, Partial, check, check_with,
};
pub use class_table::{ClassTable, ClassTableError};
pub use config::{Config, ConfigError};
pub use conflicts::{ConflictReport, Conflicts};
#[cfg(feature = "files")]
pub use convert::{Converted, convert};
pub use error::Error;
pub use examples::{ExampleError, run_example};
#[cfg(feature = "files")]
pub use feature_lines::feature_lines;
#[cfg(feature = "files")]
pub use feature_text::write_feature_text;
#[cfg(feature = "files")]
pub use geopackage::write_geopackage;
pub use layer::Layer;
pub use lines::Lines;
pub use measure::{AreaMethod, FindingPieces};
pub use overlap::{OverlapRow, Overlaps, overlap};
pub use plan::Plan;
pub use revisions::Diff;
#[cfg(feature = "files")]
pub use sources::{PlanSources, Source};
pub use stats::{Stage, Stats};
pub use watch::Watch;

pub use arrow_array;
pub use sanxian_geom::{ArealScale, OnInvalid, Stop};
#[cfg(feature = "files")]
pub use sanxian_io::{
    CrsChoice, CrsError, Existing, ReadError, ReadOptions, WriteError, WriteOptions, at_revision,
    is_bare_repository, is_there, merge_base, read_text,
};
pub use sanxian_layer::memory::GeoShape;
pub use sanxian_layer::{LayerError, canonical_name_of_column, crs};
pub use sanxian_model as model;
pub use sanxian_model::fault;
pub use sanxian_model::finding::Exemption;
pub use sanxian_model::{
    Crs, Day, Explain, Explanation, Fault, Finding, Lang, LayerId, Ledger, Measure, Metres, Place, Role,
    RoleLayers, Scheme, Severity, Sliver, SquareMetres, ZoneShare,
};
pub use sanxian_report as report;
pub use sanxian_report::{Summary, Verdict};
pub use sanxian_rules::Source as LegalSource;
pub use sanxian_rules::{
    Filter, FilterError, Gap, LayerFilterError, NotRun, Quota, Quotas, Reason, Rule, RuleBook,
    canonical_names, reasons_not_run,
};
