//! What became of the entries of a baseline.

/// How many entries of a baseline were added, updated, kept and removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BaselineChange {
    /// New entries.
    pub added: usize,
    /// Entries of which more is accepted than before, or until a later day.
    pub updated: usize,
    /// Entries that stay as they are.
    pub kept: usize,
    /// Entries that were removed, because the finding is gone.
    pub removed: usize,
    /// Of those kept, entries that are expired and were given no later day, so that their findings stand.
    pub expired: usize,
    /// Of those kept, entries that nothing used and that stay because the run did not judge everything that they are about.
    pub not_judged: usize,
}
