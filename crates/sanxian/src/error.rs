//! Why a run could not be made.

use sanxian_geom::ScaleError;
#[cfg(feature = "files")]
use sanxian_io::{CrsError, ReadError, WriteError};
use sanxian_layer::LayerError;
use sanxian_layer::crs::CrsError as DefinitionError;
use sanxian_model::redact;
use sanxian_model::{Lang, Place, Role};
use sanxian_rules::{NotRun, RuleError, reasons_not_run};

/// Why a run could not be made. Every variant says what, where and what to do; faults of single features
/// are not errors but part of the result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input could not be read.
    #[cfg(feature = "files")]
    #[error(transparent)]
    Read(Box<ReadError>),
    /// A layer cannot be used.
    #[error(transparent)]
    Layer(Box<LayerError>),
    /// A CRS cannot be reached from another, or coordinates do not lie in it.
    #[cfg(feature = "files")]
    #[error(transparent)]
    Crs(Box<CrsError>),
    /// A definition of a CRS is not understood.
    #[error(transparent)]
    Definition(Box<DefinitionError>),
    /// A layer is in another CRS than the run, and nothing is built in that brings one to the other.
    #[error(
        "layer `{layer}` is in {own}, the plan in {run}\n  do:    give all layers in one CRS, or build the library with its \
         feature `files`"
    )]
    CrsDiffers {
        /// The layer.
        layer: String,
        /// Its CRS.
        own: String,
        /// CRS of the plan.
        run: String,
    },
    /// A rule, a profile or a selection of rules is wrong.
    #[error(transparent)]
    Rules(Box<RuleError>),
    /// Nothing is built in that inverts the projection of a CRS.
    #[error(
        "areas in {crs} need its projection inverted, which only Gauss-Kruger, UTM and geographic systems are without \
         PROJ\n  do:    give the layers in one of these, or build the library with its feature `files`"
    )]
    OtherProjection {
        /// The CRS.
        crs: String,
    },
    /// A vertex has no longitude and latitude.
    #[error("a vertex has no longitude and latitude in {crs}: {cause}\n  do:    check the CRS of the layer")]
    NoLonLat {
        /// The CRS.
        crs: String,
        /// What the projection says.
        cause: String,
    },
    /// An output could not be written.
    #[cfg(feature = "files")]
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A report could not be written as text.
    #[error("the report could not be written")]
    Io(#[from] std::io::Error),
    /// The area of a place on the ellipsoid could not be found.
    #[error(
        "{place} of {} cannot be measured: {source}\n  do:    check the CRS of the layer, or declare the right one with --crs",
        .place.path
    )]
    Scale {
        /// The feature that holds the place.
        place: Box<Place>,
        /// What failed.
        source: ScaleError,
    },
    /// Two sources were given for one role.
    #[error(
        "two sources are given for the role `{role}`\n  where: {} and {}\n  do:    merge them into one layer, or give one of them a role of its own",
        redact(.first), redact(.second)
    )]
    RoleTwice {
        /// The role.
        role: Role,
        /// First source.
        first: String,
        /// Second source.
        second: String,
    },
    /// The run was ended by [`Watch::stop`](crate::Watch::stop).
    #[error("the run was stopped before it was done\n  do:    run it again to have a result")]
    Stopped,
    /// Nothing was given to check.
    #[error("there is nothing to check\n  do:    name a plan, or the lines to be held against each other")]
    NothingToCheck,
    /// No rule could be judged with the layers that were given, so there is no verdict.
    #[error(
        "no rule could be judged, so nothing was checked\n  where: {}\n  do:    name the layers and fields that are missing, or choose other rules",
        missing(.not_run)
    )]
    NothingJudged {
        /// The rules, and what each of them misses.
        not_run: Vec<NotRun>,
    },
    /// A role that the question needs has no layer.
    #[error("no layer is given for the role `{role}`\n  do:    name one, as in --zone {role}=FILE#LAYER")]
    RoleMissing {
        /// The role.
        role: Role,
    },
}

/// What the rules miss, each thing once with the rules that miss it.
fn missing(not_run: &[NotRun]) -> String {
    let reasons = reasons_not_run(not_run, Lang::En).into_iter();
    reasons.map(|(reason, codes)| format!("{reason} ({})", codes.join(", "))).collect::<Vec<_>>().join("; ")
}

// The library's own errors travel in boxes, so that a result is no larger than what it usually carries.
#[cfg(feature = "files")]
impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Read(Box::new(error))
    }
}

#[cfg(feature = "files")]
impl From<CrsError> for Error {
    fn from(error: CrsError) -> Self {
        Self::Crs(Box::new(error))
    }
}

impl From<LayerError> for Error {
    fn from(error: LayerError) -> Self {
        Self::Layer(Box::new(error))
    }
}

impl From<DefinitionError> for Error {
    fn from(error: DefinitionError) -> Self {
        Self::Definition(Box::new(error))
    }
}

impl From<RuleError> for Error {
    fn from(error: RuleError) -> Self {
        Self::Rules(Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_in_the_message_about_two_sources() {
        let words = Error::RoleTwice {
            role: Role::PLAN,
            first: "PG:host=h password=geheim#dltb".to_owned(),
            second: "postgresql://u:geheim@h/db".to_owned(),
        }
        .to_string();
        assert!(words.contains("PG:host=h") && words.contains("u:***@h/db"), "{words}");
        assert!(!words.contains("geheim"), "{words}");
    }
}
