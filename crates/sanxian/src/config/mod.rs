//! `sanxian.toml`: layers by role, and settings.
//!
//! A key that is not known is an error with its place and the nearest known key: a mistyped threshold must not silently
//! pass a plan. Relative paths are read from the folder of the file.
//!
//! # Invariant
//! The only place that knows the keys of the file. [`KEYS`] describes them; what is not in it is not read.

#[cfg(feature = "files")]
mod check;
mod error;
mod known_names;
mod layer;
mod open;
mod program;
mod read;
mod rule_files;
mod settings;
#[cfg(feature = "files")]
mod sources;
mod table;

pub use error::ConfigError;
pub use known_names::KnownNames;
pub use layer::LayerConfig;
pub use program::{FailOn, ProgramConfig};
pub use rule_files::rule_book;
pub use settings::Config;
pub use table::{ConfigKey, KEYS, LAYER_KEYS, PAIR_KEYS};
