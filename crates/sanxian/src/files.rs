//! What a program needs that writes files of its own beside those of the library: whole files or none, and none that was read.

pub use sanxian_io::write::remove_unfinished;
pub use sanxian_io::{
    crs_from_user, list_layers, refuse_overwriting_inputs, refuse_replacing, write_atomically,
};
