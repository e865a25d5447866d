//! `cargo xtask bare-read FILE LAYER...`: the floor under every run. GDAL makes its Arrow batches of the layers
//! and they are thrown away; nothing is looked at.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use arrow_array::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use gdal::Dataset;
use gdal::cpl::CslStringList;
use gdal::vector::LayerAccess;

/// Runs that are timed; the least disturbed one counts.
const RUNS: usize = 5;

/// Flags of `bare-read`.
#[derive(Debug, clap::Args)]
pub(crate) struct BareRead {
    /// A file that GDAL reads.
    file: PathBuf,
    /// Its layers, read one after the other.
    #[arg(required = true)]
    layers: Vec<String>,
}

impl BareRead {
    /// Reads the layers a few times and returns what it took.
    pub(crate) fn run(&self) -> Result<String> {
        let mut told = String::new();
        for run in 1..=RUNS {
            let started = Instant::now();
            let mut features = 0;
            for layer in &self.layers {
                features += self.read(layer)?;
            }
            writeln!(told, "run {run}: {features} features in {:.3} s", started.elapsed().as_secs_f64())?;
        }
        Ok(told)
    }

    fn read(&self, name: &str) -> Result<usize> {
        let dataset = Dataset::open(&self.file)?;
        let mut layer = dataset.layer_by_name(name).with_context(|| format!("layer {name}"))?;
        let mut stream = FFI_ArrowArrayStream::empty();
        #[expect(unsafe_code, reason = "the C stream interface of Arrow has no safe form in the gdal crate")]
        // SAFETY: both types are the one struct of the Arrow C stream interface; the stream is dropped before
        // the layer and its dataset, at the end of this function.
        unsafe {
            layer.read_arrow_stream(std::ptr::from_mut(&mut stream).cast(), &CslStringList::new())?;
        }
        let mut features = 0;
        for batch in ArrowArrayStreamReader::try_new(stream)? {
            features += batch?.num_rows();
        }
        Ok(features)
    }
}
