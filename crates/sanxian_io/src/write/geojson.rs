//! GeoJSON: one collection, or one feature a line.
//!
//! RFC 7946 knows longitude and latitude on WGS 84 only, so other systems are transformed on the way, unless the
//! caller keeps the layer's own with the `crs` member of the older specification, which GIS programs read.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use sanxian_model::{CellValue, Crs, CrsKind, FeatureView, PolygonColumn};

use crate::crs::{CrsError, crs_from_user, same_crs, transform_polygons};
use crate::write::{OutputLayer, WriteError, Written};

/// Writes one layer.
pub(crate) fn write(
    unfinished: &Path,
    path: &Path,
    layer: &OutputLayer<'_>,
    lines: bool,
    keep_crs: bool,
) -> Result<Written, WriteError> {
    let keeps = keep_crs && layer.crs.epsg.is_some();
    let polygons = if keeps { Cow::Borrowed(layer.polygons) } else { on_wgs84(path, layer)? };
    let file = File::create(unfinished).map_err(WriteError::io(path))?;
    let crs = keeps.then_some(layer.crs);
    let mut out = BufWriter::new(file);
    write_to(&mut out, layer, &polygons, crs, lines)
        .and_then(|()| out.flush())
        .map_err(WriteError::io(path))?;
    let moved = matches!(polygons, Cow::Owned(_)).then(|| crs_from_user("EPSG:4326").ok()).flatten();
    Ok(Written { crs: moved, ..Written::default() })
}

/// The polygons in longitude and latitude on WGS 84; bare plane coordinates stay what they are.
pub(crate) fn on_wgs84<'a>(
    path: &Path,
    layer: &OutputLayer<'a>,
) -> Result<Cow<'a, PolygonColumn>, WriteError> {
    if layer.crs.kind == CrsKind::Plane {
        return Ok(Cow::Borrowed(layer.polygons));
    }
    let failed = |source: CrsError| WriteError::Crs {
        path: path.to_owned(),
        layer: layer.name.to_owned(),
        source: source.into(),
    };
    let wgs84 = crs_from_user("EPSG:4326").map_err(failed)?;
    if same_crs(layer.crs, &wgs84) {
        return Ok(Cow::Borrowed(layer.polygons));
    }
    transform_polygons(layer.polygons, layer.crs, &wgs84).map(|(moved, _)| Cow::Owned(moved)).map_err(failed)
}

fn write_to(
    out: &mut impl Write,
    layer: &OutputLayer<'_>,
    polygons: &PolygonColumn,
    crs: Option<&Crs>,
    lines: bool,
) -> io::Result<()> {
    let names: Vec<String> = layer
        .attributes
        .schema_ref()
        .fields()
        .iter()
        .map(|field| serde_json::Value::from(field.name().as_str()).to_string())
        .collect();
    if !lines {
        write!(
            out,
            "{{\n\"type\": \"FeatureCollection\",\n\"name\": {},\n",
            serde_json::Value::from(layer.name)
        )?;
        if let Some(code) = crs.and_then(|crs| crs.epsg) {
            let name = format!("urn:ogc:def:crs:EPSG::{code}");
            writeln!(out, "\"crs\": {{ \"type\": \"name\", \"properties\": {{ \"name\": \"{name}\" }} }},")?;
        }
        writeln!(out, "\"features\": [")?;
    }
    for feature in polygons.iter() {
        write!(out, "{{\"type\":\"Feature\",\"properties\":{{")?;
        for (k, (name, column)) in names.iter().zip(layer.attributes.columns()).enumerate() {
            let comma = if k > 0 { "," } else { "" };
            write!(out, "{comma}{name}:{}", CellValue::of(column, feature.row()).into_json())?;
        }
        write!(out, "}},\"geometry\":")?;
        geometry(out, feature)?;
        let last = feature.row() + 1 == polygons.len();
        out.write_all(if lines || last { b"}\n" } else { b"},\n" })?;
    }
    if !lines {
        writeln!(out, "]\n}}")?;
    }
    Ok(())
}

fn geometry(out: &mut impl Write, feature: FeatureView<'_>) -> io::Result<()> {
    let multi = feature.polygons().len() != 1;
    let kind = if multi { "MultiPolygon" } else { "Polygon" };
    write!(out, "{{\"type\":\"{kind}\",\"coordinates\":")?;
    if multi {
        out.write_all(b"[")?;
    }
    for (p, polygon) in feature.polygons().enumerate() {
        out.write_all(if p > 0 { b",[" } else { b"[" })?;
        for (r, ring) in polygon.rings().enumerate() {
            out.write_all(if r > 0 { b",[" } else { b"[" })?;
            for (k, [x, y]) in ring.iter().enumerate() {
                let comma = if k > 0 { "," } else { "" };
                write!(out, "{comma}[{x},{y}]")?;
            }
            out.write_all(b"]")?;
        }
        out.write_all(b"]")?;
    }
    out.write_all(if multi { b"]}" } else { b"}" })
}
