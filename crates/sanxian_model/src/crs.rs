//! Coordinate reference systems, as far as the engine must know them.

/// The figure of the earth that a CRS uses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ellipsoid {
    /// Semi-major axis in metres.
    pub semi_major: f64,
    /// Inverse flattening (扁率倒数); 0 means a sphere.
    pub inverse_flattening: f64,
}

impl Ellipsoid {
    /// CGCS2000 (2000国家大地坐标系): a = 6 378 137 m, f = 1/298.257 222 101.
    pub const CGCS2000: Self = Self { semi_major: 6_378_137.0, inverse_flattening: 298.257_222_101 };

    /// Flattening f.
    #[must_use]
    pub fn flattening(self) -> f64 {
        if self.inverse_flattening == 0.0 { 0.0 } else { 1.0 / self.inverse_flattening }
    }

    /// First eccentricity squared, e².
    #[must_use]
    pub fn eccentricity_squared(self) -> f64 {
        let f = self.flattening();
        f * (2.0 - f)
    }
}

/// What the two numbers of a coordinate are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CrsKind {
    /// Longitude and latitude; one unit is `degrees` degrees (1 for all common systems).
    Geographic {
        /// Degrees in one unit of the axes.
        degrees: f64,
    },
    /// Easting and northing; one unit is `metres` metres.
    Projected {
        /// Metres in one unit of the axes.
        metres: f64,
    },
    /// Bare plane coordinates in metres (`--crs none`): no earth, area on the ellipsoid is not defined and
    /// the planar area stands in for it.
    Plane,
}

/// How the CRS of a layer was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CrsOrigin {
    /// The input defines it.
    Stated,
    /// The input says nothing, and its format takes this CRS for granted, as GeoJSON does.
    Assumed,
    /// The input says nothing, or its format would assume another one, and the user declared it.
    Given,
}

impl CrsOrigin {
    /// The word of machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Assumed => "assumed",
            Self::Given => "given",
        }
    }
}

/// How positions on the ellipsoid become positions in the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Projection {
    /// None: a geographic CRS, or the bare plane.
    None,
    /// Transverse Mercator: every Gauss-Kruger (高斯-克吕格) and UTM zone.
    TransverseMercator(TransverseMercator),
    /// Any other; the WKT of the CRS says which.
    Other,
}

/// Parameters of a transverse Mercator projection (EPSG method 9807), in degrees and metres whatever the units of the CRS.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TransverseMercator {
    /// Latitude of natural origin in degrees.
    pub latitude_of_origin: f64,
    /// Longitude of natural origin in degrees east of the CRS's own prime meridian.
    pub central_meridian: f64,
    /// Scale factor at natural origin.
    pub scale_factor: f64,
    /// False easting in metres, with the zone number in front where eastings carry it.
    pub false_easting: f64,
    /// False northing in metres.
    pub false_northing: f64,
}

impl TransverseMercator {
    /// Gauss-Kruger on a central meridian in degrees, with eastings from 500 km.
    #[must_use]
    pub const fn gauss_kruger(central_meridian: f64) -> Self {
        Self {
            latitude_of_origin: 0.0,
            central_meridian,
            scale_factor: 1.0,
            false_easting: 500_000.0,
            false_northing: 0.0,
        }
    }
}

/// A coordinate reference system. Coordinates in memory are always x east, y north.
#[derive(Debug, Clone, PartialEq)]
pub struct Crs {
    /// What a person calls it: `EPSG:4546 CGCS2000 / 3-degree Gauss-Kruger CM 111E`.
    pub name: String,
    /// EPSG code, when it has one.
    pub epsg: Option<u32>,
    /// The full definition as WKT, for writing and transforming; empty for [`CrsKind::Plane`].
    pub wkt: String,
    /// What the two numbers are.
    pub kind: CrsKind,
    /// Figure of the earth.
    pub ellipsoid: Ellipsoid,
    /// How the plane comes from the ellipsoid.
    pub projection: Projection,
}

impl Crs {
    /// Bare plane coordinates in metres.
    #[must_use]
    pub fn plane() -> Self {
        Self {
            name: "none (plane coordinates in metres)".to_owned(),
            epsg: None,
            wkt: String::new(),
            kind: CrsKind::Plane,
            ellipsoid: Ellipsoid::CGCS2000,
            projection: Projection::None,
        }
    }

    /// `EPSG:n`, or the name when there is no code.
    #[must_use]
    pub fn short_name(&self) -> String {
        match self.epsg {
            Some(code) => format!("EPSG:{code}"),
            None => self.name.clone(),
        }
    }

    /// Whether areas in the plane of the CRS mean something (not in degrees).
    #[must_use]
    pub fn has_plane(&self) -> bool {
        !matches!(self.kind, CrsKind::Geographic { .. })
    }
}
