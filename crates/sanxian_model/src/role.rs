//! What a layer means in a check.

use std::borrow::Cow;
use std::fmt;

/// The part a layer plays: the plan that is checked, or a zone it is checked against.
///
/// Roles are kebab-case words. Those that rules of the core pack use are constants here; a rule pack or a
/// config may name others, and a layer then takes part under that name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Role(Cow<'static, str>);

impl Role {
    /// Plan patches or parcels that are checked (规划图斑, 地块).
    pub const PLAN: Self = Self(Cow::Borrowed("plan"));
    /// A project's red line (项目红线, 用地红线); checked like the plan.
    pub const PROJECT: Self = Self(Cow::Borrowed("project"));
    /// Ecological protection redline (生态保护红线).
    pub const REDLINE: Self = Self(Cow::Borrowed("redline"));
    /// Permanent basic farmland (永久基本农田).
    pub const FARMLAND: Self = Self(Cow::Borrowed("farmland"));
    /// Urban development boundary (城镇开发边界) with its sub-zones.
    pub const URBAN_BOUNDARY: Self = Self(Cow::Borrowed("urban-boundary"));
    /// Approved industrial parks (开发区, 工业园区).
    pub const PARK: Self = Self(Cow::Borrowed("park"));
    /// Administrative units (行政区).
    pub const ADMIN_UNIT: Self = Self(Cow::Borrowed("admin-unit"));
    /// Land-survey patches (地类图斑).
    pub const SURVEY: Self = Self(Cow::Borrowed("survey"));
    /// Ground of approvals (已批准用地): projects that are approved, supplied or have a title.
    pub const APPROVED: Self = Self(Cow::Borrowed("approved"));

    /// Reserve from which permanent farmland is replaced (永久基本农田储备区).
    pub const FARMLAND_RESERVE: Self = Self(Cow::Borrowed("farmland-reserve"));

    /// The roles that are known without being declared.
    pub const KNOWN: [Self; 10] = [
        Self::PLAN,
        Self::PROJECT,
        Self::REDLINE,
        Self::FARMLAND,
        Self::URBAN_BOUNDARY,
        Self::PARK,
        Self::ADMIN_UNIT,
        Self::SURVEY,
        Self::APPROVED,
        Self::FARMLAND_RESERVE,
    ];

    /// A role by its name.
    ///
    /// # Errors
    /// A sentence, when the name is empty or is not made of lower-case letters, digits and hyphens.
    pub fn new(name: &str) -> Result<Self, String> {
        let plain = !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if plain {
            Ok(Self(Cow::Owned(name.to_owned())))
        } else {
            Err(format!(
                "`{name}` is not a role: use lower-case letters, digits and hyphens, as in `redline` or `village-boundary`"
            ))
        }
    }

    /// The role's name, as written in rules and configs.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Place in the order of precedence when controls lie on top of each other (redline, then farmland,
    /// then the urban boundary, then the rest); lower counts first.
    #[must_use]
    pub fn precedence(&self) -> u8 {
        if *self == Self::REDLINE {
            0
        } else if *self == Self::FARMLAND {
            1
        } else if *self == Self::URBAN_BOUNDARY {
            2
        } else {
            3
        }
    }

    /// The role in words, in Chinese and English; a role of the user's own stays as written.
    #[must_use]
    pub fn title(&self) -> crate::Text {
        let (zh, en) = match self.name() {
            "plan" => ("规划图斑", "plan"),
            "project" => ("项目红线", "project"),
            "redline" => ("生态保护红线", "ecological redline"),
            "farmland" => ("永久基本农田", "permanent basic farmland"),
            "urban-boundary" => ("城镇开发边界", "urban boundary"),
            "park" => ("产业园区", "industrial park"),
            "admin-unit" => ("行政区", "administrative unit"),
            "survey" => ("地类图斑", "survey patches"),
            "farmland-reserve" => ("永久基本农田储备区", "permanent farmland reserve"),
            "approved" => ("已批准用地", "approved land"),
            other => (other, other),
        };
        crate::Text { zh: zh.to_owned(), en: en.to_owned() }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
