//! What a run found as a GeoPackage that opens coloured in QGIS.

use std::path::Path;

use sanxian_io::{Existing, LayerStyle, OutputLayer, WriteOptions, write_layers};
use sanxian_model::{Crs, Lang};
use sanxian_report::{MapLayer, Report, map_layers};

use crate::error::Error;

/// Writes findings with the pieces of overlap, and the patches concerned, into one file with their styles.
///
/// The file appears whole or not at all. One of an earlier check is replaced under [`Existing::KeepOthers`], any
/// other `GeoPackage` is then an error.
///
/// # Errors
/// [`Error::Write`] names the file.
pub fn write_geopackage(
    report: &Report<'_>,
    lang: Lang,
    path: &Path,
    existing: Existing,
) -> Result<(), Error> {
    write_map(&map_layers(report, lang), report.crs, path, existing)
}

/// Writes layers of a map with their styles into one file, as [`write_geopackage`] does.
pub(crate) fn write_map(
    layers: &[MapLayer],
    crs: &Crs,
    path: &Path,
    existing: Existing,
) -> Result<(), Error> {
    let styles: Vec<LayerStyle> = layers
        .iter()
        .map(|layer| LayerStyle {
            name: layer.style.name.clone(),
            qml: layer.style.qml.clone(),
            sld: layer.style.sld.clone(),
        })
        .collect();
    let outputs: Vec<OutputLayer<'_>> = layers
        .iter()
        .zip(&styles)
        .map(|(layer, style)| OutputLayer {
            name: &layer.name,
            crs,
            polygons: &layer.shapes,
            attributes: &layer.attributes,
            style: Some(style),
        })
        .collect();
    write_layers(path, &outputs, &WriteOptions { existing, results: true, ..WriteOptions::default() })?;
    Ok(())
}
