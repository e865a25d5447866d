//! What the picture of a check shows: what is checked, the lines under it, and the findings by severity.

use std::collections::BTreeSet;

use sanxian_model::polygons::Position;
use sanxian_model::{Lang, Severity, SquareMetres};

use crate::figures;
use crate::map_style::severity_colour;
use crate::message;
use crate::picture::placed::Placed;
use crate::picture::scene::{Look, Mark, NUMBERED, Part, Scene, SceneLayer};
use crate::report::{Report, SUBJECTS};
use crate::revisions::words as words_of_change;
use crate::verdict_line::verdict_line;
use crate::words::{self, pick};

pub(super) fn scene<'a>(report: &Report<'a>, lang: Lang) -> Scene<'a> {
    let placed: Vec<Placed<'a>> = (0..report.findings.len()).map(|index| Placed::of(report, index)).collect();
    let mut layers = Scene::background(report.layers, &SUBJECTS, lang);
    layers.extend(
        Severity::ALL.into_iter().filter_map(|severity| of_severity(report, &placed, severity, lang)),
    );
    let mark = |index: usize| {
        let finding = &report.findings[index];
        mark(report, index, words::severity(finding.severity, lang), None, placed[index].at, lang)
    };
    let numbered = report.findings.len().min(NUMBERED);
    Scene {
        lang,
        crs: report.crs,
        title: pick(lang, "控制线检查图", "Map of a control line check").to_owned(),
        headline: verdict_line(report, lang),
        layers,
        marks: (0..numbered).map(mark).collect(),
        not_numbered: report.findings.len() - numbered,
        without_place: placed.iter().filter(|placed| placed.at.is_none()).count(),
    }
}

/// Finding number `index`, with a word for what it is or what became of it, and how much more area it is about than before.
pub(super) fn mark(
    report: &Report<'_>,
    index: usize,
    word: &str,
    more: Option<SquareMetres>,
    at: Option<Position>,
    lang: Lang,
) -> Mark {
    let finding = &report.findings[index];
    let mut subject = vec![finding.code.to_string(), finding.subject.label()];
    subject.extend(finding.name.clone().filter(|name| !name.is_empty()));
    let more = more.map_or_else(String::new, |more| format!(" ({})", words_of_change::more(more)));
    let mut facts = vec![word.to_owned()];
    facts.extend(finding.area().map(|area| format!("{} m²{more}", figures::m2(area))));
    if at.is_none() {
        facts.push(pick(lang, "无位置", "no place").to_owned());
    }
    facts.push(message::title_in(report, finding, lang).to_owned());
    Mark {
        number: index + 1,
        severity: finding.severity,
        at,
        lines: [subject.join(" "), facts.join(pick(lang, "，", ", "))],
    }
}

/// The findings of one severity, each shape once.
fn of_severity<'a>(
    report: &Report<'a>,
    placed: &[Placed<'a>],
    severity: Severity,
    lang: Lang,
) -> Option<SceneLayer<'a>> {
    let mut seen = BTreeSet::new();
    let (mut shapes, mut points) = (Vec::new(), Vec::new());
    for (finding, placed) in report.findings.iter().zip(placed) {
        if finding.severity != severity {
            continue;
        }
        match (placed.shape, placed.at) {
            // Of one patch several rules may speak.
            (Some(shape), _) if placed.is_piece || seen.insert((finding.layer, finding.row)) => {
                shapes.push(shape);
            }
            (None, Some(at)) => points.push(at),
            _ => {}
        }
    }
    let colour = severity_colour(severity);
    (!shapes.is_empty() || !points.is_empty()).then(|| SceneLayer {
        label: words::severity(severity, lang).to_owned(),
        part: Part::Highlight,
        look: Look { colour, fill: 0.55, stroke: colour, width: 1.5, dashes: "" },
        shapes,
        points,
    })
}
