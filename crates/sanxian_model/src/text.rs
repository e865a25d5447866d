//! Words in two languages.

/// The language that a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Lang {
    /// Chinese (中文).
    Zh,
    /// English.
    #[default]
    En,
}

/// A sentence or a name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The words in both languages.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }

    /// The words in one language.
    #[must_use]
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// What is the same in both languages: a path, a code, the words of a library below.
impl From<String> for Text {
    fn from(same: String) -> Self {
        Self { zh: same.clone(), en: same }
    }
}

impl From<&str> for Text {
    fn from(same: &str) -> Self {
        Self::from(same.to_owned())
    }
}
