//! JUnit XML: a suite for each rule, a case for each feature with a finding. Errors are failures; warnings, notes and, of two revisions,
//! what was known before pass with their words in `system-out`. A rule without findings is a suite of one case that passes, one
//! that could not be judged a case that is skipped. A finding whose rule is not in the report has a suite of its own.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use sanxian_model::Severity;
use sanxian_model::revision::FindingChange;

use super::told::{Findings, Told};
use crate::words::pick;

/// What one suite holds.
#[derive(Default)]
struct Suite<'f, 'r, 'a> {
    title: String,
    name: String,
    failures: Vec<&'f Told<'r, 'a>>,
    passed: Vec<&'f Told<'r, 'a>>,
    /// Why it was not judged, for all features or for some.
    skipped: Vec<String>,
}

impl Suite<'_, '_, '_> {
    fn cases(&self) -> usize {
        (self.failures.len() + self.passed.len() + self.skipped.len()).max(1)
    }
}

/// Writes all suites.
pub(super) fn write(findings: &Findings<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let suites = suites(findings);
    let failures: usize = suites.values().map(|suite| suite.failures.len()).sum();
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites")
        .with_attribute(("name", "sanxian"))
        .with_attribute(("tests", &*suites.values().map(Suite::cases).sum::<usize>().to_string()))
        .with_attribute(("failures", &*failures.to_string()))
        .with_attribute(("errors", "0"))
        .write_inner_content(|xml| {
            suites.iter().try_for_each(|(code, suite)| write_suite(xml, code, suite, findings))
        })?;
    let out = xml.into_inner();
    writeln!(out)
}

fn suites<'f, 'r, 'a>(findings: &'f Findings<'r, 'a>) -> BTreeMap<String, Suite<'f, 'r, 'a>> {
    let mut suites: BTreeMap<String, Suite<'_, '_, '_>> = BTreeMap::new();
    let lang = findings.lang;
    for rule in findings.report.rules {
        let suite = suites.entry(rule.code.to_string()).or_default();
        suite.title = format!("{} {}", rule.code, rule.title(lang));
        suite.name = rule.name.to_string();
    }
    for rule in findings.report.not_run {
        let suite = suites.entry(rule.code.to_string()).or_default();
        suite.name = rule.rule.to_string();
        suite.skipped.push(rule.reason.sentence(lang));
    }
    let known = findings.known.iter().filter(|told| told.change != Some(FindingChange::Healed));
    for told in findings.told.iter().chain(known) {
        let suite = suites.entry(told.finding.code.to_string()).or_default();
        suite.name = told.finding.rule.to_string();
        let is_told = matches!(told.change, None | Some(FindingChange::New | FindingChange::Worse));
        if is_told && told.finding.severity == Severity::Error {
            suite.failures.push(told);
        } else {
            suite.passed.push(told);
        }
    }
    for (code, suite) in &mut suites {
        if suite.title.is_empty() {
            suite.title.clone_from(code);
        }
    }
    suites
}

fn write_suite<W: Write>(
    xml: &mut Writer<W>,
    code: &str,
    suite: &Suite<'_, '_, '_>,
    findings: &Findings<'_, '_>,
) -> io::Result<()> {
    let lang = findings.lang;
    let class = format!("{code}.{}", suite.name);
    xml.create_element("testsuite")
        .with_attribute(("name", &*plain(&suite.title)))
        .with_attribute(("tests", &*suite.cases().to_string()))
        .with_attribute(("failures", &*suite.failures.len().to_string()))
        .with_attribute(("errors", "0"))
        .with_attribute(("skipped", &*suite.skipped.len().to_string()))
        .write_inner_content(|xml| {
            for told in &suite.failures {
                case(xml, &class, &told.feature(), |xml| {
                    let text = format!("{}\n{}\n{}", told.message(lang), told.help(lang), told.path());
                    xml.create_element("failure")
                        .with_attribute(("type", &*told.finding.code))
                        .with_attribute(("message", &*plain(&told.message(lang))))
                        .write_text_content(BytesText::new(&plain(&text)))
                        .map(|_| ())
                })?;
            }
            for told in &suite.passed {
                case(xml, &class, &told.feature(), |xml| {
                    let severity = crate::words::severity(told.finding.severity, lang);
                    let text = format!("{severity}: {}\n{}", told.message(lang), told.path());
                    xml.create_element("system-out")
                        .write_text_content(BytesText::new(&plain(&text)))
                        .map(|_| ())
                })?;
            }
            for reason in &suite.skipped {
                case(xml, &class, pick(lang, "未能判断", "not judged"), |xml| {
                    let message = plain(reason);
                    xml.create_element("skipped")
                        .with_attribute(("message", &*message))
                        .write_empty()
                        .map(|_| ())
                })?;
            }
            if suite.failures.is_empty() && suite.passed.is_empty() && suite.skipped.is_empty() {
                let name = pick(lang, "没有问题", "no finding");
                xml.create_element("testcase")
                    .with_attribute(("classname", &*plain(&class)))
                    .with_attribute(("name", name))
                    .write_empty()?;
            }
            Ok(())
        })
        .map(|_| ())
}

fn case<W: Write>(
    xml: &mut Writer<W>,
    class: &str,
    name: &str,
    content: impl FnOnce(&mut Writer<W>) -> io::Result<()>,
) -> io::Result<()> {
    xml.create_element("testcase")
        .with_attribute(("classname", &*plain(class)))
        .with_attribute(("name", &*plain(name)))
        .write_inner_content(content)
        .map(|_| ())
}

/// Text without the characters that XML 1.0 forbids, in whose place it has the mark of what cannot be shown.
fn plain(text: &str) -> Cow<'_, str> {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_allowed(c) { c } else { '\u{fffd}' }).collect())
}
