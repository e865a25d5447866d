//! What is known when rules are checked: the layers of a run, and what was measured between them.

use sanxian_model::revision::LayerChange;
use sanxian_model::{OverlapTable, Role, RoleLayers, SquareMetres};

/// The prepared facts of a run: its layers and what the geometry engine measured between them.
///
/// Features have numbers through the layers of their role, see [`RoleLayers`]; all numbers here are of that kind.
///
/// # Units
/// Areas are square metres on the ellipsoid, unless they are called planar.
pub trait Facts {
    /// The layers of a role; none when the run has none.
    fn layers(&self, role: &Role) -> Option<RoleLayers<'_>>;

    /// Area of one feature.
    fn area(&self, role: &Role, row: usize) -> SquareMetres;

    /// Area that features of one role share with each other, pair by pair.
    fn area_twice(&self, role: &Role) -> SquareMetres;

    /// All overlaps of the features of one role with those of another; none when they were not prepared. See [`needed_overlaps`](crate::needed_overlaps).
    fn overlaps(&self, subject: &Role, zone: &Role) -> Option<&OverlapTable>;

    /// What became of the layers of a role since an earlier revision; none when there is none to compare with.
    fn change(&self, _role: &Role) -> Option<&LayerChange> {
        None
    }

    /// Of the ground that the layers of a role cover and did not in the earlier revision, each spot once: its area, and the part of it
    /// that lies in the layers of another role. None when there is no revision to compare with.
    fn gained_within(&self, _role: &Role, _zone: &Role) -> Option<(SquareMetres, SquareMetres)> {
        None
    }

    /// Area, on the ellipsoid and in the plane, that one subject shares with the union of some zone
    /// features. Asked for only when a filter takes some of the subject's pairs and leaves others, and some
    /// pair taken is partly covered by an earlier zone, so that the net areas cannot be added.
    fn union(&self, subject: &Role, row: usize, zone: &Role, zones: &[u32]) -> (SquareMetres, SquareMetres);
}
