//! Why a run could not be made, and how a person is told: what, where, what to do, in their language.

use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write};

use sanxian::Lang;
use sanxian::model::{Explain, Explanation, Text};

/// Why a run could not be made. It ends with exit code 2.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The library says so.
    Library(Box<sanxian::Error>),
    /// The command line or the config is wrong, or the library explains what is, in both languages.
    Own(Complaint),
    /// Standard output does not take the result.
    Output {
        /// What the system says.
        source: io::Error,
    },
}

/// A mistake of the command line or the config. Boxed, because it travels in every result of the command line.
#[derive(Debug)]
pub(crate) struct Complaint(Box<Explanation>);

impl Failure {
    /// A mistake in both languages: what is wrong.
    pub(crate) fn own(zh: impl Into<String>, en: impl Into<String>) -> Complaint {
        Complaint(Box::new(Explanation::new("usage", zh, en)))
    }

    /// What the library explains without failing by it.
    pub(crate) fn explained(explanation: Explanation) -> Self {
        Self::Own(Complaint(Box::new(explanation)))
    }

    /// The system refused something; its words stand in brackets.
    pub(crate) fn system(what: &str, error: &dyn Display) -> Self {
        Complaint(Box::new(Explanation::new("system", what, what).because(error.to_string()))).into()
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
        let error = match lang {
            Lang::Zh => "错误",
            Lang::En => "error",
        };
        format!("{error}: {}\n", self.explanation().lines(lang))
    }

    /// What is told, wherever it comes from.
    fn explanation(&self) -> Explanation {
        match self {
            Self::Library(error) => error.explain(),
            Self::Own(complaint) => complaint.0.as_ref().clone(),
            Self::Output { source } => {
                Explanation::new("output-refused", "结果无法写出", "the result cannot be written")
                    .because(source.to_string())
                    .at(Text::new("标准输出", "standard output"))
                    .advise(
                        "检查接收结果的程序和磁盘空间",
                        "check the program that takes the result, and the space on the disk",
                    )
            }
        }
    }
}

impl Complaint {
    /// Where the mistake is; without the password when it is a connection.
    pub(crate) fn at(self, place: impl Into<String>) -> Self {
        let place = sanxian::model::redact(&place.into()).into_owned();
        Self(Box::new(self.0.at(place)))
    }

    /// What to do about it.
    pub(crate) fn advise(self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self(Box::new(self.0.advise(zh, en)))
    }
}

impl From<Complaint> for Failure {
    fn from(complaint: Complaint) -> Self {
        Self::Own(complaint)
    }
}

impl<E: Into<sanxian::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Library(Box::new(error.into()))
    }
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
        assert_eq!(failure.text(Lang::Zh), "错误: 没有规划\n  位置: sanxian.toml\n  处理建议: 给出规划\n");
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
