//! The box around positions.

use sanxian_model::polygons::{FeatureView, Position};

use crate::picture::scene::{Part, Scene, SceneLayer};

/// A box in the CRS of the run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Extent {
    pub(super) min: Position,
    pub(super) max: Position,
}

impl Extent {
    /// The box around what the picture is about: around what is highlighted, or else all of the plan, or else everything. None where
    /// there is nothing.
    pub(super) fn of_scene(scene: &Scene<'_>) -> Option<Self> {
        let of_part = |part: Part| Self::of_layers(scene.layers.iter().filter(|layer| layer.part == part));
        let marks = Self::of_positions(scene.marks.iter().filter_map(|mark| mark.at));
        let highlights = of_part(Part::Highlight).into_iter().chain(marks).reduce(Self::with);
        highlights.or_else(|| of_part(Part::Plan)).or_else(|| of_part(Part::Line))
    }

    fn of_layers<'s>(layers: impl Iterator<Item = &'s SceneLayer<'s>>) -> Option<Self> {
        let of_layer = |layer: &SceneLayer<'_>| {
            let shapes = layer.shapes.iter().filter_map(|shape| Self::of_shape(*shape));
            shapes.chain(Self::of_positions(layer.points.iter().copied())).reduce(Self::with)
        };
        layers.filter_map(of_layer).reduce(Self::with)
    }

    /// The box around a feature; none when it has no ring.
    pub(super) fn of_shape(shape: FeatureView<'_>) -> Option<Self> {
        Self::of_positions(shape.rings().flatten().copied())
    }

    /// The box around positions; none when there is none.
    pub(super) fn of_positions(positions: impl Iterator<Item = Position>) -> Option<Self> {
        positions.map(|position| Self { min: position, max: position }).reduce(Self::with)
    }

    fn with(self, other: Self) -> Self {
        Self {
            min: [self.min[0].min(other.min[0]), self.min[1].min(other.min[1])],
            max: [self.max[0].max(other.max[0]), self.max[1].max(other.max[1])],
        }
    }

    pub(super) fn centre(self) -> Position {
        [f64::midpoint(self.min[0], self.max[0]), f64::midpoint(self.min[1], self.max[1])]
    }

    /// East-west and north-south, in units of the CRS.
    pub(super) fn size(self) -> [f64; 2] {
        [self.max[0] - self.min[0], self.max[1] - self.min[1]]
    }
}
