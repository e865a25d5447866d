//! The words for answers of plans and for what a comparison amounts to.

use sanxian_model::conflict::{DigitisingError, LineShare, PairPatch, Placement, PlacementVerdict};
use sanxian_model::{Answer, AreaSum, ConflictKind, DifferencePatch, Lang, Role};
use sanxian_rules::decision::{CauseCard, PlanLevel, RankCard};

use crate::conflicts::comparison::{Comparison, Contradiction};
use crate::conflicts::kinds::is_decided;
use crate::conflicts::statistics::Statistics;
use crate::figures;
use crate::words::{counted, filters, list, pick, some_of};

/// `0701 城镇住宅用地`.
pub(super) fn answer(answer: Answer, lang: Lang) -> String {
    match answer {
        Answer::Class(class) => format!("{} {}", class.code, class_name(answer, lang).unwrap_or_default()),
        Answer::Unknown => pick(lang, "未知地类", "unknown class").to_owned(),
        Answer::Nothing => pick(lang, "未覆盖", "not covered").to_owned(),
    }
}

/// The name of a class.
pub(super) fn class_name(answer: Answer, lang: Lang) -> Option<&'static str> {
    answer.class().map(|class| pick(lang, &class.class().name, &class.class().english))
}

/// What a plan says on a patch; the answers of two features where it claims the ground twice; none where the patch is not about
/// it.
pub(super) fn answers_of_plan(patch: &DifferencePatch, plan: usize, lang: Lang) -> Option<String> {
    let of_plan = patch.plans.iter().zip(patch.answers.iter()).filter(|(of, _)| **of == plan);
    let said: Vec<String> = of_plan.map(|(_, said)| answer(*said, lang)).collect();
    (!said.is_empty()).then(|| said.join(" / "))
}

/// The codes of the same, joined by `/`.
pub(super) fn codes_of_plan(patch: &DifferencePatch, plan: usize) -> Option<String> {
    let of_plan = patch.plans.iter().zip(patch.answers.iter()).filter(|(of, _)| **of == plan);
    let codes: Vec<&str> = of_plan.filter_map(|(_, said)| said.code()).collect();
    (!codes.is_empty()).then(|| codes.join("/"))
}

/// The line areas of a patch: `永久基本农田 120.00 m²`.
pub(super) fn lines(patch: &DifferencePatch, lang: Lang) -> String {
    line_shares(&patch.lines, lang)
}

/// Lines with areas.
pub(super) fn line_shares(lines: &[LineShare], lang: Lang) -> String {
    // Approvals are told by cause and rule.
    let words = lines.iter().filter(|line| line.role != Role::APPROVED).map(|line| {
        let title = line.role.title();
        format!("{} {} m²", title.in_lang(lang), figures::m2(line.area))
    });
    list(&words.collect::<Vec<_>>(), lang)
}

/// The features of one layer of a pair that a patch is made of, by name or identifier, the first few.
pub(super) fn sources_of_pair(
    comparison: &Comparison<'_>,
    patch: &PairPatch,
    side: usize,
    lang: Lang,
) -> String {
    let of_side = patch.sources.iter().filter(|source| source.answer == side);
    let names: Vec<String> =
        of_side.filter_map(|source| comparison.pair_feature(patch, source)).map(|(name, _)| name).collect();
    some_of(&names, 2, lang)
}

/// Names of the departments that a patch concerns.
pub(super) fn departments(comparison: &Comparison<'_>, patch: &DifferencePatch, lang: Lang) -> String {
    let title = |name: &std::sync::Arc<str>| {
        let department = comparison.guide.department(name);
        department.map_or_else(|| name.to_string(), |department| department.title.in_lang(lang).to_owned())
    };
    list(&patch.decision.departments.iter().map(title).collect::<Vec<_>>(), lang)
}

/// The card of the cause of a patch that has one.
pub(super) fn cause<'a>(comparison: &Comparison<'a>, patch: &DifferencePatch) -> Option<&'a CauseCard> {
    comparison.guide.cause(patch.decision.cause).filter(|_| is_decided(patch))
}

/// The card of the rule that decides a patch, if somebody does.
pub(super) fn rank<'a>(comparison: &Comparison<'a>, patch: &DifferencePatch) -> Option<&'a RankCard> {
    comparison.guide.rank(patch.decision.rank).filter(|_| is_decided(patch))
}

/// The two plans that a kind is about, the first and the second of it: `土规 ↔ 城规`.
pub(super) fn between(comparison: &Comparison<'_>, patch: &DifferencePatch) -> String {
    patch.between.map(|place| &*comparison.plans[patch.plans[place]].name).join(" ↔ ")
}

/// Name of the plan to be followed, where the rule tells.
pub(super) fn followed<'a>(comparison: &Comparison<'a>, patch: &DifferencePatch) -> Option<&'a str> {
    patch
        .decision
        .follow
        .filter(|_| is_decided(patch))
        .map(|place| &*comparison.plans[patch.plans[place]].name)
}

/// Why a patch counts as an error of digitising.
pub(super) fn digitising(error: DigitisingError, lang: Lang) -> String {
    match (error, lang) {
        (DigitisingError::Small { least }, Lang::Zh) => format!("面积小于 {}", figures::limit(least)),
        (DigitisingError::Small { least }, Lang::En) => format!("smaller than {}", figures::limit(least)),
        (DigitisingError::Narrow { least }, Lang::Zh) => format!("平均宽度小于 {} 米", least.get()),
        (DigitisingError::Narrow { least }, Lang::En) => format!("narrower than {} m", least.get()),
    }
}

/// Whether a project has a place.
pub(super) fn placement(verdict: PlacementVerdict, lang: Lang) -> &'static str {
    match verdict {
        PlacementVerdict::NoPlace => pick(lang, "未落实", "no place"),
        PlacementVerdict::InPart => pick(lang, "部分落实", "in part"),
        PlacementVerdict::Unknown => pick(lang, "无法判断", "not known"),
        PlacementVerdict::Placed => pick(lang, "已落实", "has its place"),
    }
}

/// Whether somebody has to look at a project.
pub(super) fn is_off(placement: &Placement) -> bool {
    placement.verdict() != PlacementVerdict::Placed || placement.outside_parks().is_some()
}

/// The level of a plan.
pub(super) fn level(level: PlanLevel, lang: Lang) -> &'static str {
    match level {
        PlanLevel::Master => pick(lang, "总体规划", "master plan"),
        PlanLevel::Special => pick(lang, "专项规划", "special plan"),
        PlanLevel::Detailed => pick(lang, "详细规划", "detailed plan"),
    }
}

/// What the answers are, plan by plan: `土规 0101 水田，城规 0701 城镇住宅用地`.
pub(super) fn sentence(comparison: &Comparison<'_>, patch: &DifferencePatch, lang: Lang) -> String {
    let said = patch.plans.iter().zip(patch.answers.iter()).map(|(plan, said)| {
        let name = &comparison.plans[*plan].name;
        format!("{name} {}", answer(*said, lang))
    });
    said.collect::<Vec<_>>().join(pick(lang, "，", ", "))
}

/// What the comparison amounts to, in one sentence without a full stop.
#[must_use]
pub fn headline(comparison: &Comparison<'_>, lang: Lang) -> String {
    let statistics = Statistics::of(comparison);
    let (all, digitising) = (statistics.all, statistics.all_digitising());
    let verdict = match comparison.contradiction() {
        Contradiction::None if comparison.plans.is_empty() => {
            pick(lang, "图层对没有重叠", "No pair of layers overlaps")
        }
        Contradiction::None if comparison.plans.len() == 1 => {
            pick(lang, "项目均已落实", "Every project has its place")
        }
        Contradiction::None => pick(lang, "各规划一致", "The plans agree"),
        Contradiction::Incomplete => pick(lang, "未完成，未发现矛盾", "Incomplete, no contradiction found"),
        Contradiction::Found if comparison.plans.len() == 1 => {
            pick(lang, "有项目未落实", "Not every project has its place")
        }
        Contradiction::Found if all.patches == 0 => pick(lang, "图层对有重叠", "Pairs of layers overlap"),
        Contradiction::Found => pick(lang, "规划之间有矛盾", "The plans contradict each other"),
    };
    let mut parts = Vec::new();
    if all.patches > 0 {
        let hectares = figures::hectares(all.area());
        parts.push(match lang {
            Lang::Zh => format!("差异图斑 {} 个，{hectares} 公顷", all.patches),
            Lang::En => format!("{}, {hectares} ha", counted(all.patches, "difference patch")),
        });
    }
    if let Some(twice) = statistics.kinds.get(&ConflictKind::ClaimedTwice) {
        let hectares = figures::hectares(twice.area());
        parts.push(match lang {
            Lang::Zh => format!("规划内图斑重叠 {} 处，{hectares} 公顷", twice.patches),
            Lang::En => format!("{} claimed twice, {hectares} ha", counted(twice.patches, "patch")),
        });
    }
    if digitising.patches > 0 {
        let hectares = figures::hectares(digitising.area());
        parts.push(match lang {
            Lang::Zh => format!("另有数字化误差 {} 个，{hectares} 公顷", digitising.patches),
            Lang::En => {
                format!("{} of digitising apart, {hectares} ha", counted(digitising.patches, "error"))
            }
        });
    }
    let in_pairs = || comparison.pair_patches.iter().filter(|patch| patch.digitising.is_none());
    if in_pairs().next().is_some() {
        let hectares = figures::hectares(in_pairs().map(|patch| patch.area).sum::<AreaSum>().area());
        let count = in_pairs().count();
        parts.push(match lang {
            Lang::Zh => format!("图层对重叠 {count} 处，{hectares} 公顷"),
            Lang::En => format!("{} of pairs of layers, {hectares} ha", counted(count, "patch")),
        });
    }
    if !comparison.placements.is_empty() {
        let (projects, off) =
            (comparison.placements.len(), comparison.placements.iter().filter(|of| is_off(of)).count());
        parts.push(match lang {
            Lang::Zh => format!("项目 {projects} 个，其中未完全落实或在园区外 {off} 个"),
            Lang::En => {
                format!("{}, {off} without their whole place or outside parks", counted(projects, "project"))
            }
        });
    }
    let unknown: usize =
        comparison.plans.iter().flat_map(|plan| &plan.unknown).map(|class| class.features).sum();
    if unknown > 0 {
        parts.push(match lang {
            Lang::Zh => format!("地类未知的要素 {unknown} 个"),
            Lang::En => format!("{} of unknown class", counted(unknown, "feature")),
        });
    }
    if comparison.undecided.get() > 0.5 {
        let hectares = figures::hectares(comparison.undecided);
        parts.push(match lang {
            Lang::Zh => format!("地类对应多类、无法判断是否一致的范围 {hectares} 公顷"),
            Lang::En => format!("{hectares} ha of classes that may agree or not"),
        });
    }
    if comparison.matrices.iter().any(|matrix| matrix.cells.is_empty()) {
        parts.push(pick(lang, "有规划之间没有共同覆盖的范围", "some plans share no ground").to_owned());
    }
    let skipped: usize = comparison.inputs.iter().map(|input| input.skipped).sum();
    if skipped > 0 {
        parts.push(match lang {
            Lang::Zh => format!("未参与的要素 {skipped} 个"),
            Lang::En => format!("{} left out", counted(skipped, "feature")),
        });
    }
    parts.extend(filters(&comparison.inputs, lang));
    let rest = parts.join(pick(lang, "；", "; "));
    if rest.is_empty() { verdict.to_owned() } else { format!("{verdict}{}{rest}", pick(lang, "：", ": ")) }
}
