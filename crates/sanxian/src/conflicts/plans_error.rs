//! Why plans cannot be compared as they were given.

use sanxian_model::{Explain, Explanation, Role};

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
    /// A layer of a pair was not given.
    NoLayer {
        /// Code of the pair.
        pair: String,
        /// The layer.
        role: Role,
    },
    /// Both layers of a pair are one.
    SameLayer {
        /// Code of the pair.
        pair: String,
        /// The layer.
        role: Role,
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

            Self::NoLayer { pair, role } => Explanation::new(
                "pair-layer-missing",
                format!("图层对 `{pair}` 需要图层 `{role}`，没有给出"),
                format!("the pair `{pair}` needs the layer `{role}`, which was not given"),
            )
            .advise(
                format!("在配置的 [layers] 中写明 {role} = \"文件#图层\""),
                format!("name it under [layers] of the config, as in {role} = \"file#layer\""),
            ),
            Self::SameLayer { pair, role } => Explanation::new(
                "pair-of-one-layer",
                format!("图层对 `{pair}` 的两个图层都是 `{role}`"),
                format!("both layers of the pair `{pair}` are `{role}`"),
            )
            .advise("两个图层用不同的用途名称", "give the two layers roles of their own"),
        }
    }
}
