//! A limit that a rule gives itself, or takes from a quota of the place.

use sanxian_model::SquareMetres;

use crate::quota::{Quota, Quotas};
use crate::toml_reader::{Reader, TomlError, Value};

/// A limit of a rule: a number of its own, or the name of a quota.
#[derive(Debug, Clone, PartialEq)]
pub enum Limit<T> {
    /// The number itself.
    Own(T),
    /// The quota of that name.
    Quota(String),
}

impl<T> Limit<T> {
    /// The name of the quota, if it is one.
    #[must_use]
    pub fn quota(&self) -> Option<&str> {
        match self {
            Self::Own(_) => None,
            Self::Quota(name) => Some(name),
        }
    }

    /// Reads the one of two keys that is there: `own` with a number, or `quota` with a name.
    pub(crate) fn read<'a>(
        table: &mut Reader<'a>,
        own: &'static str,
        quota: &'static str,
        number: impl FnOnce(Value<'a>) -> Result<T, TomlError>,
    ) -> Result<Self, TomlError> {
        if let Some(name) = table.optional(quota, Value::string)? {
            return Ok(Self::Quota(name));
        }
        Ok(Self::Own(number(table.need(own)?)?))
    }
}

impl Limit<SquareMetres> {
    /// The limit as an area; none where the quota is not given, or is no area.
    pub(crate) fn area(&self, quotas: &Quotas) -> Option<SquareMetres> {
        match self {
            Self::Own(area) => Some(*area),
            Self::Quota(name) => match quotas.get(name)? {
                Quota::Area(area) => Some(area),
                Quota::Share(_) => None,
            },
        }
    }
}

impl Limit<f64> {
    /// The limit as a ratio; none where the quota is not given, or is no ratio.
    pub(crate) fn share(&self, quotas: &Quotas) -> Option<f64> {
        match self {
            Self::Own(share) => Some(*share),
            Self::Quota(name) => match quotas.get(name)? {
                Quota::Share(share) => Some(share),
                Quota::Area(_) => None,
            },
        }
    }
}
