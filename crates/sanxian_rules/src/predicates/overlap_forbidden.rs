//! Does a feature lie on zones where it may not?

use super::ZoneTest;
use crate::toml_reader::{Reader, TomlError};

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
    pub(super) fn read(table: &mut Reader<'_>) -> Result<Self, TomlError> {
        Ok(Self { zones: ZoneTest::read(table)? })
    }
}
