//! Writing of SVG: the few elements that a picture is made of.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

use crate::picture::frame::Frame;
use crate::picture::scene::Look;
use crate::xml_text::plain;

/// What is not said more loudly than the rest.
pub(super) const DIM: [u8; 3] = [95, 95, 95];
pub(super) const INK: [u8; 3] = [33, 33, 33];
pub(super) const WHITE: [u8; 3] = [255, 255, 255];

/// An SVG that is being written.
pub(super) struct Canvas<'w> {
    xml: Writer<&'w mut dyn Write>,
}

/// How text is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    pub(super) size: f64,
    pub(super) colour: [u8; 3],
    pub(super) is_bold: bool,
    pub(super) anchor: Anchor,
}

/// Which end of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Type {
    pub(super) const fn of(size: f64) -> Self {
        Self { size, colour: INK, is_bold: false, anchor: Anchor::Start }
    }
}

impl<'w> Canvas<'w> {
    pub(super) fn new(out: &'w mut dyn Write) -> Self {
        Self { xml: Writer::new_with_indent(out, b' ', 1) }
    }

    /// Begins an element that has others in it.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let mut start = BytesStart::new(name);
        start.extend_attributes(attributes.iter().copied());
        self.xml.write_event(Event::Start(start))
    }

    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.xml.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element of text alone.
    pub(super) fn words(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        let element = self.xml.create_element(name).with_attributes(attributes.iter().copied());
        element.write_text_content(BytesText::new(&plain(text))).map(|_| ())
    }

    pub(super) fn rectangle(&mut self, frame: Frame, look: Look) -> io::Result<()> {
        let (x, y) = (pixels(frame.left), pixels(frame.top));
        let (width, height) = (pixels(frame.width), pixels(frame.height));
        self.shape("rect", &[("x", &*x), ("y", &*y), ("width", &*width), ("height", &*height)], look)
    }

    pub(super) fn path(&mut self, data: &str, look: Look) -> io::Result<()> {
        self.shape("path", &[("d", data)], look)
    }

    pub(super) fn disc(&mut self, [x, y]: [f64; 2], radius: f64, look: Look) -> io::Result<()> {
        let (x, y, radius) = (pixels(x), pixels(y), pixels(radius));
        self.shape("circle", &[("cx", &*x), ("cy", &*y), ("r", &*radius)], look)
    }

    /// Text whose baseline is at a place.
    pub(super) fn text(&mut self, [x, y]: [f64; 2], set: Type, text: &str) -> io::Result<()> {
        let (x, y, size, colour) = (pixels(x), pixels(y), pixels(set.size), hex(set.colour));
        let mut attributes = vec![("x", &*x), ("y", &*y), ("font-size", &*size), ("fill", &*colour)];
        match set.anchor {
            Anchor::Start => {}
            Anchor::Middle => attributes.push(("text-anchor", "middle")),
            Anchor::End => attributes.push(("text-anchor", "end")),
        }
        if set.is_bold {
            attributes.push(("font-weight", "bold"));
        }
        self.words("text", &attributes, text)
    }

    /// Ends the file.
    pub(super) fn finish(self) -> io::Result<()> {
        writeln!(self.xml.into_inner())
    }

    fn shape(&mut self, name: &str, attributes: &[(&str, &str)], look: Look) -> io::Result<()> {
        let (colour, stroke) = (hex(look.colour), hex(look.stroke));
        let (opacity, width) = (format!("{:.2}", look.fill), format!("{:.1}", look.width));
        let mut all = attributes.to_vec();
        if look.fill > 0.0 {
            all.push(("fill", &colour));
            if look.fill < 1.0 {
                all.push(("fill-opacity", &opacity));
            }
        } else {
            all.push(("fill", "none"));
        }
        if look.width > 0.0 {
            all.extend([("stroke", &*stroke), ("stroke-width", &*width), ("stroke-linejoin", "round")]);
            if !look.dashes.is_empty() {
                all.push(("stroke-dasharray", look.dashes));
            }
        }
        self.xml.create_element(name).with_attributes(all).write_empty().map(|_| ())
    }
}

/// A length or place on the page with one decimal at most, never a negative zero.
pub(super) fn pixels(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if tenth == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{tenth}") }
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_one_decimal_and_no_negative_zero() {
        assert_eq!([-0.04, 0.05, -1.25, 30.0, 899.96].map(pixels), ["0", "0.1", "-1.3", "30", "900"]);
    }
}
