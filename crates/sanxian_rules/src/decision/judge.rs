//! Why plans differ on a patch, and who decides.

use std::sync::Arc;

use sanxian_model::conflict::{Cause, Decision, DifferencePatch, LineShare};
use sanxian_model::{Answer, AreaSum, ConflictKind, Metres, PlannedClass, Role, SquareMetres, meaning};

use super::guide::Guide;
use super::plan_about::PlanAbout;

/// What is known of a patch beside what it holds itself.
#[derive(Debug, Clone, Copy)]
pub struct PatchFacts<'a> {
    /// What is known of each plan.
    pub plans: &'a [PlanAbout],
    /// What one feature of the status layer says about more than half of the patch; [`Answer::Nothing`] without one.
    pub base: Answer,
    /// Whether a layer of approvals was given.
    pub approvals: bool,
    /// Mean width below which a patch is the shift of a boundary.
    pub shift_width: Metres,
}

/// What may be missing of an approval for it to cover a patch, and what a patch may have of a line without touching it: the tolerance
/// of a check, an area that prints as zero in a table of hectares.
const UNSEEN: SquareMetres = SquareMetres(0.5);

/// Why plans differ on a patch, and who decides.
#[must_use]
pub fn decide(patch: &DifferencePatch, facts: &PatchFacts<'_>, guide: &Guide) -> Decision {
    let cause = cause(patch, facts);
    let (rank, follow) = rank(patch, facts);
    Decision { cause, rank, follow, departments: departments(patch, guide).into() }
}

fn cause(patch: &DifferencePatch, facts: &PatchFacts<'_>) -> Cause {
    if patch.kind != ConflictKind::ClaimedTwice && patch.mean_width < facts.shift_width {
        return Cause::Shift;
    }
    if differ_by_standard(patch) {
        return Cause::Standard;
    }
    if is_approved(patch) {
        return Cause::Approved;
    }
    if follows_base_year(patch, facts) { Cause::BaseYear } else { Cause::Real }
}

/// Whether the status layer agrees with the newer of two plans and not with the older.
fn follows_base_year(patch: &DifferencePatch, facts: &PatchFacts<'_>) -> bool {
    let Some([newer, older]) = newer(patch, facts).filter(|_| facts.base != Answer::Nothing) else {
        return false;
    };
    let with_base = |answer: usize| ConflictKind::of(patch.answers[answer], facts.base);
    with_base(newer) == ConflictKind::Agree && with_base(older).is_conflict()
}

/// Whether a patch touches one of these lines with more than what digitising leaves.
fn touches(patch: &DifferencePatch, roles: &[Role]) -> bool {
    patch.lines.iter().any(|line| roles.contains(&line.role) && line.area > UNSEEN)
}

/// Whether the whole patch lies in the ground of approvals.
fn is_approved(patch: &DifferencePatch) -> bool {
    touches(patch, &[Role::APPROVED]) && patch.area - area_on(patch, &Role::APPROVED) <= UNSEEN
}

/// Whether the answers that contradict each other are of one group of the present scheme, such as inland water, and the schemes that
/// they are given in differ on whether it is construction land.
fn differ_by_standard(patch: &DifferencePatch) -> bool {
    let [Some(first), Some(second)] = patch.between.map(|answer| patch.answers[answer].class()) else {
        return false;
    };
    let builds = |class: PlannedClass| class.scheme.builds(class.class());
    let group = |class: PlannedClass| Some(&meaning(class.scheme, class.code)?.class?.code[..2]);
    let is_one = group(first).is_some() && group(first) == group(second);
    first.scheme != second.scheme && is_one && builds(first) != builds(second)
}

/// The first rule in the order of decision that applies, and the answer that it says to follow.
fn rank(patch: &DifferencePatch, facts: &PatchFacts<'_>) -> (u8, Option<usize>) {
    let [first, second] = patch.between;
    let (builds, leaves) = match patch.kind {
        ConflictKind::FirstBuilds => (Some(first), Some(second)),
        ConflictKind::SecondBuilds => (Some(second), Some(first)),
        _ => (None, None),
    };
    if touches(patch, &[Role::REDLINE, Role::FARMLAND]) {
        return (1, leaves);
    }
    if is_approved(patch) {
        return (2, builds);
    }
    if touches(patch, &[Role::URBAN_BOUNDARY]) {
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
    // Without a layer of approvals nobody knows that what is built has none.
    if base_builds == Some(true) && facts.approvals {
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

fn departments(patch: &DifferencePatch, guide: &Guide) -> Vec<Arc<str>> {
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
        let by_line = || touches(patch, &department.lines);
        department.leads || by_class() || by_line()
    });
    concerned.map(|department| department.name.clone()).collect()
}

#[cfg(test)]
mod tests {
    use sanxian_model::Scheme;

    use super::*;

    fn class(scheme: Scheme, code: &str) -> Answer {
        Answer::Class(PlannedClass::of(scheme, code).expect("a class"))
    }

    fn planned(code: &str) -> Answer {
        class(Scheme::LandSea2023, code)
    }

    /// A patch of 100 m by 100 m.
    fn patch(answers: [Answer; 2]) -> DifferencePatch {
        let (kind, between) = ConflictKind::among(&answers);
        DifferencePatch {
            id: String::new(),
            plans: [0, 1].into(),
            answers: answers.into(),
            kind,
            between,
            area: SquareMetres(10_000.0),
            planar: None,
            mean_width: Metres(50.0),
            point: [0.0; 2],
            sources: Vec::new(),
            lines: Vec::new(),
            units: Vec::new(),
            digitising: None,
            decision: Decision::default(),
        }
    }

    fn decided(patch: &DifferencePatch, years: [u16; 2], base: Answer) -> (Cause, u8, Option<usize>) {
        let plans = years.map(|year| PlanAbout { base_year: (year > 0).then_some(year), level: None });
        let facts = PatchFacts { plans: &plans, base, approvals: true, shift_width: Metres(2.0) };
        let decision = decide(patch, &facts, Guide::embedded());
        (decision.cause, decision.rank, decision.follow)
    }

    #[test]
    fn what_the_schemes_count_differently_is_a_difference_of_standard() {
        // Plans of 2006 counted reservoirs as construction land; a pond is water as well.
        let reservoir = class(Scheme::LandUse2006, "226");
        let water = patch([planned("1704"), reservoir]);
        assert_eq!(water.kind, ConflictKind::OtherLand);
        assert_eq!(decided(&water, [0, 0], Answer::Nothing).0, Cause::Standard);
        // Housing is not, though both build by their own schemes.
        let housing = patch([planned("0701"), reservoir]);
        assert_eq!(housing.kind, ConflictKind::FirstBuilds);
        assert_eq!(decided(&housing, [0, 0], Answer::Nothing).0, Cause::Real);
        let field = patch([planned("0701"), class(Scheme::LandUse2006, "113")]);
        assert_eq!(decided(&field, [0, 0], Answer::Nothing).0, Cause::Real);
    }

    #[test]
    fn the_base_year_is_the_cause_when_status_agrees_with_the_newer_plan_alone() {
        let houses = patch([planned("0101"), planned("0701")]);
        let (built, field) = (class(Scheme::Survey2019, "0701"), class(Scheme::Survey2019, "0101"));
        assert_eq!(decided(&houses, [2014, 2020], built), (Cause::BaseYear, 4, Some(1)));
        assert_eq!(decided(&houses, [2020, 2014], built), (Cause::Real, 4, Some(0)));
        assert_eq!(decided(&houses, [2014, 2020], field), (Cause::Real, 4, Some(1)));
        assert_eq!(decided(&houses, [2014, 2020], Answer::Nothing), (Cause::Real, 4, Some(1)));
        // Without years what is built by the status layer is looked at case by case.
        assert_eq!(decided(&houses, [0, 0], built), (Cause::Real, 5, None));
        assert_eq!(decided(&houses, [0, 0], field), (Cause::Real, 6, None));
        // Nobody knows that what is built has no approval when no approvals are given.
        let plans = [PlanAbout::default(); 2];
        let facts = PatchFacts { plans: &plans, base: built, approvals: false, shift_width: Metres(2.0) };
        assert_eq!(decide(&houses, &facts, Guide::embedded()).rank, 6);
    }

    #[test]
    fn an_approval_must_be_there_and_cover_the_patch() {
        let mut houses = patch([planned("0101"), planned("0701")]);
        let approved = |area| vec![LineShare { role: Role::APPROVED, area: SquareMetres(area) }];
        houses.lines = approved(9_999.6);
        assert_eq!(decided(&houses, [0, 0], Answer::Nothing), (Cause::Approved, 2, Some(1)));
        houses.lines = approved(9_999.4);
        assert_eq!(decided(&houses, [0, 0], Answer::Nothing), (Cause::Real, 6, None));
        // What digitising leaves of the redline does not decide.
        let redline = |area| vec![LineShare { role: Role::REDLINE, area: SquareMetres(area) }];
        houses.lines = redline(0.09);
        assert_eq!(decided(&houses, [0, 0], Answer::Nothing), (Cause::Real, 6, None));
        houses.lines = redline(0.6);
        assert_eq!(decided(&houses, [0, 0], Answer::Nothing), (Cause::Real, 1, Some(0)));
        // A patch so small that all of it may be missing is not approved by nothing.
        let mut twice = DifferencePatch { kind: ConflictKind::ClaimedTwice, ..houses };
        (twice.area, twice.lines) = (SquareMetres(0.4), Vec::new());
        assert_eq!(decided(&twice, [0, 0], Answer::Nothing), (Cause::Real, 6, None));
    }
}
