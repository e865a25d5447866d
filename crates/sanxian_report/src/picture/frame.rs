//! Where things stand on the page, in pixels from its upper left corner.

/// Size of the page.
pub(super) const WIDTH: f64 = 900.0;
pub(super) const HEIGHT: f64 = 700.0;
/// Between the edge of the page and what stands on it.
pub(super) const MARGIN: f64 = 16.0;

/// A rectangle on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Where the map is.
pub(super) const MAP: Frame = Frame { left: MARGIN, top: 76.0, width: 644.0, height: 560.0 };
/// Where the legend and the list of findings are.
pub(super) const SIDE: Frame = Frame { left: 676.0, top: 76.0, width: 208.0, height: 560.0 };

impl Frame {
    pub(super) fn right(self) -> f64 {
        self.left + self.width
    }

    pub(super) fn bottom(self) -> f64 {
        self.top + self.height
    }

    pub(super) fn centre(self) -> [f64; 2] {
        [self.left + self.width / 2.0, self.top + self.height / 2.0]
    }

    /// The rectangle with so much more on each side.
    pub(super) fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            top: self.top - by,
            width: self.width + 2.0 * by,
            height: self.height + 2.0 * by,
        }
    }

    pub(super) fn contains(self, [x, y]: [f64; 2]) -> bool {
        (self.left..=self.right()).contains(&x) && (self.top..=self.bottom()).contains(&y)
    }
}
