//! Rules as data, predicates in Rust, profiles and the checker.
//!
//! A rule is one TOML file: what is denied, by which document, of whom, with which exceptions, in which
//! words. A predicate is one question in Rust. The checker puts the questions to the facts that the geometry
//! engine prepared ([`Facts`]), and answers with findings and with the rules that could not be judged.
//!
//! ```
//! use sanxian_model::Lang;
//! use sanxian_rules::{RuleBook, card_text, needed_overlaps};
//!
//! # fn main() -> Result<(), sanxian_rules::RuleError> {
//! let book = RuleBook::embedded();
//! let rules = book.pick(RuleBook::DEFAULT_PROFILE, &["BF".to_owned()], &["BF-10".to_owned()])?;
//! assert_eq!(rules.len(), 2);
//! for (subject, zone) in needed_overlaps(&rules) {
//!     println!("measure {subject} against {zone}");
//! }
//! assert!(card_text(rules[0], Lang::Zh).contains("占用永久基本农田"));
//! # Ok(())
//! # }
//! ```
//!
//! # Invariant
//! This crate opens no file, measures no geometry, formats no report and starts no thread.

#![deny(missing_docs)]

mod attribute;
mod book;
pub mod card;
mod checker;
mod columns;
mod error;
mod example;
mod facts;
mod filter;
mod known_values;
mod message;
mod not_run;
pub mod predicates;
mod profile;
mod registry;
mod rule;
mod rule_file;
mod rule_input;
mod selection;
pub mod toml_reader;
mod vocabulary;

pub use attribute::Attribute;
pub use book::RuleBook;
pub use card::{RuleCard, card_markdown, card_text};
pub use checker::{CheckOptions, Checked, check, worst};
pub use error::{FilterAt, RuleError};
pub use example::{Example, ExampleFeature, Expected};
pub use facts::{Facts, needed_overlaps};
pub use filter::{Filter, FilterError};
pub use message::{PLACEHOLDERS, area_text, render_help, render_message};
pub use not_run::{Gap, NotRun, Reason, reasons_not_run};
pub use predicates::Predicate;
pub use profile::Profile;
pub use rule::{Exception, Rule, Source, Status};
pub use toml_reader::{Spot, TomlError};
pub use vocabulary::canonical_names;

#[cfg(test)]
mod checker_tests;
#[cfg(test)]
mod pack_tests;
#[cfg(test)]
mod testing;
