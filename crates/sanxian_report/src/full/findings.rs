//! The findings of one severity: a table for each rule, in the order of rule codes, and what to do.

use sanxian_model::{Finding, Lang, Measure, Severity};

use super::Page;
use crate::figures;
use crate::grid::{Grid, Kind};
use crate::message;
use crate::report::{About, Report};
use crate::words;

/// How many zone features a cell names before it counts the rest.
const ZONES_NAMED: usize = 2;
/// How many different pieces of advice a table gives.
const ADVICE: usize = 3;

pub(super) fn of_severity(page: &mut Page, report: &Report<'_>, severity: Severity, about: About) {
    let findings: Vec<&Finding> = report.of_severity(severity, about).collect();
    if findings.is_empty() {
        return;
    }
    let title = match page.lang {
        Lang::Zh => format!("{}（{}）", words::severity(severity, Lang::Zh), findings.len()),
        Lang::En => {
            let word = match severity {
                Severity::Error => "Errors",
                Severity::Warning => "Warnings",
                Severity::Note => "Notes",
            };
            format!("{word} ({})", findings.len())
        }
    };
    let title = page.paint.severity(severity, &title);
    page.line("");
    page.line(&title);
    // Findings come ordered by rule code, so those of one rule stand together.
    for (number, group) in findings.chunk_by(|a, b| same_table(a, b)).enumerate() {
        if number > 0 {
            page.line("");
        }
        rule(page, report, severity, group);
    }
}

fn same_table(a: &Finding, b: &Finding) -> bool {
    a.rule == b.rule && std::mem::discriminant(&a.measure) == std::mem::discriminant(&b.measure)
}

fn rule(page: &mut Page, report: &Report<'_>, severity: Severity, group: &[&Finding]) {
    let first = group[0];
    let paint = page.paint;
    let title = message::title_in(report, first, page.lang);
    let title = if title.is_empty() { String::new() } else { format!(" {title}") };
    let preview = if first.preview {
        page.pick("（预览：依据待核）", " (preview: source not yet checked)")
    } else {
        ""
    };
    page.sentence(&format!("{}{title}{preview}  {}", first.code, first.rule), |line| {
        match line.split_once(' ') {
            Some((code, rest)) if code == &*first.code => {
                format!("{} {}", paint.severity(severity, code), paint.bold(rest))
            }
            _ => paint.bold(line),
        }
    });
    let shown = page.shown(group.len());
    let grid = match first.measure {
        Measure::Overlap { .. } | Measure::Outside { .. } => areas(page, &group[..shown]),
        Measure::Ratio { .. } => ratios(page, &group[..shown]),
        Measure::Value { .. } => values(page, &group[..shown]),
        _ => sentences(page, report, &group[..shown]),
    };
    page.grid(grid);
    page.left_off(group.len() - shown);
    exceptions(page, report, group);
    advice(page, report, group);
}

/// The exceptions that lifted findings of the table, each told once.
fn exceptions(page: &mut Page, report: &Report<'_>, group: &[&Finding]) {
    let mut told: Vec<String> = Vec::new();
    for finding in group {
        let about = message::exception_in(report, finding, page.lang).to_owned();
        if !about.is_empty() && !told.contains(&about) {
            told.push(about);
        }
    }
    let paint = page.paint;
    for about in told {
        let text = format!("{}{about}", page.pick("例外：", "exception: "));
        page.sentence(&text, |line| paint.dim(line));
    }
}

/// What to do, once for the whole table where the words are the same; else the first few in their words.
fn advice(page: &mut Page, report: &Report<'_>, group: &[&Finding]) {
    let mut told: Vec<String> = Vec::new();
    for finding in group {
        let help = message::help_in(report, finding, page.lang);
        if !help.is_empty() && !told.contains(&help) {
            told.push(help);
        }
        if told.len() == ADVICE {
            break;
        }
    }
    let paint = page.paint;
    for help in told {
        let text = format!("{}{help}", page.pick("处理：", "do: "));
        page.sentence(&text, |line| paint.dim(line));
    }
}

fn areas(page: &Page, group: &[&Finding]) -> Grid {
    let lang = page.lang;
    let mut grid = Grid::new(&[
        (page.pick("标识", "id"), Kind::Key),
        (page.pick("名称", "name"), Kind::Words),
        (page.pick("涉及", "zone"), Kind::Words),
        ("m²", Kind::Figure),
        (page.pick("公顷", "ha"), Kind::Convenience),
        (page.pick("亩", "mu"), Kind::Convenience),
        (page.pick("占比", "share"), Kind::Convenience),
        (page.pick("依据", "evidence"), Kind::Words),
    ]);
    for finding in group {
        let (Measure::Overlap { area, share, tolerance, .. } | Measure::Outside { area, share, tolerance }) =
            &finding.measure
        else {
            continue;
        };
        let beside = figures::area_beside(*area, *tolerance, lang);
        let square = beside.split_once(" m²").map_or(beside.as_str(), |(digits, _)| digits).to_owned();
        grid.row(vec![
            subject(finding),
            finding.name.clone().unwrap_or_default(),
            zones(finding, lang),
            square,
            figures::hectares(*area),
            figures::mu(*area),
            figures::percent(*share, lang),
            words::evidence(finding, lang),
        ]);
    }
    grid.without_empty_columns()
}

fn ratios(page: &Page, group: &[&Finding]) -> Grid {
    let lang = page.lang;
    let mut grid = Grid::new(&[
        (page.pick("标识", "id"), Kind::Key),
        (page.pick("名称", "name"), Kind::Words),
        (page.pick("占比", "share"), Kind::Figure),
        (page.pick("上限", "limit"), Kind::Figure),
        (page.pick("分子公顷", "part ha"), Kind::Convenience),
        (page.pick("分母公顷", "whole ha"), Kind::Convenience),
        (page.pick("依据", "evidence"), Kind::Words),
    ]);
    for finding in group {
        let Measure::Ratio { value, limit, numerator, denominator } = &finding.measure else { continue };
        grid.row(vec![
            subject(finding),
            finding.name.clone().unwrap_or_default(),
            figures::percent(*value, lang),
            figures::percent(*limit, lang),
            figures::hectares(*numerator),
            figures::hectares(*denominator),
            words::evidence(finding, lang),
        ]);
    }
    grid.without_empty_columns()
}

fn values(page: &Page, group: &[&Finding]) -> Grid {
    let lang = page.lang;
    let mut grid = Grid::new(&[
        (page.pick("标识", "id"), Kind::Key),
        (page.pick("名称", "name"), Kind::Words),
        (page.pick("字段", "field"), Kind::Words),
        (page.pick("现值", "found"), Kind::Words),
        (page.pick("应为", "accepted"), Kind::Words),
        (page.pick("依据", "evidence"), Kind::Words),
    ]);
    for finding in group {
        let Measure::Value { field, found, accepted } = &finding.measure else { continue };
        grid.row(vec![
            subject(finding),
            finding.name.clone().unwrap_or_default(),
            field.clone(),
            words::found(found, lang),
            words::list(accepted, lang),
            words::evidence(finding, lang),
        ]);
    }
    grid.without_empty_columns()
}

/// For a measure that has no table of its own: the sentences.
fn sentences(page: &Page, report: &Report<'_>, group: &[&Finding]) -> Grid {
    let lang = page.lang;
    let mut grid = Grid::new(&[
        (page.pick("标识", "id"), Kind::Key),
        (page.pick("名称", "name"), Kind::Words),
        (page.pick("说明", "message"), Kind::Words),
        (page.pick("依据", "evidence"), Kind::Words),
    ]);
    for finding in group {
        grid.row(vec![
            subject(finding),
            finding.name.clone().unwrap_or_default(),
            message::sentence_in(report, finding, lang),
            words::evidence(finding, lang),
        ]);
    }
    grid.without_empty_columns()
}

fn subject(finding: &Finding) -> String {
    finding.subject.label()
}

fn zones(finding: &Finding, lang: Lang) -> String {
    words::some_of(&words::zones(finding), ZONES_NAMED, lang)
}
