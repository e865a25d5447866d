//! Why a rule could not be read, named or run.

use std::fmt;

use sanxian_model::{Explain, Explanation, Role, Text};

use crate::toml_reader::TomlError;

/// A filter of a rule and the layer it was put to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterAt {
    /// Name of the rule.
    pub rule: String,
    /// The filter as written.
    pub filter: String,
    /// Name of the layer.
    pub layer: String,
}

/// Why a rule, a profile or a filter could not be used.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RuleError {
    /// A mistake in a rule file or a profile.
    Toml(TomlError),
    /// Two rules of one set of files share a name or a code.
    Duplicate {
        /// Name or code.
        word: String,
        /// File that was read first.
        first: String,
        /// File that was read later.
        second: String,
    },
    /// A word that is neither a rule's name, nor a code, nor the beginning of one.
    UnknownRule {
        /// The word as given.
        word: String,
        /// The name or code that was probably meant.
        nearest: Option<String>,
    },
    /// A profile that is not in the book.
    UnknownProfile {
        /// The word as given.
        word: String,
        /// Every profile there is.
        known: Vec<String>,
    },
    /// Selecting and ignoring left no rule.
    NothingSelected,
    /// A filter names something that is neither a known word nor a column of the layer.
    UnknownName {
        /// Which filter, over which layer.
        at: Box<FilterAt>,
        /// The name nobody knows.
        name: String,
        /// Where it begins in the filter.
        column: usize,
        /// The word or column that was probably meant.
        nearest: Option<String>,
    },
    /// A filter compares a column with something of another kind.
    WrongKind {
        /// Which filter, over which layer.
        at: Box<FilterAt>,
        /// The column.
        name: String,
        /// What the column holds and what to write instead.
        reason: Text,
    },
    /// The caller did not prepare what [`needed_overlaps`](crate::needed_overlaps) asked for.
    OverlapsNotPrepared {
        /// Name of the rule.
        rule: String,
        /// Role of the subject layer.
        subject: Role,
        /// Role of the zone layer.
        zone: Role,
    },
}

impl Explain for RuleError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Toml(error) => error.explain(),
            Self::Duplicate { word, first, second } => Explanation::new(
                "rule-twice",
                format!("规则 {word} 已在 {first} 中定义"),
                format!("the rule {word} is already defined in {first}"),
            )
            .at(&**second)
            .advise("其中一条改名", "rename one of them"),
            Self::UnknownRule { word, nearest } => {
                let (zh, en) = meant(nearest.as_deref());
                Explanation::new(
                    "unknown-rule",
                    format!("没有规则 `{word}`"),
                    format!("no rule is called `{word}`"),
                )
                .advise(
                    format!("{zh}`sanxian rule --all` 列出全部规则"),
                    format!("{en}`sanxian rule --all` lists them"),
                )
            }
            Self::UnknownProfile { word, known } => {
                let list = known.join(", ");
                Explanation::new(
                    "unknown-profile",
                    format!("没有规则集 `{word}`"),
                    format!("no profile is called `{word}`"),
                )
                .advise(format!("可用：{list}"), format!("known: {list}"))
            }
            Self::NothingSelected => {
                Explanation::new("nothing-selected", "没有要运行的规则", "no rule is left to run").advise(
                    "--ignore 去掉了规则集和 --select 所列的全部规则；少忽略几条",
                    "`--ignore` takes away all that the profile and `--select` name; ignore fewer",
                )
            }
            Self::UnknownName { at, name, column, nearest } => {
                let FilterAt { rule, filter, layer } = &**at;
                Explanation::new(
                    "unknown-name",
                    format!("筛选条件 `{filter}` 中的 `{name}`（第 {column} 列）既不是规则字段，也不是图层 `{layer}` 的字段"),
                    format!(
                        "the filter `{filter}` names `{name}` (column {column}), which is neither a word of rule filters nor a column of layer `{layer}`"
                    ),
                )
                .at(Text::new(format!("规则 `{rule}`"), format!("rule `{rule}`")))
                .advise(
                    nearest.as_deref().map_or_else(|| "改正规则，或补上字段".to_owned(), |meant| format!("是否想写 `{meant}`？")),
                    nearest.as_deref().map_or_else(|| "correct the rule, or add the column".to_owned(), |meant| format!("did you mean `{meant}`?")),
                )
            }
            Self::WrongKind { at, name, reason } => {
                let FilterAt { rule, filter, layer } = &**at;
                Explanation::new(
                    "wrong-kind",
                    format!("筛选条件 `{filter}` 与图层 `{layer}` 的字段 `{name}` 类型不符（{}）", reason.zh),
                    format!("the filter `{filter}`: column `{name}` of layer `{layer}` {}", reason.en),
                )
                .at(Text::new(format!("规则 `{rule}`"), format!("rule `{rule}`")))
            }
            Self::OverlapsNotPrepared { rule, subject, zone } => Explanation::new(
                "overlaps-not-prepared",
                format!("规则 `{rule}` 需要 `{subject}` 与 `{zone}` 的重叠，而未准备"),
                format!(
                    "rule `{rule}` needs the overlaps of `{subject}` with `{zone}`, which were not prepared"
                ),
            )
            .advise("这是程序的错误，请报告", "this is our bug, please report it"),
        }
    }
}

/// The question whether a word was meant, in front of more advice.
fn meant(nearest: Option<&str>) -> (String, String) {
    nearest.map_or_else(Default::default, |word| {
        (format!("是否想写 `{word}`？"), format!("did you mean `{word}`? "))
    })
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.explain().fmt(f)
    }
}

impl std::error::Error for RuleError {}

impl From<TomlError> for RuleError {
    fn from(error: TomlError) -> Self {
        Self::Toml(error)
    }
}

#[cfg(test)]
mod tests {
    use sanxian_model::Lang;

    use super::*;
    use crate::{Profile, RuleBook};

    #[test]
    fn every_error_is_told_in_both_languages() {
        let at = || Box::new(FilterAt { rule: "r".into(), filter: "a = 1".into(), layer: "l".into() });
        let book = RuleBook::embedded();
        let words = |word: &str| [word.to_owned()];
        let errors = [
            Profile::parse("p.toml", "name = ").unwrap_err(),
            Profile::parse("p.toml", "name = 3").unwrap_err(),
            Profile::parse("p.toml", "").unwrap_err(),
            RuleError::Duplicate { word: "`r`".into(), first: "a".into(), second: "b".into() },
            book.rule("redline-ocupied").unwrap_err(),
            book.profile("none").unwrap_err(),
            book.pick(RuleBook::DEFAULT_PROFILE, &words("BF"), &words("BF")).unwrap_err(),
            RuleError::UnknownName { at: at(), name: "a".into(), column: 1, nearest: None },
            RuleError::WrongKind {
                at: at(),
                name: "a".into(),
                reason: Text::new("字段为文本", "holds text"),
            },
            RuleError::OverlapsNotPrepared { rule: "r".into(), subject: Role::PLAN, zone: Role::REDLINE },
        ];
        let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for error in errors {
            let told = error.explain();
            let (zh, en) = (told.lines(Lang::Zh), told.lines(Lang::En));
            assert!(chinese(&zh) && !chinese(&en), "{zh}\n{en}");
            assert_eq!(chinese(&told.advice.zh), !told.advice.en.is_empty(), "{zh}\n{en}");
            assert_eq!(error.to_string(), en);
        }
    }
}
