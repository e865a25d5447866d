//! A comparison becomes a document: the only place where it is put into sections.

use sanxian_model::Lang;

use crate::conflicts::comparison::{Comparison, Contradiction};
use crate::conflicts::statistics::Statistics;
use crate::conflicts::words;
use crate::document::build::builder::{sentence, without_heading};
use crate::document::build::{faults, inputs};
use crate::document::{Block, Conclusion, Document, Scope, Tone};
use crate::figures;
use crate::summary::Verdict;
use crate::words::{crs_name, pick};

mod builder;
mod classes;
mod matrices;
mod overview;
mod pairs;
mod patches;
mod plans;
mod projects;
mod shares;

use builder::Builder;

/// The whole comparison as a document, with every row.
#[must_use]
pub fn document<'a>(comparison: &Comparison<'a>, lang: Lang) -> Document<'a> {
    of(comparison, Scope { lang, rows: None })
}

/// The document of a comparison.
pub(super) fn of<'a>(comparison: &Comparison<'a>, scope: Scope) -> Document<'a> {
    let lang = scope.lang;
    let build = Builder { comparison, statistics: Statistics::of(comparison), scope };
    let titled = comparison.inputs.iter().enumerate().map(|(number, input)| {
        let plan = comparison.plans.get(number).map(|plan| plan.name.clone());
        (plan.unwrap_or_else(|| input.role.title().in_lang(lang).to_owned()), input)
    });
    let mut sections = Vec::new();
    sections.extend(inputs::section(titled, lang));
    if !comparison.plans.is_empty() {
        sections.push(plans::plans(&build));
    }
    sections.extend(classes::unknown(&build));
    sections.extend(overview::overview(&build));
    sections.extend(patches::sections(&build));
    sections.extend(projects::projects(&build));
    sections.extend(pairs::sections(&build));
    sections.extend(matrices::of_plans(&build));
    sections.extend(matrices::from_status(&build));
    sections.extend(shares::sections(&build));
    sections.extend(faults::section(comparison.faults, &comparison.inputs, scope.rows, lang));
    let last = sentence(Tone::Strong, words::headline(comparison, lang));
    sections.push(without_heading("summary", Block::Sentence(last)));
    Document {
        title: pick(lang, "规划比对报告", "Comparison of plans").to_owned(),
        lang,
        crs: Some(comparison.crs),
        conclusion: conclusion(comparison, lang),
        sections,
    }
}

fn conclusion(comparison: &Comparison<'_>, lang: Lang) -> Conclusion {
    let (verdict, tone) = match comparison.contradiction() {
        Contradiction::None => (Verdict::Conforms, Tone::Good),
        Contradiction::Incomplete => (Verdict::Incomplete, Tone::Warning),
        Contradiction::Found => (Verdict::DoesNotConform, Tone::Error),
    };
    let width = comparison.least_width.get();
    let crs = crs_name(comparison.crs, lang, false);
    let basis = match (lang, comparison.least_area.map(figures::limit)) {
        (Lang::Zh, Some(area)) => {
            format!("面积小于 {area} 或平均宽度小于 {width} 米的计为数字化误差，坐标系 {crs}")
        }
        (Lang::Zh, None) => {
            format!(
                "面积小于地类最小上图面积（200、400、600 m²）或平均宽度小于 {width} 米的计为数字化误差，坐标系 {crs}"
            )
        }
        (Lang::En, Some(area)) => {
            format!("errors of digitising: below {area} or narrower than {width} m; CRS {crs}")
        }
        (Lang::En, None) => format!(
            "errors of digitising: below the smallest patch of their class (200, 400, 600 m²) or narrower than {width} m; CRS {crs}"
        ),
    };
    Conclusion {
        verdict: Some(verdict),
        sentence: sentence(tone, words::headline(comparison, lang)),
        basis: sentence(Tone::Dim, basis),
    }
}
