//! What a plan says about a place.

use sanxian_model::{LandClass, Layer, Scheme};

/// What a plan says about a place: a class of a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Answer {
    /// The scheme.
    pub scheme: Scheme,
    /// Code of the class in that scheme.
    pub code: &'static str,
}

impl Answer {
    /// What each feature of a layer says; none where its class is not known.
    pub(super) fn of_layer(layer: &Layer) -> Vec<Option<Self>> {
        let answer = |row| {
            let scheme = Scheme::parse(&layer.text("land_scheme", row)?).ok()?;
            let class = scheme.class(&layer.text("land_class", row)?)?;
            Some(Self { scheme, code: &class.code })
        };
        (0..layer.len()).map(answer).collect()
    }

    /// The class.
    ///
    /// # Panics
    /// When the scheme has no such class; every answer of a comparison is one.
    #[must_use]
    pub fn class(self) -> &'static LandClass {
        self.scheme.class(self.code).expect("an answer is a class of its scheme")
    }
}
