//! The verdict at the head of a document.

use crate::document::Sentence;
use crate::summary::Verdict;

/// What the run amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// The grade; none where nothing is judged.
    pub verdict: Option<Verdict>,
    /// The grade in words, the counts it rests on, and what was not judged; without a full stop. Where nothing is judged, what was
    /// looked at.
    pub sentence: Sentence,
    /// Profile of rules, tolerance and CRS, or what else it rests on.
    pub basis: Sentence,
}
