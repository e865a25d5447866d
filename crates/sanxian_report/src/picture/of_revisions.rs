//! What the picture of two revisions shows: the newer one, the ground that changed, and the findings that are new or worse.

use sanxian_model::revision::{FindingChange, FindingPair, GroundChange, GroundClass, LayerChange};
use sanxian_model::{Lang, Severity};

use crate::map_style::{LINES, severity_colour};
use crate::picture::of_check::mark;
use crate::picture::placed::Placed;
use crate::picture::scene::{Look, Mark, NUMBERED, Part, Scene, SceneLayer};
use crate::report::SUBJECTS;
use crate::revisions::words::change;
use crate::revisions::{Revisions, headline};
use crate::words::{self, pick};

pub(super) fn scene<'a>(revisions: &Revisions<'a>, lang: Lang) -> Scene<'a> {
    let report = &revisions.new;
    let mut layers = Scene::background(report.layers, &SUBJECTS, lang);
    for layer in revisions.layers {
        layers.extend(GroundKind::ALL.into_iter().filter_map(|kind| changed_ground(layer, kind, lang)));
    }
    // The order of the report: what is new, then what is worse.
    let told = [FindingChange::New, FindingChange::Worse].into_iter().flat_map(|change| {
        let pairs = revisions.pairs.iter().filter(move |pair| pair.change == change);
        pairs.filter_map(move |pair| Some((pair, pair.new?)))
    });
    let told: Vec<(&FindingPair, usize, Placed<'a>)> =
        told.map(|(pair, index)| (pair, index, Placed::of(report, index))).collect();
    for severity in Severity::ALL {
        let of_severity = told.iter().filter(|(_, index, _)| report.findings[*index].severity == severity);
        let mut layer = findings(severity, lang);
        for (_, _, placed) in of_severity {
            match placed.shape {
                Some(shape) => layer.shapes.push(shape),
                None => layer.points.extend(placed.at),
            }
        }
        if !layer.shapes.is_empty() || !layer.points.is_empty() {
            layers.push(layer);
        }
    }
    let marks = told.iter().take(NUMBERED).enumerate().map(|(k, (pair, index, placed))| {
        // Of a new one all of its area is more.
        let more = pair.more.filter(|_| pair.change == FindingChange::Worse);
        Mark { number: k + 1, ..mark(report, *index, change(pair.change, lang), more, placed.at, lang) }
    });
    Scene {
        lang,
        crs: report.crs,
        title: title(lang).to_owned(),
        headline: headline(revisions, lang),
        layers,
        marks: marks.collect(),
        not_numbered: told.len().saturating_sub(NUMBERED),
        without_place: told.iter().filter(|(_, _, placed)| placed.at.is_none()).count(),
    }
}

/// What the picture is called.
pub(crate) fn title(lang: Lang) -> &'static str {
    pick(lang, "规划修改比对图", "Map of a revision of a plan")
}

/// What became of a piece of ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GroundKind {
    Lost,
    Gained,
    Recoded,
}

impl GroundKind {
    const ALL: [Self; 3] = [Self::Lost, Self::Gained, Self::Recoded];

    fn of(change: &GroundChange) -> Self {
        match (&change.old, &change.new) {
            (GroundClass::Nothing, _) => Self::Gained,
            (_, GroundClass::Nothing) => Self::Lost,
            _ => Self::Recoded,
        }
    }

    fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Lost => pick(lang, "减少", "lost"),
            Self::Gained => pick(lang, "新增", "gained"),
            Self::Recoded => pick(lang, "改变类别", "recoded"),
        }
    }

    /// Distinguishable without seeing red and green apart, and by the dashes without any colour.
    fn look(self) -> ([u8; 3], &'static str) {
        match self {
            Self::Lost => ([170, 68, 153], "4 2"),
            Self::Gained => ([0, 158, 115], ""),
            Self::Recoded => ([86, 180, 233], "1.5 1.5"),
        }
    }
}

/// The ground of one layer of which that became, without noise; one that is a line has its outline in the colour of the line.
fn changed_ground(layer: &LayerChange, kind: GroundKind, lang: Lang) -> Option<SceneLayer<'_>> {
    let wanted = |change: &GroundChange| !change.is_noise && GroundKind::of(change) == kind;
    let pairs = layer.ground.iter().zip(layer.shapes.iter());
    let shapes: Vec<_> = pairs.filter(|(change, _)| wanted(change)).map(|(_, shape)| shape).collect();
    let (colour, dashes) = kind.look();
    let stroke = LINES.iter().find(|(role, _)| *role == layer.role).map_or(colour, |(_, colour)| *colour);
    let role = layer.role.title();
    let (open, close) = (pick(lang, "（", " ("), pick(lang, "）", ")"));
    (!shapes.is_empty()).then(|| SceneLayer {
        label: format!("{}{open}{}{close}", kind.word(lang), role.in_lang(lang)),
        part: Part::Highlight,
        look: Look { colour, fill: 0.6, stroke, width: 1.3, dashes },
        shapes,
        points: Vec::new(),
    })
}

/// The layer of the findings of one severity that are new or worse, still empty: an outline over the ground.
fn findings<'a>(severity: Severity, lang: Lang) -> SceneLayer<'a> {
    let colour = severity_colour(severity);
    let word = words::severity(severity, lang);
    SceneLayer {
        label: match lang {
            Lang::Zh => format!("新增或加重：{word}"),
            Lang::En => format!("new or worse: {word}"),
        },
        part: Part::Highlight,
        look: Look { colour, fill: 0.15, stroke: colour, width: 2.0, dashes: "" },
        shapes: Vec::new(),
        points: Vec::new(),
    }
}
