//! Does a feature leave the zones inside which it must lie?

use super::ZoneTest;
use crate::toml_reader::{Reader, TomlError};

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
    pub(super) fn read(table: &mut Reader<'_>) -> Result<Self, TomlError> {
        Ok(Self { zones: ZoneTest::read(table)? })
    }
}
