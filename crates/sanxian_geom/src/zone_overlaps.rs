//! Which zone features lie on top of each other.

use std::collections::HashSet;

use sanxian_model::OverlapPair;

use crate::index::LayerIndex;
use crate::overlap::{MeasuredLayer, measure_pairs, near_pairs};
use crate::scale::ArealScale;
use crate::stop::Stop;

/// Pairs of boxes a feature, up to which it is worth measuring which features really meet. Parcels that
/// share boundaries have about six; in a pile of zones every box meets every other.
const PAIRS_A_FEATURE: usize = 64;
/// The same for small layers: measuring so many pairs takes a few milliseconds.
const FEWEST_PAIRS: usize = 1 << 14;

/// Pairs of zone features that lie on top of each other.
#[derive(Debug, Clone)]
pub struct ZoneOverlaps {
    /// None when there are too many pairs to measure each: then any two may.
    pairs: Option<HashSet<(u32, u32)>>,
}

impl Default for ZoneOverlaps {
    fn default() -> Self {
        Self { pairs: Some(HashSet::new()) }
    }
}

impl ZoneOverlaps {
    /// The pairs found by measuring one zone layer against another, or against itself.
    #[must_use]
    pub fn of(pairs: &[OverlapPair]) -> Self {
        Self { pairs: Some(pairs.iter().map(|pair| (pair.subject, pair.zone)).collect()) }
    }

    /// The pairs of two different features of one layer, the lower row first.
    #[must_use]
    pub fn within(layer: &MeasuredLayer, scale: &ArealScale, stop: &Stop) -> Self {
        Self::measured((layer, &layer.index), scale, stop, |a, b| a < b)
    }

    /// The pairs of a feature of the first layer and one of the second.
    #[must_use]
    pub fn between(first: &MeasuredLayer, second: &LayerIndex, scale: &ArealScale, stop: &Stop) -> Self {
        Self::measured((first, second), scale, stop, |_, _| true)
    }

    fn measured(
        (first, second): (&MeasuredLayer, &LayerIndex),
        scale: &ArealScale,
        stop: &Stop,
        wanted: impl Fn(u32, u32) -> bool + Sync,
    ) -> Self {
        let features = first.index.polygons().len().max(second.polygons().len());
        let limit = (features * PAIRS_A_FEATURE).max(FEWEST_PAIRS);
        match near_pairs(first, second, limit, wanted) {
            Some(pairs) => Self::of(&measure_pairs(first, second, scale, &pairs, stop)),
            None => Self { pairs: None },
        }
    }

    /// Whether no two features share ground.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pairs.as_ref().is_some_and(HashSet::is_empty)
    }

    /// Whether a feature of the first layer shares ground with one of the second. In a layer with too many
    /// pairs to measure each, the answer is that it may.
    #[must_use]
    pub fn contains(&self, first: u32, second: u32) -> bool {
        self.pairs.as_ref().is_none_or(|pairs| pairs.contains(&(first, second)))
    }
}
