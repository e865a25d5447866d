//! One layer from any format into any other.

use std::path::Path;

use sanxian_io::{
    OutputLayer, ReadOptions, WriteOptions, Written, crs_from_user, read_layer, transform_layer, write_layers,
};
use sanxian_model::{Crs, Fault, Role};

use crate::error::Error;

/// What was converted.
#[derive(Debug, Clone)]
pub struct Converted {
    /// Features written.
    pub features: usize,
    /// What was wrong with single features.
    pub faults: Vec<Fault>,
    /// CRS as delivered.
    pub from: Crs,
    /// CRS as written.
    pub to: Crs,
    /// The PROJ pipeline in between, when there was one.
    pub pipeline: Option<String>,
    /// Vertices that the transformation added, so that edges stay where they are.
    pub added: usize,
    /// What the format made the writer change.
    pub written: Written,
}

/// Reads a layer, brings it to another CRS if asked, and writes it; the driver follows the extension of `to`.
///
/// # Errors
/// [`Error::Read`], [`Error::Crs`], [`Error::Write`].
pub fn convert(
    from: &str,
    to: &Path,
    to_crs: Option<&str>,
    read: &ReadOptions,
    write: &WriteOptions,
) -> Result<Converted, Error> {
    let delivered = read_layer(from, Role::PLAN, read)?;
    let mut layer = delivered.layer;
    let from_crs = layer.crs.clone();
    let vertices = layer.polygons.coords().len();
    if let Some(target) = to_crs {
        let target = crs_from_user(target)?;
        if !sanxian_io::same_crs(&layer.crs, &target) {
            layer = transform_layer(layer, &target)?;
        }
    }
    let output = OutputLayer {
        name: &layer.source.layer,
        crs: &layer.crs,
        polygons: &layer.polygons,
        attributes: &layer.attributes,
        style: None,
    };
    let written = write_layers(to, &[output], write)?;
    Ok(Converted {
        features: layer.len(),
        faults: delivered.faults,
        from: from_crs,
        to: written.crs.clone().unwrap_or_else(|| layer.crs.clone()),
        added: layer.polygons.coords().len().saturating_sub(vertices),
        written,
        pipeline: layer.source.pipeline.clone(),
    })
}
