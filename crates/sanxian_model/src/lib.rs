//! What every other crate of sanxian (三线) talks about: layers in columns, roles, codes, units, places,
//! overlaps, ledgers and findings.
//!
//! # Invariant
//! No input, no output and no geometry algorithm lives here; a type that needs one belongs further along
//! the data's journey (read, normalise, index, overlap, rule, finding, report).

#![deny(missing_docs)]

pub mod area;
pub mod cell_value;
pub mod codes;
pub mod conflict;
pub mod crosswalk;
pub mod crs;
pub mod day;
pub mod explanation;
pub mod fault;
pub mod finding;
mod fnv;
pub mod layer;
pub mod ledger;
pub mod length;
pub mod nearest;
pub mod overlap;
pub mod place;
pub mod polygons;
pub mod quantity;
pub mod redact;
pub mod revision;
pub mod role;
pub mod role_guess;
pub mod role_layers;
pub mod sliver;
pub mod text;
pub mod unit_total;

pub use area::{AreaSum, SquareMetres};
pub use cell_value::CellValue;
pub use codes::{LandClass, LandNature, Scheme, Spelling, half_width, trimmed_cell};
pub use conflict::{Answer, ConflictKind, DifferencePatch, PlannedClass};
pub use crosswalk::{Meaning, meaning};
pub use crs::{Crs, CrsKind, CrsOrigin, Ellipsoid, Projection, TransverseMercator};
pub use day::Day;
pub use explanation::{Explain, Explanation};
pub use fault::{Fault, FaultKind, Treatment};
pub use finding::{Bound, Finding, Measure, Severity, ZoneShare};
pub use fnv::fnv1a;
pub use layer::{FieldMap, Layer, LayerSource};
pub use ledger::{Ledger, LedgerLine, LedgerRow};
pub use length::Metres;
pub use overlap::{OverlapPair, OverlapTable};
pub use place::Place;
pub use polygons::{FeatureView, PolygonColumn, PolygonColumnBuilder, PolygonView, Position};
pub use quantity::Quantity;
pub use redact::redact;
pub use role::Role;
pub use role_guess::{RoleGuess, RoleReason};
pub use role_layers::{LayerId, RoleLayers};
pub use sliver::Sliver;
pub use text::{Lang, Text};
pub use unit_total::UnitTotal;
