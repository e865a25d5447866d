//! Why a baseline cannot be used.

use std::fmt;
use std::io;

use sanxian_model::{Explain, Explanation, Text};

use super::version::BASELINE_VERSION;

/// Why a baseline cannot be used.
#[derive(Debug)]
pub struct BaselineError {
    /// The file.
    pub file: String,
    /// The entry; none for the file as a whole.
    pub entry: Option<EntryPlace>,
    /// What is wrong with it.
    pub mistake: Box<BaselineMistake>,
}

/// An entry of a baseline, in an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPlace {
    /// Its number, from one.
    pub number: usize,
    /// Its fingerprint; none when it has none that can be read.
    pub fingerprint: Option<String>,
}

/// What is wrong with a baseline.
#[derive(Debug)]
#[non_exhaustive]
pub enum BaselineMistake {
    /// The file could not be read.
    Unreadable {
        /// What the system says.
        source: io::Error,
    },
    /// The file is not JSON.
    Syntax {
        /// The line of the mistake.
        line: usize,
        /// What the reader says.
        cause: String,
    },
    /// The file was written for another version.
    Version {
        /// As found.
        found: String,
    },
    /// A key that nothing reads.
    UnknownKey {
        /// The key.
        key: String,
        /// The key that was probably meant.
        nearest: Option<String>,
        /// Every key that is known.
        known: &'static [&'static str],
    },
    /// A key that must be there is missing.
    MissingKey {
        /// The key.
        key: &'static str,
    },
    /// A value that is not what stands there.
    Value {
        /// The key.
        key: &'static str,
        /// As found.
        found: String,
        /// What it should be.
        expected: Text,
    },
    /// Two entries have one fingerprint.
    Twice {
        /// Number of the earlier one, from one.
        first: usize,
    },
}

impl BaselineError {
    /// A file that could not be read.
    #[must_use]
    pub fn unreadable(file: String, source: io::Error) -> Self {
        Self { file, entry: None, mistake: Box::new(BaselineMistake::Unreadable { source }) }
    }

    /// The file, and the entry in it.
    fn place(&self) -> Text {
        let file = &self.file;
        if let BaselineMistake::Syntax { line, .. } = &*self.mistake {
            return Text::new(format!("{file}，第 {line} 行"), format!("{file}, line {line}"));
        }
        let Some(EntryPlace { number, fingerprint }) = &self.entry else { return Text::from(file.as_str()) };
        let (zh, en) = (format!("{file}，第 {number} 条"), format!("{file}, entry {number}"));
        match fingerprint {
            Some(print) => Text::new(format!("{zh}（`{print}`）"), format!("{en} (`{print}`)")),
            None => Text::new(zh, en),
        }
    }

    fn told(&self) -> Explanation {
        let told = Explanation::new;
        match &*self.mistake {
            BaselineMistake::Unreadable { source } => {
                told("baseline-unreadable", "基线文件无法读取", "the baseline cannot be read")
                    .because(source.to_string())
                    .advise(
                        "检查路径（--baseline）；sanxian check 的 --update-baseline 可以建立",
                        "check the path (--baseline); --update-baseline of sanxian check creates it",
                    )
            }
            BaselineMistake::Syntax { cause, .. } => {
                told("baseline-syntax", "基线文件不是有效的 JSON", "the baseline is not JSON")
                    .because(cause.as_str())
                    .advise(
                        "改正该行，或从版本库恢复文件",
                        "mend the line, or take the file back from version control",
                    )
            }
            BaselineMistake::Version { found } => Explanation::new(
                "baseline-version",
                format!("基线文件的版本 `schema_version` 是 {found}，应为 {BASELINE_VERSION}"),
                format!("the `schema_version` of the baseline is {found}, not {BASELINE_VERSION}"),
            )
            .advise(
                "使用写出该文件的 sanxian 版本，或重新建立基线",
                "use the sanxian that wrote it, or create it anew",
            ),
            BaselineMistake::UnknownKey { key, nearest, known } => {
                let (zh, en) = nearest.as_ref().map_or_else(Default::default, |word| {
                    (format!("是否想写 `{word}`？"), format!("did you mean `{word}`? "))
                });
                let list = known.join(", ");
                Explanation::new(
                    "baseline-unknown-key",
                    format!("基线中有未知的键 `{key}`"),
                    format!("the baseline has no key `{key}`"),
                )
                .advise(format!("{zh}可用：{list}"), format!("{en}known: {list}"))
            }
            BaselineMistake::MissingKey { key } => Explanation::new(
                "baseline-missing-key",
                format!("基线中缺少键 `{key}`"),
                format!("the key `{key}` of the baseline is missing"),
            )
            .advise(
                "补上，或删去该条后用 --update-baseline 重新加入",
                "add it, or remove the entry and let --update-baseline add it anew",
            ),
            BaselineMistake::Value { key, found, expected } => Explanation::new(
                "baseline-value",
                format!("基线的 `{key}` 不能是 {found}"),
                format!("`{key}` of the baseline cannot be {found}"),
            )
            .advise(format!("应为{}", expected.zh), format!("write {}", expected.en)),
            BaselineMistake::Twice { first } => {
                let second = self.entry.as_ref().map_or(*first, |entry| entry.number);
                Explanation::new(
                    "baseline-twice",
                    format!("基线中第 {first} 条与第 {second} 条的指纹相同"),
                    format!("entries {first} and {second} of the baseline have one fingerprint"),
                )
                .advise("删去其中一条", "remove one of them")
            }
        }
    }
}

impl Explain for BaselineError {
    fn explain(&self) -> Explanation {
        self.told().at(self.place())
    }
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.explain().fmt(f)
    }
}

impl std::error::Error for BaselineError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.mistake {
            BaselineMistake::Unreadable { source } => Some(source),
            _ => None,
        }
    }
}
