//! The national formula of ellipsoidal area (椭球面积), as survey regulations write it.
//!
//! A ring is a sum of trapezoids between the parallels of two neighbouring vertices and a fixed meridian,
//! each by a series in multiples of the latitude. It treats an edge as a curve of its own, not as the
//! straight line of any map, so on bare vertices it is an approximation whose error grows with the square of
//! the edge length. It is used where a recorded area was made this way; it is never mixed with
//! [`crate::Measurer`]'s areas. Source of the coefficients: the 2008 notice 国土调查办发〔2008〕32号.

use sanxian_model::{Ellipsoid, Position, SquareMetres};

/// Coefficients of the series on one ellipsoid.
#[derive(Debug, Clone, Copy)]
pub struct NationalFormula {
    /// 2 b², b being the semi-minor axis.
    twice_b2: f64,
    series: [f64; 5],
}

impl NationalFormula {
    /// The formula on an ellipsoid.
    #[must_use]
    pub fn on(ellipsoid: Ellipsoid) -> Self {
        let e2 = ellipsoid.eccentricity_squared();
        let [e4, e6, e8] = [e2.powi(2), e2.powi(3), e2.powi(4)];
        let series = [
            1.0 + 3.0 / 6.0 * e2 + 30.0 / 80.0 * e4 + 35.0 / 112.0 * e6 + 630.0 / 2304.0 * e8,
            1.0 / 6.0 * e2 + 15.0 / 80.0 * e4 + 21.0 / 112.0 * e6 + 420.0 / 2304.0 * e8,
            3.0 / 80.0 * e4 + 7.0 / 112.0 * e6 + 180.0 / 2304.0 * e8,
            1.0 / 112.0 * e6 + 45.0 / 2304.0 * e8,
            5.0 / 2304.0 * e8,
        ];
        let b = ellipsoid.semi_major * (1.0 - ellipsoid.flattening());
        Self { twice_b2: 2.0 * b * b, series }
    }

    /// Signed area of a closed ring of longitudes and latitudes in degrees; positive when counter-clockwise.
    #[must_use]
    pub fn ring(&self, ring: &[Position]) -> SquareMetres {
        // The meridian that lengths are counted from drops out; the ring's own loses the fewest digits.
        let Some(&[meridian, _]) = ring.first() else { return SquareMetres::ZERO };
        let sum: f64 = ring
            .windows(2)
            .map(|pair| {
                let ([l0, b0], [l1, b1]) = (pair[0], pair[1]);
                let width = (0.5 * (l0 + l1) - meridian).to_radians();
                width * self.band(b0.to_radians(), b1.to_radians())
            })
            .sum();
        SquareMetres(sum)
    }

    /// Area between two parallels over one radian of longitude; negative when the second is south.
    fn band(&self, from: f64, to: f64) -> f64 {
        let (half, middle) = (0.5 * (to - from), 0.5 * (from + to));
        let mut sum = 0.0;
        for (k, coefficient) in self.series.iter().enumerate() {
            let multiple = (2 * k + 1) as f64;
            let term = coefficient * (multiple * half).sin() * (multiple * middle).cos();
            sum += if k % 2 == 0 { term } else { -term };
        }
        self.twice_b2 * sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(ring: &[Position]) -> f64 {
        let mut ring = ring.to_vec();
        ring.push(ring[0]);
        NationalFormula::on(Ellipsoid::CGCS2000).ring(&ring).get()
    }

    #[test]
    fn the_published_coefficients_come_out() {
        let formula = NationalFormula::on(Ellipsoid::CGCS2000);
        let published = [
            1.003_364_089_834_193,
            0.001_124_189_381_927_124_5,
            0.000_001_699_459_473_518_90,
            2.717_857_845_577_556e-9,
            4.358_419_004_834_516e-12,
        ];
        for (found, known) in formula.series.iter().zip(published) {
            assert!((found / known - 1.0).abs() < 1e-12, "{found} is not {known}");
        }
    }

    #[test]
    fn the_test_vectors_come_out() {
        let square = [[117.0, 31.8], [117.01, 31.8], [117.01, 31.81], [117.0, 31.81]];
        assert!((area(&square) - 1_049_983.55).abs() < 0.005);
        let triangle = [[117.0, 31.8], [117.01, 31.8], [117.0, 31.81]];
        assert!((area(&triangle) - 524_991.78).abs() < 0.005);
    }
}
