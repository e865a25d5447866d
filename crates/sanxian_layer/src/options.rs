//! What a caller may say about a layer, and what comes back.

use sanxian_geom::{OnInvalid, Stop};
use sanxian_model::{Fault, FieldMap, Layer, Scheme};

/// What the columns of a layer mean and what to do with rings that cannot be used; the default takes everything from
/// the columns themselves.
#[derive(Debug, Clone, Default)]
pub struct LayerOptions {
    /// Canonical name to column, for columns that the field table does not find or finds wrongly.
    pub fields: FieldMap,
    /// Scheme of the land classes, when the column's name does not tell it.
    pub scheme: Option<Scheme>,
    /// What to do with features whose rings cannot be used as they are.
    pub on_invalid: OnInvalid,
    /// Whether a layer without a usable feature is let pass.
    pub allow_empty: bool,
    /// Ends the work early; the layer is then not whole.
    pub stop: Stop,
}

/// A layer and what was wrong with it.
#[derive(Debug, Clone)]
pub struct NormalisedLayer {
    /// The features in use.
    pub layer: Layer,
    /// What was wrong, in feature order; features left out are here and nowhere else.
    pub faults: Vec<Fault>,
}
