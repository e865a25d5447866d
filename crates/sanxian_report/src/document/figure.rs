//! A map of one finding, as geometry.

use sanxian_model::{FeatureView, Layer, Role};

/// What a map of one finding shows. All geometry is in the CRS of the run, x east and y north; a renderer
/// chooses scale, colours and background.
#[derive(Debug, Clone)]
pub struct Figure<'a> {
    /// Fingerprint of the finding.
    pub key: String,
    /// What is seen: the rule's code, the subject, and its area on the line.
    pub caption: String,
    /// The part of the subject that the finding is about.
    pub piece: FeatureView<'a>,
    /// The subject; none when its layer is not at hand.
    pub subject: Option<Shape<'a>>,
    /// The features of the control line that it lies on, as far as their layers are at hand.
    pub zones: Vec<Shape<'a>>,
}

/// A feature of a layer of the run.
#[derive(Debug, Clone, Copy)]
pub struct Shape<'a> {
    /// The layer.
    pub layer: &'a Layer,
    /// Row of the feature in it.
    pub row: u32,
}

impl<'a> Shape<'a> {
    /// What the layer means in the run.
    #[must_use]
    pub fn role(self) -> &'a Role {
        &self.layer.role
    }

    /// The rings of the feature.
    #[must_use]
    pub fn geometry(self) -> FeatureView<'a> {
        self.layer.polygons.feature(self.row as usize)
    }
}
