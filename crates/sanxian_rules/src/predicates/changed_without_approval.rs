//! Did a line change since the revision before, without the number of an approval?

use sanxian_model::Role;

use crate::toml_reader::{Reader, TomlError, Value};

/// `changed-without-approval`: the ground of a line must be that of the revision before, but for parts with an approval.
///
/// # Question
/// Is the ground that the layers of the role gained, lost or gave to another kind since the revision before more than the tolerance,
/// without what features with a value in `approval` account for?
///
/// # Parameters
/// `approval` (a field), `together-with` (roles; optional: the question is only asked where one of these lines changed, too).
///
/// # Units and edge cases
/// Areas on the ellipsoid; strips no wider than the noise of coordinates count as no change. Ground gained is accounted for by the
/// features that cover it now, ground lost by the features that those which covered it became. Without a revision before the
/// question is not asked.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ChangedWithoutApproval {
    /// The field that holds the number of the approval (`approval`).
    pub approval: String,
    /// Lines of which one must have changed, too (`together-with`); none for any case.
    pub together_with: Vec<Role>,
}

impl ChangedWithoutApproval {
    pub(super) fn read(table: &mut Reader<'_>) -> Result<Self, TomlError> {
        let roles = |value: Value<'_>| value.one_or_more()?.into_iter().map(Value::role).collect();
        Ok(Self {
            approval: table.string("approval")?,
            together_with: table.optional("together-with", roles)?.unwrap_or_default(),
        })
    }
}
