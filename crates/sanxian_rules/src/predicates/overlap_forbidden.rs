//! Does a feature lie on zones where it may not?

use sanxian_model::Measure;

use super::ZoneTest;
use crate::error::RuleError;
use crate::scene::{Hit, Scene};
use crate::toml_reader::Reader;

/// `overlap-forbidden`: no area may be shared with the zones.
///
/// # Question
/// Is the area that the subject shares with the union of the zones above the tolerance?
///
/// # Parameters
/// `zone`, `zone-where`, `tolerance`.
///
/// # Units and edge cases
/// Square metres on the ellipsoid; a spot under two zones counts once. Edges and points that only touch have
/// no area. Exactly the tolerance passes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OverlapForbidden {
    /// Which zones, and what is let pass.
    pub zones: ZoneTest,
}

impl OverlapForbidden {
    pub(super) fn read(table: &mut Reader<'_>) -> Result<Self, RuleError> {
        Ok(Self { zones: ZoneTest::read(table)? })
    }

    pub(super) fn check(&self, scene: &Scene<'_>) -> Vec<Hit> {
        overlaps(scene)
    }
}

/// The selected subjects that share more than the tolerance with the zones.
pub(super) fn overlaps(scene: &Scene<'_>) -> Vec<Hit> {
    let has_plane = scene.layer().crs.has_plane();
    scene
        .selected()
        .filter_map(|row| {
            let shared = scene.shared(row);
            (shared.area > scene.tolerance).then(|| {
                let area = scene.area(row);
                Hit {
                    row: Some(row as u32),
                    zones: scene.zone_rows(row),
                    measure: Measure::Overlap {
                        area: shared.area,
                        planar: has_plane.then_some(shared.planar),
                        share: shared.area.share_of(area),
                        tolerance: scene.tolerance,
                    },
                    overlap: shared.area,
                    area,
                }
            })
        })
        .collect()
}
