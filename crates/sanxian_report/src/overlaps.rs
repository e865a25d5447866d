//! The table of `sanxian overlap`: one row for each pair of a subject and a zone feature that share area.
//!
//! Column names are the same in every format and language. Rows are written as they come, so that a
//! million pairs need no memory.

use std::borrow::Cow;
use std::io::{self, Write};

use sanxian_model::SquareMetres;
use serde::Serialize;

use crate::area_record::M2;
use crate::json;

/// One pair.
#[derive(Debug, Clone, PartialEq)]
pub struct OverlapRow<'a> {
    /// Identifier of the subject.
    pub subject_id: Cow<'a, str>,
    /// Name of the zone layer.
    pub zone_layer: Cow<'a, str>,
    /// Identifier of the zone feature.
    pub zone_id: Cow<'a, str>,
    /// Shared area on the ellipsoid.
    pub area: SquareMetres,
    /// Shared area in the plane of the CRS; none in a geographic CRS.
    pub planar: Option<SquareMetres>,
    /// `area` over the area of the subject.
    pub share: f64,
}

/// A format for pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OverlapFormat {
    /// A sheet.
    #[default]
    Csv,
    /// One document.
    Json,
    /// One pair a line, as JSON.
    Ndjson,
}

impl OverlapFormat {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Json, Self::Ndjson];

    /// The word used in flags.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
        }
    }

    /// The format that a file's extension asks for (in any case), if one does.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        match extension.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            _ => None,
        }
    }
}

#[derive(Serialize)]
struct RowRecord<'a> {
    subject_id: &'a str,
    zone_layer: &'a str,
    zone_id: &'a str,
    area_m2: M2,
    planar_m2: Option<M2>,
    share: f64,
}

const COLUMNS: [&str; 6] = ["subject_id", "zone_layer", "zone_id", "area_m2", "planar_m2", "share"];

impl<'a> From<&'a OverlapRow<'_>> for RowRecord<'a> {
    fn from(row: &'a OverlapRow<'_>) -> Self {
        Self {
            subject_id: &row.subject_id,
            zone_layer: &row.zone_layer,
            zone_id: &row.zone_id,
            area_m2: M2(row.area),
            planar_m2: row.planar.map(M2),
            share: row.share,
        }
    }
}

/// Writes the pairs. A CSV begins with a byte-order mark when `bom` is set, without which Excel garbles Chinese.
///
/// # Errors
/// What `out` reports.
pub fn write_overlaps<'a>(
    rows: impl Iterator<Item = OverlapRow<'a>>,
    format: OverlapFormat,
    bom: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        OverlapFormat::Csv => {
            if bom {
                out.write_all("\u{feff}".as_bytes())?;
            }
            let mut sheet = csv::WriterBuilder::new().has_headers(false).from_writer(out);
            sheet.write_record(COLUMNS)?;
            for row in rows {
                sheet.serialize(RowRecord::from(&row))?;
            }
            sheet.flush()
        }
        OverlapFormat::Json => {
            writeln!(out, "{{\n\"schema_version\": {},", json::SCHEMA_VERSION)?;
            json::lines(out, "overlaps", rows, |out, row| {
                Ok(serde_json::to_writer(&mut *out, &RowRecord::from(&row))?)
            })?;
            writeln!(out, "\n}}")
        }
        OverlapFormat::Ndjson => {
            for row in rows {
                serde_json::to_writer(&mut *out, &RowRecord::from(&row))?;
                out.write_all(b"\n")?;
            }
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: OverlapFormat, bom: bool) -> String {
        let row = |zone_id: &'static str, planar| OverlapRow {
            subject_id: "地块,1".into(),
            zone_layer: "生态保护红线".into(),
            zone_id: zone_id.into(),
            area: SquareMetres(0.1 + 0.2),
            planar,
            share: 0.25,
        };
        let rows = [row("3", Some(SquareMetres(-0.0))), row("a\"b", None)];
        let mut bytes = Vec::new();
        write_overlaps(rows.into_iter(), format, bom, &mut bytes).expect("writing to memory works");
        String::from_utf8(bytes).expect("tables are UTF-8")
    }

    #[test]
    fn a_sheet_keeps_every_digit_and_quotes_what_must_be() {
        assert_eq!(
            written(OverlapFormat::Csv, true),
            "\u{feff}subject_id,zone_layer,zone_id,area_m2,planar_m2,share\n\
             \"地块,1\",生态保护红线,3,0.30000000000000004,0.0,0.25\n\
             \"地块,1\",生态保护红线,\"a\"\"b\",0.30000000000000004,,0.25\n"
        );
    }

    #[test]
    fn json_and_ndjson_hold_the_same_rows() {
        let document: serde_json::Value =
            serde_json::from_str(&written(OverlapFormat::Json, false)).expect("a document");
        let lines: Vec<serde_json::Value> = written(OverlapFormat::Ndjson, false)
            .lines()
            .map(|line| serde_json::from_str(line).expect("a row"))
            .collect();
        assert_eq!(document["overlaps"].as_array(), Some(&lines));
        assert_eq!(lines[1]["planar_m2"], serde_json::Value::Null);
    }

    #[test]
    fn no_pair_is_a_table_of_headings() {
        let mut bytes = Vec::new();
        write_overlaps(std::iter::empty(), OverlapFormat::Csv, false, &mut bytes).expect("memory");
        assert_eq!(bytes, b"subject_id,zone_layer,zone_id,area_m2,planar_m2,share\n");
    }
}
