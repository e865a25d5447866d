//! Areas and sums of areas.
//!
//! A single area is a floating-point number of square metres. A sum of areas is an integer count of
//! 2⁻³⁰ m², so that adding is associative: any split of the work gives the same bytes.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

/// An area in square metres (平方米), on the ellipsoid unless the name beside it says planar.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct SquareMetres(pub f64);

/// Square metres in one hectare (公顷).
pub const M2_PER_HECTARE: f64 = 10_000.0;
/// Square metres in one mu (亩); fifteen make a hectare.
pub const M2_PER_MU: f64 = 10_000.0 / 15.0;
/// Square metres in one square kilometre.
pub const M2_PER_KM2: f64 = 1_000_000.0;

impl SquareMetres {
    /// No area.
    pub const ZERO: Self = Self(0.0);

    /// The bare number of square metres.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The area in hectares (公顷).
    #[must_use]
    pub fn hectares(self) -> f64 {
        self.0 / M2_PER_HECTARE
    }

    /// The area in mu (亩).
    #[must_use]
    pub fn mu(self) -> f64 {
        self.0 / M2_PER_MU
    }

    /// The smaller of two areas.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }

    /// The larger of two areas.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// The area without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// What part of `whole` this is; zero of nothing is zero.
    #[must_use]
    pub fn share_of(self, whole: Self) -> f64 {
        if whole.0 > 0.0 { self.0 / whole.0 } else { 0.0 }
    }

    /// Reads a quantity with its unit: `0.5 m2`, `0.5 m²`, `1 ha`, `2 mu`, `3 km2`, `0.5 平方米`, `1 公顷`, `2 亩`.
    ///
    /// # Errors
    /// A sentence that names the text and the accepted units. A bare number is refused, since nobody can
    /// tell whether it means square metres or hectares.
    pub fn parse(text: &str) -> Result<Self, String> {
        let trimmed = text.trim();
        let split = trimmed
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '+' | '-')))
            .unwrap_or(trimmed.len());
        let (number, unit) = trimmed.split_at(split);
        let per_unit = match unit.trim() {
            "m2" | "m²" | "平方米" => 1.0,
            "ha" | "公顷" => M2_PER_HECTARE,
            "mu" | "亩" => M2_PER_MU,
            "万亩" => 1e4 * M2_PER_MU,
            "km2" | "km²" | "平方公里" | "平方千米" => M2_PER_KM2,
            _ => {
                return Err(format!(
                    "`{text}` is not an area: write a number and one of m2, ha, mu, km2, as in \"0.5 m2\""
                ));
            }
        };
        match number.parse::<f64>() {
            Ok(value) if value.is_finite() && value >= 0.0 => Ok(Self(value * per_unit)),
            _ => Err(format!("`{text}` is not an area: `{number}` is not a number of zero or more")),
        }
    }
}

impl fmt::Display for SquareMetres {
    /// Two decimals and the unit; a precision given by the caller wins.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*} m²", f.precision().unwrap_or(2), self.0)
    }
}

impl Add for SquareMetres {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for SquareMetres {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for SquareMetres {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

/// An exact sum of areas: an integer number of 2⁻³⁰ m² (about 1e-9 m²).
///
/// Each area is rounded once, when it enters. After that, order and grouping cannot change the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct AreaSum(i128);

/// Parts of a square metre that one unit of [`AreaSum`] is.
const UNITS_PER_M2: f64 = (1_u64 << 30) as f64;

impl AreaSum {
    /// The sum of nothing.
    pub const ZERO: Self = Self(0);

    /// The sum as an area, rounded once to a floating-point number.
    #[must_use]
    pub fn area(self) -> SquareMetres {
        SquareMetres(self.0 as f64 / UNITS_PER_M2)
    }
}

impl From<SquareMetres> for AreaSum {
    fn from(area: SquareMetres) -> Self {
        Self((area.0 * UNITS_PER_M2).round() as i128)
    }
}

impl Add for AreaSum {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for AreaSum {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl AddAssign for AreaSum {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl AddAssign<SquareMetres> for AreaSum {
    fn add_assign(&mut self, area: SquareMetres) {
        *self += Self::from(area);
    }
}

impl Sum<SquareMetres> for AreaSum {
    fn sum<I: Iterator<Item = SquareMetres>>(areas: I) -> Self {
        areas.fold(Self::ZERO, |sum, area| sum + area.into())
    }
}

impl Sum for AreaSum {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        sums.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_needs_its_unit() {
        assert_eq!(SquareMetres::parse("0.5 m2"), Ok(SquareMetres(0.5)));
        assert_eq!(SquareMetres::parse("2亩").map(|a| a.0.round()), Ok(1333.0));
        assert_eq!(SquareMetres::parse("1.5 公顷"), Ok(SquareMetres(15_000.0)));
        assert_eq!(SquareMetres::parse("1.5万亩").map(|a| a.0.round()), Ok(10_000_000.0));
        assert!(SquareMetres::parse("0.5").is_err());
        assert!(SquareMetres::parse("-1 m2").is_err());
        assert!(SquareMetres::parse("m2").is_err());
    }

    #[test]
    fn sums_do_not_depend_on_the_order() {
        let areas: Vec<SquareMetres> =
            (0..1000_u32).map(|i| SquareMetres(f64::from(i) * 1e5 + 0.1 / f64::from(i + 1))).collect();
        let forward: AreaSum = areas.iter().copied().sum();
        let backward: AreaSum = areas.iter().rev().copied().sum();
        assert_eq!(forward, backward);
        assert!((forward.area().get() - areas.iter().map(|a| a.0).sum::<f64>()).abs() < 1e-3);
    }
}
