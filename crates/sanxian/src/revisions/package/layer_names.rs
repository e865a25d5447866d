//! What the layers of a package are called.

/// Before the name of a plan layer: what it was (维护前).
pub(super) const BEFORE: &str = "WHQ";
/// What changed (维护图斑).
pub(super) const CHANGE: &str = "WHC";
/// What it is (维护后).
pub(super) const AFTER: &str = "WHH";
