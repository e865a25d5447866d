//! What a plan says about a place.

use crate::codes::{LandClass, Scheme};

/// A class of a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlannedClass {
    /// The scheme.
    pub scheme: Scheme,
    /// Code of the class in that scheme.
    pub code: &'static str,
}

impl PlannedClass {
    /// The class with that code; none when the scheme does not have it.
    #[must_use]
    pub fn of(scheme: Scheme, code: &str) -> Option<Self> {
        scheme.class(code).map(|class| Self { scheme, code: &class.code })
    }

    /// The class itself.
    ///
    /// # Panics
    /// When the scheme has no such class, which [`Self::of`] does not let happen.
    #[must_use]
    pub fn class(self) -> &'static LandClass {
        self.scheme.class(self.code).expect("a class of its scheme")
    }
}

/// What a plan says about a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// It is of a class.
    Class(PlannedClass),
    /// The plan covers it with a class that nobody knows.
    Unknown,
    /// The plan does not cover it.
    Nothing,
}

impl Answer {
    /// The class, when there is one.
    #[must_use]
    pub fn class(self) -> Option<PlannedClass> {
        match self {
            Self::Class(class) => Some(class),
            Self::Unknown | Self::Nothing => None,
        }
    }

    /// Code of the class, when there is one.
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        self.class().map(|class| class.code)
    }
}
