//! Why plans cannot be compared as they were given.

use sanxian_model::{Explain, Explanation};

/// Why plans cannot be compared as they were given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain())]
#[non_exhaustive]
pub enum PlansError {
    /// There are fewer than two.
    TooFew {
        /// How many there are.
        given: usize,
    },
    /// Two have one name.
    SameName {
        /// The name.
        name: String,
    },
}

impl Explain for PlansError {
    fn explain(&self) -> Explanation {
        match self {
            Self::TooFew { given } => Explanation::new(
                "plans-missing",
                format!("比对至少需要两个规划，给出了 {given} 个"),
                format!("a comparison needs two plans or more, and there is {given}"),
            )
            .advise(
                "给出各个规划，如 sanxian conflicts 土规=a.gpkg 城规=b.gpkg",
                "name the plans, as in sanxian conflicts land=a.gpkg city=b.gpkg",
            ),
            Self::SameName { name } => Explanation::new(
                "plan-twice",
                format!("两个规划都叫 `{name}`"),
                format!("two plans are called `{name}`"),
            )
            .advise(
                "为每个规划起不同的名称，如 土规=a.gpkg",
                "give each plan a name of its own, as in land=a.gpkg",
            ),
        }
    }
}
