//! Why something cannot be read, in a sentence.

use sanxian_model::{Explanation, Lang};

use crate::document::build::builder::sentence;
use crate::document::{Sentence, Tone};
use crate::words::pick;

/// Why something cannot be read: what happened, where unless the heading says so, and what to do.
pub(super) fn failed(error: &Explanation, heading: &str, lang: Lang) -> Sentence {
    let (what, advice) = (error.what.in_lang(lang), error.advice.in_lang(lang));
    let place =
        error.place.as_ref().filter(|place| !heading.contains(place.in_lang(lang))).map(|place| match lang {
            Lang::Zh => format!("（{}）", place.in_lang(lang)),
            Lang::En => format!(" ({})", place.in_lang(lang)),
        });
    let mut text = format!("{what}{}", place.unwrap_or_default());
    if !advice.is_empty() {
        text += pick(lang, "；", "; ");
        text += advice;
    }
    // The words of a library below may have lines of their own.
    sentence(Tone::Error, text.split_whitespace().collect::<Vec<_>>().join(" "))
}
