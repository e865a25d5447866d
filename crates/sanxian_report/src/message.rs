//! The sentences about one finding, in the words of its rule.

use sanxian_model::{Finding, Lang, Measure, Text};
use sanxian_rules::{render_help, render_message};

use crate::baseline::why_standing;
use crate::report::Report;
use crate::words;

/// What a finding says, in one language. A finding whose rule is not in the report says its rule's name.
pub(crate) fn sentence_in(report: &Report<'_>, finding: &Finding, lang: Lang) -> String {
    let sentence = report
        .rule(&finding.rule)
        .map_or_else(|| finding.rule.to_string(), |rule| render_message(rule, finding, lang));
    match (standing_in(report, finding, lang), lang) {
        (Some(why), Lang::Zh) => format!("{sentence}（{why}）"),
        (Some(why), Lang::En) => format!("{sentence} ({why})"),
        (None, _) => sentence,
    }
}

/// Why a finding stands though the baseline has an entry for it.
pub(crate) fn standing_in(report: &Report<'_>, finding: &Finding, lang: Lang) -> Option<String> {
    Some(why_standing(report.baseline?.standing_of(finding)?, lang))
}

/// What a finding says, in both languages.
pub(crate) fn sentence(report: &Report<'_>, finding: &Finding) -> Text {
    Text { zh: sentence_in(report, finding, Lang::Zh), en: sentence_in(report, finding, Lang::En) }
}

/// What to do about a finding, in one language; empty when its rule is not in the report.
pub(crate) fn help_in(report: &Report<'_>, finding: &Finding, lang: Lang) -> String {
    report.rule(&finding.rule).map_or_else(String::new, |rule| render_help(rule, finding, lang))
}

/// What to do about a finding, in both languages.
pub(crate) fn help(report: &Report<'_>, finding: &Finding) -> Text {
    Text { zh: help_in(report, finding, Lang::Zh), en: help_in(report, finding, Lang::En) }
}

/// The title of the rule behind a finding, in one language; empty when its rule is not in the report.
pub(crate) fn title_in<'a>(report: &Report<'a>, finding: &Finding, lang: Lang) -> &'a str {
    report.rule(&finding.rule).map_or("", |rule| rule.title.in_lang(lang))
}

/// The document and the article that a finding rests on, with how much of it was read, in one line; none when its rule names none or
/// is not in the report. What else the rule rests on stands on its card.
pub(crate) fn basis_in(report: &Report<'_>, finding: &Finding, lang: Lang) -> Option<String> {
    Some(report.rule(&finding.rule)?.sources.first()?.line(lang))
}

/// What the exception is that lifted a finding; empty when none did.
pub(crate) fn exception_in<'a>(report: &Report<'a>, finding: &Finding, lang: Lang) -> &'a str {
    report
        .rule(&finding.rule)
        .and_then(|rule| rule.exception_of(finding))
        .map_or("", |exception| exception.about.in_lang(lang))
}

/// The exception that lifted a finding: what it is, and the fields that speak for it.
pub(crate) fn exemption_in(report: &Report<'_>, finding: &Finding, lang: Lang) -> Option<String> {
    finding.exemption.as_ref()?;
    let about = exception_in(report, finding, lang);
    let evidence = words::evidence(finding, lang);
    let joint = if about.is_empty() || evidence.is_empty() { "" } else { words::pick(lang, "：", ": ") };
    Some(format!("{about}{joint}{evidence}"))
}

/// The part of the subject that a finding is about, or the ratio that it measures.
pub(crate) fn measured_share(measure: &Measure) -> Option<f64> {
    match measure {
        Measure::Overlap { share, .. } | Measure::Outside { share, .. } => Some(*share),
        Measure::Ratio { value, .. } => Some(*value),
        _ => None,
    }
}
