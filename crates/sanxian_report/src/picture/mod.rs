//! A check, or two revisions, as one picture: a map as SVG, to stand in a report or in a comment.
//!
//! What is drawn is a [`Scene`](scene::Scene) first (`of_check.rs`, `of_revisions.rs`): layers, marks and words in the CRS of the run.
//! [`drawing`] then chooses the extent, brings positions to the page and lays it out with its furniture.
//!
//! # Invariant
//! Shapes are simplified and left off for the page only, and the description of the picture says how many were. The same input gives the
//! same bytes. There is no script in it and nothing is fetched from elsewhere.

mod canvas;
mod detail;
mod drawing;
mod extent;
mod frame;
mod furniture;
mod legend;
mod marks;
mod of_check;
mod of_revisions;
mod outline;
mod page;
mod path;
mod placed;
mod scene;
#[cfg(test)]
mod tests;
mod text;

use std::io::{self, Write};

use sanxian_model::Lang;

use crate::report::Report;
use crate::revisions::Revisions;

pub(crate) use of_revisions::title as title_of_revisions;

/// Writes a check as a picture.
pub(crate) fn write(report: &Report<'_>, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    drawing::write(&of_check::scene(report, lang), out)
}

/// Writes two revisions as a picture.
pub(crate) fn write_revisions(revisions: &Revisions<'_>, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    drawing::write(&of_revisions::scene(revisions, lang), out)
}
