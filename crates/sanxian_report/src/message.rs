//! The sentence about one finding: the rule's template, filled with what the finding holds.

use sanxian_model::{Finding, Lang, Measure, SquareMetres, Text};

use crate::figures;
use crate::report::Report;
use crate::words;

/// What a rule's message and help may hold in braces, and what stands there in print.
///
/// - `subject`: identifier of the subject, with its name when it has one
/// - `zone`: names of the zone features involved, or the zone's role when there is none
/// - `overlap`, `outside`, `area`: the measured area with its unit (three names for one figure)
/// - `tolerance`: the area that is let pass
/// - `share`: the area over the area of the subject, in percent
/// - `value`, `limit`: a ratio and its cap, in percent
/// - `numerator`, `denominator`: the areas of the ratio
/// - `field`, `found`, `accepted`: column, value, and values that would do
/// - `condition`, `evidence`: the exception that applied, and the fields that speak for it
/// - `role`: what the layer of the subject means
pub const PLACEHOLDERS: [&str; 17] = [
    "subject",
    "zone",
    "overlap",
    "outside",
    "area",
    "tolerance",
    "share",
    "value",
    "limit",
    "numerator",
    "denominator",
    "field",
    "found",
    "accepted",
    "condition",
    "evidence",
    "role",
];

/// How many zone features a sentence names before it counts the rest.
const ZONES_NAMED: usize = 3;

/// What a finding says, in both languages.
#[must_use]
pub fn sentence(report: &Report<'_>, finding: &Finding) -> Text {
    Text { zh: sentence_in(report, finding, Lang::Zh), en: sentence_in(report, finding, Lang::En) }
}

/// What a finding says, in one language.
#[must_use]
pub fn sentence_in(report: &Report<'_>, finding: &Finding, lang: Lang) -> String {
    let template = report.rule(&finding.rule).map_or("", |rule| rule.message.in_lang(lang));
    if template.is_empty() { bare_sentence(finding, lang) } else { fill(template, finding, lang) }
}

/// What to do about a finding, in one language; empty when the rule has no advice.
#[must_use]
pub fn help_in(report: &Report<'_>, finding: &Finding, lang: Lang) -> String {
    report.rule(&finding.rule).map_or_else(String::new, |rule| fill(rule.help.in_lang(lang), finding, lang))
}

/// Puts the values of a finding into a template. A word in braces that is no placeholder, or for which the
/// finding has no value, stays as it is, so that the mistake can be seen.
#[must_use]
pub fn fill(template: &str, finding: &Finding, lang: Lang) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(close) = rest.find('}') else { break };
        match value(&rest[1..close], finding, lang) {
            Some(words) => filled.push_str(&words),
            None => filled.push_str(&rest[..=close]),
        }
        rest = &rest[close + 1..];
    }
    filled.push_str(rest);
    filled
}

fn value(placeholder: &str, finding: &Finding, lang: Lang) -> Option<String> {
    let percent = |ratio| Some(figures::percent(ratio, lang));
    match placeholder {
        "subject" => return Some(words::subject(finding, lang)),
        "zone" => return Some(zones(finding, lang)),
        "role" => return Some(finding.role.title().in_lang(lang).to_owned()),
        "condition" => return finding.exemption.as_ref().map(|e| e.condition.clone()),
        "evidence" => return finding.exemption.as_ref().map(|e| words::evidence(e, lang)),
        _ => {}
    }
    match (placeholder, &finding.measure) {
        (
            "overlap" | "outside" | "area",
            Measure::Overlap { area, tolerance, .. } | Measure::Outside { area, tolerance, .. },
        ) => Some(figures::area_beside(*area, *tolerance, lang)),
        ("tolerance", Measure::Overlap { tolerance, .. } | Measure::Outside { tolerance, .. }) => {
            Some(figures::limit(*tolerance))
        }
        ("share", Measure::Overlap { share, .. } | Measure::Outside { share, .. }) => percent(*share),
        ("value", Measure::Ratio { value, .. }) => percent(*value),
        ("limit", Measure::Ratio { limit, .. }) => percent(*limit),
        ("numerator", Measure::Ratio { numerator, .. }) => Some(figures::area_words(*numerator, lang)),
        ("denominator", Measure::Ratio { denominator, .. }) => Some(figures::area_words(*denominator, lang)),
        ("field", Measure::Value { field, .. }) => Some(field.clone()),
        ("found", Measure::Value { found, .. }) => Some(words::found(found, lang)),
        ("accepted", Measure::Value { accepted, .. }) => Some(words::list(accepted, lang)),
        _ => None,
    }
}

/// The zone features by name: the first few, then how many more.
fn zones(finding: &Finding, lang: Lang) -> String {
    let role = finding.zone_role.as_ref().map(|role| role.title().in_lang(lang).to_owned());
    if finding.zones.is_empty() {
        return role.unwrap_or_default();
    }
    let mut names: Vec<String> = Vec::new();
    for name in finding.zones.iter().map(words::zone) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    words::some_of(&names, ZONES_NAMED, lang)
}

/// A sentence without a template, so that a finding is never mute.
fn bare_sentence(finding: &Finding, lang: Lang) -> String {
    let template = match (&finding.measure, lang) {
        (Measure::Overlap { .. }, Lang::Zh) => "{subject} 占用 {zone} {overlap}（容许 {tolerance}）",
        (Measure::Overlap { .. }, Lang::En) => "{subject}: {overlap} lies on {zone} (allowed {tolerance})",
        (Measure::Outside { .. }, Lang::Zh) => "{subject} 有 {outside} 位于 {zone} 之外（容许 {tolerance}）",
        (Measure::Outside { .. }, Lang::En) => {
            "{subject}: {outside} lies outside {zone} (allowed {tolerance})"
        }
        (Measure::Ratio { .. }, Lang::Zh) => "{subject} 占比 {value}，上限 {limit}",
        (Measure::Ratio { .. }, Lang::En) => "{subject}: the share is {value}, at most {limit} is allowed",
        (Measure::Value { .. }, Lang::Zh) => "{subject} 的 {field} 为 {found}，应为 {accepted}",
        (Measure::Value { .. }, Lang::En) => "{subject}: {field} is {found}, should be {accepted}",
        _ => "{subject}",
    };
    fill(template, finding, lang)
}

/// The measured area of a finding, when it measures one.
#[must_use]
pub fn measured_area(measure: &Measure) -> Option<SquareMetres> {
    match measure {
        Measure::Overlap { area, .. } | Measure::Outside { area, .. } => Some(*area),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    #[test]
    fn every_placeholder_that_is_listed_has_a_value_in_some_finding() {
        let sample = Sample::county();
        for placeholder in PLACEHOLDERS {
            assert!(
                sample.findings.iter().any(|f| value(placeholder, f, Lang::En).is_some()),
                "{placeholder}"
            );
        }
    }

    #[test]
    fn what_is_no_placeholder_stays_to_be_seen() {
        let sample = Sample::county();
        let filled = fill("{nonsense} {zone", &sample.findings[0], Lang::En);
        assert_eq!(filled, "{nonsense} {zone");
    }
}
