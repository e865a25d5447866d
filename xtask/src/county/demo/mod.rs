//! The sample county of `data/demo`: a clean background, and planted violations and near-misses in it.

mod layout;
mod lines;
mod plan;
mod planting;
mod projects;
mod record;
mod shapefile;

use std::path::Path;

use anyhow::Result;

use super::write::{MadeLayer, write_geopackage};

/// Writes the sample county into a folder and returns its layers.
pub(super) fn write(seed: u64, folder: &Path) -> Result<Vec<MadeLayer>> {
    let coverage = layout::coverage(seed);
    let planting = planting::planting();
    let mut layers = vec![
        plan::survey(&coverage)?,
        plan::plan(&coverage, &planting)?,
        lines::redline(&coverage, &planting)?,
        lines::farmland(&coverage, &planting)?,
        lines::boundary(&coverage, &planting)?,
        lines::parks(&coverage, &planting)?,
        plan::units(&coverage)?,
    ];
    write_geopackage(&folder.join("county.gpkg"), &layers)?;
    let parcels = projects::parcels(&planting)?;
    shapefile::write(folder, "项目红线", &parcels)?;
    layers.push(parcels);
    Ok(layers)
}
