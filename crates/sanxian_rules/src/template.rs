//! Templates of sentences: words with placeholders for what a finding measured.

use sanxian_model::Text;
use sanxian_model::nearest::{hint, nearest};

use crate::toml_reader::{TomlError, Value};

/// Every placeholder that a template may hold.
///
/// - `subject`: name and identifier of the subject; `name`: its name alone, or the identifier for want of one
/// - `zone`: the zone that takes most, and how many more there are; `zones`: up to three of them
/// - `role`: what the layer of the subject means
/// - `overlap`, `outside`, `area`: the measured area, three names for one figure
/// - `share`: that area over the area of the subject; `tolerance`: the area that is let pass
/// - `gained`, `lost`, `recoded`: ground that a line gained, lost, and gave to another kind
/// - `value`, `limit`: a ratio and its cap; `numerator`, `denominator`: its two areas
/// - `area`, `limit`, `missed`: a total, its floor or cap, and by how much it misses that
/// - `field`, `found`, `accepted`: a field, its value, and the values that would do
/// - `condition`, `evidence`: the exception that applied, and what speaks for it
pub const PLACEHOLDERS: [&str; 23] = [
    "subject",
    "name",
    "zone",
    "zones",
    "role",
    "overlap",
    "outside",
    "area",
    "share",
    "tolerance",
    "gained",
    "lost",
    "recoded",
    "value",
    "limit",
    "numerator",
    "denominator",
    "missed",
    "field",
    "found",
    "accepted",
    "condition",
    "evidence",
];

/// A template whose placeholders all exist, in both languages.
pub(crate) fn read(value: Value<'_>) -> Result<Text, TomlError> {
    let whole = value.clone();
    let text = value.text()?;
    for words in [&text.zh, &text.en] {
        check(words).map_err(|reason| whole.bad(format!("模板无法使用：{}", reason.zh), reason.en))?;
    }
    Ok(text)
}

/// Whether every placeholder of a template exists.
fn check(template: &str) -> Result<(), Text> {
    for part in parts(template)? {
        if let Part::Placeholder(word) = part
            && !PLACEHOLDERS.contains(&word)
        {
            let meant = nearest(word, PLACEHOLDERS);
            let (zh, en) = (
                meant.as_deref().map_or_else(String::new, |meant| format!("（是否想写 `{meant}`？）")),
                hint(meant.as_deref()),
            );
            let known = PLACEHOLDERS.map(|word| format!("{{{word}}}")).join(" ");
            return Err(Text::new(
                format!("未知的占位符 `{{{word}}}`{zh}；可用的占位符：{known}"),
                format!("unknown placeholder `{{{word}}}`{en}; there are {known}"),
            ));
        }
    }
    Ok(())
}

/// A part of a template.
pub(crate) enum Part<'a> {
    Words(&'a str),
    Placeholder(&'a str),
}

/// The parts of a template, in order.
pub(crate) fn parts(template: &str) -> Result<Vec<Part<'_>>, Text> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((words, after)) = rest.split_once('{') {
        let Some((word, after)) = after.split_once('}') else {
            return Err(Text::new("`{` 没有闭合", "a `{` is not closed"));
        };
        parts.extend([Part::Words(words), Part::Placeholder(word)]);
        rest = after;
    }
    parts.push(Part::Words(rest));
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_with_a_slip_is_refused() {
        assert_eq!(check("{subject} {overlap}"), Ok(()));
        let reason = check("{overlaps}").unwrap_err();
        assert!(reason.en.contains("did you mean `overlap`"), "{reason:?}");
        assert!(reason.zh.contains("是否想写 `overlap`？"), "{reason:?}");
        let reason = check("{subject").unwrap_err();
        assert!(reason.en.contains("not closed") && reason.zh.contains("没有闭合"), "{reason:?}");
    }
}
