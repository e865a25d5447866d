//! How much text there is room for. No font is at hand, so widths are those of usual ones, rather too wide than too narrow.

use unicode_width::UnicodeWidthChar;

use crate::wrap::wrap;

/// Width of a character of one column, of the size of the font: that of most letters and figures.
const LETTER: f64 = 0.56;

/// Width of a text in pixels, in a font of a size.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let of = |c: char| match c.width().unwrap_or(0) {
        0 => 0.0,
        1 => LETTER,
        _ => 1.0,
    };
    text.chars().map(of).sum::<f64>() * size
}

/// The text in one line, cut with an ellipsis where it is too wide.
pub(super) fn fitting(text: &str, size: f64, room: f64) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if width(&text, size) <= room {
        return text;
    }
    let mut cut = String::new();
    for c in text.chars() {
        cut.push(c);
        if width(&cut, size) + size > room {
            cut.pop();
            break;
        }
    }
    cut.truncate(cut.trim_end().len());
    cut + "…"
}

/// The text in so many lines at most, the last cut where there is more.
pub(super) fn lines(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let columns = (room / (size * LETTER)) as usize;
    let all = wrap(text, columns);
    let mut lines: Vec<String> = all.iter().take(most).map(|line| fitting(line, size, room)).collect();
    if all.len() > most
        && let Some(last) = lines.last_mut()
    {
        *last = fitting(&(all[most - 1].clone() + " " + &all[most..].join(" ")), size, room);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_wide_ends_in_an_ellipsis() {
        assert_eq!(fitting("沁河新区停车场", 10.0, 100.0), "沁河新区停车场");
        assert_eq!(fitting("沁河新区停车场", 10.0, 50.0), "沁河新区…");
        assert_eq!(fitting("a\nb", 10.0, 50.0), "a b");
        let told = lines("one two three four five six", 10.0, 60.0, 2);
        assert!(told.len() == 2 && told[1].ends_with('…'), "{told:?}");
        assert!(told.iter().all(|line| width(line, 10.0) <= 60.0), "{told:?}");
    }
}
