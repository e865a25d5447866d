//! The words for what was accepted.

use sanxian_model::{Lang, SquareMetres};

use super::amount::Amount;
use super::standing::{Standing, WhyStanding};
use crate::figures;
use crate::words;

/// Why a finding stands though the baseline has an entry for it, as a few words without a full stop.
#[must_use]
pub fn why_standing(standing: &Standing, lang: Lang) -> String {
    match (&standing.why, lang) {
        (WhyStanding::Expired(day), Lang::Zh) => format!("基线认可至 {day}，已过期"),
        (WhyStanding::Expired(day), Lang::En) => format!("accepted until {day}, expired"),
        (WhyStanding::Grown { accepted, now }, Lang::Zh) => {
            format!("基线认可 {}，现为 {}", beside(accepted, now, lang), beside(now, accepted, lang))
        }
        (WhyStanding::Grown { accepted, now }, Lang::En) => {
            format!("accepted {}, now {}", beside(accepted, now, lang), beside(now, accepted, lang))
        }
    }
}

/// An amount in a few words, as far as it differs from another: `120.00 m²`, `2 findings, error`.
fn beside(amount: &Amount, other: &Amount, lang: Lang) -> String {
    let mut told = Vec::new();
    if amount.count != other.count {
        told.push(match lang {
            Lang::Zh => format!("{} 项", amount.count),
            Lang::En => words::counted(amount.count, "finding"),
        });
    }
    if amount.severity != other.severity {
        told.push(words::severity(amount.severity, lang).to_owned());
    }
    // The file keeps two decimals, so more of them tell nothing.
    if measured(amount, lang) != measured(other, lang) || told.is_empty() {
        told.extend(measured_beside(amount, other.area, lang));
    }
    words::list(&told, lang)
}

/// What was measured: an area, a ratio, or the values found.
pub(crate) fn measured(amount: &Amount, lang: Lang) -> Option<String> {
    measured_beside(amount, None, lang)
}

/// The same, beside an area that is to be told from it.
fn measured_beside(amount: &Amount, other: Option<SquareMetres>, lang: Lang) -> Option<String> {
    if let Some(area) = amount.area {
        return Some(format!("{} m²", figures::m2_beside(area, other.unwrap_or(area))));
    }
    if let Some(ratio) = amount.ratio {
        return Some(figures::percent(ratio, lang));
    }
    let values: Vec<String> = amount.values.iter().map(|value| format!("`{value}`")).collect();
    (!values.is_empty()).then(|| words::list(&values, lang))
}

#[cfg(test)]
mod tests {
    use sanxian_model::Severity;

    use super::*;

    #[test]
    fn two_amounts_are_told_by_what_differs() {
        let amount = |area: Option<f64>, ratio, values: &[&str]| {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            Amount { count: 1, severity: Severity::Warning, area: area.map(SquareMetres), ratio, values }
        };
        let told = |a: &Amount, b: &Amount| [beside(a, b, Lang::En), beside(b, a, Lang::Zh)];
        let (a, b) = (amount(Some(120.0), None, &[]), amount(Some(150.0), None, &[]));
        assert_eq!(told(&a, &b), ["120.00 m²", "150.00 m²"]);
        let graver = Amount { severity: Severity::Error, ..a.clone() };
        assert_eq!(told(&a, &graver), ["warning", "不符合"]);
        let nearly = Amount { area: Some(SquareMetres(119.998)), ..graver.clone() };
        assert_eq!(told(&a, &nearly), ["warning", "不符合"]);
        let (a, b) = (amount(None, Some(0.15), &[]), amount(None, None, &["0701"]));
        assert_eq!(told(&a, &b), ["15.00 %", "`0701`"]);
    }
}
