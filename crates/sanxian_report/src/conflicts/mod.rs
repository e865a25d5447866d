//! A comparison of plans in every form in which people and programs read it, over one input: a [`Comparison`].
//!
//! # Invariant
//! As for a check: nothing is measured here, only worded and added up, and the same comparison gives the same bytes.

mod cards;
mod comparison;
mod concise;
mod csv_table;
mod document;
mod geojson;
mod json;
mod kinds;
mod map_layers;
mod matrix_rows;
mod ndjson;
mod present_class;
mod record;
mod statistics;
mod words;
mod write;

pub use cards::{guide_page, write_kind_card};
pub use comparison::{Comparison, Contradiction};
pub use document::document;
pub use map_layers::map_layers;
pub use statistics::{Statistics, Total};
pub use words::headline;
pub use write::{FORMATS, write};
