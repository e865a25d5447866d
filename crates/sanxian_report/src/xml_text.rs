//! Text that XML can hold.

use std::borrow::Cow;

/// Text without the characters that XML 1.0 forbids, in whose place it has the mark of what cannot be shown. What stands for markup
/// is escaped by the writer.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_allowed(c) { c } else { '\u{fffd}' }).collect())
}
