//! The layers of a config as sources.

use sanxian_io::{CrsChoice, ReadOptions};

use super::{Config, LayerConfig};
use crate::sources::{PlanSources, Source};

impl Config {
    /// A layer and how it is read.
    #[must_use]
    pub fn source(&self, layer: &LayerConfig) -> Source {
        let crs = layer.crs.as_ref().or(self.crs.as_ref());
        Source {
            role: layer.role.clone(),
            source: layer.source.clone(),
            options: ReadOptions {
                crs: crs.map(|text| CrsChoice::parse(text)),
                encoding: layer.encoding.clone().or_else(|| self.encoding.clone()),
                fields: layer.fields.clone(),
                scheme: layer.scheme,
                on_invalid: self.on_invalid.unwrap_or_default(),
                allow_empty: self.allow_empty.unwrap_or_default(),
                ..ReadOptions::default()
            },
            filter: layer.filter.clone(),
        }
    }

    /// The layers and how they are read.
    #[must_use]
    pub fn sources(&self) -> PlanSources {
        self.layers.iter().map(|layer| self.source(layer)).fold(PlanSources::new(), PlanSources::with)
    }
}
