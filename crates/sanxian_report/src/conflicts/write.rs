//! The one door to all renderers of comparisons as text.

use std::io::{self, Write};

use crate::conflicts::comparison::Comparison;
use crate::conflicts::{concise, csv_table, document, geojson, json, ndjson};
use crate::document::Scope;
use crate::format::{Format, not_text};
use crate::options::Options;
use crate::render::{markdown, terminal};

/// The formats in which a comparison is written; [`Format::Gpkg`] is no text.
pub const FORMATS: [Format; 8] = [
    Format::Full,
    Format::Markdown,
    Format::Concise,
    Format::Json,
    Format::Ndjson,
    Format::GeoJson,
    Format::Gpkg,
    Format::Csv,
];

/// Writes a comparison as text.
///
/// # Errors
/// What `out` reports; and [`io::ErrorKind::Unsupported`] for [`Format::Gpkg`], which is no text, and for a format that is not in
/// [`FORMATS`].
pub fn write(
    comparison: &Comparison<'_>,
    format: Format,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let scope = Scope { lang: options.lang, rows: options.rows };
    match format {
        Format::Full => {
            let text = terminal::text(&document::of(comparison, scope), options.width, options.colour);
            out.write_all(text.as_bytes())
        }
        Format::Markdown => out.write_all(markdown::text(&document::of(comparison, scope)).as_bytes()),
        Format::Concise => concise::write(comparison, options.lang, out),
        Format::Json => json::write(comparison, out),
        Format::Ndjson => ndjson::write(comparison, out),
        Format::GeoJson => geojson::write(comparison, options.lang, out),
        Format::Csv => csv_table::write(comparison, options, out),
        Format::Gpkg => Err(not_text()),
        Format::Svg | Format::Sarif | Format::Junit | Format::GitHub | Format::GitLab | Format::Rdjson => {
            Err(io::Error::new(
                io::ErrorKind::Unsupported,
                format!("a comparison of plans is not written as {}", format.name()),
            ))
        }
    }
}
