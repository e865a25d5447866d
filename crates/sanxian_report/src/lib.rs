//! Findings in every form in which people and programs read them, over one input: a [`Report`].
//!
//! What people read is a [`Document`] first, with typed cells and units ([`document()`]), and then laid out, one layout a
//! file under `render/`. Programs read records (`record.rs`).
//!
//! # Invariant
//! No area is computed here and no finding is dropped: a renderer words and adds up what it is given. The
//! same report gives the same bytes. The records of machine formats of a run live in this crate only, because a format
//! is a promise ([`SCHEMA_VERSION`]).

mod area_record;
pub mod baseline;
pub mod cards;
mod ci;
mod columns;
mod concise;
pub mod conflicts;
mod csv_table;
pub mod document;
mod feature_lines;
mod figures;
mod filter_record;
mod finding_row;
pub mod format;
mod geojson;
mod grid;
pub mod info;
mod json;
pub mod ledger_totals;
mod line_layers;
mod map_layer;
pub mod map_layers;
mod map_style;
mod measure_record;
mod message;
mod ndjson;
pub mod options;
pub mod overlaps;
mod paint;
mod picture;
mod quantities;
mod record;
mod render;
pub mod report;
pub mod revisions;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod schema;
mod source_record;
pub mod summary;
mod unit_record;
mod verdict_line;
mod words;
mod wrap;
mod xml_text;

pub use baseline::{Baseline, BaselineEffect, BaselineEntry, BaselineError};
pub use cards::{CardFormat, write_cards, write_rule_list};
pub use ci::{
    COMMENT_BYTES, CommentMap, STEP_SUMMARY_BYTES, comment, step_summary, step_summary_of_revisions,
};
pub use document::{Document, document};
pub use feature_lines::FeatureLines;
pub use format::{Format, write};
pub use json::SCHEMA_VERSION;
pub use ledger_totals::{LedgerTotals, LineTotal};
pub use map_layer::MapLayer;
pub use map_layers::map_layers;
pub use map_style::MapStyle;
pub use options::Options;
pub use overlaps::{OverlapFormat, OverlapRow, write_overlaps};
pub use report::{About, Input, Pieces, Report, ZoneTotal};
pub use summary::{Counts, Summary, Verdict};
pub use verdict_line::verdict_line;
pub use words::fault_line;
