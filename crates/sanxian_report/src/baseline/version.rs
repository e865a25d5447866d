//! The version of the file.

/// Version of the file. It changes when a field is removed or changes its meaning.
pub const BASELINE_VERSION: u32 = 1;
