//! Areas and ratios as people read them.

use sanxian_model::{Bound, Lang, SquareMetres};

/// An area as people read it: square metres with two decimals, from one hectare on hectares with four.
#[must_use]
pub fn area_text(area: SquareMetres, lang: Lang) -> String {
    match (area.get().abs() >= sanxian_model::area::M2_PER_HECTARE, lang) {
        (false, _) => format!("{:.2} m²", area.get()),
        (true, Lang::Zh) => format!("{:.4} 公顷", area.hectares()),
        (true, Lang::En) => format!("{:.4} ha", area.hectares()),
    }
}

/// A ratio in per cent with two decimals; what is there is never printed as nothing.
pub(crate) fn percent(ratio: f64) -> String {
    if ratio > 0.0 && ratio < 0.000_05 { "< 0.01 %".to_owned() } else { format!("{:.2} %", ratio * 100.0) }
}

/// An area over its limit. With two decimals 0.5004 m² and its limit of 0.5 m² look alike; as many digits
/// are printed as it takes to tell them apart.
pub(crate) fn area_beside(area: SquareMetres, limit: SquareMetres, lang: Lang) -> String {
    let plain = area_text(area, lang);
    if area <= limit || plain != area_text(limit, lang) {
        return plain;
    }
    let digits = (3..=9).find(|&digits| format!("{area:.digits$}") != format!("{limit:.digits$}"));
    format!("{area:.*}", digits.unwrap_or(9))
}

/// The same for a total on the wrong side of its floor or cap.
pub(crate) fn total_beside(area: SquareMetres, limit: SquareMetres, bound: Bound, lang: Lang) -> String {
    match bound {
        Bound::Cap => area_beside(area, limit, lang),
        Bound::Floor if area < limit && area_text(area, lang) == area_text(limit, lang) => {
            format!("{area:.4}")
        }
        Bound::Floor => area_text(area, lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_never_vanish_in_print() {
        assert_eq!(percent(0.0), "0.00 %");
        assert_eq!(percent(0.000_01), "< 0.01 %");
        assert_eq!(percent(0.15), "15.00 %");
    }
}
