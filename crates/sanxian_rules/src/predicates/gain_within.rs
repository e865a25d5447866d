//! Does ground that a line gained come from where it should?

use sanxian_model::Role;

use crate::toml_reader::{Reader, TomlError};

/// `gain-within`: ground that the layers of a role cover now and did not in the revision before must lie in the layers of another role.
///
/// # Question
/// Is more than the tolerance of what was gained outside of `zone`?
///
/// # Parameters
/// `zone`.
///
/// # Units and edge cases
/// Areas on the ellipsoid, each spot once. Without a revision before the question is not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GainWithin {
    /// Role of the layers that what is gained must lie in (`zone`).
    pub zone: Role,
}

impl GainWithin {
    pub(super) fn read(table: &mut Reader<'_>) -> Result<Self, TomlError> {
        Ok(Self { zone: table.need("zone")?.role()? })
    }
}
