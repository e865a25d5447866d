//! What is wrong with a config, with rules of the user's own, or with names that are given.

use std::fmt;
use std::io;
use std::path::PathBuf;

use sanxian_model::redact::redact;
use sanxian_model::{Explain, Explanation, Role};
use sanxian_rules::{RuleError, TomlError};

/// What is wrong with a config, with rules of the user's own, or with names that are given.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConfigError {
    /// The config could not be read.
    Unreadable {
        /// The config.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A mistake in the config, with its place.
    Toml(TomlError),
    /// Rules could not be read.
    RulesUnreadable {
        /// A rule file, or a folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A folder of rules holds none.
    NoRules {
        /// The folder.
        path: PathBuf,
    },
    /// A rule file is wrong.
    Rule(Box<RuleError>),
    /// A role that is neither known, nor declared, nor named by a rule.
    UnknownRole {
        /// The role.
        role: Role,
        /// Where it was given.
        place: String,
        /// The role that was probably meant.
        nearest: Option<String>,
        /// Every role that is known.
        known: Vec<String>,
    },
    /// A quota that no rule asks for.
    UnknownQuota {
        /// The name.
        name: String,
        /// Where it was given.
        place: String,
        /// The name that was probably meant.
        nearest: Option<String>,
        /// Every quota that rules ask for.
        known: Vec<String>,
    },
    /// A quota that is a percentage where rules ask for an area, or the other way round.
    QuotaOfOtherKind {
        /// The name.
        name: String,
        /// Where it was given.
        place: String,
        /// Whether rules ask for an area.
        is_area: bool,
    },
    /// A word of a field map that no rule reads.
    UnknownField {
        /// The word.
        name: String,
        /// Where it was given.
        place: String,
        /// The word that was probably meant.
        nearest: Option<String>,
        /// Every word that is known.
        known: Vec<String>,
    },
}

impl Explain for ConfigError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Unreadable { path, source } => {
                Explanation::new("config-unreadable", "配置文件无法读取", "the config cannot be read")
                    .because(source.to_string())
                    .at(path.display().to_string())
                    .advise("检查配置文件的路径（--config）", "check the path of the config (--config)")
            }
            Self::Toml(error) => error.explain(),
            Self::RulesUnreadable { path, source } => {
                Explanation::new("rules-unreadable", "规则无法读取", "the rules cannot be read")
                    .because(source.to_string())
                    .at(path.display().to_string())
                    .advise("检查规则的路径（--rules）", "check the path of the rules (--rules)")
            }
            Self::NoRules { path } => {
                Explanation::new("no-rules", "文件夹中没有规则文件", "the folder holds no rule file")
                    .at(path.display().to_string())
                    .advise("规则文件以 .toml 结尾", "rule files end in .toml")
            }
            Self::Rule(error) => error.explain(),
            Self::UnknownRole { role, place, nearest, known } => {
                let (zh, en) = meant(nearest.as_deref());
                let list = known.join(", ");
                Explanation::new(
                    "unknown-role",
                    format!("未知的图层用途 `{role}`"),
                    format!("`{role}` is no role that a rule or the config knows"),
                )
                .at(&*redact(place))
                .advise(
                    format!(
                        "{zh}可用：{list}；自己的用途在配置中声明：roles = [\"{role}\"]，或用 --role {role}"
                    ),
                    format!(
                        "{en}known: {list}; declare your own in the config: roles = [\"{role}\"], or with --role {role}"
                    ),
                )
            }
            Self::UnknownQuota { name, place, nearest, known } => {
                let (zh, en) = meant(nearest.as_deref());
                let list = known.join(", ");
                Explanation::new(
                    "unknown-quota",
                    format!("没有规则使用指标 `{name}`"),
                    format!("no rule asks for the quota `{name}`"),
                )
                .at(&*redact(place))
                .advise(format!("{zh}可用：{list}"), format!("{en}known: {list}"))
            }
            Self::QuotaOfOtherKind { name, place, is_area } => {
                let (zh, en) = if *is_area {
                    ("面积，如 \"12000 ha\"", "an area, as in \"12000 ha\"")
                } else {
                    ("百分比，如 \"130 %\"", "a percentage, as in \"130 %\"")
                };
                Explanation::new(
                    "quota-of-other-kind",
                    format!("指标 `{name}` 应为{zh}"),
                    format!("the quota `{name}` must be {en}"),
                )
                .at(&*redact(place))
            }
            Self::UnknownField { name, place, nearest, known } => {
                let (zh, en) = meant(nearest.as_deref());
                let list = known.join(", ");
                Explanation::new(
                    "unknown-field",
                    format!("未知的字段名 `{name}`"),
                    format!("`{name}` is no field that rules use"),
                )
                .at(&*redact(place))
                .advise(format!("{zh}可用：{list}"), format!("{en}known: {list}"))
            }
        }
    }
}

/// The question whether a word was meant, in front of more advice.
fn meant(nearest: Option<&str>) -> (String, String) {
    nearest.map_or_else(Default::default, |word| {
        (format!("是否想写 `{word}`？"), format!("did you mean `{word}`? "))
    })
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.explain().fmt(f)
    }
}

impl std::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { source, .. } | Self::RulesUnreadable { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl From<TomlError> for ConfigError {
    fn from(error: TomlError) -> Self {
        Self::Toml(error)
    }
}

impl From<RuleError> for ConfigError {
    fn from(error: RuleError) -> Self {
        Self::Rule(Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use sanxian_model::Lang;

    use super::*;

    #[test]
    fn the_words_of_the_system_stand_in_brackets() {
        let refused = || io::Error::other("disk on fire");
        let path = || PathBuf::from("a.toml");
        let errors = [
            (
                ConfigError::Unreadable { path: path(), source: refused() },
                "配置文件无法读取（disk on fire）\n",
            ),
            (
                ConfigError::RulesUnreadable { path: path(), source: refused() },
                "规则无法读取（disk on fire）\n",
            ),
        ];
        for (error, told) in errors {
            let (zh, en) = (error.explain().lines(Lang::Zh), error.to_string());
            assert!(zh.starts_with(told), "{zh}");
            assert!(en.contains(" cannot be read (disk on fire)\n  where: a.toml\n"), "{en}");
        }
    }
}
