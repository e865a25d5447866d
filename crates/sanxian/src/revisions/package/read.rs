//! A package from a file.

use sanxian_io::{LayerInfo, ReadOptions, list_layers, read_layer};
use sanxian_model::{Layer, Role, Treatment};

use super::columns::with_own_columns;
use super::error::PackageError;
use super::layer_names::{AFTER, BEFORE, CHANGE};
use super::package::Package;
use crate::error::Error;

impl Package {
    /// Reads a package: the three layers of a plan layer, which is named where the file has several. Options are those with which the
    /// plan is read that it is applied to.
    ///
    /// # Errors
    /// [`PackageError::NoPackage`], [`PackageError::SeveralPackages`] and [`PackageError::Incomplete`] in [`Error::Package`];
    /// [`Error::Read`].
    pub fn read(path: &str, layer: Option<&str>, options: &ReadOptions) -> Result<Self, Error> {
        let layers = list_layers(path)?;
        let name = match layer {
            Some(layer) => layer.to_owned(),
            None => only_name(path, &layers)?,
        };
        let missing = [BEFORE, CHANGE, AFTER].map(|prefix| format!("{prefix}{name}"));
        let missing = missing.into_iter().find(|wanted| layers.iter().all(|layer| layer.name != *wanted));
        if let Some(layer) = missing {
            return Err(PackageError::NoPackage { path: path.to_owned(), layer }.into());
        }
        // A file of three layers is read as it is, whatever the plan needs.
        let options =
            ReadOptions { allow_empty: true, encoding: None, crs: None, width: None, ..options.clone() };
        let part = |prefix: &str| -> Result<Layer, Error> {
            let read = read_layer(&format!("{path}#{prefix}{name}"), Role::PLAN, &options)?;
            let left_out = read.faults.iter().find(|fault| fault.treatment == Treatment::Skipped);
            match left_out {
                Some(fault) => Err(PackageError::Incomplete { fault: Box::new(fault.clone()) }.into()),
                None => Ok(with_own_columns(read.layer)),
            }
        };
        let (before, change, after) = (part(BEFORE)?, part(CHANGE)?, part(AFTER)?);
        Ok(Self { name, before, change, after })
    }
}

/// The plan layer of a file that has the package of one.
fn only_name(path: &str, layers: &[LayerInfo]) -> Result<String, PackageError> {
    let names: Vec<String> =
        layers.iter().filter_map(|layer| layer.name.strip_prefix(BEFORE)).map(str::to_owned).collect();
    match &names[..] {
        [only] => Ok(only.clone()),
        [] => Err(PackageError::NoPackage { path: path.to_owned(), layer: format!("{BEFORE}…") }),
        _ => Err(PackageError::SeveralPackages { path: path.to_owned(), layers: names }),
    }
}
