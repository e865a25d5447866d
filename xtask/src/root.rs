//! Where the repository is, whatever folder the command was started in.

use std::path::PathBuf;

use anyhow::{Context, Result};

/// The folder that holds the workspace.
///
/// Cargo names the folder of this package to every program and test it runs. The name is read while running,
/// since a path that is compiled in goes stale when the checkout is moved.
///
/// # Errors
/// When the program was not started by cargo.
pub(crate) fn root() -> Result<PathBuf> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .context("CARGO_MANIFEST_DIR is not set; start this as `cargo xtask`")?;
    let package = PathBuf::from(package);
    Ok(package.parent().context("the package lies in the repository")?.to_path_buf())
}
