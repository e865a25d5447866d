//! The revision package of a plan (国土空间规划动态维护成果): for a layer `L`, what it was (`WHQL`), the ground that changed (`WHCL`), and
//! what it is (`WHHL`).

mod apply;
mod build;
mod change_fields;
mod columns;
mod error;
mod find;
#[cfg(feature = "files")]
mod geodatabase_names;
mod layer_names;
mod near_shape;
mod options;
#[expect(clippy::module_inception, reason = "the file of the noun after which the folder is named")]
mod package;
#[cfg(feature = "files")]
mod read;
#[cfg(feature = "files")]
mod write;

pub use apply::apply;
pub use build::package_of;
pub use error::{NotFound, PackageError};
pub use options::PackageOptions;
pub use package::Package;
#[cfg(feature = "files")]
pub use write::write_revision;
