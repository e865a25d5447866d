//! How large a piece of the plane of a CRS is on the ellipsoid.
//!
//! The areal scale is square metres on the ellipsoid for one square unit of the plane. It varies over
//! thousands of kilometres, so across a window of a few kilometres its value, gradient and second
//! derivatives at the window's centre say all there is to say, and the area of a region follows from its
//! moments without mapping a single vertex.
//!
//! # Promises
//! The scale at a place depends on the CRS and the place alone, so areas do not change with what else is in the run.
//!
//! - Geographic systems and transverse Mercator (Gauss-Kruger, UTM) come from the parameters of the CRS by closed forms and
//!   functions of our own: the same bits in every build and on every platform.
//! - Other projections come from a function that the caller gives, by central differences.
//!
//! Projected systems are fitted cell by cell on a fixed grid, 6 × 6 Chebyshev nodes a cell of 65 536 units. Tests hold the
//! fit to 10⁻¹¹, and so the scale to PROJ's at 10 000 places in all zones of CGCS2000 and of UTM; there areas of patches
//! from 10 m to 5 km agree with Karney's to 0.005 m² or 10⁻⁹.

mod cells;
mod differences;
mod error;
mod gauss_legendre;
mod geographic;
mod local;
mod transverse_mercator;

use sanxian_model::{Crs, CrsKind, Ellipsoid, Explain as _, Position, Text};

use crate::extent::Extent;
use crate::index::LayerIndex;
use crate::scale::cells::Cells;
use crate::scale::differences::by_differences;
use crate::scale::geographic::{geographic, on_the_globe};
use crate::scale::local::Local;
use crate::tiling::Cut;

pub use error::ScaleError;
pub use transverse_mercator::{KruegerSeries, OutOfReach};

/// Square metres on the ellipsoid for one square unit of a CRS, at any place of a run.
#[derive(Debug, Clone)]
pub struct ArealScale {
    kind: Kind,
}

#[derive(Debug, Clone)]
enum Kind {
    /// Bare plane coordinates: the plane is all there is.
    Plane,
    Geographic {
        ellipsoid: Ellipsoid,
        degrees: f64,
    },
    Projected {
        square_metres: f64,
        cells: Cells,
    },
}

impl ArealScale {
    /// The scale of a CRS wherever a feature of one of `layers` lies.
    ///
    /// `lon_lat` turns positions of the CRS into longitude and latitude in degrees on its own datum; it is
    /// called for projections other than transverse Mercator alone ([`ArealScale::asks`]).
    ///
    /// # Errors
    /// When a vertex has no longitude and latitude, or a feature is larger than any country. What lies between the vertices of a
    /// feature is not asked for a longitude and latitude that it may not have.
    pub fn fit<'l, E: Into<Text>>(
        crs: &Crs,
        layers: impl IntoIterator<Item = &'l LayerIndex>,
        mut lon_lat: impl FnMut(&mut [Position]) -> Result<(), E>,
    ) -> Result<Self, ScaleError> {
        let kind = match crs.kind {
            CrsKind::Plane => Kind::Plane,
            CrsKind::Geographic { degrees } => {
                for (number, layer) in layers.into_iter().enumerate() {
                    on_the_globe(degrees, (number, layer))?;
                }
                Kind::Geographic { ellipsoid: crs.ellipsoid, degrees }
            }
            CrsKind::Projected { metres } => {
                let cells = match KruegerSeries::of(crs) {
                    Some(series) => Cells::fit(layers, |place| {
                        series.areal_scale(place).map_err(|cause| cause.explain().what)
                    }),
                    None => Cells::fit(layers, |place| by_differences(place, crs.ellipsoid, &mut lon_lat)),
                }?;
                Kind::Projected { square_metres: metres * metres, cells }
            }
        };
        Ok(Self { kind })
    }

    /// Whether the scale of a CRS needs a function to longitude and latitude.
    #[must_use]
    pub fn asks(crs: &Crs) -> bool {
        matches!(crs.kind, CrsKind::Projected { .. }) && KruegerSeries::of(crs).is_none()
    }

    /// Square metres in the plane for one square unit; none when the CRS has no plane.
    #[must_use]
    pub fn planar(&self) -> Option<f64> {
        match self.kind {
            Kind::Plane => Some(1.0),
            Kind::Geographic { .. } => None,
            Kind::Projected { square_metres, .. } => Some(square_metres),
        }
    }

    /// Longest side of a window across which a quadratic says enough about the scale, and sums over which
    /// keep enough digits.
    pub(crate) fn longest_window(&self) -> f64 {
        match self.kind {
            Kind::Geographic { degrees, .. } => 0.0625 / degrees,
            // Nearly all patches are smaller, and rounding stays below 10⁻⁶ m² along a shore of any length.
            Kind::Plane | Kind::Projected { .. } => 8_192.0,
        }
    }

    /// How far windows must be cut.
    pub(crate) fn cut(&self) -> Cut {
        if matches!(self.kind, Kind::Plane) { Cut::AsItPays } else { Cut::Fine }
    }

    /// The scale about a place. Where it was not fitted, because nothing lies there or the place has no
    /// longitude and latitude, the nearest fit is extended.
    pub(crate) fn near(&self, place: Position) -> Local {
        match &self.kind {
            Kind::Plane => Local { value: 1.0, x: 0.0, y: 0.0, xx: 0.0, xy: 0.0, yy: 0.0 },
            Kind::Geographic { ellipsoid, degrees } => geographic(*ellipsoid, *degrees, place[1]),
            Kind::Projected { square_metres, cells } => {
                let everywhere = Local { value: *square_metres, x: 0.0, y: 0.0, xx: 0.0, xy: 0.0, yy: 0.0 };
                cells.near(place).unwrap_or(everywhere)
            }
        }
    }

    /// Integral of the scale over a box of any size.
    pub(crate) fn over_box(&self, extent: &Extent) -> f64 {
        match &self.kind {
            Kind::Plane => extent.width() * extent.height(),
            Kind::Geographic { ellipsoid, degrees } => geographic::over_box(*ellipsoid, *degrees, extent),
            Kind::Projected { .. } => cells::over_box(extent, |place| self.near(place).value()),
        }
    }
}
