//! Rules that could not be judged, why, and what that means for a verdict.

use std::sync::Arc;

use sanxian_model::{Lang, Role};

/// A rule that could not be judged. It is told, so that nobody takes silence for a pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRun {
    /// Name of the rule.
    pub rule: Arc<str>,
    /// Code of the rule.
    pub code: Arc<str>,
    /// The subject layer for which it could not be judged; none means for all.
    pub role: Option<Role>,
    /// What is missing.
    pub reason: Reason,
}

/// What it means for a verdict that a rule was not judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// The rule is about a plan, a project or a revision, and none was asked about.
    NotAsked,
    /// A layer of the rule was not given: what was checked is a part (部分检查).
    NotGiven,
    /// The layers were given and could not be judged with: the check is incomplete (未完成).
    NotJudged,
}

/// What a rule misses.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The run has no layer of any of these roles to judge.
    NoSubject(Vec<Role>),
    /// The run has no layer of this role to hold the subjects against.
    NoZone(Role),
    /// The rule asks what changed, and there is no revision to compare with.
    NoEarlierRevision,
    /// The rule holds the layers against a quota of this name, and none was given.
    NoQuota(String),
    /// A ratio is asked of a quota of this name, and the quota is zero.
    QuotaIsZero(String),
    /// No feature could be told apart, because the layer lacks a field.
    FieldMissing {
        /// Role of the layer.
        role: Role,
        /// Name of the layer.
        layer: String,
        /// Canonical name of the field.
        field: String,
    },
    /// Some features lack a value that the rule depends on, or carry a code that no table has.
    ValueUnknown {
        /// Role of the layer.
        role: Role,
        /// Name of the layer.
        layer: String,
        /// Canonical name of the field.
        field: String,
        /// How many features.
        features: usize,
    },
    /// Features of the layer lie on each other, so that its areas cannot be added up.
    CountedTwice {
        /// Role of the layer.
        role: Role,
        /// Name of the layer.
        layer: String,
        /// The area that is there twice, in square metres without decimals.
        area: u64,
    },
    /// A ratio has nothing below its bar.
    NothingToCompare {
        /// Role of the layer.
        role: Role,
        /// The condition that no feature meets.
        filter: String,
    },
}

impl Reason {
    /// What it means for a verdict.
    #[must_use]
    pub fn gap(&self) -> Gap {
        let asked = [Role::PLAN, Role::PROJECT];
        match self {
            Self::NoSubject(roles) if roles.iter().all(|role| asked.contains(role)) => Gap::NotAsked,
            Self::NoEarlierRevision | Self::NoQuota(_) => Gap::NotAsked,
            Self::NoSubject(_) | Self::NoZone(_) => Gap::NotGiven,
            Self::FieldMissing { .. }
            | Self::ValueUnknown { .. }
            | Self::NothingToCompare { .. }
            | Self::CountedTwice { .. }
            | Self::QuotaIsZero(_) => Gap::NotJudged,
        }
    }

    /// The role of the layer that is missing or could not be judged with; of several that would do, the first.
    #[must_use]
    pub fn role(&self) -> Option<&Role> {
        match self {
            Self::NoSubject(roles) => roles.first(),
            Self::NoEarlierRevision | Self::NoQuota(_) | Self::QuotaIsZero(_) => None,
            Self::NoZone(role)
            | Self::FieldMissing { role, .. }
            | Self::ValueUnknown { role, .. }
            | Self::NothingToCompare { role, .. }
            | Self::CountedTwice { role, .. } => Some(role),
        }
    }

    /// The field that is missing.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::FieldMissing { field, .. } | Self::ValueUnknown { field, .. } => Some(field),
            _ => None,
        }
    }

    /// How many features could not be judged, where that is known.
    #[must_use]
    pub fn features(&self) -> Option<usize> {
        match self {
            Self::ValueUnknown { features, .. } => Some(*features),
            _ => None,
        }
    }

    /// The word used in machine formats.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NoSubject(_) | Self::NoZone(_) => "layer-not-given",
            Self::NoEarlierRevision => "no-earlier-revision",
            Self::NoQuota(_) => "quota-not-given",
            Self::QuotaIsZero(_) => "quota-is-zero",
            Self::FieldMissing { .. } => "field-missing",
            Self::ValueUnknown { .. } => "value-unknown",
            Self::NothingToCompare { .. } => "nothing-to-compare",
            Self::CountedTwice { .. } => "counted-twice",
        }
    }

    /// The reason as a sentence without a full stop.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let titles = |roles: &[Role], joint: &str| {
            roles.iter().map(|role| role.title().in_lang(lang).to_owned()).collect::<Vec<_>>().join(joint)
        };
        match (self, lang) {
            (Self::NoSubject(roles), Lang::Zh) => format!("未提供{}图层", titles(roles, "或")),
            (Self::NoSubject(roles), Lang::En) => format!("no {} layer was given", titles(roles, " or ")),
            (Self::NoZone(role), Lang::Zh) => format!("未提供{}图层", role.title().zh),
            (Self::NoZone(role), Lang::En) => format!("no {} layer was given", role.title().en),
            (Self::NoEarlierRevision, Lang::Zh) => "没有可比对的修改前版本（见 sanxian diff）".to_owned(),
            (Self::NoEarlierRevision, Lang::En) => {
                "there is no earlier revision to compare with (see sanxian diff)".to_owned()
            }
            (Self::NoQuota(name), Lang::Zh) => format!("未给出指标 `{name}`（--quota {name}=数值）"),
            (Self::QuotaIsZero(name), Lang::Zh) => format!("指标 `{name}` 为零，无法计算比例"),
            (Self::QuotaIsZero(name), Lang::En) => {
                format!("the quota `{name}` is zero, so there is no ratio")
            }
            (Self::NoQuota(name), Lang::En) => {
                format!("the quota `{name}` was not given (--quota {name}=VALUE)")
            }
            (Self::FieldMissing { layer, field, .. }, Lang::Zh) => {
                format!(
                    "图层 `{layer}` 没有 `{field}` 字段，无法判断（用 --field 指定，或用 --ignore 不运行）"
                )
            }
            (Self::FieldMissing { layer, field, .. }, Lang::En) => {
                format!(
                    "layer `{layer}` has no `{field}` (name its column with --field, or leave the rule out)"
                )
            }
            (Self::ValueUnknown { layer, field, features, .. }, Lang::Zh) => {
                format!("图层 `{layer}` 有 {features} 个要素的 `{field}` 为空或不在代码表中，无法判断")
            }
            (Self::ValueUnknown { layer, field, features, .. }, Lang::En) => {
                let (noun, verb) = if *features == 1 { ("feature", "has") } else { ("features", "have") };
                format!("{features} {noun} of layer `{layer}` {verb} no `{field}` that is known")
            }
            (Self::CountedTwice { layer, area, .. }, Lang::Zh) => {
                format!("图层 `{layer}` 的要素互相重叠 {area} m²，面积不能相加")
            }
            (Self::CountedTwice { layer, area, .. }, Lang::En) => {
                format!(
                    "features of layer `{layer}` lie on each other by {area} m², so their areas cannot be added"
                )
            }
            (Self::NothingToCompare { role, filter }, Lang::Zh) => {
                format!("{}图层中没有满足 `{filter}` 的要素，无法计算比例", role.title().zh)
            }
            (Self::NothingToCompare { role, filter }, Lang::En) => {
                format!("nothing in the {} layer meets `{filter}`, so there is no ratio", role.title().en)
            }
        }
    }
}

/// Reasons why rules were not judged as sentences, each once, with the codes of the rules that it stopped.
#[must_use]
pub fn reasons_not_run(not_run: &[NotRun], lang: Lang) -> Vec<(String, Vec<&str>)> {
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for rule in not_run {
        let reason = rule.reason.sentence(lang);
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, codes)) if codes.last() == Some(&&*rule.code) => {}
            Some((_, codes)) => codes.push(&rule.code),
            None => reasons.push((reason, vec![&rule.code])),
        }
    }
    reasons
}
