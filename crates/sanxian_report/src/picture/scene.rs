//! What a picture shows, before anything is known of the page.

use sanxian_model::polygons::{FeatureView, Position};
use sanxian_model::{Crs, Lang, Layer, Role, Severity};

use crate::map_style::LINES;
use crate::words::pick;

/// Findings that have a number on the map.
pub(super) const NUMBERED: usize = 9;

/// What a picture shows.
pub(super) struct Scene<'a> {
    pub(super) lang: Lang,
    /// CRS of every position.
    pub(super) crs: &'a Crs,
    /// What the picture is of.
    pub(super) title: String,
    /// What it comes to, in one sentence.
    pub(super) headline: String,
    /// The layers, the lowest first.
    pub(super) layers: Vec<SceneLayer<'a>>,
    /// The findings that have a number, in the order of the report.
    pub(super) marks: Vec<Mark>,
    /// How many findings there are besides.
    pub(super) not_numbered: usize,
    /// How many findings are about no place that is known.
    pub(super) without_place: usize,
}

/// Features that are drawn alike.
pub(super) struct SceneLayer<'a> {
    /// What the legend says.
    pub(super) label: String,
    pub(super) part: Part,
    pub(super) look: Look,
    pub(super) shapes: Vec<FeatureView<'a>>,
    /// Places that have no shape.
    pub(super) points: Vec<Position>,
}

/// Which part a layer has in a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A line that lies under the rest.
    Line,
    /// The plan, or whatever is checked.
    Plan,
    /// What the picture is about.
    Highlight,
}

/// How features are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub(super) colour: [u8; 3],
    /// Opacity of the fill of 1; 0 is none.
    pub(super) fill: f64,
    pub(super) stroke: [u8; 3],
    /// Width of the outline in pixels.
    pub(super) width: f64,
    /// Dashes of the outline as SVG has them; empty for a solid one.
    pub(super) dashes: &'static str,
}

/// A finding with a number.
pub(super) struct Mark {
    /// Its number in the order of the report, from 1.
    pub(super) number: usize,
    pub(super) severity: Severity,
    /// Where it is; none where that is not known.
    pub(super) at: Option<Position>,
    /// What it is about, in one line, and how much, in another.
    pub(super) lines: [String; 2],
}

impl<'a> Scene<'a> {
    /// The layers under what the picture is about: the lines in the order of precedence turned around, then what is checked.
    pub(super) fn background(layers: &'a [Layer], subjects: &[Role], lang: Lang) -> Vec<SceneLayer<'a>> {
        let of_role = |role: &Role, part, look| {
            let of_role = layers.iter().filter(|layer| layer.role == *role);
            let shapes: Vec<_> = of_role.flat_map(|layer| layer.polygons.iter()).collect();
            (!shapes.is_empty()).then(|| SceneLayer {
                label: role.title().in_lang(lang).to_owned(),
                part,
                look,
                shapes,
                points: Vec::new(),
            })
        };
        let line = |(role, colour): &(Role, [u8; 3])| {
            let look = Look { colour: *colour, fill: 0.16, stroke: *colour, width: 1.2, dashes: "" };
            of_role(role, Part::Line, look)
        };
        let plan = Look { colour: [0, 0, 0], fill: 0.04, stroke: [160, 160, 160], width: 0.6, dashes: "" };
        let plans = subjects.iter().filter_map(|role| of_role(role, Part::Plan, plan));
        LINES.iter().rev().filter_map(line).chain(plans).collect()
    }

    /// Everything that has to be said besides, in whole sentences.
    pub(super) fn notes(&self) -> Vec<String> {
        let lang = self.lang;
        let mut notes = Vec::new();
        if self.not_numbered > 0 {
            notes.push(match lang {
                Lang::Zh => format!("图上为前 {NUMBERED} 项问题编号，另有 {} 项未编号", self.not_numbered),
                Lang::En => format!(
                    "The first {NUMBERED} findings have numbers; {} more have none",
                    self.not_numbered
                ),
            });
        }
        if self.without_place > 0 {
            notes.push(match (lang, self.without_place) {
                (Lang::Zh, count) => format!("{count} 项问题没有可画的位置"),
                (Lang::En, 1) => "1 finding is about no single place".to_owned(),
                (Lang::En, count) => format!("{count} findings are about no single place"),
            });
        }
        if self.layers.iter().all(|layer| layer.part != Part::Highlight) {
            let text = pick(
                lang,
                "没有需要突出显示的内容，图为全部范围",
                "Nothing is highlighted: this is the whole",
            );
            notes.push(text.to_owned());
        }
        notes
    }
}
