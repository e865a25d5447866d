//! Why a run could not be made.

use sanxian_geom::ScaleError;
use sanxian_io::{CrsError, ReadError, WriteError};
use sanxian_model::Role;
use sanxian_rules::RuleError;

/// Why a run could not be made. Every variant says what, where and what to do; faults of single features
/// are not errors but part of the result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input could not be read.
    #[error(transparent)]
    Read(Box<ReadError>),
    /// A CRS is unknown, missing or cannot be reached from another.
    #[error(transparent)]
    Crs(Box<CrsError>),
    /// A rule, a profile or a selection of rules is wrong.
    #[error(transparent)]
    Rules(Box<RuleError>),
    /// An output could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A report could not be written as text.
    #[error("the report could not be written")]
    Io(#[from] std::io::Error),
    /// The area of a place on the ellipsoid could not be found.
    #[error(
        "layer `{layer}` of {path} cannot be measured: {source}\n  do:    check the CRS of the layer, or declare the right one with --crs"
    )]
    Scale {
        /// The input.
        path: String,
        /// Its layer.
        layer: String,
        /// What failed.
        source: ScaleError,
    },
    /// Two sources were given for one role.
    #[error(
        "two sources are given for the role `{role}`\n  where: {first} and {second}\n  do:    merge them into one layer, or give one of them a role of its own"
    )]
    RoleTwice {
        /// The role.
        role: Role,
        /// First source.
        first: String,
        /// Second source.
        second: String,
    },
    /// Nothing was given to check.
    #[error("there is nothing to check\n  do:    name a plan, or the lines to be held against each other")]
    NothingToCheck,
    /// A role that the question needs has no layer.
    #[error("no layer is given for the role `{role}`\n  do:    name one, as in --zone {role}=FILE#LAYER")]
    RoleMissing {
        /// The role.
        role: Role,
    },
}

// The library's own errors travel in boxes, so that a result is no larger than what it usually carries.
impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Read(Box::new(error))
    }
}

impl From<CrsError> for Error {
    fn from(error: CrsError) -> Self {
        Self::Crs(Box::new(error))
    }
}

impl From<RuleError> for Error {
    fn from(error: RuleError) -> Self {
        Self::Rules(Box::new(error))
    }
}
