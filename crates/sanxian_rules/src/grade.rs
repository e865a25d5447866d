//! How much of a document was read.

use sanxian_model::Lang;

/// How much of a document was read where it carries the demand of a rule, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// The law's own words, where they are published (原文).
    Text,
    /// A full copy, or an official text that repeats the sentence (转载).
    Copy,
    /// A report of an official release (报道).
    Report,
    /// Digests, draft texts, exam pages, software (二手材料).
    Secondary,
    /// No readable text was found (未读到).
    Unread,
}

impl Grade {
    /// Every grade, the surest first.
    pub const ALL: [Self; 5] = [Self::Text, Self::Copy, Self::Report, Self::Secondary, Self::Unread];

    /// The word used in rule files and machine formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Copy => "copy",
            Self::Report => "report",
            Self::Secondary => "secondary",
            Self::Unread => "unread",
        }
    }

    /// The grade in words.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Text, Lang::Zh) => "原文已核",
            (Self::Text, Lang::En) => "text read",
            (Self::Copy, Lang::Zh) => "据转载核对",
            (Self::Copy, Lang::En) => "copy read",
            (Self::Report, Lang::Zh) => "仅见报道",
            (Self::Report, Lang::En) => "report read",
            (Self::Secondary, Lang::Zh) => "仅见二手材料",
            (Self::Secondary, Lang::En) => "secondary material read",
            (Self::Unread, Lang::Zh) => "未读到原文",
            (Self::Unread, Lang::En) => "not read",
        }
    }

    /// Whether a stable rule may rest on it: the sentence itself was read.
    #[must_use]
    pub fn bears(self) -> bool {
        matches!(self, Self::Text | Self::Copy)
    }
}
