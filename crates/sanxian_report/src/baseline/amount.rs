//! How much was accepted of a finding.

use sanxian_model::{Finding, Lang, Measure, Severity, SquareMetres};

use crate::figures;

/// What was accepted of the findings of one entry: how many, how grave, and how much of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// How many findings.
    pub count: usize,
    /// The gravest severity.
    pub severity: Severity,
    /// Their area together; none for findings without area.
    pub area: Option<SquareMetres>,
    /// The highest ratio.
    pub ratio: Option<f64>,
    /// The values found, in their order and each once.
    pub values: Vec<String>,
}

/// A part of a ratio that rounding of areas leaves.
const RATIO_NOISE: f64 = 1e-6;
/// Areas are kept to two decimals, so a hundredth tells nothing.
const AREA_NOISE: f64 = 0.01;

impl Amount {
    /// The amount of some findings; none of no finding.
    #[must_use]
    pub fn of(findings: &[&Finding]) -> Option<Self> {
        let severity = findings.iter().map(|finding| finding.severity).max()?;
        let areas: Vec<SquareMetres> = findings.iter().filter_map(|finding| finding.area()).collect();
        let area = areas.iter().fold(SquareMetres::ZERO, |sum, area| sum + *area);
        let mut values: Vec<String> = Vec::new();
        let mut ratio: Option<f64> = None;
        for finding in findings {
            match &finding.measure {
                Measure::Value { found, .. } if !values.contains(found) => values.push(found.clone()),
                Measure::Ratio { value, .. } => ratio = Some(ratio.map_or(*value, |most| most.max(*value))),
                _ => {}
            }
        }
        values.sort_unstable();
        let area = (!areas.is_empty()).then_some(area);
        Some(Self { count: findings.len(), severity, area, ratio, values })
    }

    /// Whether findings are more than what was accepted, or something else: more of them, graver, of more area than `tolerance`
    /// above, of a higher ratio, or with a value that was not among those accepted.
    #[must_use]
    pub fn is_exceeded_by(&self, now: &Self, tolerance: SquareMetres) -> bool {
        let area = |area: Option<SquareMetres>| area.map_or(0.0, SquareMetres::get);
        let by_area = area(now.area) - area(self.area) > tolerance.get().max(AREA_NOISE);
        let by_ratio = match (self.ratio, now.ratio) {
            (Some(before), Some(now)) => now - before > RATIO_NOISE,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        let by_value = now.values.iter().any(|value| !self.values.contains(value));
        now.count > self.count || now.severity > self.severity || by_area || by_ratio || by_value
    }

    /// Two amounts in a few words, as far as they differ: `120.00 m²`, `2 findings, error`.
    #[must_use]
    pub(crate) fn beside(&self, other: &Self, lang: Lang) -> String {
        let mut words = Vec::new();
        if self.count != other.count {
            words.push(match lang {
                Lang::Zh => format!("{} 项", self.count),
                Lang::En => crate::words::counted(self.count, "finding"),
            });
        }
        if self.severity != other.severity {
            words.push(crate::words::severity(self.severity, lang).to_owned());
        }
        let same = (self.area, self.ratio) == (other.area, other.ratio) && self.values == other.values;
        if !same || words.is_empty() {
            words.extend(self.measured(other.area, lang));
        }
        crate::words::list(&words, lang)
    }

    /// What was measured, beside an area that is to be told from this one.
    pub(crate) fn measured(&self, beside: Option<SquareMetres>, lang: Lang) -> Option<String> {
        if let Some(area) = self.area {
            return Some(format!("{} m²", figures::m2_beside(area, beside.unwrap_or(area))));
        }
        if let Some(ratio) = self.ratio {
            return Some(figures::percent(ratio, lang));
        }
        let values: Vec<String> = self.values.iter().map(|value| format!("`{value}`")).collect();
        (!values.is_empty()).then(|| crate::words::list(&values, lang))
    }
}
