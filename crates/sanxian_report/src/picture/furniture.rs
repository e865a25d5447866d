//! What stands on every map: scale bar, north arrow, and the coordinates of two corners.

use std::io;

use sanxian_model::{Crs, Lang};

use crate::picture::canvas::{Anchor, Canvas, DIM, INK, Type, WHITE, pixels};
use crate::picture::frame::{Frame, MAP, SIDE};
use crate::picture::page::Page;
use crate::picture::scene::Look;
use crate::picture::text;
use crate::words::{crs_name, pick};

/// Where the north arrow is.
pub(super) const NORTH: Frame =
    Frame { left: MAP.left + MAP.width - 36.0, top: MAP.top + 8.0, width: 28.0, height: 46.0 };
/// Where the scale bar is.
pub(super) const SCALE: Frame =
    Frame { left: MAP.left + 8.0, top: MAP.top + MAP.height - 36.0, width: 176.0, height: 28.0 };
/// The longest scale bar.
const LONGEST: f64 = 150.0;

const BEHIND: Look = Look { colour: WHITE, fill: 0.8, stroke: WHITE, width: 0.0, dashes: "" };
const SOLID: Look = Look { colour: INK, fill: 1.0, stroke: INK, width: 0.0, dashes: "" };
const THIN: Look = Look { colour: INK, fill: 0.0, stroke: INK, width: 1.0, dashes: "" };

pub(super) fn draw(canvas: &mut Canvas<'_>, page: &Page, crs: &Crs, lang: Lang) -> io::Result<()> {
    north_arrow(canvas, lang)?;
    scale_bar(canvas, page, lang)?;
    corners(canvas, page, lang)?;
    let name = text::fitting(&crs_name(crs, lang, true), 11.0, SIDE.width);
    canvas.text([SIDE.left, MAP.bottom() + 16.0], Type { colour: DIM, ..Type::of(11.0) }, &name)
}

fn north_arrow(canvas: &mut Canvas<'_>, lang: Lang) -> io::Result<()> {
    canvas.rectangle(NORTH, BEHIND)?;
    let ([x, _], top, foot) = (NORTH.centre(), NORTH.top + 18.0, NORTH.bottom() - 3.0);
    let (left, right, notch) = (pixels(x - 7.0), pixels(x + 7.0), pixels(foot - 6.0));
    let (x_text, top_text, foot_text) = (pixels(x), pixels(top), pixels(foot));
    let west = format!("M{x_text} {top_text}L{left} {foot_text} {x_text} {notch}Z");
    let east = format!("M{x_text} {top_text}L{right} {foot_text} {x_text} {notch}Z");
    canvas.path(&west, SOLID)?;
    canvas.path(&east, Look { colour: WHITE, fill: 1.0, ..THIN })?;
    let set = Type { is_bold: true, anchor: Anchor::Middle, ..Type::of(12.0) };
    canvas.text([x, NORTH.top + 13.0], set, pick(lang, "北", "N"))
}

fn scale_bar(canvas: &mut Canvas<'_>, page: &Page, lang: Lang) -> io::Result<()> {
    let length = round_length(LONGEST / page.scale());
    let width = length * page.scale();
    let label = label(length, lang);
    let behind = Frame { width: width.max(text::width(&label, 11.0)) + 20.0, ..SCALE };
    canvas.rectangle(behind, BEHIND)?;
    let (left, top) = (SCALE.left + 8.0, SCALE.bottom() - 9.0);
    let half = Frame { left, top, width: width / 2.0, height: 4.0 };
    canvas.rectangle(half, SOLID)?;
    canvas.rectangle(Frame { width, ..half }, THIN)?;
    canvas.text([left, top - 4.0], Type::of(11.0), &label)
}

/// The longest length of one, two or five times a power of ten that is no more than `most` metres.
fn round_length(most: f64) -> f64 {
    let unit = 10_f64.powi(most.log10().floor() as i32);
    [5.0, 2.0].into_iter().map(|factor| factor * unit).find(|length| *length <= most).unwrap_or(unit)
}

fn label(length: f64, lang: Lang) -> String {
    if length >= 1_000.0 {
        format!("{} {}", length / 1_000.0, pick(lang, "公里", "km"))
    } else {
        format!("{} {}", (length * 1e3).round() / 1e3, pick(lang, "米", "m"))
    }
}

fn corners(canvas: &mut Canvas<'_>, page: &Page, lang: Lang) -> io::Result<()> {
    let decimals = page.decimals();
    let words = [pick(lang, "西南角", "SW"), pick(lang, "东北角", "NE")];
    let places = [(MAP.left, Anchor::Start), (MAP.right(), Anchor::End)];
    for ((word, [x, y]), (left, anchor)) in words.into_iter().zip(page.corners()).zip(places) {
        let set = Type { colour: DIM, anchor, ..Type::of(11.0) };
        canvas.text([left, MAP.bottom() + 16.0], set, &format!("{word} ({x:.decimals$}, {y:.decimals$})"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scale_bars_are_of_round_lengths() {
        for (most, length) in [(1.0, 1.0), (4.9, 2.0), (5.0, 5.0), (999.0, 500.0), (43_000.0, 20_000.0)] {
            assert_eq!(round_length(most), length);
        }
        assert_eq!(label(20_000.0, Lang::Zh), "20 公里");
        assert_eq!(label(0.5, Lang::En), "0.5 m");
    }
}
