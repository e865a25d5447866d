//! One line for each finding, as compilers write them: `path#layer:feature: CODE name: message`. Then a line for
//! each rule that could not be judged, and a last line with the verdict.

use std::io::{self, Write};

use sanxian_model::Lang;

use crate::message;
use crate::report::Report;
use crate::verdict_line::verdict_line;
use crate::words;

pub(crate) fn write(report: &Report<'_>, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        let place = &finding.subject;
        write!(out, "{}#{}:", place.path, place.layer)?;
        if let Some(fid) = place.fid {
            write!(out, "{fid}:")?;
        }
        write!(
            out,
            " {} {} {}: {}",
            words::severity(finding.severity, lang),
            finding.code,
            finding.rule,
            one_line(&message::sentence_in(report, finding, lang))
        )?;
        if let Some(basis) = message::basis_in(report, finding, lang) {
            write!(out, " [{}]", one_line(&basis))?;
        }
        writeln!(out)?;
    }
    for rule in report.not_run {
        let words = words::pick(lang, "未运行", "not run");
        writeln!(out, "{words} {} {}: {}", rule.code, rule.rule, one_line(&rule.reason.sentence(lang)))?;
    }
    writeln!(out, "{}", one_line(&verdict_line(report, lang)))
}

/// A message that comes from data may hold a line break; a line must stay a line.
pub(crate) fn one_line(text: &str) -> String {
    text.split(['\r', '\n']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    fn text(sample: &Sample, lang: Lang) -> String {
        let mut bytes = Vec::new();
        write(&sample.report(), lang, &mut bytes).expect("writing to memory works");
        String::from_utf8(bytes).expect("reports are UTF-8")
    }

    #[test]
    fn in_both_languages() {
        insta::assert_snapshot!("concise_en", text(&Sample::county(), Lang::En));
        insta::assert_snapshot!("concise_zh", text(&Sample::county(), Lang::Zh));
    }

    #[test]
    fn a_name_with_a_line_break_stays_on_its_line() {
        let mut sample = Sample::county();
        sample.findings[0].name = Some("two\r\nlines".to_owned());
        let others = sample.not_run.len() + 1;
        assert_eq!(text(&sample, Lang::En).lines().count(), sample.findings.len() + others);
    }

    #[test]
    fn a_clean_run_says_so() {
        assert_eq!(text(&Sample::clean(), Lang::En), "Conforms: no findings\n");
    }
}
