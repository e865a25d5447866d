//! A report becomes a document: the only place where a report of a run is put into sections and words.

use sanxian_model::{Lang, Severity};

use crate::document::{Document, Scope};
use crate::report::{About, Report};
use crate::words::pick;

mod accepted;
pub(crate) mod builder;
mod conclusion;
pub(crate) mod faults;
mod findings;
pub(crate) mod inputs;
mod ledger;
mod not_run;
mod overlaps;
mod quantities;
mod summary;
mod units;

use builder::{Builder, section};

/// The whole report as a document, with every row.
#[must_use]
pub fn document<'a>(report: &Report<'a>, lang: Lang) -> Document<'a> {
    Document::of(report, Scope { lang, rows: None })
}

impl<'a> Document<'a> {
    /// The document of a report.
    #[must_use]
    pub fn of(report: &Report<'a>, scope: Scope) -> Self {
        let build = Builder::new(report, scope);
        let lang = scope.lang;
        let mut sections = Vec::new();
        let titles = report.inputs.iter().map(|input| (input.role.title().in_lang(lang).to_owned(), input));
        sections.extend(inputs::section(titles, lang));
        for severity in Severity::ALL.into_iter().rev() {
            sections.extend(findings::sections(&build, severity, About::Subject));
        }
        if build.summary.lines.all() > 0 {
            let title = pick(lang, "控制线自身的问题", "Faults among the lines themselves");
            sections.push(section("lines", title, vec![]));
            for severity in Severity::ALL.into_iter().rev() {
                sections.extend(findings::sections(&build, severity, About::Lines));
            }
        }
        sections.extend(accepted::sections(&build));
        sections.extend(quantities::section(&build));
        // Where there is no plan, what matters is how much the lines share.
        if report.ledger.rows.is_empty() {
            sections.extend(overlaps::section(&build));
        } else {
            sections.push(ledger::section(&build));
            sections.extend(units::section(&build));
        }
        sections.extend(faults::section(report.faults, &report.inputs, scope.rows, lang));
        sections.extend(not_run::sections(&build));
        sections.push(summary::section(&build));
        Self {
            title: pick(lang, "控制线检查报告", "Control line check").to_owned(),
            lang,
            crs: Some(report.crs),
            conclusion: conclusion::conclusion(&build),
            sections,
        }
    }
}
