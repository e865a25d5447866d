//! What is told about an error: what happened, where, what to do, in both languages, and a key for programs.

use std::fmt;

use crate::text::{Lang, Text};

/// What is told about an error, apart from its causes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Which error it is, for programs: `crs-missing`. It stays the same when the words change.
    pub key: &'static str,
    /// What happened, as a sentence without a full stop.
    pub what: Text,
    /// Where: file, layer, line or feature; none when `what` says all.
    pub place: Option<Text>,
    /// What to do about it; empty when there is nothing to say.
    pub advice: Text,
}

impl Explanation {
    /// What happened, in both languages.
    #[must_use]
    pub fn new(key: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { key, what: Text::new(zh, en), place: None, advice: Text::default() }
    }

    /// Where it happened; a path is the same in both languages.
    #[must_use]
    pub fn at(mut self, place: impl Into<Text>) -> Self {
        self.place = Some(place.into());
        self
    }

    /// What a library below or the system says about it, in its own words, which stand in brackets after ours.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Text>) -> Self {
        let cause = cause.into();
        if !cause.is_empty() {
            self.what.zh = format!("{}（{}）", self.what.zh, cause.zh);
            self.what.en = format!("{} ({})", self.what.en, cause.en);
        }
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn advise(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.advice = Text::new(zh, en);
        self
    }

    /// More to do about it, after the advice and a semicolon.
    #[must_use]
    pub fn hint(mut self, hint: Option<&Text>) -> Self {
        if let Some(hint) = hint {
            self.advice.zh = format!("{}；{}", self.advice.zh, hint.zh);
            self.advice.en = format!("{}; {}", self.advice.en, hint.en);
        }
        self
    }

    /// The lines that tell it, without a word before the first: what, where, what to do.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> String {
        let (place, advice) = match lang {
            Lang::Zh => ("位置: ", "处理建议: "),
            Lang::En => ("where: ", "do:    "),
        };
        let mut lines = self.what.in_lang(lang).to_owned();
        if let Some(at) = &self.place {
            lines.push_str("\n  ");
            lines.push_str(place);
            lines.push_str(at.in_lang(lang));
        }
        let told = self.advice.in_lang(lang);
        if !told.is_empty() {
            lines.push_str("\n  ");
            lines.push_str(advice);
            lines.push_str(told);
        }
        lines
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines(Lang::En))
    }
}

/// An error that can be told in both languages. Its `Display` is the English of its explanation.
pub trait Explain: std::error::Error {
    /// What is told about it.
    fn explain(&self) -> Explanation;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_say_what_where_and_what_to_do() {
        let told = Explanation::new("no-plan", "没有规划", "there is no plan")
            .at("sanxian.toml")
            .advise("给出规划", "name a plan");
        assert_eq!(told.to_string(), "there is no plan\n  where: sanxian.toml\n  do:    name a plan");
        assert_eq!(told.lines(Lang::Zh), "没有规划\n  位置: sanxian.toml\n  处理建议: 给出规划");
        let told = Explanation::new("full", "无法写出", "cannot be written").because("No space left");
        assert_eq!(told.lines(Lang::Zh), "无法写出（No space left）");
        assert_eq!(told.because("").to_string(), "cannot be written (No space left)");
        let told = Explanation::new("far", "过远", "too far").at(Text::new("图层 `a`", "layer `a`"));
        assert_eq!(told.lines(Lang::Zh), "过远\n  位置: 图层 `a`");
        assert_eq!(Explanation::new("stopped", "已停止", "stopped").lines(Lang::Zh), "已停止");
    }
}
