//! What role a layer may have, and why.

use crate::role::Role;

/// A role that a layer may have. It decides nothing: a user who names the layer says what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleGuess {
    /// The role.
    pub role: Role,
    /// What speaks for it.
    pub reason: RoleReason,
}

/// What speaks for a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoleReason {
    /// The name of the layer is, or holds, this name of a standard layer.
    LayerName(String),
    /// The name of the file does.
    FileName(String),
    /// It has these columns, which no other layer of the standards has.
    Columns(Vec<String>),
    /// It is a file of boundary points, which is a project.
    BoundaryPoints,
}

impl RoleReason {
    /// The word of machine formats.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::LayerName(_) => "layer-name",
            Self::FileName(_) => "file-name",
            Self::Columns(_) => "columns",
            Self::BoundaryPoints => "boundary-points",
        }
    }
}
