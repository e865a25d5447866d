//! The findings of one severity: a table for each rule, in the order of rule codes, and what to do.

use sanxian_model::{Finding, Lang, Measure, Severity};

use super::Page;
use crate::figures;
use crate::grid::{Grid, Kind};
use crate::message;
use crate::report::Report;
use crate::words;

/// How many zone features a cell names before it counts the rest.
const ZONES_NAMED: usize = 2;

pub(super) fn of_severity(page: &mut Page, report: &Report<'_>, severity: Severity) {
    let findings: Vec<&Finding> = report.of_severity(severity).map(|(_, finding)| finding).collect();
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
    for (number, group) in findings.chunk_by(same_table).enumerate() {
        if number > 0 {
            page.line("");
        }
        rule(page, report, severity, group);
    }
}

fn same_table(a: &&Finding, b: &&Finding) -> bool {
    a.rule == b.rule && std::mem::discriminant(&a.measure) == std::mem::discriminant(&b.measure)
}

fn rule(page: &mut Page, report: &Report<'_>, severity: Severity, group: &[&Finding]) {
    let first = group[0];
    let paint = page.paint;
    let title = report.rule(&first.rule).map_or("", |rule| rule.title.in_lang(page.lang));
    let title = if title.is_empty() { String::new() } else { format!(" {title}") };
    let preview = if first.preview {
        page.pick("（试行：依据待核）", " (preview: source not yet checked)")
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
    advice(page, report, group);
}

/// What to do, once for the whole table when the words are the same for each finding; else as the rule has
/// them for the first.
fn advice(page: &mut Page, report: &Report<'_>, group: &[&Finding]) {
    let lang = page.lang;
    let Some(rule) = report.rule(&group[0].rule) else { return };
    let template = rule.help.in_lang(lang);
    if template.is_empty() {
        return;
    }
    let first = message::fill(template, group[0], lang);
    let text = if group.iter().all(|f| message::fill(template, f, lang) == first) {
        first
    } else {
        let zone = group[0].zone_role.as_ref().map(|role| role.title().in_lang(lang).to_owned());
        let template = template.replace("{zone}", &zone.unwrap_or_default());
        let template = template.replace("{subject}", page.pick("该图斑", "the patch"));
        message::fill(&template, group[0], lang)
    };
    let paint = page.paint;
    let text = format!("{}{text}", page.pick("处理：", "do: "));
    page.sentence(&text, |line| paint.dim(line));
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
            evidence(finding, lang),
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
            evidence(finding, lang),
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
            evidence(finding, lang),
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
            evidence(finding, lang),
        ]);
    }
    grid.without_empty_columns()
}

fn subject(finding: &Finding) -> String {
    finding.subject.label()
}

fn zones(finding: &Finding, lang: Lang) -> String {
    let names: Vec<String> = finding.zones.iter().map(words::zone).collect();
    words::some_of(&names, ZONES_NAMED, lang)
}

fn evidence(finding: &Finding, lang: Lang) -> String {
    finding.exemption.as_ref().map_or_else(String::new, |e| words::evidence(e, lang))
}
