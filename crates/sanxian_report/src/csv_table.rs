//! Findings as a sheet: one row for each finding, for Excel and for people who filter and pivot.
//!
//! Headings and codes are the same in every language, numbers are full and without units. Below the findings stand a row
//! for each rule that could not be judged (`not-run` for its severity) and a row with the verdict (`verdict`).

use std::io::{self, Write};

use crate::finding_row::{COLUMNS, FindingRow};
use crate::options::Options;
use crate::report::Report;
use crate::verdict_line::verdict_line;

pub(crate) fn write(report: &Report<'_>, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    if options.bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let lang = options.lang;
    let mut sheet = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    sheet.write_record(COLUMNS.map(|(name, ..)| name))?;
    for finding in report.findings {
        sheet.serialize(FindingRow::of(report, finding, lang))?;
    }
    for rule in report.not_run {
        sheet.serialize(FindingRow {
            severity: "not-run",
            code: rule.code.to_string(),
            rule: rule.rule.to_string(),
            message: rule.reason.sentence(lang),
            ..FindingRow::default()
        })?;
    }
    let message = verdict_line(report, lang);
    sheet.serialize(FindingRow { severity: "verdict", message, ..FindingRow::default() })?;
    sheet.flush()
}

#[cfg(test)]
mod tests {
    use sanxian_model::Lang;

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
        let column = |name: &str| COLUMNS.iter().position(|(known, ..)| *known == name).expect("a column");
        let last = sheet.records().last().expect("a row").expect("a record");
        assert_eq!(&last[column("severity")], "verdict");
        assert!(last[column("message")].starts_with("Does not conform"), "{last:?}");
    }

    #[test]
    fn every_column_is_a_member_of_a_row_in_that_order() {
        let row = serde_json::to_string(&FindingRow::default()).expect("JSON");
        let members: Vec<&str> =
            row.trim_matches(['{', '}']).split(',').map(|of| of.split('"').nth(1).expect("a name")).collect();
        assert_eq!(members, COLUMNS.map(|(name, ..)| name));
    }

    #[test]
    fn only_words_for_a_person_differ_by_language() {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| text(lang, false));
        let [mut zh, mut en] = [&zh, &en].map(|text| csv::Reader::from_reader(text.as_bytes()));
        assert_eq!(zh.headers().expect("headings"), en.headers().expect("headings"));
        let words = ["title", "message", "help", "evidence"];
        for (zh, en) in zh.records().zip(en.records()) {
            let (zh, en) = (zh.expect("a row"), en.expect("a row"));
            for (at, (name, ..)) in COLUMNS.iter().enumerate().filter(|(_, (name, ..))| !words.contains(name))
            {
                assert_eq!(zh[at], en[at], "{name}");
            }
        }
    }

    #[test]
    fn the_mark_for_excel_is_all_that_it_adds() {
        assert_eq!(text(Lang::Zh, true), format!("\u{feff}{}", text(Lang::Zh, false)));
    }
}
