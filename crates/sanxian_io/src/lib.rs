//! Readers and writers of sanxian (三线): GDAL, PROJ, GeoJSON and boundary TXT.
//!
//! The folders follow the data: [`read`] brings a file into columns, [`crs`] knows where on the earth they are,
//! [`mod@write`] takes columns out again. What the columns mean is a matter of `sanxian_layer`.
//!
//! # Invariant
//! This is the only crate that knows GDAL or PROJ. It measures no overlap and knows no rule.

pub mod crs;
mod gdal_log;
pub mod read;
mod temporary_folder;
pub mod write;

pub use crs::{CrsError, Geodetic, crs_from_user, same_crs, transform_layer};
pub use gdal_log::Cause;
pub use read::{
    CrsChoice, Found, GitError, LayerInfo, ReadError, ReadOptions, SourceRef, at_revision,
    is_bare_repository, is_there, lines_of_features, list_layers, merge_base, read_delivered, read_found,
    read_layer, read_stream, read_text,
};
pub use write::{
    Existing, LayerStyle, OutputLayer, TEXT_WIDTH, Unwritable, WriteError, WriteOptions, Written,
    refuse_overwriting_inputs, refuse_replacing, remove_unfinished, write_atomically, write_layers,
};
