//! What the end-to-end tests share: the built program, GEOS as second opinion, and where the data is.

pub mod county;
pub mod rectangles;
mod run;
mod table;

use std::path::PathBuf;

use gdal::vector::Geometry;
use sanxian_model::FeatureView;

pub use run::{Run, Sanxian, sanxian, sanxian_in_shell, xtask};
pub use table::Table;

/// A path inside the repository's `data` folder.
#[must_use]
pub fn data(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../data").join(path)
}

/// A feature as GEOS sees it, moved by `origin` so that digits go to the shape.
///
/// # Panics
/// When GDAL refuses the well-known binary made here.
#[must_use]
pub fn geos(feature: FeatureView<'_>, origin: [f64; 2]) -> Geometry {
    let mut wkb = vec![1_u8];
    wkb.extend(6_u32.to_le_bytes());
    wkb.extend((feature.polygons().len() as u32).to_le_bytes());
    for polygon in feature.polygons() {
        wkb.push(1);
        wkb.extend(3_u32.to_le_bytes());
        wkb.extend((polygon.rings().len() as u32).to_le_bytes());
        for ring in polygon.rings() {
            wkb.extend((ring.len() as u32).to_le_bytes());
            for p in ring {
                wkb.extend((p[0] - origin[0]).to_le_bytes());
                wkb.extend((p[1] - origin[1]).to_le_bytes());
            }
        }
    }
    Geometry::from_wkb(&wkb).expect("well-known binary of a multipolygon")
}
