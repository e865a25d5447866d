//! Is the area of a layer as a whole on the right side of a limit?

use sanxian_model::{Bound, SquareMetres};

use crate::figures::area_text;
use crate::filter::Filter;
use crate::limit::Limit;
use crate::toml_reader::{Reader, TomlError, Value};

/// `area-floor` and `area-cap`: the features of a role together must have at least, or at most, an area.
///
/// # Question
/// Is the area of the features that meet `zone-where` below the floor, or above the cap?
///
/// # Parameters
/// `zone-where` (optional: all features), and `floor` or `cap` (an area), or `quota` (the name of one that the place is given).
///
/// # Units and edge cases
/// Areas on the ellipsoid, feature by feature, of the subjects that the rule selects, over all layers of their role. Layers whose
/// features lie on each other by more than the tolerance cannot be judged, nor those of whose features one lacks a value that the
/// condition depends on. Exactly the limit passes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AreaLimit {
    /// Which features count (`zone-where`); none for all.
    pub part: Option<Filter>,
    /// On which side of the limit the area must be.
    pub bound: Bound,
    /// The limit.
    pub limit: Limit<SquareMetres>,
}

impl AreaLimit {
    pub(super) fn read(table: &mut Reader<'_>, bound: Bound) -> Result<Self, TomlError> {
        Ok(Self {
            part: table.optional("zone-where", |value| value.filter(false))?,
            bound,
            limit: Limit::read(table, bound.name(), "quota", Value::area)?,
        })
    }

    pub(super) fn parameters(&self) -> Vec<(&'static str, String)> {
        let part = self.part.iter().map(|part| ("zone-where", part.text().to_owned()));
        let limit = match &self.limit {
            Limit::Own(area) => (self.bound.name(), area_text(*area, sanxian_model::Lang::En)),
            Limit::Quota(name) => ("quota", name.clone()),
        };
        part.chain([limit]).collect()
    }
}
