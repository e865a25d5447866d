//! Findings and patches as a GeoPackage that opens coloured.

use std::path::Path;

use sanxian::report::{Report, map_layers};
use sanxian::{Lang, WriteOptions};
use sanxian_io::{LayerStyle, OutputLayer, write_layers};

use crate::failure::Failure;

/// Writes the layers of a report into one file.
pub(crate) fn write(report: &Report<'_>, lang: Lang, path: &Path) -> Result<(), Failure> {
    let layers = map_layers(report, lang);
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
            name: layer.name,
            crs: report.crs,
            polygons: &layer.shapes,
            attributes: &layer.attributes,
            style: Some(style),
        })
        .collect();
    write_layers(path, &outputs, &WriteOptions::default())?;
    Ok(())
}
