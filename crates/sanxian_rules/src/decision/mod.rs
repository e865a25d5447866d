//! Contradictions between plans: what each kind is called, why plans differ, and who decides in which order (处理次序).

mod guide;
mod judge;
mod plan_about;

pub use guide::{CauseCard, Department, Guide, KindCard, RankCard};
pub use judge::{PatchFacts, decide};
pub use plan_about::{PlanAbout, PlanLevel};
