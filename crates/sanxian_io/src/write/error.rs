//! Why an output could not be written. Every message says what happened, where, and what to do.

use std::path::PathBuf;

use crate::crs::CrsError;
use crate::gdal_log::Cause;

/// Why an output could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The extension tells no format.
    #[error(
        "`{}` has no extension of a known format\n  do:    use one of gpkg, shp, geojson, geojsonl, fgb, gdb, kml, csv, txt",
        .path.display()
    )]
    UnknownFormat {
        /// The output.
        path: PathBuf,
    },
    /// The folder is not there.
    #[error("there is no folder for `{}`\n  do:    make the folder first, or write elsewhere", .path.display())]
    NoFolder {
        /// The output.
        path: PathBuf,
    },
    /// The system refused: rights, a full disk, a name that is a folder.
    #[error("`{}` cannot be written: {source}\n  do:    check rights and free space, or write elsewhere", .path.display())]
    Io {
        /// The output.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// GDAL refused.
    #[error("`{}` cannot be written{cause}\n  do:    check rights and free space, or write elsewhere", .path.display())]
    Driver {
        /// The output.
        path: PathBuf,
        /// GDAL's own words.
        cause: Cause,
    },
    /// The output is an input of the same run.
    #[error(
        "the output `{}` is also an input ({input})\n  do:    write to another file; an input is never overwritten", .path.display()
    )]
    IsInput {
        /// The output.
        path: PathBuf,
        /// The input as the user named it.
        input: String,
    },
    /// There is a file of that name, and it is to be kept.
    #[error(
        "`{}` is already there\n  do:    write to another file, or say --overwrite to replace it", .path.display()
    )]
    Exists {
        /// The output.
        path: PathBuf,
    },
    /// The database that would be replaced holds more than results of a check.
    #[error(
        "`{}` is already there and holds other data{}\n  do:    write to another file, or say --overwrite to replace all \
         of it", .path.display(), listed(.layers)
    )]
    HoldsOtherData {
        /// The output.
        path: PathBuf,
        /// Its layers and tables that are no results.
        layers: Vec<String>,
    },
    /// The database that would be replaced has changes beside it that would be put into the new one.
    #[error(
        "`{}` is open in another program, or was not closed properly: `{}` holds changes that are not yet in it\n  do:    \
         close the program (QGIS, ArcGIS), or write to another file", .path.display(), .pending.display()
    )]
    PendingChanges {
        /// The output.
        path: PathBuf,
        /// The log or journal beside it.
        pending: PathBuf,
    },
    /// The format holds one layer.
    #[error(
        "`{}` can hold one layer, not {layers}\n  do:    write a GeoPackage (.gpkg), or one file a layer", .path.display()
    )]
    OneLayerOnly {
        /// The output.
        path: PathBuf,
        /// Layers to write.
        layers: usize,
    },
    /// The encoding that the user named does not exist.
    #[error("`{name}` is not a text encoding\n  do:    use UTF-8 or GBK")]
    UnknownEncoding {
        /// As written.
        name: String,
    },
    /// The format wants longitude and latitude and the layer has no place on the earth, or PROJ refuses.
    #[error("{source}\n  where: layer `{layer}` on its way to {}", .path.display())]
    Crs {
        /// The output.
        path: PathBuf,
        /// The layer.
        layer: String,
        /// What is wrong.
        #[source]
        source: CrsError,
    },
    /// The format cannot hold what the layer has.
    #[error("layer `{layer}` cannot be written to `{}`: {reason}\n  do:    {advice}", .path.display())]
    NotInThisFormat {
        /// The output.
        path: PathBuf,
        /// The layer.
        layer: String,
        /// What does not fit.
        reason: String,
        /// What to do.
        advice: String,
    },
}

impl WriteError {
    pub(crate) fn io(path: &std::path::Path) -> impl Fn(std::io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}

/// The first few names of layers, in brackets.
fn listed(layers: &[String]) -> String {
    const SHOWN: usize = 5;
    let names: Vec<String> = layers.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let more = if layers.len() > SHOWN { ", ..." } else { "" };
    if names.is_empty() { String::new() } else { format!(" ({}{more})", names.join(", ")) }
}
