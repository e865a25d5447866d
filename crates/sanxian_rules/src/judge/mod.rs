//! Judges rules: puts their questions to prepared facts, and answers with findings and with what could not be judged.
//! It opens nothing, measures nothing, prints nothing and starts no thread.

mod area_kept;
mod area_limit;
mod attribute_in;
mod changed;
mod checker;
mod columns;
mod exemption;
mod finding;
mod gain_within;
mod input;
mod layer_filter;
mod overlap;
mod predicate;
mod selection;
mod share_cap;
mod violation;
mod whole;
mod within;

pub use checker::{Checked, Limits, check, worst};
pub use layer_filter::{LayerFilterError, rows_that_meet};

#[cfg(test)]
mod checker_tests;
