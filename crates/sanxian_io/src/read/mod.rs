//! From a file, a connection or standard input to a layer in columns.

mod arrow_stream;
pub(crate) mod delivered;
mod error;
mod gdal_layer;
mod geojson_stream;
mod open;
mod options;
mod source_ref;
mod text;
mod wkb;

use sanxian_model::Role;

pub(crate) use error::words;
pub(crate) use text::encoding_named;

pub use error::ReadError;
pub use options::{CrsChoice, LayerInfo, ReadLayer, ReadOptions};
pub use source_ref::SourceRef;

/// Reads one layer and gives it its meaning.
///
/// `source` is `FILE`, `FILE#LAYER`, a connection (`PG:…#LAYER`) or `-` for standard input.
///
/// # Units and CRS
/// Coordinates are in the layer's own CRS, x east and y north.
///
/// # Promises
/// Every feature of the input is either in the layer or in the faults; nothing is left out in silence.
///
/// # Errors
/// Each variant of [`ReadError`] says what happened, where, and what to do.
pub fn read_layer(source: &str, role: Role, options: &ReadOptions) -> Result<ReadLayer, ReadError> {
    let source = SourceRef::parse(source);
    if source.is_standard_input() {
        return read_stream(&source.path, std::io::stdin().lock(), role, options);
    }
    let delivered = gdal_layer::read(&source, options)?;
    crate::normalise::normalise(delivered, &source, role, options)
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
) -> Result<ReadLayer, ReadError> {
    let delivered = geojson_stream::read(name, input)?;
    let source = SourceRef { path: name.to_owned(), layer: None };
    crate::normalise::normalise(delivered, &source, role, options)
}

/// Lists the layers of an input.
///
/// # Errors
/// [`ReadError::Missing`] or [`ReadError::NotReadable`].
pub fn list_layers(source: &str) -> Result<Vec<LayerInfo>, ReadError> {
    let source = SourceRef::parse(source);
    open::open(&source).map(|opened| open::layers_of(&opened))
}
