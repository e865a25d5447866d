//! Which formats there are, and the one door to all renderers of text.

use std::io::{self, Write};

use crate::ci::{self, CiFormat};
use crate::document::{Document, Scope};
use crate::options::Options;
use crate::render::{markdown, terminal};
use crate::report::Report;
use crate::{concise, csv_table, geojson, json, ndjson, picture};

/// A format in which findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Tables for a person at a terminal.
    #[default]
    Full,
    /// Tables as GitHub-flavoured Markdown.
    Markdown,
    /// One line for each finding.
    Concise,
    /// One document with everything.
    Json,
    /// One finding a line, as JSON.
    Ndjson,
    /// Findings as map features.
    GeoJson,
    /// Findings and patches as styled layers; not text.
    Gpkg,
    /// Findings as a sheet.
    Csv,
    /// A map as a picture.
    Svg,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Test results as JUnit XML.
    Junit,
    /// Workflow commands of GitHub.
    GitHub,
    /// Code Quality of GitLab.
    GitLab,
    /// Diagnostics of reviewdog.
    Rdjson,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 14] = [
        Self::Full,
        Self::Markdown,
        Self::Concise,
        Self::Json,
        Self::Ndjson,
        Self::GeoJson,
        Self::Gpkg,
        Self::Csv,
        Self::Svg,
        Self::Sarif,
        Self::Junit,
        Self::GitHub,
        Self::GitLab,
        Self::Rdjson,
    ];

    /// The word used in flags and configs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Markdown => "md",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::GeoJson => "geojson",
            Self::Gpkg => "gpkg",
            Self::Csv => "csv",
            Self::Svg => "svg",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
            Self::Rdjson => "rdjson",
        }
    }

    /// The format with that name; `markdown` is another name of `md`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = if name == "markdown" { "md" } else { name };
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The format that a file's extension asks for (in any case), if one does.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "txt" => Some(Self::Full),
            "md" | "markdown" => Some(Self::Markdown),
            "json" => Some(Self::Json),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            "geojson" => Some(Self::GeoJson),
            "gpkg" => Some(Self::Gpkg),
            "csv" => Some(Self::Csv),
            "svg" => Some(Self::Svg),
            "sarif" => Some(Self::Sarif),
            "xml" => Some(Self::Junit),
            "rdjson" => Some(Self::Rdjson),
            _ => None,
        }
    }

    /// Whether the format shows findings on the lines of text files.
    #[must_use]
    pub fn wants_lines(self) -> bool {
        matches!(self, Self::Sarif | Self::GitHub | Self::GitLab | Self::Rdjson)
    }

    /// Whether the format wants the pieces of overlap.
    #[must_use]
    pub fn wants_pieces(self) -> bool {
        matches!(self, Self::GeoJson | Self::Gpkg | Self::Svg)
    }
}

/// Writes a report as text.
///
/// # Errors
/// What `out` reports; and [`io::ErrorKind::Unsupported`] for [`Format::Gpkg`], which is no text.
pub fn write(report: &Report<'_>, format: Format, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let scope = Scope { lang: options.lang, rows: options.rows };
    match format {
        Format::Full => {
            let text = terminal::text(&Document::of(report, scope), options.width, options.colour);
            out.write_all(text.as_bytes())
        }
        Format::Markdown => out.write_all(markdown::text(&Document::of(report, scope)).as_bytes()),
        Format::Concise => concise::write(report, options.lang, out),
        Format::Json => json::write(report, out),
        Format::Ndjson => ndjson::write(report, out),
        Format::GeoJson => geojson::write(report, options.lang, out),
        Format::Csv => csv_table::write(report, options, out),
        Format::Svg => picture::write(report, options.lang, out),
        Format::Gpkg => Err(not_text()),
        Format::Sarif => ci::write(report, CiFormat::Sarif, options.lang, out),
        Format::Junit => ci::write(report, CiFormat::Junit, options.lang, out),
        Format::GitHub => ci::write(report, CiFormat::GitHub, options.lang, out),
        Format::GitLab => ci::write(report, CiFormat::GitLab, options.lang, out),
        Format::Rdjson => ci::write(report, CiFormat::Rdjson, options.lang, out),
    }
}

/// Why a format cannot be written as text.
pub(crate) fn not_text() -> io::Error {
    io::Error::new(
        io::ErrorKind::Unsupported,
        "a GeoPackage is not text: write the layers of `map_layers` with a GeoPackage writer",
    )
}
