//! Why a text is not a filter, and where.

use sqlparser::tokenizer::Span;

/// Why a text is not a filter, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column} of the filter: {reason}")]
pub struct FilterError {
    /// Line of the filter, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, and what to write instead.
    pub reason: String,
}

impl FilterError {
    /// At the beginning of a span.
    pub(super) fn at(span: Span, reason: impl Into<String>) -> Self {
        Self {
            line: span.start.line.max(1) as usize,
            column: span.start.column.max(1) as usize,
            reason: reason.into(),
        }
    }
}
