//! A rule: what the law forbids or asks, of whom, with which exceptions, and in which words it is told.

use std::fmt;
use std::sync::Arc;

use sanxian_model::{Finding, Lang, Role, Severity, Text};

use crate::example::Example;
use crate::exception::Exception;
use crate::filter::Filter;
use crate::grade::Grade;
use crate::predicates::Predicate;

/// One rule, as its file gives it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Rule {
    /// The thing denied, in kebab-case; the rule's identity: `permanent-farmland-occupied`.
    pub name: Arc<str>,
    /// Second key: `BF-01`.
    pub code: Arc<str>,
    /// Whether its demand was read.
    pub status: Status,
    /// Severity of a finding that no exception lifts.
    pub severity: Severity,
    /// A few words for tables.
    pub title: Text,
    /// What it measures of a whole, for tables of caps and floors; none for the title.
    pub quantity: Option<Text>,
    /// The documents it rests on; the first carries the demand.
    pub sources: Vec<Source>,
    /// Roles whose features are judged.
    pub roles: Vec<Role>,
    /// Which of those features; none means all.
    pub subject_filter: Option<Filter>,
    /// The subjects in words, when there is a filter to put into words.
    pub subject_about: Option<Text>,
    /// What is asked of them.
    pub predicate: Predicate,
    /// What lifts a finding; of those that apply, the one with the mildest severity counts.
    pub exceptions: Vec<Exception>,
    /// Template of the sentence that tells a finding; see [`render_message`](crate::render_message).
    pub message: Text,
    /// Template of the sentence that says what to do.
    pub help: Text,
    /// Department that answers for the matter (主管部门).
    pub department: Text,
    /// Why the rule exists.
    pub why: Text,
    /// How it is measured.
    pub measured: Text,
    /// What it cannot see.
    pub blind_spots: Text,
    /// Small cases with their expected outcome, run as tests.
    pub examples: Vec<Example>,
    /// The file it was read from.
    pub file: Arc<str>,
}

/// How settled a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The sentence that carries the demand was read, in the law's own words or in a copy.
    Stable,
    /// It was not, or something that the rule lets pass rests on what was not read; findings say so.
    Preview,
    /// Kept for old plans; a newer rule replaces it.
    Deprecated,
}

/// A document that a rule rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Full title, in the language of the document.
    pub document: String,
    /// Number or date that tells the version.
    pub version: String,
    /// Article or section.
    pub article: String,
    /// How much of it was read.
    pub grade: Grade,
    /// What the check left open.
    pub note: Option<Text>,
}

impl Source {
    /// Document, version, article and grade in one line: `《土地管理法》（2019-08-26）第三十五条（原文已核）`.
    #[must_use]
    pub fn line(&self, lang: Lang) -> String {
        let Self { document, version, article, grade, .. } = self;
        let grade = grade.title(lang);
        match lang {
            Lang::Zh => format!("《{document}》（{version}）{article}（{grade}）"),
            Lang::En => format!("《{document}》 ({version}) {article} ({grade})"),
        }
    }
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Stable, Self::Preview, Self::Deprecated];

    /// The word used in rule files and cards.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Stable => "stable",
            Self::Preview => "preview",
            Self::Deprecated => "deprecated",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Rule {
    /// The family of the code: `BF` of `BF-01`.
    #[must_use]
    pub fn family(&self) -> &str {
        self.code.split_once('-').map_or(&*self.code, |(family, _)| family)
    }

    /// The role of the zone layer; none when the predicate has no zone.
    #[must_use]
    pub fn zone(&self) -> Option<&Role> {
        self.predicate.zone()
    }

    /// Whether findings of this rule are marked as preview.
    #[must_use]
    pub fn is_preview(&self) -> bool {
        self.status == Status::Preview
    }

    /// The exception that a finding of this rule carries.
    #[must_use]
    pub fn exception_of(&self, finding: &Finding) -> Option<&Exception> {
        let condition = &finding.exemption.as_ref()?.condition;
        self.all_exceptions().find(|exception| exception.filter.text() == condition)
    }

    /// The predicate's own condition, if it has one, then the exceptions of the rule.
    pub fn all_exceptions(&self) -> impl Iterator<Item = &Exception> {
        self.predicate.allowed().into_iter().chain(&self.exceptions)
    }

    /// The title in one language.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        self.title.in_lang(lang)
    }
}
