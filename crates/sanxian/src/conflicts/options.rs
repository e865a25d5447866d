//! How plans are compared.

use sanxian_model::{Metres, SquareMetres};

use crate::watch::Watch;

/// How plans are compared.
#[derive(Debug, Clone)]
pub struct ConflictOptions {
    /// The smallest difference patch that stands; what is smaller counts as an error of digitising. None for the smallest
    /// patch that a survey maps, by class: 200 m² of construction and facility farm land, 400 m² of other farm land, 600 m²
    /// of other land, and of two classes the smaller (practice of the third national land survey; its regulation was not
    /// read).
    pub least_area: Option<SquareMetres>,
    /// The smallest mean width of a difference patch that stands. One metre by default: practice has one to two metres, and
    /// no norm that was read says more.
    pub least_width: Metres,
    /// Mean width below which a difference is put down to the shift of a boundary. Two metres by default, where practice has
    /// one to two metres for errors of digitising.
    pub shift_width: Metres,
    /// Whether ground that only some of the plans cover is a difference (MP-E), as it is by default. Plans that are made for
    /// different areas differ there by nature; the matrices tell it in any case.
    pub uncovered: bool,
    /// Follows the run, and can end it.
    pub watch: Watch,
}

impl Default for ConflictOptions {
    fn default() -> Self {
        Self {
            least_area: None,
            least_width: Metres(1.0),
            shift_width: Metres(2.0),
            uncovered: true,
            watch: Watch::default(),
        }
    }
}
