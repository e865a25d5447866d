//! A sentence and how it is said.

use sanxian_model::Severity;

/// A sentence or paragraph, without line breaks of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// How it is said.
    pub tone: Tone,
    /// The words.
    pub text: String,
}

/// How something is said. A renderer turns it into colour, weight or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// As running text.
    Plain,
    /// As what a reader must not miss.
    Strong,
    /// As what explains something else.
    Dim,
    /// As what is in order.
    Good,
    /// As what is for information.
    Note,
    /// As what somebody must look at.
    Warning,
    /// As what blocks.
    Error,
}

impl From<Severity> for Tone {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }
}
