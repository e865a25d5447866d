//! Well-known binary and well-known text.

mod decode;
mod encode;

pub use decode::{Shape, polygon_of_closed_line, push_feature, shape_of};
pub use encode::{feature_to_wkb, feature_to_wkt};
