//! The one door to all renderers of revisions as text.

use std::io::{self, Write};

use crate::ci::{self, CiFormat};
use crate::document::Scope;
use crate::format::Format;
use crate::options::Options;
use crate::picture;
use crate::render::{markdown, terminal};
use crate::revisions::input::Revisions;
use crate::revisions::{concise, document, json};

/// The formats in which revisions are written.
pub const FORMATS: [Format; 10] = [
    Format::Full,
    Format::Markdown,
    Format::Concise,
    Format::Json,
    Format::Svg,
    Format::Sarif,
    Format::Junit,
    Format::GitHub,
    Format::GitLab,
    Format::Rdjson,
];

/// Writes two revisions as text.
///
/// # Errors
/// What `out` reports; and [`io::ErrorKind::Unsupported`] for a format that is not in [`FORMATS`].
pub fn write(
    revisions: &Revisions<'_>,
    format: Format,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let scope = Scope { lang: options.lang, rows: options.rows };
    match format {
        Format::Full => {
            let text = terminal::text(&document::of(revisions, scope), options.width, options.colour);
            out.write_all(text.as_bytes())
        }
        Format::Markdown => out.write_all(markdown::text(&document::of(revisions, scope)).as_bytes()),
        Format::Concise => concise::write(revisions, options.lang, out),
        Format::Json => json::write(revisions, out),
        Format::Svg => picture::write_revisions(revisions, options.lang, out),
        Format::Sarif => ci::write_revisions(revisions, CiFormat::Sarif, options.lang, out),
        Format::Junit => ci::write_revisions(revisions, CiFormat::Junit, options.lang, out),
        Format::GitHub => ci::write_revisions(revisions, CiFormat::GitHub, options.lang, out),
        Format::GitLab => ci::write_revisions(revisions, CiFormat::GitLab, options.lang, out),
        Format::Rdjson => ci::write_revisions(revisions, CiFormat::Rdjson, options.lang, out),
        other => Err(io::Error::new(
            io::ErrorKind::Unsupported,
            format!("revisions are not written as {}", other.name()),
        )),
    }
}
