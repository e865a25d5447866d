//! The features of a package among those of a plan.

use sanxian_geom::Extent;
use sanxian_model::{CrsKind, FeatureView, Layer};

use super::near_shape::is_near;
use crate::revisions::features::shape::is_one_shape;

/// Vertices that are this near are one: the XY tolerance of plan databases.
const TOLERANCE_METRES: f64 = 0.001;

/// Metres of a degree on the equator of CGCS2000.
const METRES_A_DEGREE: f64 = 111_319.490_793;

/// Finds features of a layer by their shape.
pub(super) struct Find<'a> {
    layer: &'a Layer,
    extents: Vec<Extent>,
    /// Rows from west to east.
    order: Vec<u32>,
    tolerance: f64,
}

impl<'a> Find<'a> {
    pub(super) fn among(layer: &'a Layer) -> Self {
        let extents: Vec<Extent> = layer.polygons.iter().map(extent_of).collect();
        let mut order: Vec<u32> = (0..layer.len() as u32).collect();
        order.sort_by(|a, b| extents[*a as usize].min[0].total_cmp(&extents[*b as usize].min[0]));
        let tolerance = match layer.crs.kind {
            CrsKind::Geographic { degrees } => TOLERANCE_METRES / METRES_A_DEGREE / degrees,
            CrsKind::Projected { metres } => TOLERANCE_METRES / metres,
            CrsKind::Plane => TOLERANCE_METRES,
        };
        Self { layer, extents, order, tolerance }
    }

    /// Rows of the shape of a feature, in their order: those of exactly this shape, or else those of it within the tolerance.
    pub(super) fn of_shape(&self, feature: FeatureView<'_>) -> Vec<u32> {
        let wanted = extent_of(feature);
        let low = wanted.min[0] - self.tolerance;
        let from = self.order.partition_point(|row| self.extents[*row as usize].min[0] < low);
        let is_near_extent = |row: &&u32| {
            let other = self.extents[**row as usize];
            let corners = [wanted.min, wanted.max].into_iter().zip([other.min, other.max]);
            corners.flat_map(|(a, b)| [a[0] - b[0], a[1] - b[1]]).all(|by| by.abs() <= self.tolerance)
        };
        let west = self.order[from..].iter();
        let near =
            west.take_while(|row| self.extents[**row as usize].min[0] <= wanted.min[0] + self.tolerance);
        let mut near: Vec<u32> = near.filter(is_near_extent).copied().collect();
        near.sort_unstable();
        let of = |row: &u32| self.layer.polygons.feature(*row as usize);
        let exact: Vec<u32> = near.iter().copied().filter(|row| is_one_shape(of(row), feature)).collect();
        if exact.is_empty() {
            near.retain(|row| is_near(of(row), feature, self.tolerance));
            return near;
        }
        exact
    }
}

fn extent_of(feature: FeatureView<'_>) -> Extent {
    feature.rings().map(Extent::of).fold(Extent::EMPTY, Extent::union)
}
