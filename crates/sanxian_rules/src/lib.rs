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
//! assert_eq!(rules.len(), 5);
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
pub mod decision;
mod error;
mod example;
mod exception;
mod facts;
mod figures;
mod filter;
mod grade;
mod judge;
mod known_values;
mod limit;
mod message;
mod needed_overlaps;
mod not_run;
pub mod predicates;
mod profile;
mod quota;
mod registry;
mod rule;
mod rule_file;
mod template;
pub mod toml_reader;
mod vocabulary;

pub use attribute::Attribute;
pub use book::RuleBook;
pub use card::{RuleCard, card_markdown, card_text};
pub use error::{FilterAt, RuleError};
pub use example::{Example, ExampleFeature, Expected};
pub use exception::Exception;
pub use facts::Facts;
pub use figures::area_text;
pub use filter::{Filter, FilterError};
pub use grade::Grade;
pub use judge::{Checked, LayerFilterError, Limits, check, rows_that_meet, worst};
pub use limit::Limit;
pub use message::{render_help, render_message};
pub use needed_overlaps::needed_overlaps;
pub use not_run::{Gap, NotRun, Reason, reasons_not_run};
pub use predicates::Predicate;
pub use profile::Profile;
pub use quota::{Quota, Quotas};
pub use rule::{Rule, Source, Status};
pub use template::PLACEHOLDERS;
pub use toml_reader::{Spot, TomlError};
pub use vocabulary::canonical_names;

#[cfg(test)]
mod pack_tests;
#[cfg(test)]
mod testing;
