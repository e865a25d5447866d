//! Why a baseline cannot be used.

use std::fmt;
use std::io;

use sanxian_model::{Explain, Explanation, Text};

use super::file::BASELINE_VERSION;

/// Why a baseline cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum BaselineError {
    /// The file could not be read.
    Unreadable {
        /// The file.
        file: String,
        /// What the system says.
        source: io::Error,
    },
    /// The file is not JSON.
    Syntax {
        /// The file.
        file: String,
        /// The line of the mistake.
        line: usize,
        /// What the reader says.
        cause: String,
    },
    /// The file was written for another version.
    Version {
        /// The file.
        file: String,
        /// As found.
        found: String,
    },
    /// A key that no entry has.
    UnknownKey {
        /// The file.
        file: String,
        /// The entry; none for the file as a whole.
        entry: Option<EntryPlace>,
        /// The key.
        key: String,
        /// The key that was probably meant.
        nearest: Option<String>,
        /// Every key that is known.
        known: &'static [&'static str],
    },
    /// A key that every entry has, and this one lacks.
    MissingKey {
        /// The file.
        file: String,
        /// The entry; none for the file as a whole.
        entry: Option<EntryPlace>,
        /// The key.
        key: &'static str,
    },
    /// A value that is not what stands there.
    Value {
        /// The file.
        file: String,
        /// The entry; none for the file as a whole.
        entry: Option<EntryPlace>,
        /// The key.
        key: &'static str,
        /// As found.
        found: String,
        /// What it should be.
        expected: Text,
    },
    /// Two entries have one fingerprint.
    Twice {
        /// The file.
        file: String,
        /// The later one.
        entry: EntryPlace,
        /// Number of the earlier one, from one.
        first: usize,
    },
}

/// An entry of a baseline, in an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPlace {
    /// Its number, from one.
    pub number: usize,
    /// Its fingerprint; none when it has none that can be read.
    pub fingerprint: Option<String>,
}

/// The file, and the entry in it.
fn place(file: &str, entry: Option<&EntryPlace>) -> Text {
    let Some(EntryPlace { number, fingerprint }) = entry else { return Text::from(file) };
    let (zh, en) = (format!("{file}，第 {number} 条"), format!("{file}, entry {number}"));
    match fingerprint {
        Some(fingerprint) => Text::new(format!("{zh}（`{fingerprint}`）"), format!("{en} (`{fingerprint}`)")),
        None => Text::new(zh, en),
    }
}

impl Explain for BaselineError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Unreadable { file, source } => {
                let told = Explanation::new(
                    "baseline-unreadable",
                    "基线文件无法读取",
                    "the baseline cannot be read",
                )
                .because(source.to_string())
                .at(file.as_str());
                if source.kind() == io::ErrorKind::NotFound {
                    told.advise(
                        "检查路径（--baseline）；用 sanxian check 的 --update-baseline 建立",
                        "check the path (--baseline); --update-baseline of sanxian check creates it",
                    )
                } else {
                    told.advise("检查路径（--baseline）", "check the path (--baseline)")
                }
            }
            Self::Syntax { file, line, cause } => {
                Explanation::new("baseline-syntax", "基线文件不是有效的 JSON", "the baseline is not JSON")
                    .because(cause.as_str())
                    .at(Text::new(format!("{file}，第 {line} 行"), format!("{file}, line {line}")))
                    .advise(
                        "改正该行，或从版本库恢复文件",
                        "mend the line, or take the file back from version control",
                    )
            }
            Self::Version { file, found } => Explanation::new(
                "baseline-version",
                format!("基线文件的版本 `schema_version` 是 {found}，应为 {BASELINE_VERSION}"),
                format!("the `schema_version` of the baseline is {found}, not {BASELINE_VERSION}"),
            )
            .at(file.as_str())
            .advise(
                "使用写出该文件的 sanxian 版本，或重新建立基线",
                "use the sanxian that wrote it, or create it anew",
            ),
            Self::UnknownKey { file, entry, key, nearest, known } => {
                let (zh, en) = nearest.as_ref().map_or_else(Default::default, |word| {
                    (format!("是否想写 `{word}`？"), format!("did you mean `{word}`? "))
                });
                let list = known.join(", ");
                Explanation::new(
                    "baseline-unknown-key",
                    format!("基线中有未知的键 `{key}`"),
                    format!("the baseline has no key `{key}`"),
                )
                .at(place(file, entry.as_ref()))
                .advise(format!("{zh}可用：{list}"), format!("{en}known: {list}"))
            }
            Self::MissingKey { file, entry, key } => Explanation::new(
                "baseline-missing-key",
                format!("基线中缺少键 `{key}`"),
                format!("the key `{key}` of the baseline is missing"),
            )
            .at(place(file, entry.as_ref()))
            .advise(
                "补上，或删去该条后用 --update-baseline 重新加入",
                "add it, or remove the entry and let --update-baseline add it anew",
            ),
            Self::Value { file, entry, key, found, expected } => Explanation::new(
                "baseline-value",
                format!("基线的 `{key}` 不能是 {found}"),
                format!("`{key}` of the baseline cannot be {found}"),
            )
            .at(place(file, entry.as_ref()))
            .advise(format!("应为{}", expected.zh), format!("write {}", expected.en)),
            Self::Twice { file, entry, first } => Explanation::new(
                "baseline-twice",
                format!("基线中第 {first} 条与第 {} 条的指纹相同", entry.number),
                format!("entries {first} and {} of the baseline have one fingerprint", entry.number),
            )
            .at(place(file, Some(entry)))
            .advise("删去其中一条", "remove one of them"),
        }
    }
}

impl fmt::Display for BaselineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.explain().fmt(f)
    }
}

impl std::error::Error for BaselineError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { source, .. } => Some(source),
            _ => None,
        }
    }
}
