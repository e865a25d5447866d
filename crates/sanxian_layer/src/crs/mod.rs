//! Coordinate reference systems from their definitions alone, without PROJ: EPSG codes of a table, PROJJSON, WKT.
//!
//! What comes out is what `sanxian_io` reads from the same definition through GDAL: a test holds every code of the table
//! to it. Systems are understood, not transformed; between two of them lies PROJ.

mod definition;
mod epsg;
mod error;
mod into_crs;
mod projjson;
mod registry;
mod same;
mod text;
mod wkt;
mod wkt_tree;
mod wkt_writer;

pub use epsg::from_epsg;
pub use error::{DefinitionError, not_understood};
pub use projjson::from_projjson;
pub use registry::codes;
pub use same::same_crs;
pub use text::from_text;
pub use wkt::from_wkt;
