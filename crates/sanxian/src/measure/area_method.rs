//! Two ways to give a patch an area on the ellipsoid.
//!
//! # One method a run
//! The national formula is for rings as they were surveyed. A piece cut from a patch has vertices that the
//! patch has not, and by the formula the pieces of a patch do not add up to it (by 10 m² on a triangle of
//! 1 km). So with [`AreaMethod::National`] features have the area of the formula, and what a feature shares
//! with a zone, alone or net, and what it leaves free, divides that area in the proportion of the areas within
//! straight edges. No area by one method is ever subtracted from an area by the other.

use sanxian_geom::NationalFormula;
use sanxian_model::{Crs, CrsKind, Position, SquareMetres};

use super::lon_lat::LonLat;
use super::measured::Measured;
use crate::error::Error;

/// How areas on the ellipsoid are measured. One run uses one way for everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AreaMethod {
    /// Area on the ellipsoid within edges that are straight in the CRS of the run.
    #[default]
    Straight,
    /// The national formula on the vertices as they are, for comparing with recorded areas. Parts of a feature
    /// have the share of it that they have within straight edges.
    National,
}

impl AreaMethod {
    /// Every method.
    pub const ALL: [Self; 2] = [Self::Straight, Self::National];

    /// The word used in flags and configs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Straight => "straight",
            Self::National => "national",
        }
    }

    /// Replaces the measured areas of features and overlaps, if another method is asked for.
    pub(crate) fn apply(self, measured: &mut Measured<'_>) -> Result<(), Error> {
        match self {
            Self::Straight => Ok(()),
            Self::National if measured.plan.crs.kind == CrsKind::Plane => Ok(()),
            Self::National => {
                let national = National::of(&measured.plan.crs)?;
                let layers = measured.layers.clone();
                measured.restate(|number, row| {
                    national.area(layers[number].index.polygons().feature(row).rings())
                })
            }
        }
    }
}

/// The national formula for shapes of one CRS.
struct National<'a> {
    formula: NationalFormula,
    crs: &'a Crs,
    lon_lat: LonLat,
}

impl<'a> National<'a> {
    fn of(crs: &'a Crs) -> Result<Self, Error> {
        Ok(Self { formula: NationalFormula::on(crs.ellipsoid), crs, lon_lat: LonLat::of(crs)? })
    }

    fn area<'r>(&self, rings: impl Iterator<Item = &'r [Position]>) -> Result<SquareMetres, Error> {
        let mut sum = SquareMetres::ZERO;
        for ring in rings {
            let mut ring = ring.to_vec();
            self.lon_lat
                .apply(&mut ring)
                .map_err(|cause| Error::NoLonLat { crs: self.crs.name.clone(), cause })?;
            sum = sum + self.formula.ring(&ring);
        }
        Ok(sum)
    }
}
