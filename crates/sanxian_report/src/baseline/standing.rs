//! A finding that stands though the baseline has an entry for it.

use sanxian_model::Day;

use super::amount::Amount;

/// Why a finding stands though the baseline has an entry for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Number of the entry in the baseline.
    pub entry: usize,
    /// Why it does not count.
    pub why: WhyStanding,
}

/// Why an entry of a baseline does not count.
#[derive(Debug, Clone, PartialEq)]
pub enum WhyStanding {
    /// It was accepted until a day that is past.
    Expired(Day),
    /// There is more to it than was accepted.
    Grown {
        /// What was accepted.
        accepted: Box<Amount>,
        /// What it is now.
        now: Box<Amount>,
    },
}

impl Standing {
    /// The word used in machine formats.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self.why {
            WhyStanding::Expired(_) => "expired",
            WhyStanding::Grown { .. } => "grown",
        }
    }
}
