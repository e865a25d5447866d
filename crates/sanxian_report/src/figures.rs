//! How numbers look in print: areas in square metres, hectares and mu, and shares.
//!
//! Print only. Machine formats carry every digit.

use sanxian_model::{Lang, Metres, SquareMetres};

/// Square metres with two decimals, without the unit. Never prints a negative zero.
pub(crate) fn m2(area: SquareMetres) -> String {
    plain(area.get(), 2)
}

/// Hectares (公顷) with four decimals, that is to the square metre.
pub(crate) fn hectares(area: SquareMetres) -> String {
    plain(area.hectares(), 4)
}

/// Mu (亩) with two decimals.
pub(crate) fn mu(area: SquareMetres) -> String {
    plain(area.mu(), 2)
}

/// Metres with two decimals, without the unit.
pub(crate) fn metres(length: Metres) -> String {
    plain(length.get(), 2)
}

/// A width in millimetres, without the unit: no zeros after the last digit that counts, of three at most.
pub(crate) fn millimetres(length: Metres) -> String {
    let text = plain(length.get() * 1e3, 3);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Square metres beside their limit, without the unit: as many decimals as it takes to tell the two apart, so that
/// no reader sees "0.50 m², allowed 0.50 m²" in a finding.
pub(crate) fn m2_beside(area: SquareMetres, limit: SquareMetres) -> String {
    if m2(area) != m2(limit) || area == limit {
        return m2(area);
    }
    (3..=9)
        .find(|&decimals| plain(area.get(), decimals) != plain(limit.get(), decimals))
        .map_or_else(|| m2(area), |decimals| plain(area.get(), decimals))
}

/// A limit such as a tolerance: no zeros after the last digit that counts.
pub(crate) fn limit(area: SquareMetres) -> String {
    format!("{} m²", area.get())
}

/// A share as a percentage with two decimals; one that is there and rounds to nothing says so.
pub(crate) fn percent(share: f64, lang: Lang) -> String {
    let digits = if share > 0.0 && share < 0.000_05 { "<0.01".to_owned() } else { plain(share * 100.0, 2) };
    match lang {
        Lang::Zh => format!("{digits}%"),
        Lang::En => format!("{digits} %"),
    }
}

/// A position as it is written beside a place: enough digits for a millimetre.
pub(crate) fn position([x, y]: [f64; 2], geographic: bool) -> String {
    if geographic { format!("({x:.8}, {y:.8})") } else { format!("({x:.3}, {y:.3})") }
}

fn plain(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|b| matches!(b, b'0' | b'.')) => digits.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_just_over_its_limit_does_not_look_equal_to_it() {
        let limit = SquareMetres(0.5);
        assert_eq!(m2_beside(SquareMetres(0.500_04), limit), "0.50004");
        assert_eq!(m2_beside(SquareMetres(0.51), limit), "0.51");
    }

    #[test]
    fn no_negative_zero_is_printed() {
        assert_eq!(m2(SquareMetres(-0.000_1)), "0.00");
        assert_eq!(m2(SquareMetres(-0.01)), "-0.01");
    }

    #[test]
    fn hectares_and_mu_follow_practice() {
        assert_eq!(hectares(SquareMetres(12_345.6)), "1.2346");
        assert_eq!(mu(SquareMetres(10_000.0)), "15.00");
    }
}
