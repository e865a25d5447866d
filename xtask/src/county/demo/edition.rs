//! Which revision of the county a layer belongs to: columns come and go with it.

/// The county as it was, or as the revision has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edition {
    /// The plan has the names of units (XZQMC); lines have no column for the number of an approval.
    First,
    /// The plan has no names of units; lines have the number of the approval (PZWH).
    Revised,
}
