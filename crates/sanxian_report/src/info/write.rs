//! The one door to all renderers of what sources hold.

use std::io::{self, Write};

use crate::info::{Inspection, document, json};
use crate::options::Options;
use crate::render::{markdown, terminal};

/// A format in which is written what sources hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InfoFormat {
    /// Tables for a person at a terminal.
    #[default]
    Full,
    /// Tables as GitHub-flavoured Markdown.
    Markdown,
    /// One document, with the same keys in every language.
    Json,
}

/// Writes what sources hold.
///
/// # Errors
/// What `out` reports.
pub fn write(
    inspection: &Inspection,
    format: InfoFormat,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        InfoFormat::Full => {
            let text = terminal::text(&document(inspection, options.lang), options.width, options.colour);
            out.write_all(text.as_bytes())
        }
        InfoFormat::Markdown => out.write_all(markdown::text(&document(inspection, options.lang)).as_bytes()),
        InfoFormat::Json => json::write(inspection, out),
    }
}
