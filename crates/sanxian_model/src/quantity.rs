//! Quantities of a plan as a whole, beside their limits.

use std::sync::Arc;

use crate::finding::Measure;
use crate::role::Role;

/// A quantity of the layers of a role as a whole beside its cap or floor (约束性指标), whether it holds or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Name of the rule that asks for it.
    pub rule: Arc<str>,
    /// Code of the rule.
    pub code: Arc<str>,
    /// Role of the layers.
    pub role: Role,
    /// What was measured and what it was held against: a total or a ratio.
    pub measure: Measure,
    /// Whether it is on the right side of its limit.
    pub holds: bool,
}
