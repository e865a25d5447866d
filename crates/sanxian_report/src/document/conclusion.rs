//! The verdict at the head of a document.

use crate::document::Sentence;
use crate::summary::Verdict;

/// What the run amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// The grade.
    pub verdict: Verdict,
    /// The grade in words, the counts it rests on, and what was not judged; without a full stop.
    pub sentence: Sentence,
    /// Profile of rules, tolerance and CRS.
    pub basis: Sentence,
}
