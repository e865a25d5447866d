//! How finely coordinates were written down.

use rayon::prelude::*;
use sanxian_model::Position;

/// More decimals than this are the full precision of floating point.
const MOST_DECIMALS: i32 = 12;
/// Numbers at or above this cannot be rounded by adding and taking away a large number.
const LARGEST: f64 = (1_u64 << 51) as f64;

/// The largest power of ten of which every coordinate is a multiple, as far as a decimal number can be one in floating
/// point; none when there is no coordinate, or none short of full precision. Whole numbers have the step 1.
pub(super) fn of(coords: &[Position]) -> Option<f64> {
    let decimals = coords
        .par_chunks(1 << 16)
        .map(|chunk| chunk.iter().flatten().try_fold(0, |least, &value| decimals(value, least)))
        .try_reduce(|| 0, |a, b| Some(a.max(b)))?;
    (!coords.is_empty()).then(|| 10_f64.powi(-decimals))
}

/// With how many decimals, `least` or more, a number can be written so that it reads back the same.
fn decimals(value: f64, least: i32) -> Option<i32> {
    (least..=MOST_DECIMALS).find(|&decimals| {
        let power = POWERS[decimals as usize];
        let scaled = value * power;
        let whole = (scaled + LARGEST * 3.0) - LARGEST * 3.0;
        scaled.abs() < LARGEST && whole / power == value
    })
}

const POWERS: [f64; MOST_DECIMALS as usize + 1] =
    [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_is_that_of_the_coordinate_with_the_most_decimals() {
        assert_eq!(of(&[[117.0, 31.0], [117.5, 31.25]]), Some(1e-2));
        assert_eq!(of(&[[437_000.0, 3_880_000.0], [-437_001.0, 3.0]]), Some(1.0));
        assert_eq!(of(&[[39_500_000.123, 3_500_000.001], [39_500_001.1, 0.0]]), Some(1e-3));
        assert_eq!(of(&[[117.123_456_7, 31.000_000_1]]), Some(1e-7));
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn numbers_of_full_precision_have_no_step() {
        assert_eq!(of(&[[1.0, 2.0], [1.0 / 3.0, 2.0]]), None);
        assert_eq!(of(&[[39_500_000.0 + 1.0 / 3.0, 3_500_000.1]]), None);
        assert_eq!(of(&[[1e300, 1.0]]), None);
        assert_eq!(of(&[[f64::NAN, 1.0]]), None);
    }

    #[test]
    fn every_decimal_is_found_again() {
        for decimals in 0..=9 {
            let step = 10_f64.powi(-decimals);
            for k in [1, 7, 123_457, 7_999_999, 31_234_567] {
                let text = format!("{:.*}", decimals as usize, 117.0 + f64::from(k) * step);
                let value: f64 = text.parse().expect("a number");
                let found = of(&[[value, 0.0]]).expect("a decimal number");
                let least = text.trim_end_matches('0').trim_end_matches('.');
                let written = least.split_once('.').map_or(0, |(_, tail)| tail.len());
                assert!((found - 10_f64.powi(-(written as i32))).abs() < 1e-18, "{text} {found}");
            }
        }
    }
}
