//! How finely shapes are drawn: as finely as the page shows, and coarser where the file would be too large.

/// Bytes of all shapes together, so that a picture stays near a megabyte.
pub(super) const MOST_BYTES: usize = 900_000;

/// How finely shapes are drawn, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Detail {
    /// Vertices closer than this to the one before are left out.
    pub(super) step: f64,
    /// Features smaller than this in both directions are drawn as a point, or left off where they are background.
    pub(super) smallest: f64,
}

impl Detail {
    /// From the finest to the coarsest.
    pub(super) fn levels() -> impl Iterator<Item = Self> {
        (0..6).map(|level| {
            let factor = f64::from(1_u32 << level);
            Self { step: 0.5 * factor, smallest: factor }
        })
    }
}
