//! A plan that is compared, in figures: how much it covers, and how much of that is of classes that are not certain.

use crate::area::SquareMetres;
use crate::codes::Scheme;

/// A plan that is compared, in figures. Areas are on the ellipsoid.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanFigures {
    /// What the user calls it.
    pub name: String,
    /// The schemes of its classes, in order; mostly one.
    pub schemes: Vec<Scheme>,
    /// Its features in use.
    pub features: usize,
    /// What they cover, feature by feature.
    pub area: SquareMetres,
    /// What of that is claimed again by a later feature, each spot once for each feature that claims it again.
    pub claimed_again: SquareMetres,
    /// Features whose class may be several of the present scheme, or may build or not: they are compared by nature or by whether
    /// they build, as far as that is certain.
    pub coarse_features: usize,
    /// What these cover.
    pub coarse_area: SquareMetres,
    /// Classes that nobody knows, the largest first.
    pub unknown: Vec<UnknownClass>,
}

/// A value in the place of a class that is none.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownClass {
    /// The value; none where a feature has none.
    pub value: Option<String>,
    /// Features that have it.
    pub features: usize,
    /// What they cover, feature by feature.
    pub area: SquareMetres,
}
