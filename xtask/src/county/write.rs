//! Made layers go to files.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use arrow_array::RecordBatch;
use sanxian_io::{OutputLayer, WriteOptions, crs_from_user, write_layers};
use sanxian_model::PolygonColumn;

use super::table::Table;

/// CGCS2000 / 3-degree Gauss-Kruger CM 111E.
const CRS: &str = "EPSG:4546";

/// A layer that was made up and goes to a file.
#[derive(Debug)]
pub(crate) struct MadeLayer {
    pub(crate) name: &'static str,
    pub(crate) polygons: PolygonColumn,
    pub(crate) attributes: RecordBatch,
}

impl MadeLayer {
    /// A layer of polygons with a row of attributes each.
    pub(crate) fn new(name: &'static str, polygons: PolygonColumn, table: Table) -> Result<Self> {
        ensure!(polygons.len() == table.len(), "{name}: {} polygons, {} rows", polygons.len(), table.len());
        Ok(Self { name, polygons, attributes: table.finish()? })
    }
}

/// Writes the layers to one GeoPackage.
pub(crate) fn write_geopackage(path: &Path, layers: &[MadeLayer]) -> Result<()> {
    // A GeoPackage says when each layer was changed; a fixed day keeps the bytes the same each time.
    gdal::config::set_config_option("OGR_CURRENT_DATE", "2026-03-01T00:00:00.000Z")
        .context("GDAL takes no options")?;
    let crs = crs_from_user(CRS).with_context(|| format!("{CRS} is not known here"))?;
    let layers: Vec<_> = layers
        .iter()
        .map(|layer| OutputLayer {
            name: layer.name,
            crs: &crs,
            polygons: &layer.polygons,
            attributes: &layer.attributes,
            style: None,
        })
        .collect();
    write_layers(path, &layers, &WriteOptions::default())
        .with_context(|| format!("cannot write {}", path.display()))?;
    Ok(())
}
