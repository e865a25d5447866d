//! Does a line, or a part of it, have as much ground as in the revision before?

use crate::toml_reader::{Reader, TomlError, Value};

/// `area-kept`: the ground of a line, or of some of its classes, may not become more, or not less, than in the revision before.
///
/// # Question
/// Is the area of the layers of the role now above (`may-not = "grow"`) or below (`may-not = "shrink"`) that of the revision before, by
/// more than the tolerance?
///
/// # Parameters
/// `may-not`, `classes` (beginnings of codes; optional: only ground of these classes counts).
///
/// # Units and edge cases
/// Areas on the ellipsoid, each spot once; strips of noise count, for they add up to nothing. Without a revision before the question
/// is not asked; without a column of classes it cannot be judged by classes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AreaKept {
    /// Which change is denied (`may-not`).
    pub may_not: Denied,
    /// Beginnings of the codes of the classes that count (`classes`); none for all ground.
    pub classes: Vec<String>,
}

/// Which change of an area is denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// It may not become more.
    Grow,
    /// It may not become less.
    Shrink,
}

impl Denied {
    /// The word of rule files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Grow => "grow",
            Self::Shrink => "shrink",
        }
    }
}

impl AreaKept {
    pub(super) fn read(table: &mut Reader<'_>) -> Result<Self, TomlError> {
        let denied = [Denied::Grow, Denied::Shrink].map(|denied| (denied.name(), denied));
        Ok(Self {
            may_not: table.need("may-not")?.one_of(denied)?,
            classes: table.optional("classes", Value::strings)?.unwrap_or_default(),
        })
    }
}
