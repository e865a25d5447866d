//! What sources hold and how a check would read them, before anything is judged.

mod classes;
mod command;
mod contents;
mod faults;
mod fields;
mod identifiers;
mod role;
mod source;

use sanxian_io::ReadOptions;

pub use sanxian_report::info::{
    ClassInfo, CommandLine, Contents, FaultGroup, FieldInfo, FieldKind, IdentifierInfo, InfoFormat,
    Inspection, LayerContents, LayerInfo, SchemeReason, SourceInfo, write,
};

/// Looks at sources: `FILE`, `FILE#LAYER`, a folder, a connection (`PG:…`), or `-` for standard input. Without a layer all layers of a
/// source are told. Each layer is read as for a check, under the role that its name, its file or its columns tell.
///
/// What cannot be read is part of the result ([`Inspection::errors`]), and hides nothing of the rest.
///
/// # Units and CRS
/// Extents are in the CRS of their layer as delivered, x east and y north.
#[must_use]
pub fn inspect(sources: &[String], options: &ReadOptions) -> Inspection {
    let sources: Vec<SourceInfo> = sources.iter().map(|source| source::look_at(source, options)).collect();
    let layers: Vec<&LayerInfo> = sources.iter().flat_map(|source| &source.layers).collect();
    let command = command::of(&layers, options);
    Inspection { command, sources, tool_version: env!("CARGO_PKG_VERSION") }
}
