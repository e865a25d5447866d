//! Is the committed sample county still what the generator makes?
//!
//! Features are compared, not bytes: another version of GDAL writes another GeoPackage of the same county.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use sanxian_io::{ReadOptions, read_layer};
use sanxian_model::{Layer, Role, Treatment};

use super::write::MadeLayer;

/// Compares each made layer with the one in the file.
///
/// # Errors
/// The first layer and feature that differ.
pub(crate) fn compare(file: &Path, layers: &[MadeLayer]) -> Result<()> {
    for made in layers {
        let source = format!("{}#{}", file.display(), made.name);
        let options = ReadOptions::default();
        let role = Role::new("sample").map_err(anyhow::Error::msg)?;
        let kept = read_layer(&source, role, &options).with_context(|| format!("cannot read {source}"))?;
        // A planted code that nobody knows is told and kept.
        let fault = kept.faults.iter().find(|fault| fault.treatment != Treatment::Kept);
        ensure!(fault.is_none(), "{source}: {fault:?}");
        compare_layer(&source, made, &kept.layer)?;
    }
    Ok(())
}

fn compare_layer(source: &str, made: &MadeLayer, kept: &Layer) -> Result<()> {
    let again = "run `cargo xtask demo-county` and look at what changed";
    ensure!(
        made.polygons.len() == kept.len(),
        "{source} has {} features, the generator makes {}; {again}",
        kept.len(),
        made.polygons.len()
    );
    let made_as_layer = Layer { attributes: made.attributes.clone(), ..kept.clone() };
    for row in 0..kept.len() {
        let same_shape = made.polygons.feature(row).rings().eq(kept.polygons.feature(row).rings());
        ensure!(same_shape, "{source}: row {row} has another shape than the generator gives it; {again}");
        for field in made.attributes.schema().fields() {
            let [ours, theirs] = [&made_as_layer, kept].map(|layer| layer.text(field.name(), row));
            ensure!(
                ours == theirs,
                "{source}: row {row}, {}: {theirs:?} for {ours:?}; {again}",
                field.name()
            );
        }
    }
    Ok(())
}
