//! Why a text is not a filter, and where.

use sanxian_model::Text;
use sqlparser::tokenizer::Span;

/// Why a text is not a filter, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column} of the filter: {}", .reason.en)]
pub struct FilterError {
    /// Line of the filter, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong, and what to write instead.
    pub reason: Text,
}

impl FilterError {
    /// At the beginning of a span.
    pub(super) fn at(span: Span, reason: Text) -> Self {
        Self { line: span.start.line.max(1) as usize, column: span.start.column.max(1) as usize, reason }
    }
}
