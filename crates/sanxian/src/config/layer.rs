//! One layer of a config.

use std::collections::BTreeMap;

use sanxian_model::{FieldMap, Role, Scheme};
use sanxian_rules::{Filter, Spot};

/// One layer of a config.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LayerConfig {
    /// What the layer means.
    pub role: Role,
    /// A file, `FILE#LAYER`, a `PG:` connection, or `-`; files as seen from the folder of the config.
    pub source: String,
    /// Its CRS, when it does not say it.
    pub crs: Option<String>,
    /// Its text encoding, in place of the detected one.
    pub encoding: Option<String>,
    /// Scheme of its land classes.
    pub scheme: Option<Scheme>,
    /// Canonical name to column.
    pub fields: FieldMap,
    /// Which of its features take part; none is all of them.
    pub filter: Option<Filter>,
    /// Where the role stands in the file; none for a layer from elsewhere.
    pub(super) spot: Option<Spot>,
    /// Where each name of the field map stands.
    pub(super) field_spots: BTreeMap<String, Spot>,
}

impl LayerConfig {
    /// A layer of which only the source is said.
    #[must_use]
    pub fn new(role: Role, source: impl Into<String>) -> Self {
        Self {
            role,
            source: source.into(),
            crs: None,
            encoding: None,
            scheme: None,
            fields: FieldMap::new(),
            filter: None,
            spot: None,
            field_spots: BTreeMap::new(),
        }
    }

    /// Where the role stands, for messages.
    pub(super) fn place(&self) -> String {
        self.spot.as_ref().map_or_else(|| format!("{}={}", self.role, self.source), ToString::to_string)
    }

    /// Where a name of the field map stands, for messages.
    pub(super) fn field_place(&self, name: &str) -> String {
        self.field_spots.get(name).map_or_else(|| format!("{}.{name}", self.role), ToString::to_string)
    }
}
