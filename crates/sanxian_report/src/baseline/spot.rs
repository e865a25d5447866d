//! Where the subject of an accepted finding is, when it has no identifier of its own.

use sanxian_model::Position;

/// Where the subject of an accepted finding is. A feature without identifier has only its number, which another has as soon as
/// features are put in another order, so it is known by its ground.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// CRS of the coordinates.
    pub crs: String,
    /// The box of the feature: west, south, east, north.
    pub extent: [f64; 4],
    /// A position inside the feature, on what the finding is about.
    pub point: Position,
}
