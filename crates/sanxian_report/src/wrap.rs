//! Breaking a sentence into lines of a given width, for Chinese and English alike.
//!
//! Chinese has no spaces: a line may end after any character, except before closing punctuation.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that the text takes on a terminal.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// The lines of `text`, none wider than `width` columns (a single character may be).
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        if !line.is_empty() && columns(&line) + columns(piece.trim_end()) > width {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
        }
        if columns(piece.trim_end()) <= width {
            line.push_str(piece);
            continue;
        }
        // A word that no line can hold is cut, at a joint of a name or a path where there is one.
        for part in piece.split_inclusive(['-', '/', '_', '.']) {
            if !line.is_empty() && columns(&line) + columns(part.trim_end()) > width {
                lines.push(std::mem::take(&mut line));
            }
            for c in part.chars() {
                if !line.is_empty() && columns(&line) + c.width().unwrap_or(0) > width {
                    lines.push(std::mem::take(&mut line).trim_end().to_owned());
                }
                line.push(c);
            }
        }
    }
    if !line.trim_end().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The lines of a path, none wider than `width` columns: broken behind separators, inside a name only where the
/// name is wider than a line.
pub(crate) fn wrap_path(path: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for part in path_parts(path) {
        if !line.is_empty() && columns(&line) + columns(part) > width {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(part);
        if columns(&line) > width {
            lines.extend(wrap(&line, width));
            line = lines.pop().unwrap_or_default();
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The names of a path, each with the separator behind it.
pub(crate) fn path_parts(path: &str) -> impl Iterator<Item = &str> {
    path.split_inclusive(['/', '\\', '#'])
}

/// The parts between which a line may end: words with the blanks behind them, and single wide characters
/// with the closing punctuation behind them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous: Option<char> = None;
    for (at, c) in text.char_indices() {
        let may_break = previous.is_some_and(|before| {
            (before == ' ' && c != ' ') || (c != ' ' && (is_wide(before) || is_wide(c)) && !opens(before))
        });
        if may_break && !closes(c) {
            pieces.push(&text[start..at]);
            start = at;
        }
        previous = Some(c);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

fn is_wide(c: char) -> bool {
    c.width() == Some(2)
}

fn closes(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '》'
            | '」'
            | '〕'
            | '”'
            | '’'
            | ')'
            | ','
            | '.'
            | ';'
            | ':'
            | '%'
    )
}

fn opens(c: char) -> bool {
    matches!(c, '（' | '《' | '「' | '〔' | '“' | '‘' | '(')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_breaks_anywhere_but_before_closing_punctuation() {
        assert_eq!(wrap("占用永久基本农田，须退让。", 10), ["占用永久基", "本农田，须", "退让。"]);
        assert_eq!(wrap("占用永久基本，须退让", 12), ["占用永久基", "本，须退让"]);
    }

    #[test]
    fn english_breaks_at_blanks_and_long_words_are_cut() {
        assert_eq!(wrap("pull the edge back", 8), ["pull the", "edge", "back"]);
        assert_eq!(wrap("0123456789", 4), ["0123", "4567", "89"]);
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        let text = "图斑 410881000123 (沁河村) lies on 永久基本农田, 12345.67 m²";
        for width in 2..60 {
            assert!(wrap(text, width).iter().all(|line| columns(line) <= width), "width {width}");
            assert!(wrap_path(text, width).iter().all(|line| columns(line) <= width), "width {width}");
        }
    }
}
