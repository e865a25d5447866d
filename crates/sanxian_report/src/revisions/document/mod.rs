//! Two revisions as a document: what became of findings, the gravest first, then what became of features and of the ground.

mod balance;
mod features;
mod findings;
mod ground;
mod layers;
mod quantities;

use sanxian_model::Lang;
use sanxian_model::revision::FindingChange;

use crate::document::build::builder::{note, sentence, without_heading};
use crate::document::build::{faults, inputs};
use crate::document::{Block, Conclusion, Document, Scope, Tone};
use crate::figures;
use crate::report::Input;
use crate::revisions::counts::ChangeCounts;
use crate::revisions::input::Revisions;
use crate::revisions::words;
use crate::summary::{Summary, Verdict};
use crate::verdict_line::verdict_line;
use crate::words::{crs_name, pick};

/// Two revisions as a document, with every row.
#[must_use]
pub fn document<'a>(revisions: &Revisions<'a>, lang: Lang) -> Document<'a> {
    of(revisions, Scope { lang, rows: None })
}

/// The document of two revisions.
pub(crate) fn of<'a>(revisions: &Revisions<'a>, scope: Scope) -> Document<'a> {
    let lang = scope.lang;
    let (old, new) = (pick(lang, "修改前", "before"), pick(lang, "修改后", "now"));
    let sides = [(old, &revisions.old), (new, &revisions.new)];
    // Lines are mostly those of both, and told once.
    let of_both =
        |input: &Input| revisions.old.inputs.contains(input) && revisions.new.inputs.contains(input);
    let title = |side: &str, input: &Input| {
        let role = input.role.title();
        match (of_both(input), lang) {
            (true, _) => role.in_lang(lang).to_owned(),
            (false, Lang::Zh) => format!("{}（{side}）", role.in_lang(lang)),
            (false, Lang::En) => format!("{} ({side})", role.in_lang(lang)),
        }
    };
    let of_old = revisions.old.inputs.iter().filter(|input| !of_both(input));
    let titled = of_old.map(|input| (title(old, input), input));
    let titled = titled.chain(revisions.new.inputs.iter().map(|input| (title(new, input), input)));
    let mut sections = Vec::new();
    sections.extend(inputs::section(titled, lang));
    for change in [FindingChange::New, FindingChange::Worse, FindingChange::Better, FindingChange::Healed] {
        sections.extend(findings::of_change(revisions, change, scope));
    }
    let unchanged = ChangeCounts::of(revisions).all(FindingChange::Unchanged);
    if unchanged > 0 {
        let text = match lang {
            Lang::Zh => format!("未变的问题 {unchanged} 项，不逐项列出"),
            Lang::En => format!("{} unchanged, not listed", crate::words::counted(unchanged, "finding")),
        };
        sections.push(without_heading("unchanged", note("unchanged", text)));
    }
    sections.extend(quantities::section_of(revisions, scope));
    sections.extend(layers::sections(revisions, scope));
    for (side, report) in sides.into_iter().filter(|(_, report)| !report.rules_run.is_empty()) {
        let line = format!("{side}{}{}", pick(lang, "：", ": "), verdict_line(report, lang));
        sections.push(without_heading("verdict", Block::Sentence(sentence(Tone::Plain, line))));
    }
    sections.extend(faults::section(revisions.new.faults, &revisions.new.inputs, scope.rows, lang));
    Document {
        title: pick(lang, "规划修改比对报告", "Revision of a plan").to_owned(),
        lang,
        crs: Some(revisions.new.crs),
        conclusion: conclusion(revisions, lang),
        sections,
    }
}

fn conclusion(revisions: &Revisions<'_>, lang: Lang) -> Conclusion {
    let counts = ChangeCounts::of(revisions);
    let worst = counts.all(FindingChange::New) + counts.all(FindingChange::Worse);
    let (verdict, tone) = if worst > 0 {
        (Verdict::DoesNotConform, Tone::Error)
    } else if Summary::of(&revisions.new).unjudged() {
        (Verdict::Incomplete, Tone::Warning)
    } else {
        (Verdict::Conforms, Tone::Good)
    };
    let report = &revisions.new;
    let (tolerance, crs) = (figures::limit(report.tolerance), crs_name(report.crs, lang, false));
    let basis = match lang {
        Lang::Zh => format!("规则集 {}，容差 {tolerance}，坐标系 {crs}", report.profile),
        Lang::En => format!("profile {}, tolerance {tolerance}, CRS {crs}", report.profile),
    };
    Conclusion {
        verdict: Some(verdict),
        sentence: sentence(tone, words::headline(revisions, lang)),
        basis: sentence(Tone::Dim, basis),
    }
}
