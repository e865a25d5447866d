//! JUnit XML: a suite for each rule, a case for each feature with a finding. Errors are failures, as they decide by default how a run
//! ends; warnings, notes, errors of lines that are not counted in the verdict and, of two revisions, what was known before pass with
//! their words in `system-out`, and what is healed is not told. A rule that was judged and found nothing is a suite of one case that
//! passes; one that could not be judged, or was left out, a case that is skipped. A finding whose rule is not in the report has
//! a suite of its own.
//!
//! The first suite has a case for each layer that was read, skipped when some of its features were left out, and the verdict.

use std::collections::BTreeMap;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use sanxian_model::revision::FindingChange;
use sanxian_model::{Lang, Severity};

use super::told::{Findings, Told};
use crate::report::{About, Input};
use crate::words::{counted, pick};
use crate::xml_text::plain;

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
    let cases = findings.report.inputs.len() + suites.values().map(Suite::cases).sum::<usize>();
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites")
        .with_attribute(("name", "sanxian"))
        .with_attribute(("tests", &*cases.to_string()))
        .with_attribute(("failures", &*failures.to_string()))
        .with_attribute(("errors", "0"))
        .write_inner_content(|xml| {
            write_inputs(xml, findings)?;
            suites.iter().try_for_each(|(code, suite)| write_suite(xml, code, suite, findings))
        })?;
    let out = xml.into_inner();
    writeln!(out)
}

fn suites<'f, 'r, 'a>(findings: &'f Findings<'r, 'a>) -> BTreeMap<String, Suite<'f, 'r, 'a>> {
    let mut suites: BTreeMap<String, Suite<'_, '_, '_>> = BTreeMap::new();
    let lang = findings.lang;
    let report = findings.report;
    let told_rules = report.rules_run.iter().chain(report.not_run.iter().map(|rule| &rule.code));
    for rule in report.rules.iter().filter(|rule| told_rules.clone().any(|code| *code == rule.code)) {
        let suite = suites.entry(rule.code.to_string()).or_default();
        suite.title = format!("{} {}", rule.code, rule.title(lang));
        suite.name = rule.name.to_string();
    }
    for rule in report.not_run {
        let suite = suites.entry(rule.code.to_string()).or_default();
        suite.name = rule.rule.to_string();
        suite.skipped.push(rule.reason.sentence(lang));
    }
    for code in report.left_out {
        let reason = pick(lang, "按要求不运行", "left out on request").to_owned();
        suites.entry(code.to_string()).or_default().skipped.push(reason);
    }
    let known = findings.known.iter().filter(|told| told.change != Some(FindingChange::Healed));
    for told in findings.told.iter().chain(known) {
        let suite = suites.entry(told.finding.code.to_string()).or_default();
        suite.name = told.finding.rule.to_string();
        let is_told = matches!(told.change, None | Some(FindingChange::New | FindingChange::Worse));
        let decides = told.report.lines_decide() || told.report.about(told.finding) == About::Subject;
        if is_told && decides && told.finding.severity == Severity::Error {
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

/// The suite of what was read.
fn write_inputs<W: Write>(xml: &mut Writer<W>, findings: &Findings<'_, '_>) -> io::Result<()> {
    let (lang, inputs) = (findings.lang, &findings.report.inputs);
    let skipped = inputs.iter().filter(|input| input.skipped > 0).count();
    xml.create_element("testsuite")
        .with_attribute(("name", pick(lang, "输入数据", "inputs")))
        .with_attribute(("tests", &*inputs.len().to_string()))
        .with_attribute(("failures", "0"))
        .with_attribute(("errors", "0"))
        .with_attribute(("skipped", &*skipped.to_string()))
        .write_inner_content(|xml| {
            let mut names = Names::default();
            for input in inputs {
                let name = names.unique(format!("{}#{}", input.path, input.layer));
                case(xml, &format!("inputs.{}", input.role.name()), &name, |xml| {
                    match left_out(input, lang) {
                        Some(message) => xml
                            .create_element("skipped")
                            .with_attribute(("message", &*message))
                            .write_empty()
                            .map(|_| ()),
                        None => Ok(()),
                    }
                })?;
            }
            let verdict = plain(&findings.headline);
            xml.create_element("system-out").write_text_content(BytesText::new(&verdict)).map(|_| ())
        })
        .map(|_| ())
}

/// How many features of a layer were left out; none when all took part.
fn left_out(input: &Input, lang: Lang) -> Option<String> {
    (input.skipped > 0).then(|| match lang {
        Lang::Zh => format!("{} 个要素未参与检查", input.skipped),
        Lang::En => format!("{} left out of the check", counted(input.skipped, "feature")),
    })
}

/// Names of the cases of a suite: platforms take cases of one name for one case.
#[derive(Default)]
struct Names(BTreeMap<String, usize>);

impl Names {
    /// The name, with its number when it was there before.
    fn unique(&mut self, name: String) -> String {
        let number = self.0.entry(name.clone()).or_default();
        *number += 1;
        if *number == 1 { name } else { format!("{name} ({number})") }
    }
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
            let mut names = Names::default();
            for told in &suite.failures {
                case(xml, &class, &names.unique(told.feature()), |xml| {
                    let parts = [told.message(lang), told.help(lang)].into_iter().chain(told.basis(lang));
                    let text = parts.chain([told.path()]).collect::<Vec<_>>().join("\n");
                    xml.create_element("failure")
                        .with_attribute(("type", &*told.finding.code))
                        .with_attribute(("message", &*plain(&told.message(lang))))
                        .write_text_content(BytesText::new(&plain(&text)))
                        .map(|_| ())
                })?;
            }
            for told in &suite.passed {
                case(xml, &class, &names.unique(told.feature()), |xml| {
                    let severity = crate::words::severity(told.finding.severity, lang);
                    let colon = pick(lang, "：", ": ");
                    let said = format!("{severity}{colon}{}", told.message(lang));
                    let parts = [said].into_iter().chain(told.basis(lang)).chain([told.path()]);
                    let text = parts.collect::<Vec<_>>().join("\n");
                    xml.create_element("system-out")
                        .write_text_content(BytesText::new(&plain(&text)))
                        .map(|_| ())
                })?;
            }
            for reason in &suite.skipped {
                let name = names.unique(pick(lang, "未判断", "not judged").to_owned());
                case(xml, &class, &name, |xml| {
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
