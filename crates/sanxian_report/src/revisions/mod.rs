//! Two revisions of a plan against each other, in the forms in which people and programs read it, over one input: [`Revisions`].
//!
//! # Invariant
//! As for a check: nothing is measured here, and the same revisions give the same bytes.

mod concise;
mod counts;
pub(crate) mod document;
mod input;
mod json;
mod record;
pub(crate) mod words;
mod write;

pub use counts::ChangeCounts;
pub use document::document;
pub use input::Revisions;
pub use words::headline;
pub use write::{FORMATS, write};
