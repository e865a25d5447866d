//! A file: its name and its text.

use std::sync::Arc;

use super::Spot;

/// A file: its name for messages, and its text.
#[derive(Debug, Clone)]
pub struct FileText<'a> {
    pub(crate) name: Arc<str>,
    pub(crate) text: &'a str,
}

impl<'a> FileText<'a> {
    /// A text, and the name of the file that it is from. Nothing is opened.
    #[must_use]
    pub fn new(name: &str, text: &'a str) -> Self {
        // Files saved on Windows often begin with a byte-order mark, which TOML does not allow.
        Self { name: Arc::from(name), text: text.strip_prefix('\u{feff}').unwrap_or(text) }
    }

    pub(super) fn spot(&self, offset: usize) -> Spot {
        let before = &self.text[..offset.min(self.text.len())];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        Spot {
            file: Arc::clone(&self.name),
            line: before.bytes().filter(|b| *b == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}
