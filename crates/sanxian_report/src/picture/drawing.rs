//! A scene laid out on the page.

use std::io::{self, Write};

use sanxian_model::Lang;

use crate::picture::canvas::{Anchor, Canvas, DIM, INK, Type, WHITE, pixels};
use crate::picture::extent::Extent;
use crate::picture::frame::{Frame, HEIGHT, MAP, MARGIN, WIDTH};
use crate::picture::furniture::{self, NORTH, SCALE};
use crate::picture::page::Page;
use crate::picture::path::{self, Path};
use crate::picture::scene::{Look, Scene};
use crate::picture::{legend, marks, text};
use crate::words::{crs_name, pick};

/// Fonts that have Chinese, on Linux, macOS and Windows.
const FONTS: &str =
    "'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', SimHei, sans-serif";

const BORDER: Look = Look { colour: WHITE, fill: 0.0, stroke: INK, width: 1.0, dashes: "" };
const PAPER: Look = Look { colour: WHITE, fill: 1.0, stroke: WHITE, width: 0.0, dashes: "" };

pub(super) fn write(scene: &Scene<'_>, out: &mut dyn Write) -> io::Result<()> {
    let page = Extent::of_scene(scene).map(|extent| Page::of(extent, scene.crs));
    let paths = page.as_ref().map_or_else(Vec::new, |page| path::of_scene(scene, page));
    let notes = notes(scene, &paths);
    let mut canvas = Canvas::new(out);
    let (width, height) = (pixels(WIDTH), pixels(HEIGHT));
    let view = format!("0 0 {width} {height}");
    canvas.open(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("width", &width),
            ("height", &height),
            ("viewBox", &view),
            ("role", "img"),
            ("aria-labelledby", "title desc"),
            ("xml:lang", pick(scene.lang, "zh-CN", "en")),
            ("font-family", FONTS),
        ],
    )?;
    canvas.words("title", &[("id", "title")], &scene.title)?;
    canvas.words("desc", &[("id", "desc")], &description(scene, &notes))?;
    canvas.rectangle(Frame { left: 0.0, top: 0.0, width: WIDTH, height: HEIGHT }, PAPER)?;
    canvas.text([MARGIN, 29.0], Type { is_bold: true, ..Type::of(18.0) }, &scene.title)?;
    let room = WIDTH - 2.0 * MARGIN;
    for (k, line) in text::lines(&scene.headline, 12.0, room, 2).iter().enumerate() {
        canvas.text([MARGIN, 48.0 + 16.0 * k as f64], Type::of(12.0), line)?;
    }
    if let Some(page) = &page {
        map(&mut canvas, scene, page, &paths)?;
    } else {
        canvas.rectangle(MAP, BORDER)?;
        let set = Type { colour: DIM, anchor: Anchor::Middle, ..Type::of(14.0) };
        canvas.text(MAP.centre(), set, nothing(scene.lang))?;
    }
    legend::draw(&mut canvas, scene)?;
    let foot = text::lines(&sentences(&notes, scene.lang), 11.0, room, 2);
    for (k, line) in foot.iter().filter(|line| !line.is_empty()).enumerate() {
        canvas.text(
            [MARGIN, MAP.bottom() + 34.0 + 14.0 * k as f64],
            Type { colour: DIM, ..Type::of(11.0) },
            line,
        )?;
    }
    canvas.close("svg")?;
    canvas.finish()
}

/// The map in its frame, with furniture and numbers.
fn map(canvas: &mut Canvas<'_>, scene: &Scene<'_>, page: &Page, paths: &[Path]) -> io::Result<()> {
    canvas.open("clipPath", &[("id", "map")])?;
    canvas.rectangle(MAP, PAPER)?;
    canvas.close("clipPath")?;
    canvas.open("g", &[("clip-path", "url(#map)")])?;
    for (layer, path) in scene.layers.iter().zip(paths).filter(|(_, path)| !path.data.is_empty()) {
        canvas.path(&path.data, layer.look)?;
    }
    canvas.close("g")?;
    canvas.rectangle(MAP, BORDER)?;
    furniture::draw(canvas, page, scene.crs, scene.lang)?;
    let placed: Vec<_> = scene.marks.iter().filter_map(|mark| Some((mark, page.at(mark.at?)))).collect();
    let places: Vec<[f64; 2]> = placed.iter().map(|(_, place)| *place).collect();
    let centres = marks::centres(&places, &[NORTH, SCALE]);
    for ([x, y], [to_x, to_y]) in places.iter().zip(&centres) {
        let line = format!("M{} {}L{} {}", pixels(*x), pixels(*y), pixels(*to_x), pixels(*to_y));
        canvas.path(&line, Look { stroke: WHITE, width: 3.0, ..BORDER })?;
        canvas.path(&line, BORDER)?;
    }
    placed.iter().zip(&centres).try_for_each(|((mark, _), centre)| legend::number(canvas, mark, *centre))
}

/// What has to be said besides the map, of the scene and of how it is drawn.
fn notes(scene: &Scene<'_>, paths: &[Path]) -> Vec<String> {
    let mut notes = scene.notes();
    let sum = |of: fn(&Path) -> usize| paths.iter().map(of).sum::<usize>();
    let (as_points, left_off) = (sum(|path| path.as_points), sum(|path| path.left_off));
    if as_points > 0 {
        notes.push(match (scene.lang, as_points) {
            (Lang::Zh, count) => format!("{count} 处太小，画成点"),
            (Lang::En, 1) => "1 shape is too small and drawn as a point".to_owned(),
            (Lang::En, count) => format!("{count} shapes are too small and drawn as points"),
        });
    }
    if left_off > 0 {
        notes.push(match (scene.lang, left_off) {
            (Lang::Zh, count) => format!("{count} 个要素太小，没有画出"),
            (Lang::En, 1) => "1 feature is too small and left off".to_owned(),
            (Lang::En, count) => format!("{count} features are too small and left off"),
        });
    }
    notes
}

/// What the picture says, for whoever does not see it.
fn description(scene: &Scene<'_>, notes: &[String]) -> String {
    let lang = scene.lang;
    let mut all = vec![scene.headline.clone()];
    all.extend(scene.marks.iter().map(|mark| {
        let [first, second] = &mark.lines;
        format!("{}. {first}{}{second}", mark.number, pick(lang, "，", ", "))
    }));
    if Extent::of_scene(scene).is_none() {
        all.push(nothing(lang).to_owned());
    }
    all.extend(notes.iter().cloned());
    all.push(crs_name(scene.crs, lang, false));
    sentences(&all, lang)
}

fn nothing(lang: Lang) -> &'static str {
    pick(lang, "没有可画的图形", "There is no shape to draw")
}

fn sentences(all: &[String], lang: Lang) -> String {
    all.join(pick(lang, "；", "; "))
}
