//! Findings as a sheet: one row for each finding, for Excel and for people who filter and pivot.
//!
//! Headings are in the language of the reader, numbers are full and without units. Below the findings stand a row
//! for each rule that could not be judged (`not-run` for its severity) and a row with the verdict (`verdict`).

use std::io::{self, Write};

use sanxian_model::{Finding, Lang, Measure, SquareMetres};

use crate::message;
use crate::options::Options;
use crate::report::Report;
use crate::verdict_line::verdict_line;
use crate::words;

/// Headings in Chinese and English.
const HEADINGS: [(&str, &str); 25] = [
    ("等级", "severity"),
    ("规则编号", "code"),
    ("规则", "rule"),
    ("依据待核", "preview"),
    ("规则名称", "title"),
    ("文件", "path"),
    ("图层", "layer"),
    ("要素号", "fid"),
    ("标识码", "id"),
    ("名称", "name"),
    ("涉及控制线", "zone_role"),
    ("涉及要素", "zone"),
    ("面积（平方米）", "area_m2"),
    ("平面面积（平方米）", "planar_m2"),
    ("面积（公顷）", "area_ha"),
    ("面积（亩）", "area_mu"),
    ("占比", "share"),
    ("容许（平方米）", "tolerance_m2"),
    ("说明", "message"),
    ("处理建议", "help"),
    ("例外依据", "evidence"),
    ("坐标", "point"),
    ("依据文件", "document"),
    ("条款", "article"),
    ("核对程度", "grade"),
];

/// Columns that rows without a finding fill.
const SEVERITY: usize = 0;
const CODE: usize = 1;
const RULE: usize = 2;
const MESSAGE: usize = 18;

pub(crate) fn write(report: &Report<'_>, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    if options.bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let lang = options.lang;
    let mut sheet = csv::Writer::from_writer(out);
    sheet.write_record(HEADINGS.map(|(zh, en)| words::pick(lang, zh, en)))?;
    for finding in report.findings {
        sheet.write_record(cells(report, finding, lang))?;
    }
    for rule in report.not_run {
        let (code, name) = (rule.code.to_string(), rule.rule.to_string());
        let kind = words::pick(lang, "未运行", "not-run");
        sheet.write_record(row_without_finding(kind, code, name, rule.reason.sentence(lang)))?;
    }
    let kind = words::pick(lang, "结论", "verdict");
    sheet.write_record(row_without_finding(
        kind,
        String::new(),
        String::new(),
        verdict_line(report, lang),
    ))?;
    sheet.flush()
}

fn row_without_finding(kind: &str, code: String, rule: String, message: String) -> [String; HEADINGS.len()] {
    let mut row: [String; HEADINGS.len()] = Default::default();
    kind.clone_into(&mut row[SEVERITY]);
    row[CODE] = code;
    row[RULE] = rule;
    row[MESSAGE] = message;
    row
}

fn cells(report: &Report<'_>, finding: &Finding, lang: Lang) -> [String; HEADINGS.len()] {
    let place = &finding.subject;
    let area = finding.area();
    let (planar, share, tolerance) = match finding.measure {
        Measure::Overlap { planar, share, tolerance, .. } => (planar, Some(share), Some(tolerance)),
        Measure::Outside { share, tolerance, .. } => (None, Some(share), Some(tolerance)),
        Measure::Ratio { value, .. } => (None, Some(value), None),
        Measure::Changed { tolerance, .. } => (None, None, Some(tolerance)),
        _ => (None, None, None),
    };
    let number = |value: Option<f64>| value.map_or_else(String::new, |v| (v + 0.0).to_string());
    let m2 = |area: Option<SquareMetres>| number(area.map(SquareMetres::get));
    let zones = words::zones(finding);
    let source = report.rule(&finding.rule).and_then(|rule| rule.sources.first());
    [
        words::severity(finding.severity, lang).to_owned(),
        finding.code.to_string(),
        finding.rule.to_string(),
        if finding.preview { words::pick(lang, "是", "yes") } else { words::pick(lang, "否", "no") }
            .to_owned(),
        message::title_in(report, finding, lang).to_owned(),
        place.path.to_string(),
        place.layer.to_string(),
        place.fid.map_or_else(String::new, |fid| fid.to_string()),
        place.id.clone().unwrap_or_default(),
        finding.name.clone().unwrap_or_default(),
        finding.zone_role.as_ref().map_or_else(String::new, |role| role.title().in_lang(lang).to_owned()),
        words::list(&zones, lang),
        m2(area),
        m2(planar),
        number(area.map(SquareMetres::hectares)),
        number(area.map(SquareMetres::mu)),
        number(share),
        m2(tolerance),
        message::sentence_in(report, finding, lang),
        message::help_in(report, finding, lang),
        message::exemption_in(report, finding, lang).unwrap_or_default(),
        finding.point.map_or_else(String::new, |[x, y]| format!("{x} {y}")),
        source.map_or_else(String::new, |of| of.document.clone()),
        source.map_or_else(String::new, |of| of.article.clone()),
        source.map_or_else(String::new, |of| of.grade.name().to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    fn text(lang: Lang, bom: bool) -> String {
        let mut bytes = Vec::new();
        let options = Options { lang, bom, ..Options::default() };
        write(&Sample::county().report(), &options, &mut bytes).expect("writing to memory works");
        String::from_utf8(bytes).expect("reports are UTF-8")
    }

    #[test]
    fn in_both_languages() {
        insta::assert_snapshot!("csv_en", text(Lang::En, false));
        insta::assert_snapshot!("csv_zh", text(Lang::Zh, false));
    }

    #[test]
    fn rows_without_a_finding_stand_under_the_right_headings() {
        let text = text(Lang::En, false);
        let mut sheet = csv::Reader::from_reader(text.as_bytes());
        let column = |name: &str| HEADINGS.iter().position(|(_, en)| *en == name);
        let places = [("severity", SEVERITY), ("code", CODE), ("rule", RULE), ("message", MESSAGE)];
        assert!(places.iter().all(|(name, at)| column(name) == Some(*at)));
        let last = sheet.records().last().expect("a row").expect("a record");
        assert_eq!(&last[SEVERITY], "verdict");
        assert!(last[MESSAGE].starts_with("Does not conform"), "{last:?}");
    }

    #[test]
    fn the_mark_for_excel_is_all_that_it_adds() {
        assert_eq!(text(Lang::Zh, true), format!("\u{feff}{}", text(Lang::Zh, false)));
    }
}
