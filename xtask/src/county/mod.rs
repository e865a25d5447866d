//! `cargo xtask demo-county`: a made-up county, the sample one or one of any size for benches.

mod bench;
mod boundary;
mod coverage;
mod demo;
mod farmland;
mod freshness;
mod random;
mod redline;
mod region;
mod table;
mod write;

use std::fmt::Write as _;
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
    /// Writes nothing; says whether the sample county in the folder is what the generator makes.
    #[arg(long, conflicts_with = "patches")]
    check: bool,
    /// Folder to write to, `data/demo` or `target/counties` unless told.
    #[arg(long)]
    out: Option<PathBuf>,
}

impl DemoCounty {
    /// Writes the files and returns what was done.
    pub(crate) fn run(&self) -> Result<String> {
        let folder = self.out.clone().unwrap_or_else(|| {
            PathBuf::from(if self.patches.is_some() { "target/counties" } else { "data/demo" })
        });
        if self.check {
            let made = tempfile::tempdir()?;
            for file in demo::write(self.seed, made.path())? {
                freshness::compare(&folder.join(file.name), &file.layers)?;
            }
            return Ok(format!("{} is what the generator makes\n", folder.display()));
        }
        std::fs::create_dir_all(&folder)?;
        let layers = match self.patches {
            Some(patches) => {
                let layers = bench::layers(self.seed, patches)?;
                write::write_geopackage(&folder.join(format!("county-{patches}.gpkg")), &layers)?;
                layers
            }
            None => demo::write(self.seed, &folder)?.into_iter().flat_map(|file| file.layers).collect(),
        };
        let mut told = format!("{}\n", folder.display());
        for layer in &layers {
            writeln!(
                told,
                "  {:<11} {:>8} features {:>10} vertices",
                layer.name,
                layer.polygons.len(),
                layer.polygons.coords().len()
            )?;
        }
        Ok(told)
    }
}
