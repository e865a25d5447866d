//! The areal scale near a place, and its integral over a region there.

use crate::moments::Moments;

/// The scale near a place: value, first and second derivatives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Local {
    pub(super) value: f64,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) xx: f64,
    pub(super) xy: f64,
    pub(super) yy: f64,
}

impl Local {
    /// Square metres for one square unit at the place itself.
    pub(crate) fn value(&self) -> f64 {
        self.value
    }

    /// Integral of the scale over a region, from its moments about the place.
    pub(crate) fn integrate(&self, m: &Moments) -> f64 {
        let first = self.x * m.x + self.y * m.y;
        let second = self.xx * m.xx * 0.5 + self.xy * m.xy + self.yy * m.yy * 0.5;
        self.value * m.area + (first + second)
    }
}
