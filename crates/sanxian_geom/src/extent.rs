//! Axis-aligned boxes.

use sanxian_model::Position;

/// A box: everything from `min` to `max`, sides included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// West and south.
    pub min: Position,
    /// East and north.
    pub max: Position,
}

impl Extent {
    /// The box of nothing; anything united with it stays itself.
    pub const EMPTY: Self = Self { min: [f64::INFINITY; 2], max: [f64::NEG_INFINITY; 2] };

    /// The smallest box around positions.
    #[must_use]
    pub fn of(positions: &[Position]) -> Self {
        let mut extent = Self::EMPTY;
        for &position in positions {
            extent.add(position);
        }
        extent
    }

    /// Grows to hold a position.
    pub fn add(&mut self, [x, y]: Position) {
        self.min = [self.min[0].min(x), self.min[1].min(y)];
        self.max = [self.max[0].max(x), self.max[1].max(y)];
    }

    /// The smallest box around both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            min: [self.min[0].min(other.min[0]), self.min[1].min(other.min[1])],
            max: [self.max[0].max(other.max[0]), self.max[1].max(other.max[1])],
        }
    }

    /// The box that both share; it may have no inside.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self {
            min: [self.min[0].max(other.min[0]), self.min[1].max(other.min[1])],
            max: [self.max[0].min(other.max[0]), self.max[1].min(other.max[1])],
        }
    }

    /// Whether the two share at least a point.
    #[must_use]
    pub fn touches(&self, other: &Self) -> bool {
        self.min[0] <= other.max[0]
            && other.min[0] <= self.max[0]
            && self.min[1] <= other.max[1]
            && other.min[1] <= self.max[1]
    }

    /// Whether the box has an inside.
    #[must_use]
    pub fn has_inside(&self) -> bool {
        self.min[0] < self.max[0] && self.min[1] < self.max[1]
    }

    /// East-west length.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.max[0] - self.min[0]
    }

    /// North-south length.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.max[1] - self.min[1]
    }

    /// The middle.
    #[must_use]
    pub fn centre(&self) -> Position {
        [self.min[0] + self.width() * 0.5, self.min[1] + self.height() * 0.5]
    }
}
