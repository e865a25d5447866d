//! Does a feature leave the zones inside which it must lie?

use sanxian_model::{AreaSum, Measure, SquareMetres};

use super::ZoneTest;
use crate::error::RuleError;
use crate::scene::{Hit, Scene};
use crate::toml_reader::Reader;

/// `must-be-within`: the subject must lie inside the union of the zones.
///
/// # Question
/// Is the area of the subject that no zone covers above the tolerance?
///
/// # Parameters
/// `zone`, `zone-where`, `tolerance`.
///
/// # Units and edge cases
/// Square metres on the ellipsoid: area of the subject minus what it shares with the zones. Holes of a zone
/// are outside. Exactly the tolerance passes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct MustBeWithin {
    /// Which zones, and what is let pass.
    pub zones: ZoneTest,
}

impl MustBeWithin {
    pub(super) fn read(table: &mut Reader<'_>) -> Result<Self, RuleError> {
        Ok(Self { zones: ZoneTest::read(table)? })
    }

    #[expect(clippy::unused_self, reason = "every predicate is asked the same way")]
    pub(super) fn check(&self, scene: &Scene<'_>) -> Vec<Hit> {
        scene
            .selected()
            .filter_map(|row| {
                let area = scene.area(row);
                let overlap = scene.shared(row).area;
                let outside = (AreaSum::from(area) - AreaSum::from(overlap)).area().max(SquareMetres::ZERO);
                (outside > scene.tolerance).then(|| Hit {
                    row: Some(row as u32),
                    zones: scene.zone_rows(row),
                    measure: Measure::Outside {
                        area: outside,
                        share: outside.share_of(area),
                        tolerance: scene.tolerance,
                    },
                    overlap,
                    area,
                })
            })
            .collect()
    }
}
