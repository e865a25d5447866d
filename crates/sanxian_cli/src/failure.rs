//! Why a run could not be made, and how a person is told: what, where, what to do.

use std::error::Error;
use std::fmt::{Display, Write as _};
use std::io::{self, Write};

use sanxian::{Lang, NotRun, reasons_not_run};

/// Why a run could not be made. It ends with exit code 2.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The library says so, in its own words.
    Library(Box<sanxian::Error>),
    /// The command line or the config is wrong, in both languages.
    Own(Complaint),
    /// Standard output does not take the result.
    Output {
        /// What the system says.
        source: io::Error,
    },
}

/// A mistake of the command line or the config.
#[derive(Debug)]
pub(crate) struct Complaint(Box<Words>);

/// What is wrong, where, and what to do. Boxed, because it travels in every result of the command line.
#[derive(Debug)]
struct Words {
    zh: String,
    en: String,
    place: Option<String>,
    advice_zh: String,
    advice_en: String,
}

impl Failure {
    /// A mistake in both languages: what is wrong.
    pub(crate) fn own(zh: impl Into<String>, en: impl Into<String>) -> Complaint {
        Complaint(Box::new(Words {
            zh: zh.into(),
            en: en.into(),
            place: None,
            advice_zh: String::new(),
            advice_en: String::new(),
        }))
    }

    /// The system refused something.
    pub(crate) fn system(what: &str, error: &dyn Display) -> Self {
        Self::own(format!("{what}：{error}"), format!("{what}: {error}")).into()
    }

    /// Whether the reader of standard output went away, which is no failure.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        let Self::Output { source } = self else { return false };
        // A writer of sheets wraps what the system said.
        let mut cause: Option<&(dyn Error + 'static)> = Some(source);
        while let Some(error) = cause {
            if error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe) {
                return true;
            }
            cause = error.source();
        }
        false
    }

    /// Tells the user on standard error.
    pub(crate) fn print(&self, lang: Lang) {
        let mut out = io::stderr().lock();
        // When even standard error is gone, the exit code has to do.
        let _ = out.write_all(self.text(lang).as_bytes());
    }

    /// The lines that tell the user.
    pub(crate) fn text(&self, lang: Lang) -> String {
        match (self, lang) {
            // The library words its errors in English, with `where` and `do` lines of their own.
            (Self::Library(error), _) => {
                let mut text = format!("error: {error}\n");
                let mut cause = error.source();
                while let Some(error) = cause {
                    let words = error.to_string();
                    // Its first line says what happened; where and what to do may stand in another order.
                    if !words.lines().next().is_some_and(|what| text.contains(what)) {
                        let _ = writeln!(text, "  cause: {}", words.replace('\n', "\n  "));
                    }
                    cause = error.source();
                }
                text
            }
            (Self::Own(complaint), Lang::Zh) => lines(
                ("错误", "位置", "处理"),
                &complaint.0.zh,
                complaint.0.place.as_deref(),
                &complaint.0.advice_zh,
            ),
            (Self::Own(complaint), Lang::En) => lines(
                ("error", "where", "do"),
                &complaint.0.en,
                complaint.0.place.as_deref(),
                &complaint.0.advice_en,
            ),
            (Self::Output { source }, Lang::Zh) => lines(
                ("错误", "位置", "处理"),
                &format!("结果无法写出：{source}"),
                Some("标准输出"),
                "检查接收结果的程序和磁盘空间",
            ),
            (Self::Output { source }, Lang::En) => lines(
                ("error", "where", "do"),
                &format!("the result cannot be written: {source}"),
                Some("standard output"),
                "check the program that takes the result, and the space on the disk",
            ),
        }
    }
}

fn lines(labels: (&str, &str, &str), what: &str, place: Option<&str>, advice: &str) -> String {
    let mut text = format!("{}: {what}\n", labels.0);
    if let Some(place) = place {
        let _ = writeln!(text, "  {}: {place}", labels.1);
    }
    if !advice.is_empty() {
        // `do` is shorter than `where`; the words behind them begin in one column.
        let blanks = " ".repeat(labels.1.len().saturating_sub(labels.2.len()));
        let _ = writeln!(text, "  {}: {blanks}{advice}", labels.2);
    }
    text
}

impl Complaint {
    /// Where the mistake is; without the password when it is a connection.
    pub(crate) fn at(mut self, place: impl Into<String>) -> Self {
        self.0.place = Some(sanxian::redact(&place.into()).into_owned());
        self
    }

    /// What to do about it.
    pub(crate) fn advise(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.0.advice_zh = zh.into();
        self.0.advice_en = en.into();
        self
    }
}

impl From<Complaint> for Failure {
    fn from(complaint: Complaint) -> Self {
        Self::Own(complaint)
    }
}

impl<E: Into<sanxian::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        match error.into() {
            sanxian::Error::NothingJudged { not_run } => nothing_judged(&not_run),
            error => Self::Library(Box::new(error)),
        }
    }
}

/// No rule could be judged: a verdict would be a guess, so there is none.
fn nothing_judged(not_run: &[NotRun]) -> Failure {
    let told = |lang| {
        let reasons = reasons_not_run(not_run, lang).into_iter();
        reasons
            .map(|(reason, codes)| format!("{reason} ({})", codes.join(", ")))
            .collect::<Vec<_>>()
            .join("; ")
    };
    Failure::own(
        format!("没有一条规则可以判断，未作检查：{}", told(Lang::Zh)),
        format!("no rule could be judged, so nothing was checked: {}", told(Lang::En)),
    )
    .advise(
        "给出所缺的图层和字段，如 --redline redline.shp；或用 --select 另选规则",
        "give the layers and fields that are missing, as in --redline redline.shp, or --select other rules",
    )
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_told_in_one_language_at_a_time() {
        let failure: Failure = Failure::own("没有规划", "there is no plan")
            .at("sanxian.toml")
            .advise("给出规划", "name a plan")
            .into();
        assert_eq!(failure.text(Lang::Zh), "错误: 没有规划\n  位置: sanxian.toml\n  处理: 给出规划\n");
        assert_eq!(
            failure.text(Lang::En),
            "error: there is no plan\n  where: sanxian.toml\n  do:    name a plan\n"
        );
    }

    #[test]
    fn only_a_reader_that_went_away_is_forgiven() {
        let failure = |kind| Failure::Output { source: io::Error::from(kind) };
        assert!(failure(io::ErrorKind::BrokenPipe).is_broken_pipe());
        assert!(!failure(io::ErrorKind::StorageFull).is_broken_pipe());
    }
}
