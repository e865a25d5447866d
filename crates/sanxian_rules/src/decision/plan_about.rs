//! What is known of a plan that is compared: its level and the year that it starts from.

/// What is known of a plan that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PlanAbout {
    /// What kind of plan it is.
    pub level: Option<PlanLevel>,
    /// The year whose land it starts from (基数年份).
    pub base_year: Option<u16>,
}

/// The kinds of plans, the one that wins first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlanLevel {
    /// A master plan (总体规划).
    Master,
    /// A special plan (专项规划).
    Special,
    /// A detailed plan (详细规划).
    Detailed,
}

impl PlanLevel {
    /// Every level, the one that wins first.
    pub const ALL: [Self; 3] = [Self::Master, Self::Special, Self::Detailed];

    /// The word used in flags and configs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Master => "master",
            Self::Special => "special",
            Self::Detailed => "detailed",
        }
    }
}
