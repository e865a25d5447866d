//! What the colours mean, and which findings the numbers are.

use std::io;

use crate::map_style::severity_colour;
use crate::picture::canvas::{Anchor, Canvas, DIM, INK, Type, WHITE};
use crate::picture::frame::{Frame, SIDE};
use crate::picture::marks::RADIUS;
use crate::picture::scene::{Look, Mark, Part, Scene};
use crate::picture::text;
use crate::words::pick;

const ENTRY: f64 = 19.0;
const FINDING: f64 = 32.0;
const HEADING: f64 = 22.0;

pub(super) fn draw(canvas: &mut Canvas<'_>, scene: &Scene<'_>) -> io::Result<()> {
    let mut top = SIDE.top;
    heading(canvas, &mut top, pick(scene.lang, "图例", "Legend"))?;
    // What is highlighted stands on top of the map and of the list.
    for part in [Part::Highlight, Part::Plan, Part::Line] {
        for layer in scene.layers.iter().rev().filter(|layer| layer.part == part) {
            let swatch = Frame { left: SIDE.left, top: top + 2.0, width: 20.0, height: 12.0 };
            canvas.rectangle(swatch, layer.look)?;
            let label = text::fitting(&layer.label, 12.0, SIDE.width - 28.0);
            canvas.text([SIDE.left + 28.0, top + 12.5], Type::of(12.0), &label)?;
            top += ENTRY;
        }
    }
    if scene.marks.is_empty() {
        return Ok(());
    }
    top += 10.0;
    heading(canvas, &mut top, pick(scene.lang, "问题", "Findings"))?;
    let room = ((SIDE.bottom() - top) / FINDING).max(0.0) as usize;
    for mark in scene.marks.iter().take(room) {
        number(canvas, mark, [SIDE.left + RADIUS, top + 13.0])?;
        let left = SIDE.left + 2.0 * RADIUS + 6.0;
        let [first, second] =
            mark.lines.each_ref().map(|line| text::fitting(line, 11.0, SIDE.right() - left));
        canvas.text([left, top + 11.0], Type::of(11.0), &first)?;
        canvas.text([left, top + 25.0], Type { colour: DIM, ..Type::of(11.0) }, &second)?;
        top += FINDING;
    }
    Ok(())
}

/// The disc of a finding with its number.
pub(super) fn number(canvas: &mut Canvas<'_>, mark: &Mark, [x, y]: [f64; 2]) -> io::Result<()> {
    let fill = severity_colour(mark.severity);
    canvas.disc([x, y], RADIUS, Look { colour: fill, fill: 1.0, stroke: WHITE, width: 1.5, dashes: "" })?;
    // Black is read on light colours and white on dark ones.
    let [r, g, b] = fill.map(f64::from);
    let is_light = 0.299 * r + 0.587 * g + 0.114 * b > 150.0;
    let colour = if is_light { INK } else { WHITE };
    let set = Type { colour, is_bold: true, anchor: Anchor::Middle, ..Type::of(12.0) };
    canvas.text([x, y + 4.3], set, &mark.number.to_string())
}

fn heading(canvas: &mut Canvas<'_>, top: &mut f64, words: &str) -> io::Result<()> {
    canvas.text([SIDE.left, *top + 12.0], Type { is_bold: true, ..Type::of(13.0) }, words)?;
    *top += HEADING;
    Ok(())
}
