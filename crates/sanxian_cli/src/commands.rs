//! The commands, one a file.

pub(crate) mod check;
pub(crate) mod ci;
pub(crate) mod completions;
pub(crate) mod conflicts;
pub(crate) mod convert;
pub(crate) mod demo;
pub(crate) mod diff;
pub(crate) mod info;
pub(crate) mod lines;
pub(crate) mod overlap;
mod package;
pub(crate) mod rule;
pub(crate) mod textconv;
