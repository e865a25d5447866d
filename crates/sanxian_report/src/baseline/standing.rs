//! A finding that stands though the baseline has an entry for it.

use sanxian_model::{Day, Lang};

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

    /// Why it stands, as a few words without a full stop.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        match (&self.why, lang) {
            (WhyStanding::Expired(day), Lang::Zh) => format!("基线认可至 {day}，已过期"),
            (WhyStanding::Expired(day), Lang::En) => format!("accepted until {day}, expired"),
            (WhyStanding::Grown { accepted, now }, Lang::Zh) => {
                format!("基线认可 {}，现为 {}", accepted.beside(now, lang), now.beside(accepted, lang))
            }
            (WhyStanding::Grown { accepted, now }, Lang::En) => {
                format!("accepted {}, now {}", accepted.beside(now, lang), now.beside(accepted, lang))
            }
        }
    }
}
