//! How much was accepted of a finding.

use sanxian_model::{Finding, Measure, Severity, SquareMetres};

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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(area: Option<f64>, ratio: Option<f64>, values: &[&str]) -> Amount {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        Amount { count: 1, severity: Severity::Warning, area: area.map(SquareMetres), ratio, values }
    }

    #[test]
    fn more_than_what_was_accepted_is_more_and_less_is_not() {
        let exceeds = |now: &Amount, accepted: &Amount| accepted.is_exceeded_by(now, SquareMetres(0.5));
        let area = |area| amount(Some(area), None, &[]);
        assert!(!exceeds(&area(120.5), &area(120.0)) && !exceeds(&area(1.0), &area(120.0)));
        assert!(exceeds(&area(120.6), &area(120.0)));
        // What was accepted is kept to two decimals, also where nothing is let pass.
        assert!(!area(120.0).is_exceeded_by(&area(120.005), SquareMetres::ZERO));
        let ratio = |ratio| amount(None, Some(ratio), &[]);
        assert!(exceeds(&ratio(0.151), &ratio(0.15)) && !exceeds(&ratio(0.15), &ratio(0.151)));
        let value = |value| amount(None, None, &[value]);
        assert!(exceeds(&value("0702"), &value("0701")) && !exceeds(&value("0701"), &value("0701")));
        let graver = Amount { severity: Severity::Error, ..area(100.0) };
        assert!(exceeds(&graver, &area(100.0)) && !exceeds(&area(100.0), &graver));
        let two = Amount { count: 2, ..area(100.0) };
        assert!(exceeds(&two, &area(100.0)) && !exceeds(&area(100.0), &two));
    }
}
