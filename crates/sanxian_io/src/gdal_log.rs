//! What GDAL says when something goes wrong, kept off standard error and beside the error it explains.

use std::cell::RefCell;
use std::sync::Once;

use gdal::errors::CplErrType;

use sanxian_model::{Text, redact};

thread_local! {
    static HEARD: RefCell<Vec<(bool, String)>> = const { RefCell::new(Vec::new()) };
}

static INSTALLED: Once = Once::new();

/// Messages of GDAL on this thread since [`listen`].
#[derive(Debug)]
pub(crate) struct Heard(());

/// Starts to listen: from here on nothing of GDAL's reaches standard error.
///
/// The handler is one for the process and each thread keeps its own list, so that layers read in parallel
/// do not answer for each other.
pub(crate) fn listen() -> Heard {
    INSTALLED.call_once(|| {
        gdal::config::set_error_handler(|kind, _number, message| {
            let failure = matches!(kind, CplErrType::Failure | CplErrType::Fatal);
            if failure || matches!(kind, CplErrType::Warning) {
                HEARD.with_borrow_mut(|heard| {
                    // A broken file can complain once for each feature; the first few say it all.
                    if heard.len() < 64 {
                        heard.push((failure, redact(message.trim()).into_owned()));
                    }
                });
            }
        });
    });
    HEARD.with_borrow_mut(Vec::clear);
    Heard(())
}

impl Heard {
    /// The first failure, when there was one.
    #[expect(clippy::unused_self, reason = "a message belongs to the span of listening that heard it")]
    pub(crate) fn failure(&self) -> Option<String> {
        HEARD.with_borrow(|heard| heard.iter().find(|(failure, _)| *failure).map(|(_, text)| text.clone()))
    }

    /// The first failure, or the first warning, or nothing to add.
    pub(crate) fn cause(&self) -> Cause {
        let warning = || HEARD.with_borrow(|heard| heard.first().map(|(_, text)| text.clone()));
        Cause::said(self.failure().or_else(warning))
    }
}

/// Why something failed, printed in brackets after what: the words of a library below, or a count of our own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cause(pub(crate) Option<Text>);

impl Cause {
    /// What a library below said.
    pub(crate) fn said(words: Option<String>) -> Self {
        Self(words.map(Text::from))
    }

    /// The same in words that are changed.
    pub(crate) fn map(self, change: impl Fn(&str) -> String) -> Self {
        Self(self.0.map(|text| Text::new(change(&text.zh), change(&text.en))))
    }

    /// The words; empty when there are none.
    pub(crate) fn words(&self) -> Text {
        self.0.clone().unwrap_or_default()
    }
}
