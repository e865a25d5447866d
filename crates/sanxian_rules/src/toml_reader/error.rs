//! What is wrong with a TOML file, and where.

use std::fmt;

use sanxian_model::{Explain, Explanation, Text};

use super::Spot;

/// What is wrong with a TOML file, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct TomlError {
    /// Where it is.
    pub spot: Spot,
    /// What it is.
    pub mistake: Box<TomlMistake>,
}

/// What is wrong with a TOML file.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum TomlMistake {
    /// The text is not TOML from the spot on.
    Syntax {
        /// What the TOML parser says.
        reason: String,
        /// Whether it is about what stands after a backslash in quotes, as in a path of Windows.
        after_backslash: bool,
    },
    /// A key that the format does not have. A mistyped threshold must not silently pass a plan.
    UnknownKey {
        /// Full path of the key.
        key: String,
        /// Full path of the key that was probably meant.
        nearest: Option<String>,
        /// The keys of its table.
        known: Vec<&'static str>,
    },
    /// A key that the table at the spot must have.
    MissingKey {
        /// Full path of the key.
        key: String,
        /// What to write.
        advice: Text,
    },
    /// A value that does not fit its key.
    BadValue {
        /// Full path of the key.
        key: String,
        /// What is wrong.
        reason: Text,
        /// What is accepted; empty when the reason says it.
        advice: Text,
    },
}

/// How a path of Windows is written.
pub(super) const PATHS: (&str, &str) = (
    "双引号中的反斜杠是转义符：路径用单引号 'D:\\数据\\plan.shp'，或写成 \"D:/数据/plan.shp\"",
    "in double quotes a backslash begins an escape: write a path in single quotes, 'D:\\data\\plan.shp', or as \"D:/data/plan.shp\"",
);

impl TomlError {
    pub(super) fn new(spot: Spot, mistake: TomlMistake) -> Self {
        Self { spot, mistake: Box::new(mistake) }
    }

    /// The same with what to write instead.
    #[must_use]
    pub fn advise(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        if let TomlMistake::BadValue { advice, .. } | TomlMistake::MissingKey { advice, .. } =
            &mut *self.mistake
        {
            *advice = Text { zh: zh.into(), en: en.into() };
        }
        self
    }
}

impl Explain for TomlError {
    fn explain(&self) -> Explanation {
        let told = match &*self.mistake {
            TomlMistake::Syntax { reason, after_backslash } => {
                let told = Explanation::new(
                    "toml-syntax",
                    format!("不是有效的 TOML：{reason}"),
                    format!("this is not TOML: {reason}"),
                );
                if *after_backslash {
                    let (zh, en) = PATHS;
                    told.advise(zh, en)
                } else {
                    told
                }
            }
            TomlMistake::UnknownKey { key, nearest, known } => {
                let list = known.join(", ");
                let (zh, en) = match nearest {
                    Some(meant) => (format!("是否想写 `{meant}`？"), format!("did you mean `{meant}`? ")),
                    None => (String::new(), String::new()),
                };
                Explanation::new("unknown-key", format!("未知的键 `{key}`"), format!("unknown key `{key}`"))
                    .advise(format!("{zh}可用的键：{list}"), format!("{en}known keys: {list}"))
            }
            TomlMistake::MissingKey { key, advice } => Explanation::new(
                "missing-key",
                format!("缺少键 `{key}`"),
                format!("the key `{key}` is missing"),
            )
            .advise(&*advice.zh, &*advice.en),
            TomlMistake::BadValue { key, reason, advice } => Explanation::new(
                "bad-value",
                format!("`{key}`：{}", reason.zh),
                format!("`{key}`: {}", reason.en),
            )
            .advise(&*advice.zh, &*advice.en),
        };
        told.at(self.spot.to_string())
    }
}

impl fmt::Display for TomlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.explain().fmt(f)
    }
}

impl std::error::Error for TomlError {}
