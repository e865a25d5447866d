//! The counts once more, where a person who has read to the end looks.

use sanxian_model::{Lang, Role, Severity};

use super::builder::{Builder, sentence, without_heading};
use crate::document::{Block, Section, Tone};
use crate::figures;
use crate::ledger_totals::LedgerTotals;
use crate::words;

pub(super) fn section<'a>(build: &Builder<'_, 'a>) -> Section<'a> {
    let (report, summary, lang) = (build.report, &build.summary, build.lang());
    let totals = LedgerTotals::of(report.ledger);
    let patches = report.plan.is_some_and(|plan| *plan.role() == Role::PLAN);
    let counts = [Severity::Error, Severity::Warning, Severity::Note]
        .map(|severity| words::count_of(severity, summary.subject.of_severity(severity), lang));
    let mut parts = match lang {
        Lang::Zh => vec![
            format!("检查{} {} 个", if patches { "图斑" } else { "要素" }, summary.checked),
            format!("{} 个有问题", summary.concerned),
            counts.join("、"),
        ],
        Lang::En => vec![
            format!("{} checked", words::counted(summary.checked, if patches { "patch" } else { "feature" })),
            format!("{} with findings", summary.concerned),
            counts.join(", "),
        ],
    };
    if totals.patches > 0 {
        let (on, all) = (figures::hectares(totals.net()), figures::hectares(totals.area));
        parts.push(match lang {
            Lang::Zh => format!("总面积 {all} 公顷，其中 {on} 公顷在控制线上"),
            Lang::En => format!("{on} of {all} ha on control lines"),
        });
    }
    if summary.lines.all() > 0 {
        parts.push(match lang {
            Lang::Zh => format!("控制线自身 {} 项", summary.lines.all()),
            Lang::En => format!("{} among the lines", words::counted(summary.lines.all(), "finding")),
        });
    }
    if summary.rules_not_run > 0 {
        parts.push(match lang {
            Lang::Zh => format!("未运行或未判断完的规则 {} 条", summary.rules_not_run),
            Lang::En => format!("{} not judged in full", words::counted(summary.rules_not_run, "rule")),
        });
    }
    if summary.repaired > 0 {
        parts.push(match lang {
            Lang::Zh => format!("修复 {} 个", summary.repaired),
            Lang::En => format!("{} repaired", summary.repaired),
        });
    }
    if summary.skipped > 0 {
        parts.push(match lang {
            Lang::Zh => format!("未参与 {} 个", summary.skipped),
            Lang::En => format!("{} left out", summary.skipped),
        });
    }
    let text = parts.join(build.pick("；", "; "));
    without_heading("summary", Block::Sentence(sentence(Tone::Strong, text)))
}
