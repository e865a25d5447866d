//! Overlaps that are too narrow to be told from the rounding of coordinates.

use crate::area::SquareMetres;
use crate::finding::Finding;
use crate::length::Metres;

/// A finding that was set aside: what it is about has an area above the tolerance, and a mean width below what the
/// coordinates of the two layers can tell (细碎图斑). It is listed and counted, and decides nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Sliver {
    /// What the rule found.
    pub finding: Finding,
    /// Area over half the perimeter.
    pub width: Metres,
    /// The width below which it was set aside.
    pub limit: Metres,
}

impl Sliver {
    /// The area that it is about.
    #[must_use]
    pub fn area(&self) -> Option<SquareMetres> {
        self.finding.area()
    }
}
