//! The verdict, and the profile, tolerance and CRS that it rests on.

use sanxian_model::Lang;

use super::builder::{Builder, sentence};
use crate::document::{Conclusion, Tone};
use crate::figures;
use crate::summary::Verdict;
use crate::verdict_line;
use crate::words;

pub(super) fn conclusion(build: &Builder<'_, '_>) -> Conclusion {
    let (report, lang) = (build.report, build.lang());
    let verdict = build.summary.verdict();
    let tone = match verdict {
        Verdict::Conforms => Tone::Good,
        Verdict::Verify | Verdict::InPart | Verdict::Incomplete => Tone::Warning,
        Verdict::DoesNotConform => Tone::Error,
    };
    let tolerance = figures::limit(report.tolerance);
    let crs = words::crs_name(report.crs, lang, false);
    let basis = match lang {
        Lang::Zh => format!("规则集 {}，容差 {tolerance}，坐标系 {crs}", report.profile),
        Lang::En => format!("profile {}, tolerance {tolerance}, CRS {crs}", report.profile),
    };
    Conclusion {
        verdict: Some(verdict),
        sentence: sentence(tone, verdict_line::of_summary(&build.summary, report, lang)),
        basis: sentence(Tone::Dim, basis),
    }
}
