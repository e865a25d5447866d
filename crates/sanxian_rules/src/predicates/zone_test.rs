//! The parameters that all predicates over zones share.

use sanxian_model::{Role, SquareMetres};

use crate::filter::Filter;
use crate::toml_reader::{Reader, TomlError, Value};

/// Which zones a subject is held against, and what is let pass.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ZoneTest {
    /// Role of the zone layer (`zone`).
    pub zone: Role,
    /// Which of its features count (`zone-where`); none means all.
    pub filter: Option<Filter>,
    /// Largest area that is let pass (`tolerance`); none leaves it to the profile.
    pub tolerance: Option<SquareMetres>,
}

impl ZoneTest {
    pub(super) fn read(table: &mut Reader<'_>) -> Result<Self, TomlError> {
        Ok(Self {
            zone: table.need("zone")?.role()?,
            filter: table.optional("zone-where", |value| value.filter(false))?,
            tolerance: table.optional("tolerance", Value::area)?,
        })
    }

    pub(super) fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut list = vec![("zone", self.zone.to_string())];
        if let Some(filter) = &self.filter {
            list.push(("zone-where", filter.text().to_owned()));
        }
        if let Some(tolerance) = self.tolerance {
            list.push(("tolerance", format!("{} m2", tolerance.get())));
        }
        list
    }
}
