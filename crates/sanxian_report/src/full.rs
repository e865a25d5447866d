//! The report for a person at a terminal: verdict, what was read, findings by severity and rule, where the
//! area of the plan went, what was wrong with the data, and a last line with the counts.

use std::io::{self, Write};

use sanxian_model::{Lang, Role, Severity};

use crate::figures;
use crate::format::Options;
use crate::grid::Grid;
use crate::ledger_totals::LedgerTotals;
use crate::paint::Paint;
use crate::report::{About, Report};
use crate::summary::{Summary, Verdict};
use crate::verdict_line;
use crate::words::{self, pick};
use crate::wrap::wrap;

mod accounts;
mod findings;

/// Terminals narrower than this are treated as this wide.
const NARROWEST: usize = 20;

pub(crate) fn write(report: &Report<'_>, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let width = options.width.max(NARROWEST);
    let mut page = Page {
        lang: options.lang,
        width,
        // A narrow terminal has no room for blanks at the left.
        indent: if width >= 50 { 2 } else { 0 },
        rows: options.rows,
        paint: Paint::new(options.colour),
        text: String::new(),
    };
    let summary = Summary::of(report);
    verdict(&mut page, report, &summary);
    accounts::inputs(&mut page, report);
    for severity in Severity::ALL.into_iter().rev() {
        findings::of_severity(&mut page, report, severity, About::Subject);
    }
    if summary.lines.all() > 0 {
        page.heading("控制线自身的问题", "Faults among the lines themselves");
        for severity in Severity::ALL.into_iter().rev() {
            findings::of_severity(&mut page, report, severity, About::Lines);
        }
    }
    accounts::lines(&mut page, report);
    accounts::faults(&mut page, report);
    accounts::not_run(&mut page, report);
    last_line(&mut page, report, &summary);
    out.write_all(page.text.as_bytes())
}

/// The text so far, and how to write more of it.
struct Page {
    lang: Lang,
    width: usize,
    indent: usize,
    rows: Option<usize>,
    paint: Paint,
    text: String,
}

impl Page {
    fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        pick(self.lang, zh, en)
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A heading after a blank line.
    fn heading(&mut self, zh: &str, en: &str) {
        self.line("");
        for line in wrap(self.pick(zh, en), self.width) {
            self.line(&self.paint.bold(&line));
        }
    }

    /// A sentence, broken to the width and indented; the colour is put on line by line.
    fn sentence(&mut self, text: &str, colour: impl Fn(&str) -> String) {
        let blanks = " ".repeat(self.indent);
        for line in wrap(text, self.width - self.indent) {
            self.line(&format!("{blanks}{}", colour(&line)));
        }
    }

    fn grid(&mut self, grid: Grid) {
        let blanks = " ".repeat(self.indent);
        for line in grid.lines(self.width - self.indent) {
            self.line(format!("{blanks}{line}").trim_end());
        }
    }

    /// How many of `total` rows are shown.
    fn shown(&self, total: usize) -> usize {
        self.rows.map_or(total, |most| most.min(total))
    }

    /// Says how many rows of a table are not shown.
    fn left_off(&mut self, count: usize) {
        if count > 0 {
            let text = match self.lang {
                Lang::Zh => format!("…… 另有 {count} 行未显示；用 -o 写入文件可得全部"),
                Lang::En => format!("... and {count} more; write a file with -o for all of them"),
            };
            let paint = self.paint;
            self.sentence(&text, |line| paint.dim(line));
        }
    }
}

fn verdict(page: &mut Page, report: &Report<'_>, summary: &Summary) {
    let lang = page.lang;
    let text = verdict_line::of_summary(summary, report, lang);
    let paint = page.paint;
    for line in wrap(&text, page.width) {
        let line = match summary.verdict() {
            Verdict::Conforms => paint.good(&line),
            Verdict::Verify | Verdict::InPart | Verdict::Incomplete => {
                paint.severity(Severity::Warning, &line)
            }
            Verdict::DoesNotConform => paint.severity(Severity::Error, &line),
        };
        page.line(&line);
    }
    let tolerance = figures::limit(report.tolerance);
    let crs = words::crs_name(report.crs, lang, false);
    let basis = match lang {
        Lang::Zh => format!("规则集 {}，容差 {tolerance}，坐标系 {crs}", report.profile),
        Lang::En => format!("profile {}, tolerance {tolerance}, CRS {crs}", report.profile),
    };
    for line in wrap(&basis, page.width) {
        page.line(&paint.dim(&line));
    }
}

/// The counts once more, where a person who has scrolled to the end looks first.
fn last_line(page: &mut Page, report: &Report<'_>, summary: &Summary) {
    let lang = page.lang;
    let totals = LedgerTotals::of(report.ledger);
    let patches = report.plan.is_some_and(|plan| plan.role == Role::PLAN);
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
    page.line("");
    let text = parts.join(page.pick("；", "; "));
    let paint = page.paint;
    for line in wrap(&text, page.width) {
        page.line(&paint.bold(&line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;
    use crate::wrap::columns;

    fn shown(sample: &Sample, options: &Options) -> String {
        let mut bytes = Vec::new();
        write(&sample.report(), options, &mut bytes).expect("writing to memory works");
        String::from_utf8(bytes).expect("reports are UTF-8")
    }

    fn at(lang: Lang, width: usize) -> Options {
        Options { lang, width, ..Options::default() }
    }

    #[test]
    fn in_english() {
        insta::assert_snapshot!("full_en", shown(&Sample::county(), &at(Lang::En, 100)));
    }

    #[test]
    fn in_chinese() {
        insta::assert_snapshot!("full_zh", shown(&Sample::county(), &at(Lang::Zh, 100)));
    }

    #[test]
    fn on_a_narrow_terminal() {
        insta::assert_snapshot!("full_narrow", shown(&Sample::county(), &at(Lang::En, 48)));
    }

    #[test]
    fn without_findings() {
        insta::assert_snapshot!("full_clean", shown(&Sample::clean(), &at(Lang::En, 100)));
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let sample = Sample::county();
        for lang in [Lang::Zh, Lang::En] {
            for width in 1..140 {
                let text = shown(&sample, &at(lang, width));
                let widest = text.lines().map(columns).max().unwrap_or(0);
                assert!(widest <= width.max(NARROWEST), "{widest} columns at width {width}:\n{text}");
            }
        }
    }

    #[test]
    fn a_clean_run_over_an_empty_layer_does_not_look_clean() {
        let mut sample = Sample::clean();
        let place = sanxian_model::place::Place {
            fid: None,
            id: None,
            ..Sample::county().findings[0].subject.clone()
        };
        let (kind, outcome) = (sanxian_model::FaultKind::EmptyLayer, sanxian_model::Outcome::Kept);
        sample.faults = vec![sanxian_model::Fault { place, kind, near: None, detail: None, outcome }];
        let text = shown(&sample, &at(Lang::En, 100));
        assert!(text.starts_with("Incomplete: no findings; 1 layer empty or far from the plan"), "{text}");
        assert!(!Summary::of(&sample.report()).complete());
    }

    #[test]
    fn rows_beyond_the_limit_are_counted_not_dropped() {
        let mut sample = Sample::county();
        sample.findings = vec![sample.findings[0].clone(); 7];
        let text = shown(&sample, &Options { rows: Some(5), ..at(Lang::En, 100) });
        assert!(text.contains("... and 2 more"), "{text}");
    }

    #[test]
    fn colour_is_all_that_colour_adds() {
        let sample = Sample::county();
        let coloured = shown(&sample, &Options { colour: true, ..at(Lang::En, 100) });
        let mut bare = String::new();
        let mut rest = coloured.as_str();
        while let Some((before, after)) = rest.split_once('\u{1b}') {
            bare.push_str(before);
            rest = after.split_once('m').expect("a sequence ends with m").1;
        }
        bare.push_str(rest);
        assert_eq!(bare, shown(&sample, &at(Lang::En, 100)));
        assert_ne!(bare, coloured);
    }
}
