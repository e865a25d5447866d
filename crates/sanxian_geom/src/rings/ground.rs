//! Areas on the ground of what a repair changes.

use sanxian_model::{Crs, CrsKind, PolygonColumnBuilder, Position, SquareMetres};

use crate::extent::Extent;
use crate::index::LayerIndex;
use crate::measure::Measurer;
use crate::scale::ArealScale;
use crate::shapes::Shapes;

/// Measures rings that belong to no layer yet.
///
/// In a geographic CRS on the ellipsoid; in a projected one in its plane, in square metres, which differs by
/// less than a part in a thousand: no projection is known where rings are normalised.
pub(super) struct GroundArea<'c> {
    crs: &'c Crs,
    scale: ArealScale,
    /// Square metres in the unit of `scale`.
    unit: f64,
}

impl<'c> GroundArea<'c> {
    pub(super) fn new(crs: &'c Crs) -> Self {
        let plane = Crs::plane();
        let (of, unit) = match crs.kind {
            CrsKind::Geographic { .. } => (crs, 1.0),
            CrsKind::Projected { metres } => (&plane, metres * metres),
            CrsKind::Plane => (&plane, 1.0),
        };
        let scale = ArealScale::fit(of, [], |_: &mut [Position]| Ok::<(), String>(()))
            .expect("neither a plane nor a geographic CRS needs a fit");
        Self { crs, scale, unit }
    }

    pub(super) fn crs(&self) -> &'c Crs {
        self.crs
    }

    /// Signed area of polygons as their rings turn.
    pub(super) fn of(&self, shapes: &Shapes) -> SquareMetres {
        if shapes.is_empty() {
            return SquareMetres::ZERO;
        }
        let mut builder = PolygonColumnBuilder::new();
        builder.push_feature(shapes);
        let column = builder.finish();
        let area = Measurer::new(&self.scale).area(&LayerIndex::build(&column), 0);
        SquareMetres(area.ellipsoidal.get() * self.unit)
    }

    /// Square metres in a square unit of the CRS, where it is largest in a box.
    pub(super) fn largest_unit(&self, extent: &Extent) -> f64 {
        let nearest_the_equator = 0.0_f64.clamp(extent.min[1], extent.max[1]);
        self.scale.near([extent.min[0], nearest_the_equator]).value() * self.unit
    }
}
