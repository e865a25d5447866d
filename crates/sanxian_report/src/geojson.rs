//! Findings as map features: the piece of overlap as geometry, or null, and flat properties.
//!
//! The collection carries the `summary` of the JSON report as a foreign member.
//!
//! RFC 7946 knows longitude and latitude only. A run in a plane CRS is therefore written with the older
//! `crs` member, which GDAL and QGIS read, and says so in a note.

use std::io::{self, Write};

use sanxian_model::{Crs, CrsKind, Finding, Lang, PolygonColumn};
use serde::Serialize;

use crate::finding_row::FindingRow;
use crate::json;
use crate::record::SummaryRecord;
use crate::report::Report;
use crate::summary::Summary;
use crate::words;

/// A feature of a collection.
#[derive(Serialize)]
pub(crate) struct Feature<'a, P> {
    pub(crate) r#type: &'static str,
    pub(crate) properties: P,
    pub(crate) geometry: Option<Geometry<'a>>,
}

/// The polygons of a feature.
#[derive(Serialize)]
#[serde(tag = "type", content = "coordinates")]
pub(crate) enum Geometry<'a> {
    Polygon(Vec<&'a [[f64; 2]]>),
    MultiPolygon(Vec<Vec<&'a [[f64; 2]]>>),
}

#[derive(Serialize)]
struct NamedCrs {
    r#type: &'static str,
    properties: CrsName,
}

#[derive(Serialize)]
struct CrsName {
    name: String,
}

/// What the `crs` member has to say.
enum CrsMember {
    /// Longitude and latitude as RFC 7946 wants them: no member.
    Default,
    /// A code that readers know.
    Named(u32),
    /// No code, or no earth at all.
    Unknown,
}

pub(crate) fn write(report: &Report<'_>, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    head(report.crs, lang, out)?;
    let features =
        report.findings.iter().enumerate().map(|(index, finding)| feature(report, index, finding, lang));
    json::list(out, "features", features)?;
    write!(out, ",\n\"summary\": ")?;
    serde_json::to_writer(&mut *out, &SummaryRecord::of(report, &Summary::of(report)))?;
    writeln!(out, "\n}}")
}

/// The members that stand before the features.
pub(crate) fn head(crs: &Crs, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{{\n\"type\": \"FeatureCollection\",\n\"schema_version\": {},", json::SCHEMA_VERSION)?;
    let member = crs_member(crs);
    match member {
        CrsMember::Default => {}
        CrsMember::Named(code) => {
            write!(out, "\"crs\": ")?;
            let name = format!("urn:ogc:def:crs:EPSG::{code}");
            serde_json::to_writer(&mut *out, &NamedCrs { r#type: "name", properties: CrsName { name } })?;
            writeln!(out, ",")?;
        }
        CrsMember::Unknown => writeln!(out, "\"crs\": null,")?,
    }
    if !matches!(member, CrsMember::Default) {
        write!(out, "\"note\": ")?;
        serde_json::to_writer(&mut *out, &note(crs, lang))?;
        writeln!(out, ",")?;
    }
    Ok(())
}

/// CGCS2000 and WGS 84 agree to some centimetres, so both go as the longitude and latitude of RFC 7946.
/// Older datums are off by a hundred metres and must be named.
fn crs_member(crs: &Crs) -> CrsMember {
    match (crs.kind, crs.epsg) {
        (CrsKind::Geographic { .. }, Some(4326 | 4490)) => CrsMember::Default,
        (CrsKind::Geographic { .. } | CrsKind::Projected { .. }, Some(code)) => CrsMember::Named(code),
        _ => CrsMember::Unknown,
    }
}

fn note(crs: &Crs, lang: Lang) -> String {
    let name = words::crs_name(crs, lang, false);
    match lang {
        Lang::Zh => format!("坐标不是 RFC 7946 规定的经纬度，而是本次检查所用坐标系：{name}"),
        Lang::En => format!(
            "coordinates are not longitude and latitude as in RFC 7946 but in the CRS of the run: {name}"
        ),
    }
}

fn feature<'a>(
    report: &'a Report<'_>,
    index: usize,
    finding: &'a Finding,
    lang: Lang,
) -> Feature<'a, FindingRow> {
    Feature {
        r#type: "Feature",
        properties: FindingRow::of(report, finding, lang),
        geometry: report
            .piece_of(index)
            .and_then(|row| report.pieces.map(|pieces| geometry(pieces.column, row))),
    }
}

pub(crate) fn geometry(column: &PolygonColumn, row: usize) -> Geometry<'_> {
    let mut polygons: Vec<Vec<&[[f64; 2]]>> =
        column.feature(row).polygons().map(|polygon| polygon.rings().collect()).collect();
    match polygons.len() {
        1 => Geometry::Polygon(polygons.remove(0)),
        _ => Geometry::MultiPolygon(polygons),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;
    use serde_json::Value;

    fn text(sample: &Sample, lang: Lang) -> String {
        let mut bytes = Vec::new();
        write(&sample.report(), lang, &mut bytes).expect("writing to memory works");
        String::from_utf8(bytes).expect("reports are UTF-8")
    }

    #[test]
    fn of_a_county() {
        insta::assert_snapshot!("geojson", text(&Sample::county(), Lang::Zh));
    }

    #[test]
    fn longitude_and_latitude_need_no_crs_member() {
        let mut sample = Sample::county();
        sample.crs = Crs { epsg: Some(4490), kind: CrsKind::Geographic { degrees: 1.0 }, ..sample.crs };
        let json: Value = serde_json::from_str(&text(&sample, Lang::En)).expect("JSON");
        assert!(json.get("crs").is_none() && json.get("note").is_none());
        // Xi'an 1980 is a hundred metres off and must be named.
        sample.crs.epsg = Some(4610);
        let json: Value = serde_json::from_str(&text(&sample, Lang::En)).expect("JSON");
        assert_eq!(json["crs"]["properties"]["name"], "urn:ogc:def:crs:EPSG::4610");
    }

    #[test]
    fn without_an_earth_the_crs_is_null() {
        let mut sample = Sample::county();
        sample.crs = Crs::plane();
        let json: Value = serde_json::from_str(&text(&sample, Lang::En)).expect("JSON");
        assert_eq!(json.get("crs"), Some(&Value::Null));
    }
}
