//! Findings as platforms read them, of a check or of two revisions.

use std::path::PathBuf;

use sanxian_model::revision::FindingChange;
use sanxian_model::{Finding, Lang, Severity, SquareMetres};
use sanxian_rules::reasons_not_run;

use super::artifact;
use super::fingerprints::fingerprints;
use crate::concise::one_line;
use crate::message;
use crate::report::{Report, SUBJECTS};
use crate::revisions::{Revisions, headline, words as revision_words};
use crate::summary::Summary;
use crate::verdict_line::verdict_line;
use crate::words::{self, pick};

/// Everything that a platform is told.
pub(super) struct Findings<'r, 'a> {
    /// The check, or that of the newer revision.
    pub(super) report: &'r Report<'a>,
    /// The findings that are told, in their order.
    pub(super) told: Vec<Told<'r, 'a>>,
    /// Findings of two revisions that are not new and not worse.
    pub(super) known: Vec<Told<'r, 'a>>,
    /// What it amounts to, in one sentence.
    pub(super) headline: String,
    pub(super) lang: Lang,
}

/// One finding.
pub(super) struct Told<'r, 'a> {
    /// The check that it is of.
    pub(super) report: &'r Report<'a>,
    pub(super) finding: &'a Finding,
    /// What became of it; none in a check.
    pub(super) change: Option<FindingChange>,
    /// How much more area it is about than before.
    more: Option<SquareMetres>,
    /// By what it is known again; no other finding of the report has it.
    pub(super) fingerprint: String,
}

/// Why a report without findings is no proof.
pub(super) struct NotJudged {
    /// In words.
    pub(super) text: String,
    /// Whether something that was given could not be judged, and not only a layer was not given.
    pub(super) is_grave: bool,
    /// The file that was asked about.
    pub(super) path: String,
}

impl<'r, 'a> Findings<'r, 'a> {
    pub(super) fn of(report: &'r Report<'a>, lang: Lang) -> Self {
        let names = fingerprints(report.findings);
        let told = |(finding, fingerprint)| Told { report, finding, change: None, more: None, fingerprint };
        Self {
            report,
            told: report.findings.iter().zip(names).map(told).collect(),
            known: Vec::new(),
            headline: one_line(&verdict_line(report, lang)),
            lang,
        }
    }

    pub(super) fn of_revisions(revisions: &'r Revisions<'a>, lang: Lang) -> Self {
        // Those of the newer revision are what a check of it would give.
        let [old, new] = [&revisions.old, &revisions.new].map(|report| fingerprints(report.findings));
        let told = revisions.pairs.iter().map(|pair| {
            let report = if pair.new.is_some() { &revisions.new } else { &revisions.old };
            let name = pair.new.map_or_else(|| old.get(pair.old?), |number| new.get(number));
            Told {
                report,
                finding: revisions.finding(pair).1,
                change: Some(pair.change),
                more: pair.more,
                fingerprint: name.cloned().unwrap_or_default(),
            }
        });
        let (told, known) = told.partition(|told: &Told<'_, '_>| {
            matches!(told.change, Some(FindingChange::New | FindingChange::Worse))
        });
        let headline = one_line(&headline(revisions, lang));
        Self { report: &revisions.new, told, known, headline, lang }
    }

    /// The gravest and largest findings that are told, as many as that.
    pub(super) fn gravest(&self, most: usize) -> Vec<&Told<'r, 'a>> {
        gravest(self.told.iter(), most)
    }

    /// The same, and then those that are not new and not worse.
    pub(super) fn gravest_and_known(&self, most: usize) -> Vec<&Told<'r, 'a>> {
        let mut all = self.gravest(most);
        all.extend(gravest(self.known.iter(), most - all.len()));
        all
    }

    /// How many of so many findings a platform that takes `most` is not told, in words; none when it is told all.
    pub(super) fn left_off(&self, findings: usize, most: usize) -> Option<String> {
        let left = findings.checked_sub(most).filter(|left| *left > 0)?;
        Some(match self.lang {
            Lang::Zh => format!("另有 {left} 项问题未在此列出，见完整报告"),
            Lang::En => {
                format!("{} not told here, see the full report", words::counted(left, "more finding"))
            }
        })
    }

    /// What a list of findings alone would not tell: that something was not judged, or that there was nothing to judge; none when
    /// everything was.
    pub(super) fn not_judged(&self) -> Option<NotJudged> {
        let (report, lang) = (self.report, self.lang);
        let summary = Summary::of(report);
        let is_idle = summary.judged == 0 || summary.empty_layers > 0 || summary.layers_apart > 0;
        if summary.complete() && summary.rules_run > 0 && !is_idle {
            return None;
        }
        let reasons = reasons_not_run(report.not_run, lang).into_iter();
        let reasons = reasons.map(|(reason, codes)| match lang {
            Lang::Zh => format!("{reason}：{} 未判断", codes.join("、")),
            Lang::En => format!("{reason}: {} not judged", codes.join(", ")),
        });
        let parts: Vec<String> = [self.headline.clone()].into_iter().chain(reasons).collect();
        let text = one_line(&parts.join(pick(lang, "；", "; ")));
        let asked = report.inputs.iter().find(|input| SUBJECTS.contains(&input.role));
        let input = asked.or_else(|| report.inputs.first())?;
        let is_grave = summary.unjudged() || summary.rules_run == 0;
        Some(NotJudged { text, is_grave, path: path_of(&input.path) })
    }

    /// The worst severity that is told.
    pub(super) fn worst(&self) -> Option<Severity> {
        self.told.iter().map(|told| told.finding.severity).max()
    }
}

impl Told<'_, '_> {
    /// The file, as [`artifact::path`] has it.
    pub(super) fn path(&self) -> String {
        path_of(&self.finding.subject.path)
    }

    /// The line where the feature begins in its file: the first of a file that is no text.
    pub(super) fn line(&self) -> usize {
        self.report.lines.and_then(|lines| lines.of(&self.finding.subject)).unwrap_or(1)
    }

    /// `layer/identifier`, or the layer alone.
    pub(super) fn feature(&self) -> String {
        let subject = &self.finding.subject;
        match self.finding.row {
            Some(_) => format!("{}/{}", subject.layer, subject.label()),
            None => subject.layer.to_string(),
        }
    }

    /// `BF-01 permanent basic farmland occupied`.
    pub(super) fn title(&self, lang: Lang) -> String {
        format!("{} {}", self.finding.code, message::title_in(self.report, self.finding, lang))
            .trim()
            .to_owned()
    }

    /// What is found, in one line, after what became of it.
    pub(super) fn message(&self, lang: Lang) -> String {
        let said = one_line(&message::sentence_in(self.report, self.finding, lang));
        let Some(change) = self.change else { return said };
        let change_words = revision_words::change(change, lang);
        let more = self.more.filter(|_| change == FindingChange::Worse);
        let more = more.map_or_else(String::new, |more| format!(" {} m²", revision_words::more(more)));
        format!("{change_words}{more}{}{said}", pick(lang, "：", ": "))
    }

    /// The title and what is found, in one line.
    pub(super) fn titled_message(&self, lang: Lang) -> String {
        format!("{}{}{}", self.title(lang), pick(lang, "：", ": "), self.message(lang))
    }

    /// What to do about it, in one line.
    pub(super) fn help(&self, lang: Lang) -> String {
        one_line(&message::help_in(self.report, self.finding, lang))
    }
}

impl Told<'_, '_> {
    /// The title, what is found, and the document and article that it rests on, in one line.
    pub(super) fn titled_message_with_basis(&self, lang: Lang) -> String {
        let parts: Vec<String> = [self.titled_message(lang)].into_iter().chain(self.basis(lang)).collect();
        parts.join(pick(lang, "；", "; "))
    }

    /// The document and the article that it rests on, in one line: `依据：…`.
    pub(super) fn basis(&self, lang: Lang) -> Option<String> {
        let basis = message::basis_in(self.report, self.finding, lang)?;
        Some(one_line(&format!("{}{basis}", pick(lang, "依据：", "by: "))))
    }
}

/// The gravest and largest of some findings; those that are alike stay in their order.
fn gravest<'t, 'r, 'a>(of: impl Iterator<Item = &'t Told<'r, 'a>>, most: usize) -> Vec<&'t Told<'r, 'a>> {
    let mut gravest: Vec<&Told<'_, '_>> = of.collect();
    let area = |told: &Told<'_, '_>| told.finding.area().map_or(0.0, SquareMetres::get);
    gravest.sort_by(|a, b| {
        b.finding.severity.cmp(&a.finding.severity).then_with(|| area(b).total_cmp(&area(a)))
    });
    gravest.truncate(most);
    gravest
}

/// An input as [`artifact::path`] has it. Where no folder is known, paths stay as they are.
fn path_of(input: &str) -> String {
    let here: PathBuf = std::env::current_dir().unwrap_or_default();
    artifact::path(input, &here)
}
