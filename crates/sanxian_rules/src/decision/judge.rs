//! Why plans differ on a patch, and who decides.

use sanxian_model::conflict::{Cause, Decision, DifferencePatch, LineShare};
use sanxian_model::{Answer, AreaSum, ConflictKind, Metres, Role, SquareMetres, meaning};

use super::guide::Guide;

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

/// What is known of a patch beside what it holds itself.
#[derive(Debug, Clone, Copy)]
pub struct PatchFacts<'a> {
    /// What is known of each plan.
    pub plans: &'a [PlanAbout],
    /// What the status layer says about most of the patch; [`Answer::Nothing`] without one.
    pub base: Answer,
    /// Mean width below which a patch is the shift of a boundary.
    pub shift_width: Metres,
}

/// What may be missing of an approval for it to cover a patch: an area that prints as zero in a table of hectares.
const UNSEEN: SquareMetres = SquareMetres(0.5);

/// Why plans differ on a patch, and who decides.
#[must_use]
pub fn decide(patch: &DifferencePatch, facts: &PatchFacts<'_>, guide: &Guide) -> Decision {
    let cause = cause(patch, facts);
    let (rank, follow) = rank(patch, facts);
    Decision { cause, rank, follow, departments: departments(patch, guide) }
}

fn cause(patch: &DifferencePatch, facts: &PatchFacts<'_>) -> Cause {
    if patch.kind != ConflictKind::ClaimedTwice && patch.mean_width < facts.shift_width {
        return Cause::Shift;
    }
    if differ_by_standard(patch) {
        return Cause::Standard;
    }
    if patch.area - area_on(patch, &Role::APPROVED) <= UNSEEN {
        return Cause::Approved;
    }
    if newer(patch, facts).is_some_and(|[newer, older]| {
        let with_base = |answer: usize| ConflictKind::of(patch.answers[answer], facts.base);
        with_base(newer) == ConflictKind::Agree && with_base(older).is_conflict()
    }) && facts.base != Answer::Nothing
    {
        return Cause::BaseYear;
    }
    Cause::Real
}

/// Whether both of the answers that contradict each other build, or both do not, by their own schemes.
fn differ_by_standard(patch: &DifferencePatch) -> bool {
    let [Some(first), Some(second)] = patch.between.map(|answer| patch.answers[answer].class()) else {
        return false;
    };
    let builds = |class: sanxian_model::PlannedClass| class.scheme.builds(class.class());
    let is_known = builds(first).is_some() && builds(first) == builds(second);
    matches!(patch.kind, ConflictKind::FirstBuilds | ConflictKind::SecondBuilds) && is_known
}

/// The first rule in the order of decision that applies, and the answer that it says to follow.
fn rank(patch: &DifferencePatch, facts: &PatchFacts<'_>) -> (u8, Option<usize>) {
    let [first, second] = patch.between;
    let (builds, leaves) = match patch.kind {
        ConflictKind::FirstBuilds => (Some(first), Some(second)),
        ConflictKind::SecondBuilds => (Some(second), Some(first)),
        _ => (None, None),
    };
    let touches = |roles: &[Role]| patch.lines.iter().any(|line| roles.contains(&line.role));
    if touches(&[Role::REDLINE, Role::FARMLAND]) {
        return (1, leaves);
    }
    if touches(&[Role::APPROVED]) {
        return (2, builds);
    }
    if touches(&[Role::URBAN_BOUNDARY]) {
        return (3, None);
    }
    if patch.kind == ConflictKind::ClaimedTwice {
        return (6, None);
    }
    let levels = patch.between.map(|answer| facts.plans[patch.plans[answer]].level);
    if let [Some(a), Some(b)] = levels
        && a != b
    {
        return (4, Some(if a < b { first } else { second }));
    }
    if let Some([newer, _]) = newer(patch, facts) {
        return (4, Some(newer));
    }
    let base_builds = facts.base.class().and_then(|class| meaning(class.scheme, class.code)?.builds);
    if base_builds == Some(true) {
        return (5, None);
    }
    (6, None)
}

/// The answers of the newer and of the older plan, when their years are known and differ.
fn newer(patch: &DifferencePatch, facts: &PatchFacts<'_>) -> Option<[usize; 2]> {
    let [first, second] = patch.between;
    let [a, b] = patch.between.map(|answer| facts.plans[patch.plans[answer]].base_year);
    let (a, b) = (a?, b?);
    if a == b { None } else { Some(if a > b { [first, second] } else { [second, first] }) }
}

/// What a patch has of a line.
fn area_on(patch: &DifferencePatch, role: &Role) -> SquareMetres {
    let of_role = |line: &&LineShare| line.role == *role;
    patch.lines.iter().filter(of_role).map(|line| line.area).sum::<AreaSum>().area()
}

fn departments(patch: &DifferencePatch, guide: &Guide) -> Vec<std::sync::Arc<str>> {
    let codes: Vec<&str> = patch
        .answers
        .iter()
        .filter_map(|answer| answer.class())
        .filter_map(|class| meaning(class.scheme, class.code)?.class)
        .map(|class| &*class.code)
        .collect();
    let concerned = guide.departments.iter().filter(|department| {
        let by_class =
            || codes.iter().any(|code| department.classes.iter().any(|of| code.starts_with(&**of)));
        let by_line = || patch.lines.iter().any(|line| department.lines.contains(&line.role));
        department.leads || by_class() || by_line()
    });
    concerned.map(|department| department.name.clone()).collect()
}
