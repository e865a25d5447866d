//! Caps and floors in words.

use sanxian_model::{Bound, Lang, Measure, Quantity};
use sanxian_rules::Rule;

use crate::figures;
use crate::words::pick;

/// What was measured, with its unit.
pub(crate) fn measured(measure: &Measure, lang: Lang) -> String {
    match measure {
        Measure::Total { area, .. } => hectares(*area, lang),
        Measure::Ratio { value, .. } => figures::percent(*value, lang),
        _ => String::new(),
    }
}

/// What it is held against, with its unit and on which side it must be.
pub(crate) fn limit(measure: &Measure, lang: Lang) -> String {
    match measure {
        Measure::Total { limit, bound: Bound::Floor, .. } => format!("≥ {}", hectares(*limit, lang)),
        Measure::Total { limit, bound: Bound::Cap, .. } => format!("≤ {}", hectares(*limit, lang)),
        Measure::Ratio { limit, .. } => format!("≤ {}", figures::percent(*limit, lang)),
        _ => String::new(),
    }
}

/// Whether it holds.
pub(crate) fn verdict(quantity: &Quantity, lang: Lang) -> &'static str {
    if quantity.holds { pick(lang, "符合", "holds") } else { pick(lang, "不符合", "missed") }
}

/// What it is; the title of its rule where that does not say.
pub(crate) fn title<'r>(rules: &'r [Rule], quantity: &Quantity, lang: Lang) -> &'r str {
    let rule = rules.iter().find(|rule| rule.name == quantity.rule);
    rule.map_or("", |rule| rule.quantity.as_ref().unwrap_or(&rule.title).in_lang(lang))
}

fn hectares(area: sanxian_model::SquareMetres, lang: Lang) -> String {
    format!("{} {}", figures::hectares(area), pick(lang, "公顷", "ha"))
}
