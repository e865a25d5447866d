//! Why a rule could not be read, named or run.

use std::fmt;
use std::sync::Arc;

use sanxian_model::Role;
use sanxian_model::nearest::hint;

/// A spot in a rule file or a profile, counted from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The file as it was named to the reader.
    pub file: Arc<str>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// A filter of a rule and the layer it was put to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterAt {
    /// Name of the rule.
    pub rule: String,
    /// The filter as written.
    pub filter: String,
    /// Name of the layer.
    pub layer: String,
}

impl fmt::Display for FilterAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule `{}`: the filter `{}`", self.rule, self.filter)
    }
}

/// Why a rule, a profile or a filter could not be used. Every variant names the place and what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RuleError {
    /// The text is not TOML.
    #[error("{spot}: this is not TOML: {reason}")]
    Syntax {
        /// Where reading stopped.
        spot: Spot,
        /// What the TOML parser says.
        reason: String,
    },
    /// A key that the format does not have. A mistyped threshold must not silently pass a plan.
    #[error("{spot}: unknown key `{key}`{}; remove it or correct it", hint(.nearest.as_deref()))]
    UnknownKey {
        /// Where the key stands.
        spot: Spot,
        /// Full path of the key.
        key: String,
        /// The key that was probably meant.
        nearest: Option<String>,
    },
    /// A key that every rule must have.
    #[error("{spot}: the key `{key}` is missing; add it")]
    MissingKey {
        /// Where the table begins that should hold it.
        spot: Spot,
        /// Full path of the key.
        key: String,
    },
    /// A value that does not fit its key.
    #[error("{spot}: `{key}`: {reason}")]
    BadValue {
        /// Where the value stands.
        spot: Spot,
        /// Full path of the key.
        key: String,
        /// What is wrong and what is accepted.
        reason: String,
    },
    /// Two rules of one set of files share a name or a code.
    #[error("{second}: the rule {word} is already defined in {first}; rename one of them")]
    Duplicate {
        /// Name or code.
        word: String,
        /// File that was read first.
        first: String,
        /// File that was read later.
        second: String,
    },
    /// A word that is neither a rule's name, nor a code, nor the beginning of one.
    #[error("no rule is called `{word}`{}; `sanxian rule --all` lists them", hint(.nearest.as_deref()))]
    UnknownRule {
        /// The word as given.
        word: String,
        /// The name or code that was probably meant.
        nearest: Option<String>,
    },
    /// A profile that is not in the book.
    #[error("no profile is called `{word}`; known: {}", .known.join(", "))]
    UnknownProfile {
        /// The word as given.
        word: String,
        /// Every profile there is.
        known: Vec<String>,
    },
    /// Selecting and ignoring left no rule.
    #[error("no rule is left to run: `--ignore` takes away all that the profile and `--select` name")]
    NothingSelected,
    /// A filter names something that is neither a known word nor a column of the layer.
    #[error(
        "{at} names `{name}` (column {column}), which is neither a word of rule filters nor a column of layer `{}`{}",
        .at.layer,
        hint(.nearest.as_deref())
    )]
    UnknownName {
        /// Which filter, over which layer.
        at: Box<FilterAt>,
        /// The name nobody knows.
        name: String,
        /// Where it begins in the filter.
        column: usize,
        /// The word or column that was probably meant.
        nearest: Option<String>,
    },
    /// A filter compares a column with something of another kind.
    #[error("{at}: column `{name}` of layer `{}` {reason}", .at.layer)]
    WrongKind {
        /// Which filter, over which layer.
        at: Box<FilterAt>,
        /// The column.
        name: String,
        /// What the column holds and what to write instead.
        reason: String,
    },
    /// The caller did not prepare what [`needed_overlaps`](crate::needed_overlaps) asked for.
    #[error(
        "rule `{rule}` needs the overlaps of `{subject}` with `{zone}`, which were not prepared; this is our bug, please report it"
    )]
    OverlapsNotPrepared {
        /// Name of the rule.
        rule: String,
        /// Role of the subject layer.
        subject: Role,
        /// Role of the zone layer.
        zone: Role,
    },
}
