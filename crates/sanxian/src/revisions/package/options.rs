//! What a package says beside what changed.

use std::collections::BTreeMap;

use sanxian_model::Day;

use super::change_fields::refuse_value;
use super::error::PackageError;

/// What a package says beside what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageOptions {
    /// The day of the changes, with which their numbers (WHBH) begin.
    pub date: Day,
    /// Name of the plan layer; none for that of the newer revision.
    pub layer: Option<String>,
    /// What stands in fields of every change: YSDM, XZQDM, XZQMC, WHLY, JDZBLY, KZBSHSLX, BZ. What is not given stays empty.
    pub values: BTreeMap<String, String>,
}

impl PackageOptions {
    /// Changes of a day, with nothing more about them.
    #[must_use]
    pub fn of_day(date: Day) -> Self {
        Self { date, layer: None, values: BTreeMap::new() }
    }

    /// The same with a text in a field of every change.
    ///
    /// # Errors
    /// [`PackageError::NoSuchField`] and [`PackageError::TextTooLong`].
    pub fn with(mut self, field: &str, text: &str) -> Result<Self, PackageError> {
        refuse_value(field, text)?;
        self.values.insert(field.to_owned(), text.to_owned());
        Ok(self)
    }
}
