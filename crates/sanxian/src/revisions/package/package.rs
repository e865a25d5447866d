//! What changed of a plan layer, in the three layers of the standard form.

use sanxian_model::Layer;

/// What changed of a plan layer from one revision to the next, in the three layers in which maintained plans are handed in
/// (动态维护成果).
///
/// With it the newer revision can be made from the older one; see [`apply`](super::apply).
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    pub(super) name: String,
    pub(super) before: Layer,
    pub(super) change: Layer,
    pub(super) after: Layer,
}

impl Package {
    /// Name of the plan layer, `L`: `GHYDYH`, `GHFQ`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `WHQL`: the features of the older revision that changed or lie on changed ground, whole, with their own attributes.
    #[must_use]
    pub fn before(&self) -> &Layer {
        &self.before
    }

    /// `WHCL`: the ground whose class changed, or that is newly covered or no longer, from west to east.
    #[must_use]
    pub fn change(&self) -> &Layer {
        &self.change
    }

    /// `WHHL`: the features of the newer revision in place of the old ones.
    #[must_use]
    pub fn after(&self) -> &Layer {
        &self.after
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.before.is_empty() && self.change.is_empty() && self.after.is_empty()
    }
}
