//! The features of two revisions and their ground: match, measure, cut, describe.

mod balances;
mod changed_ground;
mod classes;
pub(in crate::revisions) mod columns;
mod compare;
mod fields;
mod identifiers;
mod matching;
mod names;
mod noise_width;
mod pair;
mod reshaped;
mod same_shape;
pub(in crate::revisions) mod shape;
mod side;

pub use compare::compare_layers;
pub(in crate::revisions) use compare::compare_measured;
