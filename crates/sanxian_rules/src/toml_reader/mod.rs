//! The one reader of TOML, for rules, profiles and configs.
//!
//! It takes a table key by key, so that every error names file, line, column and the nearest known key. A derived
//! deserialiser knows the line, but not what the writer meant.
//!
//! ```
//! use sanxian_model::{Explain, SquareMetres};
//! use sanxian_rules::toml_reader::{FileText, TomlError, Value};
//!
//! fn tolerance(text: &str) -> Result<Option<SquareMetres>, TomlError> {
//!     let mut table = FileText::new("sanxian.toml", text).table()?;
//!     let tolerance = table.optional("tolerance", Value::area)?;
//!     table.finish()?;
//!     Ok(tolerance)
//! }
//!
//! assert_eq!(tolerance("tolerance = \"1 m2\"")?, Some(SquareMetres(1.0)));
//! let told = tolerance("\ntolerence = \"1 m2\"").unwrap_err();
//! assert_eq!(told.spot.to_string(), "sanxian.toml:2:1");
//! assert!(told.explain().advice.en.starts_with("did you mean `tolerance`?"));
//! # Ok::<(), TomlError>(())
//! ```

mod error;
mod file_text;
mod reader;
mod spot;
mod value;

pub use error::{TomlError, TomlMistake};
pub use file_text::FileText;
pub use reader::Reader;
pub use spot::Spot;
pub use value::Value;
