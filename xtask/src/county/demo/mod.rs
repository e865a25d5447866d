//! The sample county of `data/demo`: a clean background, and planted violations and near-misses in it.

mod boundary_txt;
mod contradictions;
mod edition;
mod layout;
mod lines;
mod plan;
mod plans;
mod planting;
mod projects;
mod record;
mod revised;
mod revision;
mod shapefile;

use std::path::Path;

use anyhow::Result;

use self::edition::Edition;
use self::planting::Planting;
use super::write::{MadeLayer, write_geopackage};

/// The layers of `county.gpkg`.
fn layers(seed: u64, planting: &Planting) -> Result<Vec<MadeLayer>> {
    let coverage = layout::coverage(seed);
    Ok(vec![
        plan::survey(&coverage)?,
        plan::plan("GHYDYH", &plan::patches(&coverage, planting), Edition::First)?,
        lines::redline(&lines::redline_features(&coverage, planting), Edition::First)?,
        lines::farmland(&lines::farmland_patches(&coverage, planting), Edition::First)?,
        lines::boundary(&lines::boundary_zones(&coverage, planting), Edition::First)?,
        lines::parks(&coverage, planting)?,
        plan::units(&coverage)?,
    ])
}

/// Layers that stand in one file of the sample county.
#[derive(Debug)]
pub(super) struct MadeFile {
    pub(super) name: &'static str,
    pub(super) layers: Vec<MadeLayer>,
}

/// Writes the sample county into a folder and returns its files.
pub(super) fn write(seed: u64, folder: &Path) -> Result<Vec<MadeFile>> {
    let planting = planting::planting();
    let contradictions = contradictions::contradictions();
    let plans = plans::layers(&layout::coverage(seed), &planting, &contradictions)?;
    let revision = revision::layers(&layout::coverage(seed), &planting, &revised::revised())?;
    let packages =
        [("county.gpkg", layers(seed, &planting)?), ("plans.gpkg", plans), ("revision.gpkg", revision)];
    let mut files = Vec::new();
    for (name, layers) in packages {
        write_geopackage(&folder.join(name), &layers)?;
        files.push(MadeFile { name, layers });
    }
    let parcels = projects::parcels(&planting)?;
    shapefile::write(folder, "项目红线", &parcels)?;
    boundary_txt::write(&folder.join("项目红线.txt"), &planting)?;
    files.push(MadeFile { name: "项目红线.shp", layers: vec![parcels] });
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::county::coverage::twice_area;

    fn area(layers: &[MadeLayer], name: &str) -> f64 {
        let layer = layers.iter().find(|layer| layer.name == name).expect("a layer of the county");
        layer
            .polygons
            .iter()
            .flat_map(|feature| feature.rings().map(twice_area).collect::<Vec<_>>())
            .sum::<f64>()
            / 2.0
    }

    #[test]
    fn plan_and_survey_cover_the_units() {
        for seed in [2026, 7] {
            let layers = layers(seed, &planting::planting()).expect("a county can be made");
            let units = area(&layers, "XZQ");
            assert!((area(&layers, "DLTB") - units).abs() < 1e-3);
            assert!((area(&layers, "GHYDYH") - units).abs() < 1e-3);
        }
    }

    #[test]
    fn planted_patches_fill_their_cells() {
        let planting = planting::planting();
        let planned: BTreeSet<_> = planting.planned_cells.iter().collect();
        assert_eq!(planned.len(), planting.planned_cells.len(), "two cases share a cell");
        let planted: f64 =
            planting.patches.iter().flat_map(|shape| &shape.rings).map(|r| twice_area(r)).sum();
        assert!((planted / 2.0 - planned.len() as f64 * 40_000.0).abs() < 1e-3);
    }
}
