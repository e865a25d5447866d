//! The words for what became of findings.

use sanxian_model::revision::FindingChange;
use sanxian_model::{Lang, SquareMetres};

use crate::figures;
use crate::revisions::counts::ChangeCounts;
use crate::revisions::input::Revisions;
use crate::summary::Summary;
use crate::words::pick;

/// What became of a finding.
pub(super) fn change(change: FindingChange, lang: Lang) -> &'static str {
    match change {
        FindingChange::New => pick(lang, "新增", "new"),
        FindingChange::Worse => pick(lang, "加重", "worse"),
        FindingChange::Unchanged => pick(lang, "未变", "unchanged"),
        FindingChange::Better => pick(lang, "减轻", "better"),
        FindingChange::Healed => pick(lang, "已消除", "healed"),
    }
}

/// How much more area, with its sign, without the unit.
pub(super) fn more(area: SquareMetres) -> String {
    let text = figures::m2(area);
    if area.get() > 0.0 && text != "0.00" { format!("+{text}") } else { text }
}

/// What the revision amounts to, in one sentence without a full stop.
#[must_use]
pub fn headline(revisions: &Revisions<'_>, lang: Lang) -> String {
    let counts = ChangeCounts::of(revisions);
    let parts: Vec<String> = FindingChange::ALL
        .into_iter()
        .filter(|change| counts.all(*change) > 0)
        .map(|of| match lang {
            Lang::Zh => format!("{} {} 项", change(of, lang), counts.all(of)),
            Lang::En => format!("{} {}", counts.all(of), change(of, lang)),
        })
        .collect();
    let worst = [FindingChange::New, FindingChange::Worse].into_iter().any(|change| counts.all(change) > 0);
    let verdict = if worst {
        pick(lang, "修改后有新增或加重的问题", "The revision has new or worse findings")
    } else {
        pick(lang, "修改后没有新增或加重的问题", "The revision has no new and no worse finding")
    };
    let (colon, comma) = (pick(lang, "：", ": "), pick(lang, "，", ", "));
    let mut headline = verdict.to_owned();
    if !parts.is_empty() {
        headline.push_str(colon);
        headline.push_str(&parts.join(comma));
    }
    for text in not_judged(revisions, lang) {
        headline.push_str(pick(lang, "；", "; "));
        headline.push_str(text);
    }
    headline
}

/// What stands between the findings of both and what became of them: a finding may be new or healed only because it
/// could not be judged in the other revision.
fn not_judged(revisions: &Revisions<'_>, lang: Lang) -> impl Iterator<Item = &'static str> {
    let of_new =
        pick(lang, "修改后有内容未能判断，结论不完整", "part of the newer revision could not be judged");
    let of_old = pick(
        lang,
        "修改前有内容未能判断，新增的可能原已存在",
        "part of the older revision could not be judged, so what is new may have been there before",
    );
    let sides = [(&revisions.new, of_new), (&revisions.old, of_old)];
    sides.into_iter().filter(|(report, _)| Summary::of(report).unjudged()).map(|(_, text)| text)
}
