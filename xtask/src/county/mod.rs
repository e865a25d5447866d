//! `cargo xtask demo-county`: a made-up county, the sample one or one of any size for benches.

mod bench;
mod boundary;
mod coverage;
mod demo;
mod farmland;
mod random;
mod redline;
mod region;
mod table;
mod write;

use std::path::PathBuf;

use anyhow::Result;

/// Flags of `demo-county`.
#[derive(Debug, clap::Args)]
pub(crate) struct DemoCounty {
    /// Same seed, same county.
    #[arg(long, default_value_t = 2026)]
    seed: u64,
    /// Makes a county for benches with about that many patches instead of the sample county.
    #[arg(long)]
    patches: Option<usize>,
    /// Folder to write to.
    #[arg(long)]
    out: Option<PathBuf>,
}

impl DemoCounty {
    /// Writes the files and returns what was done.
    pub(crate) fn run(&self) -> Result<String> {
        let folder = self.out.clone().unwrap_or_else(|| {
            PathBuf::from(if self.patches.is_some() { "target/counties" } else { "data/demo" })
        });
        std::fs::create_dir_all(&folder)?;
        let layers = match self.patches {
            Some(patches) => {
                let layers = bench::layers(self.seed, patches)?;
                write::write_geopackage(&folder.join(format!("county-{patches}.gpkg")), &layers)?;
                layers
            }
            None => demo::write(self.seed, &folder)?,
        };
        let mut told = format!("{}\n", folder.display());
        for layer in &layers {
            told += &format!(
                "  {:<11} {:>8} features {:>10} vertices\n",
                layer.name,
                layer.polygons.len(),
                layer.polygons.coords().len()
            );
        }
        Ok(told)
    }
}
