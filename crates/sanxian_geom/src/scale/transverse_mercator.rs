//! Transverse Mercator, inverse and areal scale: Krüger's series.
//!
//! L. Krüger, *Konforme Abbildung des Erdellipsoids in der Ebene*, 1912, carried to n⁸ as C. F. F. Karney does in
//! *Transverse Mercator with an accuracy of a few nanometers*, Journal of Geodesy 85, 2011; names are his.
//!
//! # Promises
//! The areal scale is a closed form, since the map is conformal; no differences are taken. Tests hold it to 10⁻¹⁴ of
//! the exact projection up to 30° from the meridian, and to 10⁻¹² up to the 60° where it ends. Transcendental functions are
//! those of `libm`, so its bits depend on the parameters and the place alone, whatever the platform.

use std::f64::consts::FRAC_PI_2;

use libm::{atan, atan2, atanh, cos, cosh, sin, sinh, tan};
use sanxian_model::{
    Crs, CrsKind, Ellipsoid, Explain, Explanation, Position, Projection, TransverseMercator,
};

/// A transverse Mercator projection, ready to be inverted.
///
/// ```
/// use sanxian_geom::KruegerSeries;
/// use sanxian_model::{Crs, CrsKind, Projection, TransverseMercator};
///
/// let zone = TransverseMercator::gauss_kruger(111.0);
/// let crs = Crs {
///     kind: CrsKind::Projected { metres: 1.0 },
///     projection: Projection::TransverseMercator(zone),
///     ..Crs::plane()
/// };
/// let series = KruegerSeries::of(&crs).expect("transverse Mercator");
/// let [longitude, latitude] = series.lon_lat([500_000.0, 3_540_000.0]).expect("in reach");
/// assert_eq!(longitude, 111.0);
/// assert!((31.9..32.0).contains(&latitude));
/// // True to scale on the meridian, too large beside it.
/// assert!((series.areal_scale([500_000.0, 3_540_000.0]).expect("in reach") - 1.0).abs() < 1e-15);
/// assert!(series.areal_scale([600_000.0, 3_540_000.0]).expect("in reach") < 1.0);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct KruegerSeries {
    parameters: TransverseMercator,
    /// Metres in one unit of the CRS.
    metres: f64,
    ellipsoid: Ellipsoid,
    /// First eccentricity and its square.
    e: f64,
    e2: f64,
    /// Radius of the rectified meridian times the scale factor, in metres.
    radius: f64,
    /// Rectifying latitude of the origin, in radians.
    origin: f64,
    beta: [f64; ORDER],
}

/// Powers of the third flattening n that are kept: on the earth the ninth is below 10⁻²⁴.
const ORDER: usize = 8;

/// The largest η: 60 degrees of a great circle from the central meridian, where the plane is four times too large.
const FARTHEST: f64 = 1.32;

/// Why a position has no longitude and latitude.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain())]
pub enum OutOfReach {
    /// Too far east or west.
    Meridian,
    /// Too far north or south.
    Pole,
    /// Not a number.
    NotFinite,
}

impl Explain for OutOfReach {
    fn explain(&self) -> Explanation {
        let told = Explanation::new;
        match self {
            Self::Meridian => told(
                "position-far-from-meridian",
                "距中央子午线超过 60 度",
                "it is farther than 60 degrees from the central meridian",
            ),
            Self::Pole => told("position-beyond-pole", "越过极点", "it is beyond the pole"),
            Self::NotFinite => told("position-not-finite", "坐标不是有限数值", "it is not a finite position"),
        }
    }
}

/// A position on the conformal sphere, with all that the scale needs.
struct Conformal {
    /// ξ′ and η′.
    xi: f64,
    eta: f64,
    /// |dζ′/dζ|².
    stretch: f64,
}

impl KruegerSeries {
    /// The series of a CRS; none when its projection is another.
    #[must_use]
    pub fn of(crs: &Crs) -> Option<Self> {
        let CrsKind::Projected { metres } = crs.kind else { return None };
        let Projection::TransverseMercator(parameters) = crs.projection else { return None };
        let f = crs.ellipsoid.flattening();
        let n = f / (2.0 - f);
        let e2 = crs.ellipsoid.eccentricity_squared();
        let n2 = n * n;
        let rectified = crs.ellipsoid.semi_major / (1.0 + n)
            * (1.0 + n2 * (1.0 / 4.0 + n2 * (1.0 / 64.0 + n2 * (1.0 / 256.0 + n2 * (25.0 / 16_384.0)))));
        let mut series = Self {
            parameters,
            metres,
            ellipsoid: crs.ellipsoid,
            e: e2.sqrt(),
            e2,
            radius: rectified * parameters.scale_factor,
            origin: 0.0,
            beta: beta(n),
        };
        series.origin = series.rectifying(parameters.latitude_of_origin.to_radians());
        Some(series)
    }

    /// Longitude, east of the prime meridian of the CRS, and latitude in degrees.
    ///
    /// # Errors
    /// Where the position is out of reach.
    pub fn lon_lat(&self, place: Position) -> Result<Position, OutOfReach> {
        let at = self.conformal(place)?;
        let longitude = atan2(sinh(at.eta), cos(at.xi)).to_degrees() + self.parameters.central_meridian;
        Ok([longitude, atan(self.tan_latitude(tan_conformal(&at))).to_degrees()])
    }

    /// Square metres on the ellipsoid for one square unit of the CRS.
    ///
    /// # Errors
    /// Where the position is out of reach.
    pub fn areal_scale(&self, place: Position) -> Result<f64, OutOfReach> {
        let at = self.conformal(place)?;
        let t_conformal = tan_conformal(&at);
        let t = self.tan_latitude(t_conformal);
        // Squares of cos φ / cos χ, and of the radius of curvature ν: from the ellipsoid to the conformal sphere.
        let cosines = (1.0 + t_conformal * t_conformal) / (1.0 + t * t);
        let sin2 = t * t / (1.0 + t * t);
        let nu2 = self.ellipsoid.semi_major * self.ellipsoid.semi_major / (1.0 - self.e2 * sin2);
        // cosh η′ is the point scale of the sphere.
        let sphere = self.radius * cosh(at.eta) / self.metres;
        Ok(nu2 * cosines * at.stretch / (sphere * sphere))
    }

    fn conformal(&self, [x, y]: Position) -> Result<Conformal, OutOfReach> {
        let xi = (y * self.metres - self.parameters.false_northing) / self.radius + self.origin;
        let eta = (x * self.metres - self.parameters.false_easting) / self.radius;
        if !(xi.is_finite() && eta.is_finite()) {
            return Err(OutOfReach::NotFinite);
        }
        if eta.abs() > FARTHEST {
            return Err(OutOfReach::Meridian);
        }
        if xi.abs() > FRAC_PI_2 {
            return Err(OutOfReach::Pole);
        }
        // sin 2jζ and cos 2jζ by the addition of angles: real and imaginary parts.
        let (s, c) = (sin(2.0 * xi), cos(2.0 * xi));
        let (sh, ch) = (sinh(2.0 * eta), cosh(2.0 * eta));
        let (sin1, cos1) = ([s * ch, c * sh], [c * ch, -s * sh]);
        let (mut sine, mut cosine) = (sin1, cos1);
        let (mut shift, mut slope) = ([0.0; 2], [1.0, 0.0]);
        for (j, beta) in (1_u32..).zip(self.beta) {
            for part in 0..2 {
                shift[part] += beta * sine[part];
                slope[part] -= f64::from(2 * j) * beta * cosine[part];
            }
            let next = add(times(sine, cos1), times(cosine, sin1));
            cosine = add(times(cosine, cos1), times([-sine[0], -sine[1]], sin1));
            sine = next;
        }
        Ok(Conformal {
            xi: xi - shift[0],
            eta: eta - shift[1],
            stretch: slope[0] * slope[0] + slope[1] * slope[1],
        })
    }

    /// tan φ from tan χ by Newton's method, as in Karney's equations 19 to 21; two steps reach the last bit.
    fn tan_latitude(&self, t_conformal: f64) -> f64 {
        let mut t = t_conformal / (1.0 - self.e2);
        for _ in 0..3 {
            let root = (1.0 + t * t).sqrt();
            let found = self.tan_conformal_of(t);
            t += (t_conformal - found) / (1.0 + found * found).sqrt() * (1.0 + (1.0 - self.e2) * t * t)
                / ((1.0 - self.e2) * root);
        }
        t
    }

    /// tan χ from tan φ.
    fn tan_conformal_of(&self, t: f64) -> f64 {
        let root = (1.0 + t * t).sqrt();
        let sigma = sinh(self.e * atanh(self.e * t / root));
        t * (1.0 + sigma * sigma).sqrt() - sigma * root
    }

    /// The rectifying latitude of a latitude, both in radians.
    fn rectifying(&self, latitude: f64) -> f64 {
        if latitude == 0.0 {
            return 0.0;
        }
        let conformal = atan(self.tan_conformal_of(tan(latitude)));
        // χ = μ − Σ β sin 2jμ, solved for μ; each step wins three digits.
        let mut mu = conformal;
        for _ in 0..8 {
            let shift: f64 =
                (1_u32..).zip(self.beta).map(|(j, beta)| beta * sin(f64::from(2 * j) * mu)).sum();
            mu = conformal + shift;
        }
        mu
    }
}

fn tan_conformal(at: &Conformal) -> f64 {
    let (sh, c) = (sinh(at.eta), cos(at.xi));
    sin(at.xi) / (sh * sh + c * c).sqrt()
}

fn times(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]]
}

fn add(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] + b[0], a[1] + b[1]]
}

/// Coefficients of the inverse series: χ = μ − Σ βⱼ sin 2jμ on the meridian. Karney's equation 36, continued to n⁸ by
/// expanding both latitudes with exact fractions.
fn beta(n: f64) -> [f64; ORDER] {
    const FRACTIONS: [&[[f64; 2]]; ORDER] = [
        &[
            [1.0, 2.0],
            [-2.0, 3.0],
            [37.0, 96.0],
            [-1.0, 360.0],
            [-81.0, 512.0],
            [96_199.0, 604_800.0],
            [-5_406_467.0, 38_707_200.0],
            [7_944_359.0, 67_737_600.0],
        ],
        &[
            [1.0, 48.0],
            [1.0, 15.0],
            [-437.0, 1_440.0],
            [46.0, 105.0],
            [-1_118_711.0, 3_870_720.0],
            [51_841.0, 1_209_600.0],
            [24_749_483.0, 348_364_800.0],
        ],
        &[
            [17.0, 480.0],
            [-37.0, 840.0],
            [-209.0, 4_480.0],
            [5_569.0, 90_720.0],
            [9_261_899.0, 58_060_800.0],
            [-6_457_463.0, 17_740_800.0],
        ],
        &[
            [4_397.0, 161_280.0],
            [-11.0, 504.0],
            [-830_251.0, 7_257_600.0],
            [466_511.0, 2_494_800.0],
            [324_154_477.0, 7_664_025_600.0],
        ],
        &[
            [4_583.0, 161_280.0],
            [-108_847.0, 3_991_680.0],
            [-8_005_831.0, 63_866_880.0],
            [22_894_433.0, 124_540_416.0],
        ],
        &[
            [20_648_693.0, 638_668_800.0],
            [-16_363_163.0, 518_918_400.0],
            [-2_204_645_983.0, 12_915_302_400.0],
        ],
        &[[219_941_297.0, 5_535_129_600.0], [-497_323_811.0, 12_454_041_600.0]],
        &[[191_773_887_257.0, 3_719_607_091_200.0]],
    ];
    let mut power = 1.0;
    FRACTIONS.map(|fractions| {
        power *= n;
        power * fractions.iter().rev().fold(0.0, |sum, [over, under]| sum * n + over / under)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(parameters: TransverseMercator, metres: f64) -> KruegerSeries {
        let crs = Crs {
            kind: CrsKind::Projected { metres },
            projection: Projection::TransverseMercator(parameters),
            ..Crs::plane()
        };
        KruegerSeries::of(&crs).expect("transverse Mercator")
    }

    /// Longitude from the meridian and latitude, easting and northing, areal scale: by continuing the arc of the
    /// meridian of CGCS2000 to complex latitudes, with 40 digits.
    const EXACT: &[([f64; 2], [f64; 2], f64)] = &[
        ([0.0, 0.0], [0.0, 0.0], 1.0),
        ([3.0, 0.0], [334_112.201_800_185_6, 0.0], 0.997_242_487_735_215_4),
        ([1.5, 18.0], [158_872.256_628_277_07, 1_991_624.681_296_292], 0.999_376_423_515_255_2),
        ([-3.0, 32.0], [-283_536.641_182_837_2, 3_545_788.224_728_796_6], 0.998_020_579_978_038_8),
        ([3.0, 45.0], [236_540.642_360_095_87, 4_989_325.234_673_122], 0.998_625_871_619_753),
        ([0.25, 53.5], [16_589.748_088_525_27, 5_930_294.954_506_676], 0.999_993_247_858_721),
        ([6.0, 31.8], [568_650.930_883_133_3, 3_535_400.763_378_491_6], 0.992_069_630_997_756_1),
        ([3.0, -25.0], [302_939.863_731_302_84, -2_769_407.981_883_493_7], 0.997_737_717_069_101_4),
        ([30.0, 40.0], [2_577_965.736_223_182, 4_886_256.521_764_693], 0.852_855_239_955_487_1),
        ([30.0, 5.0], [3_488_706.502_136_768_3, 638_590.134_410_316_1], 0.750_246_962_607_727_8),
        ([-20.0, 70.0], [-751_757.918_893_333_5, 7_893_837.463_120_284], 0.986_307_674_085_737_9),
        ([3.0, 84.0], [35_008.658_525_117_04, 9_332_738.277_665_367], 0.999_970_070_375_765_1),
        ([45.0, 0.0], [5_627_271.912_697_845, 0.0], 0.496_622_567_929_143_7),
        ([55.0, 20.0], [6_511_029.926_077_378, 3_600_105.961_190_906], 0.405_339_864_275_619_7),
        ([59.9, 1.0], [8_397_218.920_038_113, 222_671.868_092_179_04], 0.246_674_635_488_852_6),
    ];

    #[test]
    fn the_series_agrees_with_the_exact_projection() {
        let series = series(TransverseMercator::gauss_kruger(0.0), 1.0);
        for &(lon_lat, [x, y], scale) in EXACT {
            let at = [x + 500_000.0, y];
            let found = series.lon_lat(at).expect("in reach");
            for axis in 0..2 {
                assert!((found[axis] - lon_lat[axis]).abs() < 1e-13 * 90.0, "{lon_lat:?}: {found:?}");
            }
            let found = series.areal_scale(at).expect("in reach");
            let tolerance = if lon_lat[0].abs() > 30.0 { 1e-12 } else { 1e-14 };
            assert!((found / scale - 1.0).abs() < tolerance, "{lon_lat:?}: {:e}", found / scale - 1.0);
        }
    }

    #[test]
    fn the_bits_are_the_same_on_every_platform() {
        let series = series(TransverseMercator::gauss_kruger(111.0), 1.0);
        let scales = [[500_000.0, 3_540_000.0], [640_000.0, 3_540_000.0], [170_000.5, 5_900_000.25]]
            .map(|at| series.areal_scale(at).expect("in reach").to_bits());
        assert_eq!(scales, [0x3ff0_0000_0000_0000, 0x3fef_fc0a_ebf7_ed6c, 0x3fef_ea26_9d60_29e9]);
    }

    #[test]
    fn units_origin_and_scale_factor_only_move_and_stretch() {
        let plain = series(TransverseMercator::gauss_kruger(111.0), 1.0);
        let at = [640_000.0, 3_540_000.0];
        let parameters = TransverseMercator {
            latitude_of_origin: 30.0,
            scale_factor: 0.5,
            false_easting: 37_500_000.0,
            false_northing: 10_000.0,
            ..TransverseMercator::gauss_kruger(111.0)
        };
        let other = series(parameters, 3.0);
        // The arc of the meridian from the equator to 30° N on CGCS2000.
        let arc = 3_320_113.397_845_021_3;
        let moved = [(140_000.0 * 0.5 + 37_500_000.0) / 3.0, ((3_540_000.0 - arc) * 0.5 + 10_000.0) / 3.0];
        let [a, b] = [plain.lon_lat(at), other.lon_lat(moved)].map(|found| found.expect("in reach"));
        assert!((a[0] - b[0]).abs() < 1e-11 && (a[1] - b[1]).abs() < 1e-11, "{a:?} {b:?}");
        let [a, b] = [plain.areal_scale(at), other.areal_scale(moved)].map(|found| found.expect("in reach"));
        assert!((a * 9.0 / 0.25 / b - 1.0).abs() < 1e-13, "{a} {b}");
    }

    #[test]
    fn a_sphere_has_the_closed_form() {
        let crs = Crs {
            kind: CrsKind::Projected { metres: 1.0 },
            ellipsoid: Ellipsoid { semi_major: 6_371_000.0, inverse_flattening: 0.0 },
            projection: Projection::TransverseMercator(TransverseMercator::gauss_kruger(0.0)),
            ..Crs::plane()
        };
        let series = KruegerSeries::of(&crs).expect("transverse Mercator");
        let found = series.areal_scale([900_000.0, 4_000_000.0]).expect("in reach");
        let expected = (400_000.0_f64 / 6_371_000.0).cosh().powi(-2);
        assert!((found / expected - 1.0).abs() < 1e-14, "{found} {expected}");
    }

    #[test]
    fn what_is_out_of_reach_is_told() {
        let series = series(TransverseMercator::gauss_kruger(111.0), 1.0);
        assert_eq!(series.areal_scale([39_500_000.0, 3_540_000.0]), Err(OutOfReach::Meridian));
        assert_eq!(series.areal_scale([500_000.0, 10_100_000.0]), Err(OutOfReach::Pole));
        assert_eq!(series.lon_lat([500_000.0, f64::NAN]), Err(OutOfReach::NotFinite));
        assert!(series.areal_scale([500_000.0, 10_000_000.0]).is_ok());
    }
}
