//! From a file, a connection or standard input to a layer in columns.

mod arrow_stream;
pub(crate) mod boundary_rings;
pub(crate) mod boundary_sections;
pub(crate) mod boundary_txt;
mod csv_rows;
mod error;
mod found;
mod from_file;
mod gdal_file;
mod gdal_layer;
mod geojson_lines;
mod geojson_outline;
mod geojson_stream;
mod git_base;
mod git_error;
mod git_revision;
mod git_source;
mod git_tree;
mod kart_diff;
mod long_integers;
mod mid_rows;
mod open;
mod options;
#[cfg(test)]
mod reader_properties;
mod ring_position;
mod shapefile_parts;
mod source_ref;
pub(crate) mod sqlite;
mod text;

use sanxian_layer::{Delivered, LayerError, NormalisedLayer, normalise};
use sanxian_model::{Crs, Role};

use crate::crs::{self, CrsError, OwnCrs};

pub(crate) use from_file::FromFile;
pub(crate) use text::encoding_named;

pub use error::ReadError;
pub use found::Found;
pub use geojson_lines::lines_of_features;
pub use git_base::{at_revision, is_bare_repository, merge_base};
pub use git_error::GitError;
pub use options::{CrsChoice, LayerInfo, ReadOptions};
pub use source_ref::SourceRef;

/// Reads one layer and gives it its meaning.
///
/// `source` is `FILE`, `FILE#LAYER`, a connection (`PG:…#LAYER`), `-` for standard input, or a file of a Git revision
/// (`HEAD~1:FILE#LAYER`; `:FILE` is what is staged), which is looked for when there is no file of that name;
/// `kart-old:FILE#DATASET` and `kart-new:FILE#DATASET` are the features of both sides of a diff by `kart diff -o json-lines`. With
/// [`ReadOptions::drivers`] revisions are not looked for.
///
/// # Units and CRS
/// Coordinates are in the layer's own CRS, x east and y north.
///
/// # Promises
/// Every feature of the input is either in the layer or in the faults; nothing is left out in silence.
///
/// # Errors
/// Each variant of [`ReadError`] says what happened, where, and what to do.
pub fn read_layer(source: &str, role: Role, options: &ReadOptions) -> Result<NormalisedLayer, ReadError> {
    let (path, delivered, crs) = read_delivered(source, Some(&role), options)?;
    Ok(normalise(delivered, crs, &path, role, &options.of_layer())?)
}

/// Reads one layer as it is: what messages call the input, the columns, and the CRS that the file and the user agree on.
///
/// `role` is what a message about a missing CRS names.
///
/// # Errors
/// As for [`read_layer`].
pub fn read_delivered(
    source: &str,
    role: Option<&Role>,
    options: &ReadOptions,
) -> Result<(String, Delivered, Crs), ReadError> {
    let Found { path, delivered, crs } = read_found(source, role, options)?;
    let (crs, _) = crs?;
    Ok((path, delivered, crs))
}

/// Reads one layer as it is, though its CRS may not be known or not be one that its coordinates can lie in: for who tells what an
/// input holds, and not for who measures.
///
/// # Errors
/// As for [`read_layer`], but for those of the CRS, which are in [`Found::crs`].
pub fn read_found(source: &str, role: Option<&Role>, options: &ReadOptions) -> Result<Found, ReadError> {
    let located = git_revision::locate(source, options.drivers.is_none())?;
    let source = &located.source;
    let read = if let Some(side) = source.kart {
        kart_diff::read(source, side)?
    } else if source.is_standard_input() {
        geojson_stream::read_stream(&source.path, std::io::stdin().lock())?
    } else {
        match boundary_file(source)? {
            Some((layer, bytes)) => {
                boundary_txt::read(&source.path, &layer, &bytes, options.encoding.as_deref())?
            }
            None => gdal_layer::read(source, options)?,
        }
    };
    placed(read, &source.path, role, options)
}

/// The layer of a file, and the CRS that the file and the user agree on, if its coordinates can lie there.
fn placed(
    FromFile { delivered, crs }: FromFile,
    path: &str,
    role: Option<&Role>,
    options: &ReadOptions,
) -> Result<Found, ReadError> {
    let (layer, polygons) = (delivered.layer.as_str(), &delivered.polygons);
    // That there is nothing is worth more than that it has no CRS.
    if delivered.features == 0 && !options.allow_empty {
        return Err(LayerError::Empty { path: path.to_owned(), layer: layer.to_owned() }.into());
    }
    let misplaced = |source: CrsError| ReadError::Crs {
        path: path.to_owned(),
        layer: layer.to_owned(),
        source: source.into(),
    };
    let crs = crs::choose(crs, options.crs.as_ref(), role, path, layer, polygons).and_then(|known| {
        crs::check_position(&known.0, polygons).map_err(misplaced)?;
        Ok(known)
    });
    Ok(Found { path: path.to_owned(), delivered, crs })
}

/// The bytes of a boundary TXT and the name of its only layer, which is that of the file.
fn boundary_file(source: &SourceRef) -> Result<Option<(String, Vec<u8>)>, ReadError> {
    let path = std::path::Path::new(source.connection());
    let is_txt = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt"));
    if !is_txt || !path.is_file() {
        return Ok(None);
    }
    let bytes =
        std::fs::read(path).map_err(|error| ReadError::Io { path: source.path.clone(), source: error })?;
    if !boundary_txt::is_boundary_txt(&bytes) {
        return Ok(None);
    }
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    match &source.layer {
        Some(layer) if *layer != name => Err(ReadError::NoSuchLayer {
            path: source.path.clone(),
            layer: layer.clone(),
            known: vec![LayerInfo {
                name,
                geometry: "Polygon".to_owned(),
                polygons: true,
                features: None,
                crs: None,
            }],
        }),
        _ => Ok(Some((name, bytes))),
    }
}

/// Reads GeoJSON from a stream: a collection, one feature, one feature a line, or a sequence behind record
/// separators (RFC 8142). `name` is what messages and places call the input.
///
/// # Errors
/// As for [`read_layer`]; [`ReadError::NoInput`] when the stream holds nothing.
pub fn read_stream(
    name: &str,
    input: impl std::io::Read,
    role: Role,
    options: &ReadOptions,
) -> Result<NormalisedLayer, ReadError> {
    let read = geojson_stream::read_stream(name, input)?;
    let Found { delivered, crs, .. } = placed(read, name, Some(&role), options)?;
    let (crs, _) = crs?;
    Ok(normalise(delivered, crs, name, role, &options.of_layer())?)
}

/// Whether a source names something that can be opened: a file, or a file of a revision that has it. A connection is taken to be
/// there.
#[must_use]
pub fn is_there(source: &str) -> bool {
    let located = git_revision::locate(source, true);
    located.is_ok_and(|located| {
        let source = &located.source;
        source.is_virtual()
            || source.is_standard_input()
            || std::path::Path::new(source.connection()).exists()
    })
}

/// The text of a file, or of a file of a Git revision.
///
/// # Errors
/// [`ReadError::Git`], [`ReadError::Io`].
pub fn read_text(source: &str) -> Result<String, ReadError> {
    let located = git_revision::locate(source, true)?;
    let failed = |error| ReadError::Io { path: source.to_owned(), source: error };
    std::fs::read_to_string(located.source.connection()).map_err(failed)
}

/// Lists the layers of an input.
///
/// # Errors
/// [`ReadError::Missing`] or [`ReadError::NotReadable`].
pub fn list_layers(source: &str) -> Result<Vec<LayerInfo>, ReadError> {
    let located = git_revision::locate(source, true)?;
    let source = &located.source;
    if let Some(side) = source.kart {
        return kart_diff::list(source, side);
    }
    if let Some((name, bytes)) = boundary_file(source)? {
        let FromFile { delivered, crs } = boundary_txt::read(&source.path, &name, &bytes, None)?;
        let crs = match crs {
            OwnCrs::Stated(crs) | OwnCrs::Assumed(crs) => Some(crs.short_name()),
            OwnCrs::Missing => None,
        };
        let features = Some(delivered.features as u64);
        return Ok(vec![LayerInfo { name, geometry: "Polygon".to_owned(), polygons: true, features, crs }]);
    }
    open::open(source, None, None).map(|opened| open::layers_of(&opened))
}
