//! Two ways to give a patch an area on the ellipsoid.

use sanxian_geom::{Area, NationalFormula, Shapes, overlay_piece};
use sanxian_io::Geodetic;
use sanxian_model::{Crs, CrsKind, Position, SquareMetres};

use crate::error::Error;
use crate::measured::Measured;

/// How areas on the ellipsoid are measured. One run uses one way for everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AreaMethod {
    /// Area on the ellipsoid within edges that are straight in the CRS of the run.
    #[default]
    Straight,
    /// The national formula on the vertices as they are; for comparing with recorded areas.
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
            Self::National => measured.restate(&National::of(&measured.plan.crs)?),
        }
    }
}

/// The national formula for shapes of one CRS.
pub(crate) struct National {
    formula: NationalFormula,
    /// None when the shapes are in longitude and latitude already.
    geodetic: Option<Geodetic>,
}

impl National {
    fn of(crs: &Crs) -> Result<Self, Error> {
        let geodetic = match crs.kind {
            CrsKind::Projected { .. } => Some(Geodetic::of(crs)?),
            _ => None,
        };
        Ok(Self { formula: NationalFormula::on(crs.ellipsoid), geodetic })
    }

    fn area<'r>(&self, rings: impl Iterator<Item = &'r [Position]>) -> Result<SquareMetres, Error> {
        let mut sum = SquareMetres::ZERO;
        for ring in rings {
            let mut ring = ring.to_vec();
            if let Some(geodetic) = &self.geodetic {
                geodetic.lon_lat(&mut ring)?;
            }
            sum = sum + self.formula.ring(&ring);
        }
        Ok(sum)
    }
}

impl Measured<'_> {
    /// Gives every feature, and every overlap as the piece it is, the area of the national formula.
    fn restate(&mut self, national: &National) -> Result<(), Error> {
        for (number, layer) in self.layers.iter_mut().enumerate() {
            let polygons = &self.plan.layers[number].polygons;
            for (row, area) in layer.areas.iter_mut().enumerate() {
                area.ellipsoidal = national.area(polygons.feature(row).rings())?;
            }
        }
        let plan = self.plan;
        self.restate_overlaps(|layers, (subject, row), (zone, zone_row), before| {
            let whole: Area = layers[subject].areas[row];
            if before.planar == whole.planar && before.planar.get() > 0.0 {
                return Ok(whole.ellipsoidal);
            }
            let piece: Shapes =
                overlay_piece((&layers[subject].index, row), (&layers[zone].index, zone_row), &plan.crs);
            national.area(piece.iter().flatten().map(Vec::as_slice))
        })
    }
}
